import type { EventType } from "./event";

/** What is done after something happened. The same names in the outbox, in logs and in `app/followups`. */
export const followUpNames = [
  "record",
  "index-issue",
  "tell-people",
  "notify-live",
  "start-work",
  "settle-duplicates",
  "assign-theme",
] as const;
export type FollowUpName = (typeof followUpNames)[number];

/** Every event is kept in the history, makes the issue findable as it is now, tells people, and moves open screens. */
const always: readonly FollowUpName[] = ["record", "index-issue", "tell-people", "notify-live"];
/** What happens to an issue itself is counted. */
const ofIssues: readonly FollowUpName[] = [...always, "assign-theme"];

/** The follow-ups an event has, from the moment it is stored. */
export function followUpsOf(type: EventType): readonly FollowUpName[] {
  if (type === "reply-posted") return [...always, "start-work"];
  return type === "duplicate-marked" ? [...ofIssues, "settle-duplicates"] : ofIssues;
}

/** Follow-ups that look only at how things are now: for several events of one document they run once, for the newest. */
export const coalescedFollowUps: ReadonlySet<string> = new Set<FollowUpName>([
  "index-issue",
  "notify-live",
  "assign-theme",
]);
