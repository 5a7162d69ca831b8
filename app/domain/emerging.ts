import { lnGamma } from "./gamma";

/**
 * Which themes emerge: this week holds more reports, from more practices, than the weeks before explain.
 *
 * Both the count and the number of distinct practices are held against what the previous 26 weeks lead one to expect; the
 * less surprising of the two decides, so that one loud practice does not make a theme emerge. The expectation is a Poisson
 * mean that is itself uncertain: with a reports in n weeks and Jeffreys' prior it is a gamma of shape a + 1/2 and rate n,
 * and the count of one more week is negative binomial (Gelman et al., Bayesian Data Analysis, 2.6). So a short history, or
 * none of this theme at all, widens what is usual by as much as it should. Where weeks scatter more than Poisson counts do,
 * the variance is multiplied by their index of dispersion (variance / mean, never below 1): after the quasi-Poisson
 * correction of Farrington et al. (JRSS A 1996). Fewer than 8 weeks before: no judgement. In a week in which the other
 * themes hold more than usual too, as much more is expected of this one: after a holiday, or as more people take part,
 * everything rises and nothing emerges.
 *
 * Over all themes the share of false ones among those that emerge is held to 5 % (Benjamini and Hochberg, JRSS B 1995).
 */
export interface Week {
  count: number;
  /** Distinct practices among those who raised or joined. */
  practices: number;
}

export interface Watched {
  theme: string;
  /** The seven days up to now. */
  week: Week;
  /** The weeks before it, oldest first; the last 26 count. A week without reports is there, with zeros. */
  before: readonly Week[];
}

export interface Evidence {
  theme: string;
  count: number;
  practices: number;
  /** Reports, and practices, in a usual week: means of the weeks before. */
  usual: Week;
  /** How many weeks before were there to go by. */
  weeks: number;
  /** Variance / mean of the weekly counts before: 1 where they scatter like Poisson counts, more where they scatter more. */
  dispersion: number;
  /** How many times the usual is expected, since the other themes together hold more this week. At least 1. */
  busier: number;
  /** The chance of a week like this or more so, if nothing has changed. Null: too short a history to say. */
  chance: number | null;
  /** The same, allowing for how many themes were looked at (Benjamini-Hochberg). */
  adjusted: number | null;
  emerging: boolean;
}

export const emergingSettings = { weeks: 26, fewestWeeks: 8, fewestPractices: 3, falseDiscoveryRate: 0.05 } as const;

/** Every theme with its evidence, in the order given. */
export function emergingThemes(watched: readonly Watched[]): Evidence[] {
  const all = watched.reduce((sum, each) => sum + each.week.count, 0);
  const usual = watched.map((each) => meanOf(recentOf(each).map((week) => week.count)));
  const allUsual = usual.reduce((sum, each) => sum + each, 0);
  const evidence = watched.map((each, i) =>
    evidenceOf(each, busierThan(allUsual - (usual[i] ?? 0), all - each.week.count)),
  );
  const adjusted = adjustedChances(evidence.map((each) => each.chance));
  return evidence.map((each, i) => {
    const q = adjusted[i] ?? null;
    const enough = each.practices >= emergingSettings.fewestPractices;
    return { ...each, adjusted: q, emerging: enough && q !== null && q <= emergingSettings.falseDiscoveryRate };
  });
}

/** Chances allowing for how many they are: q_(i) = min over j >= i of m p_(j) / j. Nulls are not counted and stay null. */
export function adjustedChances(chances: readonly (number | null)[]): (number | null)[] {
  const order = chances
    .flatMap((chance, i) => (chance === null ? [] : [{ chance, i }]))
    .sort((a, b) => b.chance - a.chance);
  const adjusted: (number | null)[] = chances.map(() => null);
  let least = 1;
  order.forEach(({ chance, i }, k) => {
    least = Math.min(least, (chance * order.length) / (order.length - k));
    adjusted[i] = least;
  });
  return adjusted;
}

/**
 * The chance of `count` or more in one week, after weeks that held `before`: negative binomial with the predictive mean
 * busier x (a + 1/2) / n and variance dispersion x mean x (1 + 1/n).
 */
export function chanceOf(count: number, before: readonly number[], dispersion: number, busier: number): number {
  if (count <= 0) return 1;
  const weeks = before.length;
  if (weeks === 0) throw new RangeError("no week before to go by");
  const mean = (busier * (before.reduce((sum, each) => sum + each, 0) + 0.5)) / weeks;
  const size = mean / (dispersion * (1 + 1 / weeks) - 1);
  const ratio = mean / (mean + size);
  const first =
    lnGamma(size + count) - lnGamma(size) - lnGamma(count + 1) + size * Math.log1p(-ratio) + count * Math.log(ratio);
  let term = Math.exp(first);
  let sum = 0;
  for (let i = count; term > sum * 1e-15 || i < mean; i++) {
    sum += term;
    term *= ((size + i) / (i + 1)) * ratio;
  }
  return Math.min(1, sum);
}

/** Variance by mean of weekly counts, at least 1. */
export function dispersionOf(counts: readonly number[]): number {
  const mean = meanOf(counts);
  if (counts.length < 2 || mean === 0) return 1;
  const variance = counts.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (counts.length - 1);
  return Math.max(1, variance / mean);
}

/** Ten reports are added to both, so that a handful more among few others does not count as a busy week. */
function busierThan(othersUsual: number, others: number): number {
  return Math.max(1, (others + 10) / (othersUsual + 10));
}

function evidenceOf(watched: Watched, busier: number): Evidence {
  const { theme, week } = watched;
  const recent = recentOf(watched);
  const counts = recent.map((each) => each.count);
  const practices = recent.map((each) => each.practices);
  const chance = (of: number, before: readonly number[]) => chanceOf(of, before, dispersionOf(before), busier);
  const tooShort = recent.length < emergingSettings.fewestWeeks;
  return {
    theme,
    count: week.count,
    practices: week.practices,
    usual: { count: meanOf(counts), practices: meanOf(practices) },
    weeks: recent.length,
    dispersion: dispersionOf(counts),
    busier,
    chance: tooShort ? null : Math.max(chance(week.count, counts), chance(week.practices, practices)),
    adjusted: null,
    emerging: false,
  };
}

function recentOf({ before }: Watched): readonly Week[] {
  return before.slice(-emergingSettings.weeks);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);
}
