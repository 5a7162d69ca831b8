import { type Clock, type ClockKind, type IssueState, isOpen } from "../domain/issue";
import { londonDay, workingDaysBetween } from "../domain/working-days";

/** How a clock looks: an outline in time, amber when due soon, filled with "!" when over. */
export type ClockTone = "calm" | "soon" | "late";

export interface ClockWords {
  words: string;
  tone: ClockTone;
}

/** What is due, as a sentence begins: "First reply from the owner is due today." */
export const clockKindNames: Readonly<Record<ClockKind, string>> = {
  acknowledge: "Answer to the sender",
  safety: "Safety check",
  "first-reply": "First reply from the owner",
  resolve: "Outcome",
  "answer-outcome": "Answer to the outcome",
};

/** Time as people say it, in working days: "6 days over", "Today", "1 day left". */
export function clockWords(clock: Clock, now: Date): ClockWords {
  if (clock.dueAt < now) return { words: overWords(clock.dueAt, now), tone: "late" };
  const left = workingDaysBetween(now, clock.dueAt);
  if (londonDay(clock.dueAt) === londonDay(now)) return { words: "Today", tone: "soon" };
  // Due on a day that is not a working day, with none between: still the next thing to do.
  if (left === 0) return { words: "Next working day", tone: "soon" };
  return { words: `${countOf(left, "day")} left`, tone: left === 1 ? "soon" : "calm" };
}

/** What a card says of time: the clock while open, how long it took once closed. */
export function timeWords(
  issue: {
    state: IssueState;
    clock?: Clock | undefined;
    raisedAt: Date;
    closedAt?: Date | undefined;
    resolution?: "agreed" | "not-confirmed" | undefined;
  },
  now: Date,
): ClockWords | null {
  if (isOpen(issue.state)) return issue.clock ? clockWords(issue.clock, now) : null;
  if (!issue.closedAt) return null;
  const days = workingDaysBetween(issue.raisedAt, issue.closedAt);
  const took = days === 0 ? "Same day" : countOf(days, "day");
  const how = issue.resolution === "agreed" ? ", agreed" : ", not confirmed";
  return { words: issue.resolution ? took + how : took, tone: "calm" };
}

function overWords(dueAt: Date, now: Date): string {
  const over = workingDaysBetween(dueAt, now);
  if (over === 0) return "Just over";
  return `${countOf(over, "day")} over`;
}

/** Made once: a board of a hundred cards asks for it two hundred times. */
const wholeNumber = new Intl.NumberFormat("en-GB");

/** "1 day", "6 days". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${wholeNumber.format(count)} ${count === 1 ? one : many}`;
}
