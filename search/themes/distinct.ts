import type { Neighbours } from "./neighbours";
import { type Points, pointsOf, rowOf, scaleToOne } from "./points";

/** Texts this close say the same in nearly the same words: a text passed round, or sent again. */
const sameTextFrom = 0.9;

export interface Distinct {
  /** Number of the distinct text each point is. */
  of: Int32Array;
  points: Points;
}

/**
 * Near-copies as one: otherwise fifteen copies of one text are each other's only neighbours and become a theme by being
 * sent often, and not by being told by many. Each point joins the first of its neighbours that stands for a text;
 * what stands for it is the mean of all that joined.
 */
export function distinctTexts(points: Points, { k, at, closeness }: Neighbours): Distinct {
  const first = new Int32Array(points.count);
  const of = new Int32Array(points.count);
  const sums: Float32Array[] = [];
  for (let point = 0; point < points.count; point++) {
    first[point] = point;
    for (let rank = point * k; rank < (point + 1) * k && closeness[rank]! >= sameTextFrom; rank++) {
      const other = at[rank]!;
      if (other < 0 || other > point || first[other] !== other) continue;
      first[point] = other;
      break;
    }
    const row = rowOf(points, point);
    if (first[point] === point) {
      of[point] = sums.push(Float32Array.from(row)) - 1;
    } else {
      of[point] = of[first[point]!]!;
      const sum = sums[of[point]!]!;
      for (let d = 0; d < row.length; d++) sum[d]! += row[d]!;
    }
  }
  return { of, points: pointsOf(sums.map(scaleToOne)) };
}
