import type { Answer, Author } from "./issue";

interface EventBase {
  /** ULID of the event. */
  id: string;
  at: Date;
  by: Author;
}

/** What can happen to an issue. Carries no more text than the thread must show. */
export type IssueEvent = EventBase &
  (
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
  );

/** A reply was posted: carried by the reply's own document. */
export type ReplyEvent = EventBase & { type: "reply-posted"; reply: string };

export type DomainEvent = IssueEvent | ReplyEvent;
export type EventType = DomainEvent["type"];

/** An event as the history keeps it, beside the issue it belongs to. */
export type RecordedEvent = DomainEvent & { issue: string };
