import type { Week } from "../../app/domain/emerging";
import type { Intervention } from "../../app/domain/theme-ports";
import type { ThemePeriod } from "../../app/domain/theme-query";
import type { Series } from "../../app/domain/theme-views";
import { xmr } from "../../app/domain/xmr";
import {
  assuranceIcon,
  chartSettings,
  type DatedCount,
  isTrial,
  periodWeeks,
  rebaseDatesOf,
  sumPeriods,
  variationIcon,
} from "../../app/domain/xmr-display";
import { dayText, firstDayOfMonth, firstDayOfWeek, monthOf, weekOf } from "./days";
import { type FactTable, neitherSide } from "./fact-table";
import type { Sieve } from "./sieve";

/** Points of a chart reach back so far, in weeks, unless other dates are asked for. */
const weeksShown = 104;
const monthsShown = 24;

/** Reports in each whole period, by side and theme. A period that has not ended is not there. */
export interface PeriodCounts {
  period: ThemePeriod;
  /** First day of each period, oldest first. */
  starts: number[];
  themes: number;
  /** By side: theme t in period p at t x periods + p. */
  counts: readonly [Uint16Array, Uint16Array];
}

export interface PeriodsAsked {
  period: ThemePeriod;
  /** Today's day number. */
  today: number;
  /** Days the chart is asked to reach over. */
  from?: number | undefined;
  until?: number | undefined;
}

export function countPeriods(table: FactTable, sieve: Sieve, asked: PeriodsAsked): PeriodCounts {
  const { period } = asked;
  const numberOf = period === "month" ? monthOf : weekOf;
  const startOf = period === "month" ? firstDayOfMonth : firstDayOfWeek;
  const until = asked.until === undefined ? Number.POSITIVE_INFINITY : numberOf(asked.until);
  const after = Math.min(numberOf(asked.today), until);
  const shown = period === "month" ? monthsShown : weeksShown;
  const from = asked.from === undefined ? startOf(after - shown) : asked.from;
  const earliest = Math.max(from, firstDayOf(table));
  const first = startOf(numberOf(earliest)) === earliest ? numberOf(earliest) : numberOf(earliest) + 1;
  const periods = Math.max(0, after - first);
  const themes = table.themes.count + 1;
  const counts = [new Uint16Array(themes * periods), new Uint16Array(themes * periods)] as const;
  // A period's number is looked up by day: the calendar is asked once a day, not once a report.
  const low = startOf(first);
  const periodOfDay = Int32Array.from(
    { length: Math.max(0, startOf(after) - low) },
    (_, at) => numberOf(low + at) - first,
  );
  for (const report of sieve.reports) {
    const at = periodOfDay[table.reportDay[report]! - low];
    const side = table.reportSide[report]!;
    if (at === undefined || side === neitherSide) continue;
    const theme = table.theme[table.reportIssue[report]!]!;
    counts[side as 0 | 1][(theme < 0 ? themes - 1 : theme) * periods + at]!++;
  }
  return { period, starts: Array.from({ length: periods }, (_, at) => startOf(first + at)), themes, counts };
}

/** Counts of one theme, oldest first; `all` sums every theme. */
export function datedCounts(counts: PeriodCounts, side: 0 | 1, theme: number | "all"): DatedCount[] {
  const { starts, themes } = counts;
  const column = counts.counts[side];
  return starts.map((start, at) => {
    let value = 0;
    if (theme === "all") for (let each = 0; each < themes; each++) value += column[each * starts.length + at]!;
    else value = column[theme * starts.length + at]!;
    return { date: dayText(start), value };
  });
}

/**
 * The control chart of these counts. Weeks are summed to four or twelve where they hold too little. Reported counts are
 * neutral; limits begin anew only at a change with a named cause. Null: too little even so.
 */
