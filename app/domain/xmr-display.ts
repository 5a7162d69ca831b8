import { directionOf, fewestPoints, type SpecialCauseType, type Xmr, type XmrPoint } from "./xmr";

/**
 * What a control chart shows and when it speaks, on top of the numbers of `xmr.ts`: NHS England, Making Data Count
 * (icons, 12 points before limits are trusted, rebasing only at a known change).
 */

/** How the product charts: no screening, limits locked after the first 12 points of a stretch. The chart says so. */
export const chartSettings = { screenOutliers: false, fixAfter: fewestPoints } as const;

/** Whether the limits that hold now rest on fewer than 12 points: drawn dotted, marked "trial", no icon, no alert. */
export function isTrial({ points }: Xmr): boolean {
  const stretch = points.at(-1)?.stretch;
  return points.filter((point) => point.stretch === stretch).length < fewestPoints;
}

export type ShownLimits =
  | { kind: "none"; mean: number }
  | { kind: "limits"; mean: number; lower: number; upper: number };

/** The limits as drawn. A count's lower limit is never below 0; limits that lie on the mean are not drawn. */
export function shownLimits({ mean, lpl, upl }: XmrPoint, measure: "count" | "other"): ShownLimits {
  if (lpl === null || upl === null || lpl === upl) return { kind: "none", mean };
  return { kind: "limits", mean, lower: measure === "count" ? Math.max(0, lpl) : lpl, upper: upl };
}

export type VariationIcon =
  | { kind: "common-cause"; colour: "grey"; letter: "" }
  | { kind: "improvement"; colour: "blue"; letter: "H" | "L" }
  | { kind: "concern"; colour: "orange"; letter: "H" | "L" }
  | { kind: "neutral"; colour: "purple"; letter: "H" | "L" };

/** The icon of the newest point: what the process does now. None on trial limits or without points. */
export function variationIcon(result: Xmr): VariationIcon | null {
  const last = result.points.at(-1);
  if (!last || isTrial(result)) return null;
  const letter = directionOf(last.specialCauseType) === "up" ? "H" : "L";
  switch (last.pointType) {
    case "common_cause":
      return { kind: "common-cause", colour: "grey", letter: "" };
    case "special_cause_improvement":
      return { kind: "improvement", colour: "blue", letter };
    case "special_cause_concern":
      return { kind: "concern", colour: "orange", letter };
    case "special_cause_neutral_high":
    case "special_cause_neutral_low":
      return { kind: "neutral", colour: "purple", letter };
  }
}

export type AssuranceIcon =
  | { kind: "consistently-passing"; colour: "blue"; letter: "P" }
  | { kind: "consistently-failing"; colour: "orange"; letter: "F" }
  | { kind: "hit-or-miss"; colour: "grey"; letter: "?" };

/** The icon of the limits against the target. None without a target, without a direction, or on trial limits. */
export function assuranceIcon(result: Xmr): AssuranceIcon | null {
  if (result.assurance === null || isTrial(result)) return null;
  switch (result.assurance) {
    case "consistent_pass":
      return { kind: "consistently-passing", colour: "blue", letter: "P" };
    case "consistent_fail":
      return { kind: "consistently-failing", colour: "orange", letter: "F" };
    case "inconsistent":
      return { kind: "hit-or-miss", colour: "grey", letter: "?" };
  }
}

/** The special cause at the newest point that a leader is told of, or null: silence is the rule. */
export function alertOf(result: Xmr): SpecialCauseType | null {
  const cause = result.points.at(-1)?.specialCauseType ?? "Common Cause";
  return cause === "Common Cause" || isTrial(result) ? null : cause;
}

export type PeriodWeeks = 1 | 4 | 12;

/**
 * How many weeks one point must cover so that it holds more than about one report: an XmR chart of counts mostly 0 and 1
 * cries wolf. Null: too few even in twelve weeks; show the number in words instead of a chart.
 */
export function periodWeeks(meanPerWeek: number): PeriodWeeks | null {
  return ([1, 4, 12] as const).find((weeks) => meanPerWeek * weeks > 1) ?? null;
}

export interface DatedCount {
  /** First day of the period, `YYYY-MM-DD`. */
  date: string;
  value: number;
}

/** Weekly counts, oldest first, summed to whole periods that end with the newest week; an unfinished oldest one goes. */
export function sumPeriods(weekly: readonly DatedCount[], weeks: PeriodWeeks): DatedCount[] {
  const sums: DatedCount[] = [];
  for (let from = weekly.length % weeks; from < weekly.length; from += weeks) {
    const period = weekly.slice(from, from + weeks);
    sums.push({ date: period[0]?.date ?? "", value: period.reduce((sum, each) => sum + each.value, 0) });
  }
  return sums;
}

export interface Rebase {
  /** The day from which things are different. */
  date: string;
  /** The change that explains it, in a person's words. */
  cause: string;
}

/**
 * The dates of points at which limits begin anew: for each change the first point on or after it. A change after the
 * newest point waits. Throws where a change has no cause: limits are never moved to make a chart look better.
 */
export function rebaseDatesOf(rebases: readonly Rebase[], pointDates: readonly string[]): string[] {
  const found = rebases.flatMap(({ date, cause }) => {
    if (cause.trim() === "") throw new RangeError(`the change of ${date} names no cause`);
    return pointDates.find((each) => each >= date) ?? [];
  });
  return [...new Set(found)].sort();
}
