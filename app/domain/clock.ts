import { belongsInLfpse, type Clock, type Harm } from "./issue";
import { addWorkingDays, londonDay } from "./working-days";

/** Service levels in working days in England. Defaults of the system; a setting. */
export const serviceLevels = {
  acknowledge: 2,
  /** A safety-flagged issue is looked at the same day. */
  safety: 0,
  "first-reply": 10,
  resolve: 20,
  /** After this many working days of silence an offered outcome resolves as "not confirmed". */
  "answer-outcome": 10,
} as const;

/** The clock of an issue just raised: the same day when it is safety-flagged. */
export function clockWhenRaised(harm: Harm, now: Date): Clock {
  const kind = belongsInLfpse(harm) ? "safety" : "acknowledge";
  return { kind, dueAt: addWorkingDays(now, serviceLevels[kind]) };
}

/** A clock that starts now. */
export function clockFrom(kind: "first-reply" | "resolve" | "answer-outcome", now: Date): Clock {
  return { kind, dueAt: addWorkingDays(now, serviceLevels[kind]) };
}

export function isOverdue(clock: Clock | undefined, now: Date): boolean {
  return clock !== undefined && clock.dueAt < now;
}

/** Whether it is due on the London calendar day of `now`. */
export function isDueToday(clock: Clock | undefined, now: Date): boolean {
  return clock !== undefined && londonDay(clock.dueAt) === londonDay(now);
}