export function seriesOf(
  counted: readonly DatedCount[],
  period: ThemePeriod,
  interventions: readonly Intervention[],
): Series | null {
  const key = JSON.stringify([period, counted[0]?.date, counted.map(({ value }) => value), interventions]);
  const known = charted.get(key);
  if (known !== undefined) return known;
  const series = chartOf(counted, period, interventions);
  if (charted.size >= chartsKept) charted.clear();
  charted.set(key, series);
  return series;
}

/** Charts by what they are drawn from: most themes have no new report between two questions. */
const charted = new Map<string, Series | null>();
const chartsKept = 5_000;

/** The last points of a chart, for a small one beside a row. Limits and marks are those of the whole. */
export function tailOf(series: Series | null): Series | null {
  if (!series) return null;
  const points = series.points.slice(-tailPoints).map((point) => ({
    ...point,
    mean: drawn(point.mean),
    lpl: point.lpl === null ? null : drawn(point.lpl),
    upl: point.upl === null ? null : drawn(point.upl),
  }));
  return { ...series, points };
}
const tailPoints = 53;

/** A hundredth of a report is finer than a small chart draws. */
function drawn(value: number): number {
  return Math.round(value * 100) / 100;
}

function chartOf(
  counted: readonly DatedCount[],
  period: ThemePeriod,
  interventions: readonly Intervention[],
): Series | null {
  const mean = counted.reduce((sum, { value }) => sum + value, 0) / Math.max(1, counted.length);
  const weeks = period === "month" ? 1 : periodWeeks(mean);
  if (weeks === null || counted.length === 0 || mean === 0) return null;
  const points = period === "month" ? [...counted] : sumPeriods(counted, weeks);
  if (points.length === 0) return null;
  const dates = points.map(({ date }) => date);
  const rebases = interventions.filter((each) => each.rebases && each.date > (dates[0] ?? ""));
  const result = xmr({
    values: points.map(({ value }) => value),
    dates,
    improvement: "neutral",
    rebaseDates: rebaseDatesOf(rebases, dates),
    ...chartSettings,
  });
  return {
    period: period === "month" ? "month" : weeks,
    points: result.points,
    isTrial: isTrial(result),
    variation: variationIcon(result),
    assurance: assuranceIcon(result),
    perPeriod: points.reduce((sum, { value }) => sum + value, 0) / points.length,
    interventions: [...interventions],
  };
}

/** Weeks of seven days back from today, for what emerges. */
const weeksBack = 27;

/** By theme: this week's reports of practices, and the weeks before, oldest first. As far back as there are any. */
export function weeksBackOf(table: FactTable, sieve: Sieve, today: number): { week: Week; before: Week[] }[] {
  const themes = table.themes.count;
  const raisers = table.raisers.count;
  const counts = new Uint16Array(themes * weeksBack);
  const practices = new Uint16Array(themes * weeksBack);
  const seen = new Set<number>();
  const oldest = today - weeksBack * 7;
  for (const report of sieve.reports) {
    const day = table.reportDay[report]!;
    if (day <= oldest || day > today || table.reportSide[report] !== 0) continue;
    const theme = table.theme[table.reportIssue[report]!]!;
    if (theme < 0) continue;
    const cell = theme * weeksBack + Math.floor((today - day) / 7);
    counts[cell]!++;
    const key = cell * raisers + table.reportRaiser[report]!;
    if (seen.has(key)) continue;
    seen.add(key);
    practices[cell]!++;
  }
  const history = Math.min(weeksBack - 1, Math.floor((today - firstDayOf(table)) / 7));
  return Array.from({ length: themes }, (_, theme) => {
    const at = (back: number): Week => ({
      count: counts[theme * weeksBack + back]!,
      practices: practices[theme * weeksBack + back]!,
    });
    return { week: at(0), before: Array.from({ length: history }, (_, each) => at(history - each)) };
  });
}

function firstDayOf(table: FactTable): number {
  let first = Number.POSITIVE_INFINITY;
  for (let report = 0; report < table.reports; report++) first = Math.min(first, table.reportDay[report]!);
  return Number.isFinite(first) ? first : 0;
}
