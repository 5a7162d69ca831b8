import { monotonicFactory } from "ulid";
import type { IssueEvent } from "../../app/domain/event";
import type { Author, Issue, Reply } from "../../app/domain/issue";
import { audienceOf } from "../../app/domain/permission";
import { testDay } from "./small-directory";

export const newId = monotonicFactory();
let references = 0;

/** The signature of somebody of the small directory: `P1-gp`. */
export function author(person: string): Author {
  const [organisation = "", role = ""] = person.split(/-(.*)/s);
  return {
    person,
    name: `Person of ${organisation}:${role}`,
    post: `${organisation}:${role}`,
    title: role,
    organisation,
  };
}

/** An issue P1's GP raised about T1, with whatever the test needs to be otherwise. */
export function buildIssue(over: Partial<Issue> = {}): Issue {
  const by = over.raisedBy ?? author("P1-gp");
  const at = over.raisedAt ?? testDay;
  const issue: Issue = {
    id: newId(at.getTime()),
    reference: `CT-${(references++).toString(32).toUpperCase().padStart(5, "0")}`,
    version: 1,
    title: "Discharge summaries arrive a week late",
    body: "Three summaries this month came after the first appointment.",
    category: "DIS.1",
    harm: "low",
    raisedBy: by,
    raisedFor: by.organisation ?? "P1",
    raisedAt: at,
    about: { organisation: "T1" },
    owner: { post: "T1:interface-lead", organisation: "T1", since: at, why: "because it answers for this" },
    state: "new",
    stateSince: at,
    clock: { kind: "acknowledge", dueAt: new Date(at.getTime() + 2 * 86_400_000) },
    joined: [],
    pastOutcomes: [],
    actions: [],
    visibility: "system",
    namedPeople: [],
    audience: [],
    followers: [by.person],
    declared: [],
    changedAt: at,
    lastChange: { name: by.name, what: "raised this issue" },
    history: [],
    ...over,
  };
  return { ...issue, audience: audienceOf(issue) };
}

export function raisedEvent(issue: Issue, at = issue.raisedAt): IssueEvent {
  return { type: "issue-raised", id: newId(at.getTime()), at, by: issue.raisedBy, version: 1, post: issue.owner.post };
}

export function buildReply(issue: Pick<Issue, "id">, over: Partial<Reply> = {}): Reply {
  return {
    id: newId(),
    issue: issue.id,
    by: author("T1-interface-lead"),
    at: testDay,
    text: "We are looking into it.",
    audience: { kind: "shared" },
    declared: [],
    ...over,
  };
}

/** Numbers that look random and are the same on every run (mulberry32). */
export function seeded(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (n: number) => Math.floor(next() * n),
    chance: (share: number) => next() < share,
    pick: <T>(items: readonly T[]): T => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
  };
}
