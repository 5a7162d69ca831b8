import { type Counted, defaultSeverityWeights } from "../../app/domain/breadth";
import { harms } from "../../app/domain/issue";
import { type FactTable, neitherSide } from "./fact-table";
import type { Sieve } from "./sieve";

/** Reports by side, theme and raiser, over some days. The last theme is "in none". */
export interface Tally {
  raisers: number;
  themes: number;
  /** By side: reports of theme t by raiser r at t x raisers + r. */
  reports: readonly [Uint32Array, Uint32Array];
  /** By side and theme. */
  issues: readonly [Uint32Array, Uint32Array];
  severity: readonly [Float64Array, Float64Array];
  /** By side: issues of theme t graded h at t x harms + h. */
  harm: readonly [Uint32Array, Uint32Array];
  /** Issues about good practice, by side and theme. */
  thanks: readonly [Uint32Array, Uint32Array];
}

const weights = harms.map((harm) => defaultSeverityWeights[harm]);

export function tallyOf(table: FactTable, sieve: Sieve, days: { from: number; until: number }): Tally {
  const themes = table.themes.count + 1;
  const raisers = table.raisers.count;
  const two = <T>(make: () => T): readonly [T, T] => [make(), make()];
  const tally: Tally = {
    raisers,
    themes,
    reports: two(() => new Uint32Array(themes * raisers)),
    issues: two(() => new Uint32Array(themes)),
    severity: two(() => new Float64Array(themes)),
    harm: two(() => new Uint32Array(themes * harms.length)),
    thanks: two(() => new Uint32Array(themes)),
  };
  const isThanks = table.categories.all.map((code) => code.startsWith("POS."));
  const seen = new Uint8Array(table.issues);
  for (const report of sieve.reports) {
    const day = table.reportDay[report]!;
    const side = table.reportSide[report]!;
    if (side === neitherSide || day < days.from || day >= days.until) continue;
    const issue = table.reportIssue[report]!;
    const theme = table.theme[issue]! < 0 ? themes - 1 : table.theme[issue]!;
    const of = side as 0 | 1;
    tally.reports[of][theme * raisers + table.reportRaiser[report]!]!++;
    const bit = 1 << side;
    if ((seen[issue]! & bit) !== 0) continue;
    seen[issue]! |= bit;
    const harm = table.harm[issue]!;
    tally.issues[of][theme]!++;
    tally.severity[of][theme]! += weights[harm]!;
    tally.harm[of][theme * harms.length + harm]!++;
    if (isThanks[table.category[issue]!]) tally.thanks[of][theme]!++;
  }
  return tally;
}

/** Reports of one theme by raiser, as a part of the column. */
export function byRaiser(tally: Tally, side: 0 | 1, theme: number): Uint32Array {
  return tally.reports[side].subarray(theme * tally.raisers, (theme + 1) * tally.raisers);
}

export function countedOf(tally: Tally, side: 0 | 1, theme: number): Counted {
  const reportsOfEach: number[] = [];
  for (const count of byRaiser(tally, side, theme)) if (count > 0) reportsOfEach.push(count);
  return { reportsOfEach, issues: tally.issues[side][theme] ?? 0, severity: tally.severity[side][theme] ?? 0 };
}

export function reportsOf(tally: Tally, side: 0 | 1, theme: number): number {
  let sum = 0;
  for (const count of byRaiser(tally, side, theme)) sum += count;
  return sum;
}
