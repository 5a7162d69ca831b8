import type { Directory } from "../../app/domain/directory";
import type { FactSource, ThemeStore } from "../../app/domain/theme-ports";
import { FactTable } from "./fact-table";
import type { ThemeFacts } from "./question";

export interface LiveFactsParts {
  themes: ThemeStore;
  facts: FactSource;
  directory: Directory;
}

export interface LiveFacts {
  /** What is known now. Waits for the first loading; catches up with what other processes wrote now and then. */
  current(): Promise<ThemeFacts>;
  /** Takes in what was written since: called after a write that must be seen. */
  catchUp(): Promise<void>;
  /** Takes in issues that no analysis has placed yet. */
  take(issues: readonly string[]): Promise<void>;
  /** How many times anything changed: for whoever keeps answers. */
  changes(): number;
}

const issuesAtOnce = 1_000;
const membersAtOnce = 2_000;
/** Another process may have written: asked no more often than this. */
const lookEveryMs = 1_000;
/** Two processes may finish writing in another order than they began: so many revisions are read again. */
const readAgain = 64;

/** Holds the table in memory: loaded in batches, then kept current by the revision of members. */
export function createLiveFacts(parts: LiveFactsParts): LiveFacts {
  const { themes: store, facts: source, directory } = parts;
  const table = new FactTable();
  let known: ThemeFacts | undefined;
  let revision = { themes: -1, members: 0 };
  let changes = 0;
  let lookedAt = 0;
  let working: Promise<void> = Promise.resolve();
  let loading: Promise<void> | undefined;

  const load = async () => {
    const { members } = await store.revision();
    for await (const batch of source.everyFact(issuesAtOnce)) for (const each of batch) table.put(each, directory, 0);
    for await (const batch of store.everyMember(membersAtOnce)) for (const each of batch) table.place(each);
    revision = { themes: -1, members };
    await takeIn();
  };
  const takeIn = async () => {
    const latest = await store.revision();
    if (latest.members > revision.members) {
      let after = Math.max(0, revision.members - readAgain);
      for (;;) {
        const batch = await store.membersSince(after, issuesAtOnce);
        const last = batch.at(-1);
        if (!last) break;
        const arrivals = new Map(batch.map((each) => [each.member.issue, each.revision]));
        for (const each of await source.factsOf([...arrivals.keys()]))
          table.put(each, directory, arrivals.get(each.id) ?? last.revision);
        for (const { member } of batch) table.place(member);
        after = last.revision;
        revision.members = Math.max(revision.members, after);
      }
      changes++;
    }
    if (latest.themes !== revision.themes || !known) {
      const [themes, groups] = await Promise.all([store.themes(), store.groups()]);
      known = {
        table,
        themes: new Map(themes.map((theme) => [theme.id, theme])),
        groups: new Map(groups.map((group) => [group.id, group])),
        ...(await runs()),
        version: 0,
      };
      revision.themes = latest.themes;
      changes++;
    }
    known = { ...known, version: revision.members };
  };
  const runs = async () => {
    const [analysis, running] = await Promise.all([store.latestRun(), store.runningRun()]);
    return { analysis, running };
  };
  const catchUp = (): Promise<void> => {
    const next = working.then(takeIn);
    working = next.catch(() => undefined);
    return next;
  };
  const loaded = (): Promise<void> => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return {
    async current() {
      await loaded();
      if (performance.now() - lookedAt > lookEveryMs) {
        lookedAt = performance.now();
        const { running } = await runs();
        if (known) known = { ...known, running };
        await catchUp();
      }
      if (!known) throw new Error("facts of themes were not loaded");
      return known;
    },
    async catchUp() {
      await loaded();
      await catchUp();
    },
    async take(issues) {
      await loaded();
      for (const each of await source.factsOf(issues)) table.put(each, directory, revision.members);
      changes++;
    },
    changes: () => changes,
  };
}
