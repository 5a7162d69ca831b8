/**
 * XmR control charts as in NHS England's Making Data Count, number for number as the R package NHSRplotthedots
 * (`ptd_spc`) gives them. Within each stretch between two rebase dates:
 * mean = mean(x); moving range MR_i = |x_i - x_(i-1)|; process limits = mean +/- 2.66 mean(MR); near limits at two thirds
 * of that. Screening leaves out, once, every moving range that is not below 3.267 mean(MR); the mean keeps all points.
 * The first special cause that fits a point is its own: outside the limits, part of a trend, one of two in three near a
 * limit, part of a shift. Limits are not floored here: `xmr-display.ts` holds what a chart shows.
 */
export type Improvement = "increase" | "decrease" | "neutral";

export interface XmrInput {
  values: readonly number[];
  /** One a value, `YYYY-MM-DD`, an ISO instant or a `Date`; no two alike. */
  dates: readonly (string | Date)[];
  improvement: Improvement;
  target?: number | null;
  /** Dates of points at which mean and limits begin anew: only ever with a named cause. */
  rebaseDates?: readonly (string | Date)[] | null;
  /** Mean and limits come from the first so many points of each stretch: 12 or more. */
  fixAfter?: number | null;
  /** Leave out extreme moving ranges. No default: a chart says which it is. */
  screenOutliers: boolean;
  /** Points all rising or all falling that make a trend. The reference has 7; some texts say 6. */
  trendPoints?: 6 | 7;
}

export type SpecialCauseType =
  | "Common Cause"
  | "Above UCL"
  | "Below LCL"
  | `${6 | 7} Point Trend (${"Increasing" | "Decreasing"})`
  | `2 in 3 ${"Above" | "Below"} CL`
  | `7 Points ${"Above" | "Below"} CL`;

export type PointType =
  | "common_cause"
  | "special_cause_improvement"
  | "special_cause_concern"
  | "special_cause_neutral_high"
  | "special_cause_neutral_low";

export type Assurance = "consistent_pass" | "consistent_fail" | "inconsistent";

export interface XmrPoint {
  date: string;
  value: number;
  /** Which stretch between rebase dates, from 0. */
  stretch: number;
  mean: number;
  /** Null where there is no moving range to judge by: one point, or with screening all values equal. */
  lpl: number | null;
  upl: number | null;
  specialCauseType: SpecialCauseType;
  pointType: PointType;
}

export interface Xmr {
  /** In order of date. */
  points: XmrPoint[];
  /** The last limits against the target. Null without a target, and where neither direction is better. */
  assurance: Assurance | null;
}

/** Fewest points that limits may be locked on, and below which they are only a trial. */
export const fewestPoints = 12;
const shiftPoints = 7;
const limitFactor = 2.66;
const nearFactor = 2 * (limitFactor / 3);
const screenFactor = 3.267;

/**
 * The chart of a series. Points come back in order of date, whatever order they were given in.
 * Throws a `RangeError` that names what is wrong: lists of different lengths, a value that is no finite number, a date
 * that is none or stands twice, a rebase date that is no point's, limits locked on fewer than 12 points.
 */
export function xmr(input: XmrInput): Xmr {
  const series = checked(input);
  const trendPoints = input.trendPoints ?? 7;
  const points = stretchesOf(series, input.rebaseDates ?? []).flatMap((stretch, number) => {
    const values = stretch.map((each) => each.value);
    const limits = limitsOf(values.slice(0, input.fixAfter ?? values.length), input.screenOutliers);
    const causes = specialCauses(values, limits, trendPoints);
    return stretch.map(({ date, value }, i): XmrPoint => {
      const specialCauseType = causes[i] ?? "Common Cause";
      return {
        date,
        value,
        stretch: number,
        mean: limits.mean,
        lpl: orNull(limits.lower),
        upl: orNull(limits.upper),
        specialCauseType,
        pointType: pointType(specialCauseType, input.improvement),
      };
    });
  });
  return { points, assurance: assuranceOf(points.at(-1), input) };
}

/** Which way a special cause points: up for high or rising, down for low or falling, none for common cause. */
export function directionOf(cause: SpecialCauseType): "up" | "down" | "none" {
  if (/Above|Increasing/.test(cause)) return "up";
  return /Below|Decreasing/.test(cause) ? "down" : "none";
}

/**
 * The arithmetic mean, rounded once: whether a point lies exactly on the mean decides runs, and a plain sum of decimals
 * drifts by enough to move it off. R sums in extended precision for the same reason.
 */
export function meanOf(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const rough = exactSum(values) / values.length;
  return rough + exactSum([...values, ...values.map(() => -rough)]) / values.length;
}

interface Dated {
  date: string;
  at: number;
  value: number;
}

interface Limits {
  mean: number;
  lower: number;
  upper: number;
  nearLower: number;
  nearUpper: number;
}

function checked({ values, dates, target, fixAfter, improvement }: XmrInput): Dated[] {
  if (values.length !== dates.length) throw new RangeError(`${values.length} values but ${dates.length} dates`);
  if (!["increase", "decrease", "neutral"].includes(improvement)) throw new RangeError("no such improvement direction");
  if (target != null && !Number.isFinite(target)) throw new RangeError("the target is not a finite number");
  if (fixAfter != null && (!Number.isInteger(fixAfter) || fixAfter < fewestPoints)) {
    throw new RangeError(`limits are locked after ${fewestPoints} points or more, not ${fixAfter}`);
  }
  const series = values.map((value, i): Dated => {
    if (!Number.isFinite(value)) throw new RangeError(`value ${i + 1} is not a finite number`);
    const at = instantOf(dates[i]);
    return { date: writtenDate(dates[i]), at, value };
  });
  series.sort((a, b) => a.at - b.at);
  const twice = series.find((each, i) => each.at === series[i - 1]?.at);
  if (twice) throw new RangeError(`the date ${twice.date} stands twice`);
  return series;
}

