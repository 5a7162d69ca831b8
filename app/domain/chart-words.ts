import { capital, counted, decimal, fewerMayBeSilence, moreMayBeBetter, type Said, whole } from "./theme-words";
import { directionOf, fewestPoints, type Improvement, type Xmr, type XmrPoint } from "./xmr";
import { isTrial, type PeriodWeeks } from "./xmr-display";

/** What a control chart says in words, from the points that are drawn. */
export interface Charted {
  /** Plural and lower case: "reports", "summaries sent in time". */
  measure: string;
  improvement: Improvement;
  period: PeriodWeeks | "month";
}

/** What the newest point says. */
export function trendWords(result: Xmr, { measure, improvement, period }: Charted): Said {
  const last = result.points.at(-1);
  if (!last) return { says: `No ${measure} to draw yet.`, notMeans: "Nothing drawn is not the same as nothing wrong." };
  if (isTrial(result)) return trialWords(result, period);
  if (last.specialCauseType === "Common Cause") {
    return {
      says: `${capital(measure)} vary as they usually do, around ${decimal(last.mean)} ${each(period)}.`,
      notMeans: "Highs and lows inside the limits need no explanation, and no answer one by one.",
    };
  }
  return { says: causeWords(last, measure, period), notMeans: notMeant(last, improvement) };
}

/** What the limits say of the target. Null where they say nothing. */
export function assuranceWords(result: Xmr, target: number): Said | null {
  if (isTrial(result)) return null;
  const notMeans = "It speaks of the process as it is now: a change in how things are done changes it.";
  switch (result.assurance) {
    case null:
      return null;
    case "consistent_pass":
      return { says: `The target of ${figure(target)} will be met each time, unless something changes.`, notMeans };
    case "consistent_fail":
      return { says: `The target of ${figure(target)} will be missed each time, unless something changes.`, notMeans };
    case "inconsistent":
      return {
        says: `The target of ${figure(target)} will be hit or missed by chance: it lies inside the limits.`,
        notMeans,
      };
  }
}

/** Why a point covers more than a week. Null where it does not. */
export function periodWords(period: PeriodWeeks): Said | null {
  if (period === 1) return null;
  return {
    says: `Drawn by ${period === 4 ? "four" : "twelve"} weeks, since fewer hold about one report or less.`,
    notMeans: "Limits drawn weekly would flag ordinary gaps.",
  };
}

/** How the limits were made: every chart says it. */
export function limitsWords(screenOutliers: boolean, lockedAfter: number | null): string {
  const screened = screenOutliers ? "extreme jumps between points left out" : "all points included";
  return lockedAfter === null
    ? `Limits from all points since the last named change, ${screened}.`
    : `Limits from the first ${whole(lockedAfter)} points since the last named change, then locked, ${screened}.`;
}

function trialWords({ points }: Xmr, period: Charted["period"]): Said {
  const stretch = points.at(-1)?.stretch;
  const here = points.filter((point) => point.stretch === stretch).length;
  const since = stretch === 0 ? "so far" : "since the change";
  return {
    says: `${counted(here, unit(period))} ${since}: too few to judge.`,
    notMeans: `The limits are a trial: ${whole(fewestPoints - here)} more before they mean anything.`,
  };
}

function causeWords(last: XmrPoint, measure: string, period: Charted["period"]): string {
  const latest = `${capital(measure)} in the latest ${unit(period)}, ${figure(last.value)}`;
  const usual = `${decimal(last.mean)} is usual`;
  const up = directionOf(last.specialCauseType) === "up";
  switch (last.specialCauseType) {
    case "Common Cause":
      return "";
    case "Above UCL":
      return `${latest}, are above the upper limit of ${decimal(last.upl ?? last.mean)}; ${usual}.`;
    case "Below LCL":
      return `${latest}, are below the lower limit of ${decimal(last.lpl ?? last.mean)}; ${usual}.`;
    case "2 in 3 Above CL":
    case "2 in 3 Below CL":
      return `${latest}: two of three points in a row lie close to the ${up ? "upper" : "lower"} limit; ${usual}.`;
    case "7 Points Above CL":
    case "7 Points Below CL":
      return `${latest}: seven points or more in a row lie ${up ? "above" : "below"} the mean of ${decimal(last.mean)}.`;
    default: {
      const points = last.specialCauseType.startsWith("6") ? "six" : "seven";
      return `${latest}: ${points} points or more in a row have all ${up ? "risen" : "fallen"}; ${usual}.`;
    }
  }
}

function notMeant(last: XmrPoint, improvement: Improvement): string {
  if (improvement !== "neutral") return "Chance alone does not explain it; what does, the chart cannot say.";
  return directionOf(last.specialCauseType) === "up" ? moreMayBeBetter : fewerMayBeSilence;
}

function unit(period: Charted["period"]): string {
  switch (period) {
    case 1:
      return "week";
    case 4:
      return "four-week period";
    case 12:
      return "twelve-week period";
    case "month":
      return "month";
  }
}

function each(period: Charted["period"]): string {
  return period === 1 || period === "month" ? `a ${unit(period)}` : `in each ${unit(period)}`;
}

function figure(value: number): string {
  return Number.isInteger(value) ? whole(value) : decimal(value);
}
