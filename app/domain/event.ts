import type { Answer, Author } from "./issue";

interface EventBase {
  /** ULID of the event. */
  id: string;
  at: Date;
  by: Author;
}

/** What can happen to an issue. Carries no more text than the thread must show. */
export type IssueEvent = EventBase & {
  /** The issue's version once this had happened. */
  version: number;
} & (
    | { type: "issue-raised"; post: string }
    | { type: "issue-joined"; joining: string; organisation: string }
    | { type: "issue-accepted" }
    | { type: "work-started" }
    | { type: "issue-redirected"; from: string; to: string; reason: string }
    | { type: "outcome-offered"; offer: string }
    | { type: "outcome-answered"; offer: string; answer: Answer; organisation: string; reason?: string }
    | { type: "issue-resolved"; resolution: "agreed" | "not-confirmed" }
    | { type: "issue-declined"; reason: string }
    | { type: "issue-reopened"; reason: string }
    | { type: "action-added"; action: string }
    | { type: "action-completed"; action: string }
    | { type: "person-named"; person: string }
    | { type: "duplicate-marked"; of: string }
    | { type: "duplicate-unmarked"; of: string; reason: string }
  );

/** A reply was posted: carried by the reply's own document. */
export type ReplyEvent = EventBase & { type: "reply-posted"; reply: string };

export type DomainEvent = IssueEvent | ReplyEvent;
export type EventType = DomainEvent["type"];

/** An event as the history keeps it, beside the issue it belongs to. */
export type RecordedEvent = DomainEvent & { issue: string };

/** What somebody did, as the thread and a conflict say it: "Nadia Okafor offered an outcome". */
export const eventWords: Readonly<Record<EventType, string>> = {
  "issue-raised": "raised this issue",
  "issue-joined": "said “us too”",
  "issue-accepted": "accepted this issue",
  "work-started": "started work",
  "issue-redirected": "sent this issue on",
  "outcome-offered": "offered an outcome",
  "outcome-answered": "answered the outcome",
  "issue-resolved": "resolved this issue",
  "issue-declined": "declined this issue",
  "issue-reopened": "reopened this issue",
  "action-added": "added an action",
  "action-completed": "completed an action",
  "person-named": "added a person",
  // Not everyone who reads an issue may know of its original.
  "duplicate-marked": "changed what it is linked to",
  "duplicate-unmarked": "changed what it is linked to",
  "reply-posted": "replied",
};

/** Events that change which original an issue has: they get in the way of each other, and of nothing else. */
export const duplicateEvents: ReadonlySet<EventType> = new Set<EventType>(["duplicate-marked", "duplicate-unmarked"]);

/** Events that change whose turn it is: a decision made before one of these was made on something else. */
export const decisiveEvents: ReadonlySet<EventType> = new Set<EventType>([
  "issue-accepted",
  "issue-redirected",
  "outcome-offered",
  "outcome-answered",
  "issue-resolved",
  "issue-declined",
  "issue-reopened",
]);