function writtenDate(date: string | Date | undefined): string {
  return date instanceof Date ? date.toISOString() : String(date);
}

function instantOf(date: string | Date | undefined): number {
  const at =
    date instanceof Date ? date.getTime() : Date.parse(/^\d{4}-\d\d-\d\d/.test(date ?? "") ? (date ?? "") : "");
  const isDay = typeof date === "string" && date.length === 10;
  // An engine may take 30 February for 1 March.
  if (Number.isNaN(at) || (isDay && new Date(at).toISOString().slice(0, 10) !== date)) {
    throw new RangeError(`not a date: ${String(date)}`);
  }
  return at;
}

function stretchesOf(series: readonly Dated[], rebaseDates: readonly (string | Date)[]): Dated[][] {
  const begins = new Set(rebaseDates.map(instantOf));
  const known = new Set(series.map((each) => each.at));
  const unknown = rebaseDates.find((date) => !known.has(instantOf(date)));
  if (unknown !== undefined) throw new RangeError(`no point has the rebase date ${writtenDate(unknown)}`);
  const stretches: Dated[][] = [];
  for (const each of series) {
    const current = stretches.at(-1);
    if (current && !begins.has(each.at)) current.push(each);
    else stretches.push([each]);
  }
  return stretches;
}

/** NaN limits where no moving range is left: every comparison with them is false, as in the reference. */
function limitsOf(values: readonly number[], screenOutliers: boolean): Limits {
  const ranges = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? Number.NaN)));
  const all = meanOf(ranges);
  const range = screenOutliers ? meanOf(ranges.filter((each) => each < screenFactor * all)) : all;
  const mean = meanOf(values);
  return {
    mean,
    lower: mean - limitFactor * range,
    upper: mean + limitFactor * range,
    nearLower: mean - nearFactor * range,
    nearUpper: mean + nearFactor * range,
  };
}

function specialCauses(values: readonly number[], limits: Limits, trendPoints: 6 | 7): SpecialCauseType[] {
  const sides = values.map((value) => Math.sign(value - limits.mean));
  const outside = values.map((value) => value > limits.upper || value < limits.lower);
  const near = values.map((value, i) => !outside[i] && (value < limits.nearLower || value > limits.nearUpper));
  const steps = values.map((value, i) => Math.sign(value - (values[i - 1] ?? Number.NaN)));
  const inTrend = partOfRun(values.length, trendPoints, (from) => sameSign(steps, from + 1, trendPoints - 1));
  const inShift = partOfRun(values.length, shiftPoints, (from) => sameSign(sides, from, shiftPoints));
  const inThree = partOfRun(values.length, 3, (from) => sameSign(sides, from, 3) && twoOf(near, from));
  return values.map((_, i): SpecialCauseType => {
    const side = (sides[i] ?? 0) > 0 ? "Above" : "Below";
    if (outside[i]) return side === "Above" ? "Above UCL" : "Below LCL";
    if (inTrend[i]) {
      // Where a rising run meets a falling one, the turning point belongs to what comes after it.
      const step = inTrend[i + 1] ? steps[i + 1] : steps[i];
      return `${trendPoints} Point Trend (${step === 1 ? "Increasing" : "Decreasing"})`;
    }
    if (near[i] && inThree[i]) return `2 in 3 ${side} CL`;
    return inShift[i] ? `7 Points ${side} CL` : "Common Cause";
  });
}

/** For each point whether it lies in a window of `size` for which `holds`: a run marks all its points, not its last. */
function partOfRun(length: number, size: number, holds: (from: number) => boolean): boolean[] {
  const part = new Array<boolean>(length).fill(false);
  for (let from = 0; from + size <= length; from++) if (holds(from)) part.fill(true, from, from + size);
  return part;
}

/** A zero (a point on the mean, two values alike) and what is not a number break a run. */
function sameSign(signs: readonly number[], from: number, count: number): boolean {
  const window = signs.slice(from, from + count);
  return Math.abs(window.reduce((sum, each) => sum + each, 0)) === count;
}

function twoOf(marks: readonly boolean[], from: number): boolean {
  return marks.slice(from, from + 3).filter(Boolean).length >= 2;
}

function pointType(cause: SpecialCauseType, improvement: Improvement): PointType {
  const direction = directionOf(cause);
  if (direction === "none") return "common_cause";
  if (improvement === "neutral") {
    return direction === "up" ? "special_cause_neutral_high" : "special_cause_neutral_low";
  }
  const better = (direction === "up") === (improvement === "increase");
  return better ? "special_cause_improvement" : "special_cause_concern";
}

function assuranceOf(last: XmrPoint | undefined, { target, improvement }: XmrInput): Assurance | null {
  if (!last || target == null || improvement === "neutral") return null;
  if (last.upl !== null && target > last.upl) return improvement === "increase" ? "consistent_fail" : "consistent_pass";
  if (last.lpl !== null && target < last.lpl) return improvement === "increase" ? "consistent_pass" : "consistent_fail";
  return "inconsistent";
}

function orNull(limit: number): number | null {
  return Number.isNaN(limit) ? null : limit;
}

/** Sum with the error of each addition carried along (Neumaier, 1974). */
function exactSum(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
