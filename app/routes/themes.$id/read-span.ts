import type { Series } from "../../domain/theme-views";

/** One point of a chart: the days whose issues are listed. */
export interface Span {
  /** London calendar days, the end exclusive. */
  date: string;
  until: string;
  period: Series["period"];
}

const dayMs = 86_400_000;

/** The last day of a point, exclusive. */
export function endOfPoint(date: string, period: Series["period"]): string {
  const start = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (period === "month") {
    return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
  }
  return new Date(start.getTime() + period * 7 * dayMs).toISOString().slice(0, 10);
}

/** The point whose first day the address names (`point=2026-01-05`), where the chart has such a point. */
export function readSpan(params: URLSearchParams, series: Series | null): Span | null {
  const asked = params.get("point");
  const point = series?.points.find((each) => each.date.slice(0, 10) === asked);
  if (!series || !point) return null;
  const date = point.date.slice(0, 10);
  return { date, until: endOfPoint(date, series.period), period: series.period };
}
