import { gammaQuantile, poissonAtMost } from "./gamma";

/**
 * How common something is, allowing for size. Limits of a count are exact (Garwood, Biometrika 1936): the gamma quantiles
 * at count and count + 1, half the chi-square quantiles of the textbooks. Funnel limits after Spiegelhalter (Statistics in
 * Medicine 2005): what chance allows round the overall rate for a population of this size.
 */
export interface Range {
  low: number;
  high: number;
}

export interface Rate {
  count: number;
  listSize: number;
  /** For each 10,000 registered patients. */
  per10000: number;
  range95: Range;
  range998: Range;
}

/** Exact Poisson limits of a count: the means for which a count this far out is no rarer than 1 - `level`. */
export function poissonRange(count: number, level: 0.95 | 0.998): Range {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`not a count: ${count}`);
  const tail = (1 - level) / 2;
  return { low: count === 0 ? 0 : gammaQuantile(tail, count), high: gammaQuantile(1 - tail, count + 1) };
}

/** The rate of a count among registered patients. Without a list size there is no rate: null. */
export function rateOf(count: number, listSize: number | null | undefined): Rate | null {
  if (!listSize || listSize <= 0) return null;
  return {
    count,
    listSize,
    per10000: (count * 10_000) / listSize,
    range95: asRates(poissonRange(count, 0.95), listSize),
    range998: asRates(poissonRange(count, 0.998), listSize),
  };
}

export interface Sized {
  count: number;
  listSize?: number | null;
}

/** The rate of several together: the list sizes are summed, and one that is not known means no rate for all. */
export function rateOfAll(parts: readonly Sized[]): Rate | null {
  if (parts.some((part) => !part.listSize)) return null;
  return rateOf(
    parts.reduce((sum, part) => sum + part.count, 0),
    parts.reduce((sum, part) => sum + (part.listSize ?? 0), 0),
  );
}

/** The smallest and largest rate that chance allows a population of this size, when the overall rate holds there too. */
export function funnelRange(overallPer10000: number, listSize: number, level: 0.95 | 0.998): Range {
  const counts = countsChanceAllows((overallPer10000 * listSize) / 10_000, level);
  return asRates(counts, listSize);
}

/** Where a rate lies against the 99.8 % funnel round the overall rate. */
export function funnelPlace(rate: Rate, overallPer10000: number): "above" | "within" | "below" {
  const allowed = countsChanceAllows((overallPer10000 * rate.listSize) / 10_000, 0.998);
  if (rate.count > allowed.high) return "above";
  return rate.count < allowed.low ? "below" : "within";
}

/** The counts that leave at most half of 1 - `level` on either side of a Poisson distribution. */
function countsChanceAllows(mean: number, level: 0.95 | 0.998): Range {
  const tail = (1 - level) / 2;
  return { low: poissonQuantile(tail, mean), high: poissonQuantile(1 - tail, mean) };
}

/** The smallest count with at least the share `p` at or below it. */
function poissonQuantile(p: number, mean: number): number {
  let low = -1;
  let high = Math.ceil(mean) + 1;
  while (poissonAtMost(high, mean) < p) high *= 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (poissonAtMost(middle, mean) < p) low = middle;
    else high = middle;
  }
  return high;
}

function asRates({ low, high }: Range, listSize: number): Range {
  return { low: (low * 10_000) / listSize, high: (high * 10_000) / listSize };
}
