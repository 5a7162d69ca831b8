import type { Harm } from "./issue";
import { londonDay } from "./working-days";

/**
 * Breadth, not loudness: how many speak, in effect, however often each does. Effective raisers = 1 / sum(p^2), where p is
 * a raiser's share of the reports (the inverse Simpson index: Hill, Ecology 1973). Practices and trusts' services are two
 * worlds with a footprint each, never mixed.
 */
export interface Report {
  issue: string;
  /** A practice's code, or the id of the trust's service that speaks. */
  raiser: string;
  side: RaiserSide;
  /** When it raised the issue, or said "us too". */
  at: Date;
  harm: Harm;
}

export type RaiserSide = "practice" | "service";

export type SeverityWeights = Readonly<Record<Harm, number>>;

export const defaultSeverityWeights: SeverityWeights = {
  none: 1,
  "not-known": 1,
  low: 2,
  moderate: 4,
  severe: 8,
  fatal: 16,
};

/** One voice: so many reports or more, from fewer than so many raisers in effect. */
export const oneVoiceFrom = { reports: 10, effectiveBelow: 3 } as const;

export interface Breadth {
  /** Reports counted: each raiser once for an issue in a month. */
  reports: number;
  issues: number;
  raisers: number;
  effective: number;
  /** Active practices, or services, inside the filter. */
  footprint: number;
  /** Effective raisers as a share of the footprint. */
  share: number;
  meanSeverity: number;
  /** What themes are ranked by: mean severity weight x effective raisers / footprint. */
  rank: number;
  oneVoice: boolean;
  /** The share of the reports that the loudest raiser made. */
  loudestShare: number;
}

export type Footprints = Readonly<Record<RaiserSide, number>>;

/** What practices and what trusts' services say in the same reports, each by itself. */
export function breadthBySide(
  reports: readonly Report[],
  footprints: Footprints,
  weights: SeverityWeights = defaultSeverityWeights,
): Record<RaiserSide, Breadth> {
  const of = (side: RaiserSide) =>
    breadthOf(
      reports.filter((report) => report.side === side),
      footprints[side],
      weights,
    );
  return { practice: of("practice"), service: of("service") };
}

/** 1 / sum(p^2) of the reports of each raiser: 40 from one is 1, two each from nine is 9. Nobody is 0. */
export function effectiveRaisers(reportsOfEach: readonly number[]): number {
  const total = reportsOfEach.reduce((sum, each) => sum + each, 0);
  return total === 0 ? 0 : total ** 2 / reportsOfEach.reduce((sum, each) => sum + each ** 2, 0);
}

/** The reports that count: a raiser's first for an issue in a calendar month of London. */
export function countedReports(reports: readonly Report[]): Report[] {
  const first = new Map<string, Report>();
  for (const report of reports) {
    const key = JSON.stringify([report.side, report.raiser, report.issue, londonDay(report.at).slice(0, 7)]);
    const known = first.get(key);
    if (!known || report.at < known.at) first.set(key, report);
  }
  return [...first.values()];
}

/** Reports that count, already counted: for those who keep them in columns. */
export interface Counted {
  /** Of each raiser that reported at all. */
  reportsOfEach: readonly number[];
  issues: number;
  /** The sum of the issues' severity weights. */
  severity: number;
}

export function breadthOfCounted({ reportsOfEach, issues, severity }: Counted, footprint: number): Breadth {
  const reports = reportsOfEach.reduce((sum, each) => sum + each, 0);
  const effective = effectiveRaisers(reportsOfEach);
  const meanSeverity = severity / Math.max(1, issues);
  const share = footprint > 0 ? effective / footprint : 0;
  return {
    reports,
    issues,
    raisers: reportsOfEach.length,
    effective,
    footprint,
    share,
    meanSeverity,
    rank: meanSeverity * share,
    oneVoice: reports >= oneVoiceFrom.reports && effective < oneVoiceFrom.effectiveBelow,
    loudestShare: reports === 0 ? 0 : Math.max(...reportsOfEach) / reports,
  };
}

/** Most widely and most severely felt first; what ranks alike keeps the order of its ids, so that a list never jitters. */
export function ranked<T extends { id: string; breadth: Breadth }>(themes: readonly T[]): T[] {
  return [...themes].sort((a, b) => b.breadth.rank - a.breadth.rank || (a.id < b.id ? -1 : 1));
}

function breadthOf(reports: readonly Report[], footprint: number, weights: SeverityWeights): Breadth {
  const counted = countedReports(reports);
  const ofEach = tally(counted.map((report) => report.raiser));
  const severities = [...new Map(counted.map((report) => [report.issue, weights[report.harm]])).values()];
  const severity = severities.reduce((sum, each) => sum + each, 0);
  return breadthOfCounted({ reportsOfEach: [...ofEach.values()], issues: severities.length, severity }, footprint);
}

function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
