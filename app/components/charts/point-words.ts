import type { Series } from "../../domain/theme-views";
import { counted, decimal, whole } from "../../domain/theme-words";
import { directionOf, type XmrPoint } from "../../domain/xmr";

/** What one point covers: "Week of 5 January 2026", "January 2026". */
export function spanWords(date: string, period: Series["period"]): string {
  switch (period) {
    case 1:
      return `Week of ${dayWords(date)}`;
    case 4:
      return `Four weeks from ${dayWords(date)}`;
    case 12:
      return `Twelve weeks from ${dayWords(date)}`;
    case "month":
      return monthAndYear.format(dayOf(date));
  }
}

/** 5 January 2026. */
export function dayWords(date: string): string {
  return dayMonthYear.format(dayOf(date));
}

/** 5 Jan. */
export function shortDay(date: string): string {
  return dayMonth.format(dayOf(date));
}

/** Jan, or Jan 2026 where a year begins. */
export function monthWords(date: string, withYear: boolean): string {
  return (withYear ? shortMonthAndYear : shortMonth).format(dayOf(date));
}

/** Why a point is marked, or null where it is not: "above the upper limit of 29.3". */
export function whyMarked(point: XmrPoint): string | null {
  const up = directionOf(point.specialCauseType) === "up";
  switch (point.specialCauseType) {
    case "Common Cause":
      return null;
    case "Above UCL":
      return `above the upper limit of ${decimal(point.upl ?? point.mean)}`;
    case "Below LCL":
      return `below the lower limit of ${decimal(point.lpl ?? point.mean)}`;
    case "2 in 3 Above CL":
    case "2 in 3 Below CL":
      return `one of two in three close to the ${up ? "upper" : "lower"} limit`;
    case "7 Points Above CL":
    case "7 Points Below CL":
      return `one of seven or more in a row ${up ? "above" : "below"} the mean of ${decimal(point.mean)}`;
    default:
      return `one of ${point.specialCauseType.startsWith("6") ? "six" : "seven"} or more in a row, all ${up ? "rising" : "falling"}`;
  }
}

/** What its card says of a point, in two lines: what it is, why it is marked. */
export function pointCard(point: XmrPoint, series: Series, unit: string): [string, string] {
  const value = unit === "%" ? `${figure(point.value)} %` : counted(point.value, unit);
  const why = whyMarked(point);
  const usual = `Inside the limits: ordinary variation round ${decimal(point.mean)}.`;
  if (series.isTrial) return [`${spanWords(point.date, series.period)}: ${value}`, "Limits are a trial so far."];
  return [`${spanWords(point.date, series.period)}: ${value}`, why ? `Special cause: ${why}.` : usual];
}

const latest: Readonly<Record<Series["period"], string>> = {
  1: "week",
  4: "four weeks",
  12: "twelve weeks",
  month: "month",
};

/** Low to high since when: "higher since 28 Sep", "steady". What stands under a small chart. */
export function trendInShort(series: Series): string {
  if (series.isTrial) return "too few to judge";
  const last = series.points.at(-1);
  if (!last || last.specialCauseType === "Common Cause") return "steady";
  const high = directionOf(last.specialCauseType) === "up";
  if (last.specialCauseType === "Above UCL" || last.specialCauseType === "Below LCL") {
    return `${high ? "high" : "low"} in the latest ${latest[series.period]}`;
  }
  const from = series.points.findLastIndex((point) => directionOf(point.specialCauseType) !== (high ? "up" : "down"));
  return `${high ? "higher" : "lower"} since ${shortDay(series.points[from + 1]?.date ?? last.date)}`;
}

export function figure(value: number): string {
  return Number.isInteger(value) ? whole(value) : decimal(value);
}

function dayOf(date: string): Date {
  return new Date(`${date.slice(0, 10)}T12:00:00Z`);
}

const inLondon = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options });
const dayMonthYear = inLondon({ day: "numeric", month: "long", year: "numeric" });
const dayMonth = inLondon({ day: "numeric", month: "short" });
const monthAndYear = inLondon({ month: "long", year: "numeric" });
const shortMonth = inLondon({ month: "short" });
const shortMonthAndYear = inLondon({ month: "short", year: "numeric" });
