import { bindCommands, bindUnattended } from "../../app/commands/bind-commands";
import type { Directory } from "../../app/domain/directory";
import type { Issue, Reply } from "../../app/domain/issue";
import type { Judgement } from "../../app/domain/likeness";
import { mayRead } from "../../app/domain/permission";
import type { Actor } from "../../app/domain/person";
import type { IssueStore, LikenessStore, Ports, ReplyStore } from "../../app/domain/ports";
import { buildIssue } from "./issues";
import { actorOf, smallDirectory, testDay } from "./small-directory";

/**
 * Commands over two maps, for promises that are the command's own decision. What a store promises is tested on the real
 * one. A port these commands do not use throws when it is called.
 */
export function memoryBoard(directory: Directory = smallDirectory()) {
  const issues = new Map<string, Issue>();
  const replies = new Map<string, Reply>();
  const judgements = new Map<string, Judgement>();
  const state = {
    now: testDay,
    woken: 0,
    /** Answers of the next `newReference` calls; then counted ones. */
    references: [] as string[],
    /** Runs once, just before the next save: somebody else, a moment earlier. */
    beforeSave: undefined as (() => Promise<void>) | undefined,
  };
  let ids = 0;
  const ports: Ports = {
    now: () => state.now,
    newId: () => `01J${String(++ids).padStart(23, "0")}`,
    newReference: () => state.references.shift() ?? `CT-${String(++ids).padStart(5, "0")}`,
    directory,
    issues: missing<IssueStore>("issues", {
      insert: async (issue) => {
        if (issues.has(issue.id)) return "already-stored";
        if ([...issues.values()].some(({ reference }) => reference === issue.reference)) return "reference-taken";
        issues.set(issue.id, issue);
        return "inserted";
      },
      byReference: async (actor, reference) =>
        readable(actor, [...issues.values()], (each) => each.reference === reference),
      byId: async (actor, id) => readable(actor, [...issues.values()], (each) => each.id === id),
      unfiltered: async (id) => issues.get(id) ?? null,
      duplicateIds: async (of) =>
        [...issues.values()].filter((each) => each.duplicateOf?.issue === of).map((each) => each.id),
      save: async (id, version, change) => {
        const first = state.beforeSave;
        state.beforeSave = undefined;
        await first?.();
        const stored = issues.get(id);
        if (!stored || stored.version !== version) return false;
        const next: Issue = { ...stored, ...change.set, version: version + 1 };
        for (const field of change.unset ?? []) delete next[field];
        const happened = change.events.filter((event) => event.type !== "reply-posted");
        issues.set(id, { ...next, history: [...stored.history, ...happened] });
        return true;
      },
    }),
    replies: missing<ReplyStore>("replies", {
      insert: async (reply) => {
        if (replies.has(reply.id)) return "already-stored";
        replies.set(reply.id, reply);
        return "inserted";
      },
      unfiltered: async (id) => replies.get(id) ?? null,
    }),
    notices: missing("notices", {}),
    events: missing("events", {}),
    likeness: missing<LikenessStore>("likeness", {
      put: async (judgement) => void judgements.set(`${judgement.issues} ${judgement.by.person}`, judgement),
      withdraw: async (pair, person) => void judgements.delete(`${pair} ${person}`),
    }),
    likenessShown: async (_actor, _to, ids) => new Map(ids.map((id) => [id, { score: 0.8, encoder: "test" }])),
    searches: missing("searches", {}),
    themeDesk: missing("themeDesk", {}),
    foundNow: async () => [],
    wakeFollowUps: () => void state.woken++,
  };
  return {
    state,
    commands: bindCommands(ports),
    unattended: bindUnattended(ports),
    who: (person: string, hat?: string) => actorOf(directory, person, hat),
    /** Puts an issue into the store and returns its reference. */
    given: (over: Partial<Issue> = {}): string => {
      const issue = buildIssue(over);
      issues.set(issue.id, issue);
      return issue.reference;
    },
    issue: (reference: string): Issue => {
      const found = [...issues.values()].find((each) => each.reference === reference);
      if (!found) throw new Error(`no issue ${reference}`);
      return found;
    },
    issues: () => [...issues.values()],
    replies: () => [...replies.values()],
    judgements: () => [...judgements.values()],
  };
}

function readable(actor: Actor, issues: readonly Issue[], wanted: (issue: Issue) => boolean): Issue | null {
  return issues.find((each) => wanted(each) && mayRead(actor, each)) ?? null;
}

function missing<T extends object>(name: string, given: Partial<T>): T {
  return new Proxy(given as T, {
    get: (target, key) =>
      Reflect.get(target, key) ??
      (() => {
        throw new Error(`the test's ${name} have no ${String(key)}`);
      }),
  });
}
