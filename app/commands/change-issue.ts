import { decisiveEvents, type EventType, eventWords, type IssueEvent } from "../domain/event";
import type { Author, Issue } from "../domain/issue";
import { audienceOf, type IssueAction, may, mayRead } from "../domain/permission";
import { type Actor, authorOf } from "../domain/person";
import type { IssueChange, Ports } from "../domain/ports";
import { done, type Outcome, type Problem, refused } from "../domain/problem";

/** An event without what `changeIssue` fills in. */
export type NewEvent = IssueEvent extends infer E
  ? E extends IssueEvent
    ? Omit<E, "id" | "at" | "by" | "version">
    : never
  : never;

/** What a command decided: what to set, what happened, and what to answer. */
export interface Decision<T> {
  set?: IssueChange["set"];
  unset?: IssueChange["unset"];
  happened: readonly NewEvent[];
  value: T;
}

export interface ChangeRequest {
  reference: string;
  action: IssueAction;
  /** The version the person saw. Absent for what cannot conflict: it is tried again on the newest version. */
  version?: number;
  /** Events of others after that version which the decision must not be made over. The decisive ones unless it says so. */
  conflicts?: ReadonlySet<EventType>;
}

/**
 * Loads the issue for the actor, refuses what they may not do or decided on something older, and saves the decision in
 * one write. When somebody else writes in between, it decides again on the newer issue.
 */
export async function changeIssue<T>(
  ports: Ports,
  actor: Actor,
  request: ChangeRequest,
  decide: (issue: Issue, now: Date) => Outcome<Decision<T>>,
): Promise<Outcome<T>> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const issue = await ports.issues.byReference(actor, request.reference);
    if (!issue || !mayRead(actor, issue)) return refused({ kind: "not-found" });
    const newer = newerDecision(issue, request, actor);
    if (newer) return refused(newer);
    if (!may(actor, request.action, issue)) return refused(whyNot(actor, request.action, issue));
    const now = ports.now();
    const decided = decide(issue, now);
    if (!decided.ok) return decided;
    if (await save(ports, issue, authorOf(actor), decided.value, now)) return done(decided.value.value);
  }
  throw new Error("an issue changed ten times while one command was deciding");
}

/** The same for what happens by itself: no actor and no permission, only the state. */
export async function changeUnattended(
  ports: Ports,
  issueId: string,
  by: Author,
  decide: (issue: Issue, now: Date) => Decision<unknown> | undefined,
): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const issue = await ports.issues.unfiltered(issueId);
    if (!issue) return;
    const now = ports.now();
    const decision = decide(issue, now);
    if (!decision || (await save(ports, issue, by, decision, now))) return;
  }
  throw new Error("an issue changed ten times while a follow-up was deciding");
}

async function save(ports: Ports, issue: Issue, by: Author, decision: Decision<unknown>, now: Date): Promise<boolean> {
  const events = decision.happened.map((event) => ({
    ...event,
    id: ports.newId(),
    at: now,
    by,
    version: issue.version + 1,
  }));
  const last = events.at(-1);
  const set: IssueChange["set"] = {
    ...decision.set,
    changedAt: now,
    ...(last ? { lastChange: { name: by.name, what: eventWords[last.type] } } : {}),
  };
  set.audience = audienceOf({ ...issue, ...set });
  const saved = await ports.issues.save(issue.id, issue.version, {
    set,
    ...(decision.unset ? { unset: decision.unset } : {}),
    events,
  });
  if (saved) ports.wakeFollowUps();
  return saved;
}

/** The newest such event somebody else caused after the version the person saw. */
function newerDecision(issue: Issue, { version: seen, conflicts = decisiveEvents }: ChangeRequest, actor: Actor) {
  if (seen === undefined) return undefined;
  const newer = issue.history.filter(
    (event) => event.version > seen && conflicts.has(event.type) && event.by.person !== actor.person,
  );
  const last = newer.at(-1);
  if (!last) return undefined;
  return {
    kind: "out-of-date",
    state: issue.state,
    version: issue.version,
    byName: last.by.name,
    at: last.at,
    what: eventWords[last.type],
  } as const;
}

/** Not allowed at all, or only not in this state. */
export function whyNot(actor: Actor, action: IssueAction, issue: Issue): Problem {
  const elsewhere = (["new", "accepted", "in-progress", "outcome-offered", "resolved", "declined"] as const).some(
    (state) => may(actor, action, { ...issue, state }),
  );
  if (elsewhere) return { kind: "wrong-state", state: issue.state, wanted: action };
  return { kind: "not-allowed", action };
}
