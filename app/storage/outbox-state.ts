import type { DomainEvent, EventType } from "../domain/event";

/**
 * The undelivered events a document carries, and whose turn each follow-up of each is. Pure: the outbox reads a state,
 * works out the next one here and writes it back only if nobody else wrote in between (`rev`).
 *
 * Order is kept per document and follow-up: only the oldest event of a follow-up can be leased, and the next one has to
 * wait until it is done or set aside (parked).
 */
export interface OutboxState {
  /** Counts writes to this state, whoever made them. */
  rev: number;
  pending: Undelivered[];
  /** When the next follow-up is due or a lease runs out. Absent when nothing is waiting. Indexed. */
  dueAt?: Date;
  /** When the oldest waiting event happened. Absent when nothing is waiting. Indexed. */
  since?: Date;
  /** How many follow-ups are parked. Absent when none. Indexed. */
  parked?: number;
}

export interface Undelivered {
  event: DomainEvent;
  left: Work[];
}

/** One follow-up still to be done for one event. */
export interface Work {
  name: string;
  dueAt: Date;
  /** Leases taken so far; a lease whose worker died counts. */
  tries: number;
  worker?: string;
  leaseUntil?: Date;
  parked?: true;
  /** What went wrong last: a kind of error, never text that people wrote. */
  why?: string;
}

/** Which follow-ups an event has, and which of them need to run only for the newest event of a document. */
export interface FollowUpPlan {
  of(type: EventType): readonly string[];
  coalesced: ReadonlySet<string>;
}

export interface Leased {
  event: DomainEvent;
  name: string;
  tries: number;
}

/** What a write adds for these events. Undefined when they have no follow-ups. */
export function undelivered(events: readonly DomainEvent[], plan: FollowUpPlan): Undelivered[] {
  return events.flatMap((event) => {
    const left = plan.of(event.type).map((name) => ({ name, dueAt: event.at, tries: 0 }));
    return left.length > 0 ? [{ event, left }] : [];
  });
}

/** The state of a new document. */
export function firstState(events: readonly DomainEvent[], plan: FollowUpPlan): OutboxState {
  return settled(0, undelivered(events, plan));
}

/** The part of an update that adds events to a document, whatever the runner is doing to it meanwhile. */
export function pushEvents(events: readonly DomainEvent[], plan: FollowUpPlan) {
  const added = undelivered(events, plan);
  const first = added[0]?.event.at;
  if (!first) return undefined;
  return {
    push: { "outbox.pending": { $each: added } },
    min: { "outbox.dueAt": first, "outbox.since": first },
    inc: { "outbox.rev": 1 },
  };
}

/** Leases every follow-up that is due and free to this worker. */
export function lease(
  state: OutboxState,
  terms: { worker: string; now: Date; leaseUntil: Date; coalesced: ReadonlySet<string> },
): { state: OutboxState; leased: Leased[] } {
  const pending = coalesce(state.pending, terms.coalesced, terms.now);
  const leased: Leased[] = [];
  for (const { event, work } of heads(pending)) {
    if ((work.leaseUntil ?? work.dueAt) > terms.now) continue;
    Object.assign(work, { worker: terms.worker, leaseUntil: terms.leaseUntil, tries: work.tries + 1 });
    leased.push({ event, name: work.name, tries: work.tries });
  }
  return { state: settled(state.rev, pending), leased };
}

/** Takes away one follow-up of one event, if this worker still holds it. */
export function finish(state: OutboxState, eventId: string, name: string, worker: string): OutboxState | undefined {
  const pending = copy(state.pending);
  const entry = pending.find((each) => each.event.id === eventId);
  const work = entry?.left.find((each) => each.name === name);
  if (!entry || !work || work.worker !== worker) return undefined;
  entry.left = entry.left.filter((each) => each !== work);
  return settled(state.rev, pending);
}

/** Gives a lease back: to be tried again at `retryAt`, or parked. `tries` is what counts from now on. */
export function giveBack(
  state: OutboxState,
  eventId: string,
  name: string,
  outcome: { worker: string; retryAt: Date | undefined; tries: number; why: string },
): OutboxState | undefined {
  const pending = copy(state.pending);
  const work = pending.find((each) => each.event.id === eventId)?.left.find((each) => each.name === name);
  if (!work || work.worker !== outcome.worker) return undefined;
  delete work.worker;
  delete work.leaseUntil;
  work.tries = outcome.tries;
  work.why = outcome.why;
  if (outcome.retryAt) work.dueAt = outcome.retryAt;
  else work.parked = true;
  return settled(state.rev, pending);
}

/** Puts a parked follow-up back to work. */
export function unpark(state: OutboxState, eventId: string, name: string): OutboxState | undefined {
  const pending = copy(state.pending);
  const entry = pending.find((each) => each.event.id === eventId);
  const work = entry?.left.find((each) => each.name === name);
  if (!entry || !work?.parked) return undefined;
  delete work.parked;
  work.tries = 0;
  work.dueAt = entry.event.at;
  return settled(state.rev, pending);
}

export function parkedIn(state: OutboxState): Leased[] {
  return state.pending.flatMap(({ event, left }) =>
    left.filter((work) => work.parked).map((work) => ({ event, name: work.name, tries: work.tries })),
  );
}

/** The oldest waiting work of each follow-up. What is parked has stepped out of the queue. */
function heads(pending: readonly Undelivered[]): { event: DomainEvent; work: Work }[] {
  const found = new Map<string, { event: DomainEvent; work: Work }>();
  for (const { event, left } of pending) {
    for (const work of left) {
      if (!work.parked && !found.has(work.name)) found.set(work.name, { event, work });
    }
  }
  return [...found.values()];
}

/** Where only the newest event matters, it stands for the older ones, unless their turn is taken or still to come. */
function coalesce(pending: readonly Undelivered[], names: ReadonlySet<string>, now: Date): Undelivered[] {
  const next = copy(pending);
  for (const name of names) {
    const having = next.flatMap((entry) => entry.left.filter((work) => work.name === name));
    const head = having.find((work) => !work.parked);
    const newest = having.at(-1);
    if (having.length < 2 || !head || !newest || newest.parked || (head.leaseUntil ?? head.dueAt) > now) continue;
    newest.tries = head.tries;
    newest.dueAt = head.dueAt;
    for (const entry of next) entry.left = entry.left.filter((work) => work.name !== name || work === newest);
  }
  return next;
}

/** The state with what is derived from its events. */
function settled(rev: number, pending: readonly Undelivered[]): OutboxState {
  const kept = pending.filter((entry) => entry.left.length > 0);
  const waiting = kept.find((entry) => entry.left.some((work) => !work.parked));
  const due = heads(kept).map(({ work }) => (work.leaseUntil ?? work.dueAt).getTime());
  const parked = kept.reduce((sum, entry) => sum + entry.left.filter((work) => work.parked).length, 0);
  return {
    rev,
    pending: kept,
    ...(due.length > 0 ? { dueAt: new Date(Math.min(...due)) } : {}),
    ...(waiting ? { since: waiting.event.at } : {}),
    ...(parked > 0 ? { parked } : {}),
  };
}

function copy(pending: readonly Undelivered[]): Undelivered[] {
  return pending.map(({ event, left }) => ({ event, left: left.map((work) => ({ ...work })) }));
}
