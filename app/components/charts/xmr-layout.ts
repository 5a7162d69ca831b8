import { max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Series } from "../../domain/theme-views";
import type { XmrPoint } from "../../domain/xmr";
import { shownLimits } from "../../domain/xmr-display";
import { near } from "./svg-chart";

/** A stretch between two named changes, as it is drawn: one mean, one pair of limits. */
export interface Stretch {
  from: number;
  to: number;
  mean: number;
  lower: number | null;
  upper: number | null;
}

export interface XmrBox {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface XmrScales {
  x(at: number): number;
  y(value: number): number;
  ticks: number[];
  path: string;
  /** Width of one period. */
  step: number;
}

export function stretchesOf(points: readonly XmrPoint[], measure: "count" | "other"): Stretch[] {
  const found: Stretch[] = [];
  let number = -1;
  points.forEach((point, at) => {
    const last = found.at(-1);
    if (last && point.stretch === number) {
      last.to = at;
      return;
    }
    number = point.stretch;
    const limits = shownLimits(point, measure);
    const known = limits.kind === "limits";
    found.push({
      from: at,
      to: at,
      mean: point.mean,
      lower: known ? limits.lower : null,
      upper: known ? limits.upper : null,
    });
  });
  return found;
}

/** Counts begin at zero, shares may begin higher. Room above the highest point and limit. */
export function xmrScales(series: Series, box: XmrBox, floor: number, target: number | null): XmrScales {
  const tops = series.points.flatMap((point) => [point.value, point.upl ?? point.mean]);
  const most = Math.max(max(tops) ?? 0, target ?? 0, floor + 1);
  const x = scaleLinear([-0.5, series.points.length - 0.5], [box.left, box.width - box.right]);
  const y = scaleLinear([floor, most * 1.06], [box.height - box.bottom, box.top]);
  const drawn = line<XmrPoint>(
    (_, at) => near(x(at)),
    (point) => near(y(point.value)),
  );
  return { x, y, ticks: y.ticks(4), path: drawn(series.points) ?? "", step: x(1) - x(0) };
}

/** Places on the axis where a month begins: the first point in each, thinned to what fits. */
export function monthTicks(points: readonly XmrPoint[], roomFor: number): { at: number; isYear: boolean }[] {
  const starts = points.flatMap((point, at) => {
    const month = point.date.slice(0, 7);
    return at > 0 && points[at - 1]?.date.slice(0, 7) === month ? [] : [{ at, month }];
  });
  const every = Math.max(1, Math.ceil(starts.length / Math.max(1, roomFor)));
  return starts
    .filter((_, index) => index % every === 0)
    .map(({ at, month }, index, kept) => ({ at, isYear: kept[index - 1]?.month.slice(0, 4) !== month.slice(0, 4) }));
}

/** The index of the first point on or after a day; null where the day is outside what is drawn. */
export function pointOn(points: readonly XmrPoint[], day: string): number | null {
  const at = points.findIndex((point) => point.date.slice(0, 10) >= day);
  const beforeAll = (points[0]?.date.slice(0, 10) ?? "") > day;
  return at < 0 || beforeAll ? null : at;
}

/** Moves labels that would overlap apart, keeping their order. */
export function spreadLabels<T extends { y: number }>(labels: readonly T[], gap: number): T[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y).map((each) => ({ ...each }));
  for (let round = 0; round < sorted.length; round++) {
    for (let at = 1; at < sorted.length; at++) {
      const [above, below] = [sorted[at - 1], sorted[at]];
      if (!above || !below) continue;
      const missing = gap - (below.y - above.y);
      if (missing <= 0) continue;
      above.y -= missing / 2;
      below.y += missing / 2;
    }
  }
  return sorted;
}
