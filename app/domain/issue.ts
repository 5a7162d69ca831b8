import type { IssueEvent } from "./event";
import type { IdentifierDeclaration } from "./identifiers";

/** The same words in code and on screen (`stateNames`). */
export const issueStates = [
  "new",
  "accepted",
  "in-progress",
  "outcome-offered",
  "resolved",
  "declined",
  "merged",
] as const;
export type IssueState = (typeof issueStates)[number];

export const stateNames: Readonly<Record<IssueState, string>> = {
  new: "New",
  accepted: "Accepted",
  "in-progress": "In progress",
  "outcome-offered": "Outcome offered",
  resolved: "Resolved",
  declined: "Declined",
  merged: "Merged",
};

const openStates: ReadonlySet<IssueState> = new Set(["new", "accepted", "in-progress", "outcome-offered"]);

/** Whether somebody still has to do something. */
export function isOpen(state: IssueState): boolean {
  return openStates.has(state);
}

/** Harm as LFPSE grades it, and "not known yet". There is no default. */
export const harms = ["none", "low", "moderate", "severe", "fatal", "not-known"] as const;
export type Harm = (typeof harms)[number];

export const harmNames: Readonly<Record<Harm, string>> = {
  none: "No harm",
  low: "Low",
  moderate: "Moderate",
  severe: "Severe",
  fatal: "Fatal",
  "not-known": "Not known yet",
};

/** At moderate or worse the safety event itself belongs in LFPSE. */
export function belongsInLfpse(harm: Harm): boolean {
  return harm === "moderate" || harm === "severe" || harm === "fatal";
}

/** Who may know of an issue: everyone in the system, the organisations concerned, or named people. */
export const visibilities = ["system", "organisations", "people"] as const;
export type Visibility = (typeof visibilities)[number];

/** A person as they were when they did something: the hat they wore stays with what they wrote. */
export interface Author {
  person: string;
  name: string;
  /** Post id, or undefined for a guest. */
  post?: string;
  /** Title of the post at the time, such as `GP`. */
  title: string;
  organisation?: string;
}

/** An organisation that said "us too", with a line of its own context. */
export interface Joining {
  id: string;
  by: Author;
  organisation: string;
  context: string;
  at: Date;
}

export const answers = ["agree", "disagree", "dissent"] as const;
export type Answer = (typeof answers)[number];

export interface OutcomeAnswer {
  by: Author;
  organisation: string;
  answer: Answer;
  reason?: string;
  at: Date;
}

/** What changed, for whom. Both sides answer; joined organisations may each dissent. */
export interface OutcomeOffer {
  id: string;
  changed: string;
  forWhom: string;
  by: Author;
  /** The side that offered has agreed by offering. */
  side: "raising" | "owning";
  at: Date;
  answers: OutcomeAnswer[];
}

/** A thing somebody undertook to do. */
export interface Action {
  id: string;
  text: string;
  owner: { person: string; name: string };
  /** London calendar day. */
  dueOn: string;
  by: Author;
  at: Date;
  done?: { by: Author; at: Date };
}

export type ClockKind = "acknowledge" | "safety" | "first-reply" | "resolve" | "answer-outcome";

/** What is due next, and when. */
export interface Clock {
  kind: ClockKind;
  dueAt: Date;
}

export interface Ownership {
  /** The post that owns the issue. Who holds it is looked up by date. */
  post: string;
  organisation: string;
  since: Date;
  /** Why it went there, in words for the sender. */
  why: string;
}

/** That it is the same as another issue, and who said so. */
export interface DuplicateOf {
  /** Id of the original. */
  issue: string;
  by: Author;
  at: Date;
}

export interface Issue {
  /** ULID: the identity in rooms, index and events. */
  id: string;
  /** What people see and say: `CT-7K3QX`. */
  reference: string;
  /** Counts changes; a command compares the version it was decided on. */
  version: number;
  title: string;
  body: string;
  /** Second-level category code. */
  category: string;
  harm: Harm;
  /** The reference of the LFPSE record, where there is one. Its content stays there. */
  lfpseReference?: string;
  raisedBy: Author;
  /** The raising organisation. */
  raisedFor: string;
  raisedAt: Date;
  about: { organisation: string; service?: string };
  /** Set when the organisation it is about is not live: the issue then waits in its Place's queue. */
  waitsForInvitation?: boolean;
  owner: Ownership;
  state: IssueState;
  stateSince: Date;
  /** Absent once nobody has to do anything. */
  clock?: Clock;
  closedAt?: Date;
  /** Why it was declined. */
  declinedWhy?: string;
  /** Set on resolving: both sides agreed, or 10 working days of silence. */
  resolution?: "agreed" | "not-confirmed";
  joined: Joining[];
  outcome?: OutcomeOffer;
  /** Offers that were not agreed, oldest first. */
  pastOutcomes: OutcomeOffer[];
  actions: Action[];
  visibility: Visibility;
  /** People who may know of it besides what visibility says: guests, and the named ones. */
  namedPeople: string[];
  /** Derived by `audienceOf`. */
  audience: string[];
  /** Everyone who raised, joined, replied or was handed it: they are told of what happens. */
  followers: string[];
  declared: IdentifierDeclaration[];
  /** Last thing that happened to the issue itself (replies have their own time). */
  changedAt: Date;
  lastChange: { name: string; what: string };
  /** Another issue it is the same as, which is worked on there. Its own state and clock go on. */
  duplicateOf?: DuplicateOf;
  /** Everything that happened, oldest first: the marks down the thread. */
  history: IssueEvent[];
}

/** The people of an audience: `shared` with both sides, or one organisation's internal note. */
export type ReplyAudience = { kind: "shared" } | { kind: "organisation"; organisation: string };

export interface Reply {
  id: string;
  issue: string;
  by: Author;
  at: Date;
  text: string;
  audience: ReplyAudience;
  declared: IdentifierDeclaration[];
}

/** Longest texts that a person can send, in characters. */
export const limits = {
  title: 120,
  body: 10_000,
  context: 1_000,
  reply: 10_000,
  outcome: 3_000,
  forWhom: 500,
  reason: 2_000,
  action: 300,
  lfpseReference: 60,
} as const;

/** Organisations concerned: who raised it, who it is about, who owns it, and who joined. Each once. */
export function organisationsConcerned(issue: Pick<Issue, "raisedFor" | "about" | "owner" | "joined">): string[] {
  return [
    ...new Set([
      issue.raisedFor,
      issue.about.organisation,
      issue.owner.organisation,
      ...issue.joined.map((each) => each.organisation),
    ]),
  ];
}

/** Organisations that reported it: the raiser and those who said "us too". Breadth, not loudness: each once. */
export function organisationsAffected(issue: Pick<Issue, "raisedFor" | "joined">): string[] {
  return [...new Set([issue.raisedFor, ...issue.joined.map((each) => each.organisation)])];
}

/** A title out of what happened: its first sentence, cut at a word when it is long. */
export function titleFrom(body: string): string {
  const plain = body.trim().replace(/\s+/g, " ");
  const sentence = /^.{8,}?[.!?](?=\s|$)/u.exec(plain)?.[0].replace(/[.]$/, "") ?? plain;
  if (sentence.length <= 90) return sentence;
  const cut = sentence.slice(0, 88);
  // A word longer than the rest is cut where it is, but never inside a character.
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 60)).replace(/[,;:\p{Surrogate}]$/u, "")}…`;
}
