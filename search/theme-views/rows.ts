import { type Breadth, breadthOfCounted } from "../../app/domain/breadth";
import type { Evidence } from "../../app/domain/emerging";
import { harms } from "../../app/domain/issue";
import { type Rate, rateOf } from "../../app/domain/rates";
import { type Shown, type ShownPart, sumShown } from "../../app/domain/suppression";
import { formerNamesShown, type Theme, themeName } from "../../app/domain/theme";
import type { HarmParts, ThemeRow } from "../../app/domain/theme-views";
import { sides } from "./fact-table";
import { aboutShown, aboutTallyOf, partNamed, RaiserTree } from "./parts";
import type { Question } from "./question";
import { type Footprint, footprintOf } from "./raisers";
import { datedCounts, type PeriodCounts, seriesOf, tailOf } from "./series";
import { byRaiser, countedOf, type Tally, tallyOf } from "./tally";

const withheld: Shown = { kind: "withheld" };

/** What rows of one side are made from. */
export interface RowParts {
  question: Question;
  side: 0 | 1;
  tally: Tally;
  footprint: Footprint;
  /** Absent where no series may be seen. */
  periods: PeriodCounts | undefined;
  evidence: ReadonlyMap<string, Evidence>;
}

/** The ranking of one side as the asker may see it: exact, rounded or withheld. Most widely felt first. */
export function rankedRows(parts: RowParts): ThemeRow[] {
  const { question } = parts;
  const rows = question.looking.seen === "exact" ? exactRows(parts) : guardedRows(parts);
  rows.sort(byValue);
  return rows.map((row, at) => ({ ...row, rank: at + 1 }));
}

function byValue(a: ThemeRow, b: ThemeRow): number {
  const value = (row: ThemeRow) => row.breadth?.value ?? -1;
  return value(b) - value(a) || (a.id < b.id ? -1 : 1);
}

function exactRows(parts: RowParts): ThemeRow[] {
  return parts.question.listed.flatMap(({ theme, at }) => {
    const row = exactRow(parts, theme, at);
    return row ? [row] : [];
  });
}

/** One theme, counted exactly. Null: this side said nothing. */
export function exactRow(parts: RowParts, theme: Theme, at: number): ThemeRow | null {
  const { question, side, tally, footprint, periods, evidence } = parts;
  const counted = countedOf(tally, side, at);
  const services = Math.max(footprint.services.length, counted.reportsOfEach.length);
  const breadth = breadthOfCounted(counted, side === 0 ? footprint.practices.length : services);
  if (breadth.reports === 0) return null;
  const found = side === 0 ? evidence.get(theme.id) : undefined;
  return {
    ...named(question, theme, side),
    reports: exact(breadth.reports),
    issues: exact(breadth.issues),
    raisers: exact(breadth.raisers),
    breadth: { ...shownBreadth(breadth, side), loudestShare: coarse(breadth.loudestShare) },
    rate: side === 0 ? rateOfPractices(question, byRaiser(tally, side, at), footprint) : null,
    series: periods
      ? tailOf(seriesOf(datedCounts(periods, side, at), periods.period, question.interventions.get(theme.id) ?? []))
      : null,
    harm: harmOf(tally, side, at),
    oneVoice: breadth.oneVoice,
    emerging: found?.emerging ? found : null,
    isThanks: tally.thanks[side][at]! * 2 > breadth.issues,
  };
}

/** Rounded, or withheld: every theme of which the whole system speaks, whether or not this part does. */
function guardedRows(parts: RowParts): ThemeRow[] {
  const { question, side, tally, footprint } = parts;
  const { looking, listed, table, wholeSieve } = question;
  const whole = tallyOf(table, wholeSieve, looking);
  const countOf = looking.seen === "rounded" ? roundedCounts(question, side, whole) : () => withheld;
  return listed.flatMap(({ theme, at }) => {
    const everyone = breadthOfCounted(countedOf(whole, side, at), 0);
    if (everyone.reports === 0) return [];
    const reports = countOf(at);
    const isShown = reports.kind !== "withheld";
    const counted = breadthOfCounted(countedOf(tally, side, at), 0);
    const of = side === 0 ? footprint.practices.length : footprint.services.length;
    const effective = Math.min(of, Math.max(1, Math.round(counted.effective)));
    // How severe it is comes from the whole system: harm inside a part is a narrower filter.
    const { meanSeverity } = everyone;
    const share = of > 0 ? effective / of : 0;
    const unit = unitOf(side);
    return [
      {
        ...named(question, theme, side),
        reports,
        issues: withheld,
        raisers: withheld,
        breadth: isShown
          ? { effective, of, unit, share, meanSeverity, value: meanSeverity * share, loudestShare: 0 }
          : null,
        rate: isShown && side === 0 ? rateOf(reports.value, footprint.listSize) : null,
        series: null,
        harm: null,
        oneVoice: false,
        emerging: null,
        isThanks: whole.thanks[side][at]! * 2 > everyone.issues,
      },
    ];
  });
}

/** The asked part of each theme, from the division of the whole that it is a part of. */
function roundedCounts(question: Question, side: 0 | 1, whole: Tally): (theme: number) => Shown {
  const { query, directory, table, wholeSieve, looking } = question;
  const id = query.place ?? query.organisation ?? query.service ?? "";
  const owner = query.service ? directory.service(query.service)?.organisation : query.organisation;
  const kind = owner && directory.organisation(owner)?.kind;
  const speaks = query.place !== undefined || (side === 0 ? kind === "practice" : kind === "trust");
  const pick = (shown: ShownPart): Shown => partNamed(shown, id) ?? withheld;
  if (speaks) {
    const tree = new RaiserTree(question, side);
    return (theme) => pick(tree.shown(whole, theme, false));
  }
  const about = aboutTallyOf(table, wholeSieve, side, looking);
  return (theme) => pick(aboutShown(question, side, about, theme, false));
}

function named(question: Question, theme: Theme, side: 0 | 1) {
  return {
    id: theme.id,
    rank: 0,
    name: themeName(theme),
    formerNames: formerNamesShown(theme, question.now),
    group: theme.group,
    side: sides[side] ?? "practice",
    isConfirmed: theme.confirmed !== undefined,
    isPinned: theme.pinned !== undefined,
  };
}

function shownBreadth({ effective, footprint, share, meanSeverity, rank }: Breadth, side: 0 | 1) {
  return { effective, of: footprint, unit: unitOf(side), share, meanSeverity, value: rank };
}

function unitOf(side: 0 | 1): "practices" | "services" {
  return side === 0 ? "practices" : "services";
}

/** No finer than it is said in words: a share in figures tells the loudest practice's count. */
function coarse(share: number): number {
  if (share > 0.9) return 0.95;
  if (share > 0.75) return 0.8;
  return share > 0.5 ? 0.6 : 0;
}

/** Over practices whose list size is known: what others reported is in no rate. */
export function rateOfPractices(question: Question, reports: Uint32Array, footprint: Footprint): Rate | null {
  let count = 0;
  reports.forEach((each, raiser) => {
    if (each > 0 && question.raisers[raiser]?.listSize) count += each;
  });
  return rateOf(count, footprint.listSize);
}

function harmOf(tally: Tally, side: 0 | 1, theme: number): HarmParts {
  const of = (...names: (typeof harms)[number][]) =>
    exact(names.reduce((sum, name) => sum + tally.harm[side][theme * harms.length + harms.indexOf(name)]!, 0));
  return {
    none: of("none"),
    low: of("low"),
    moderateOrWorse: of("moderate", "severe", "fatal"),
    notKnown: of("not-known"),
  };
}

export function exact(value: number): Shown {
  return { kind: "exact", value };
}

/** Rounded cells are summed; nothing else of a total is known to whoever sees only them. */
export function totalOf(rows: readonly ThemeRow[], seen: Question["looking"]["seen"], value: number): Shown {
  return seen === "exact" ? exact(value) : sumShown(rows.map((row) => row.reports));
}

/** Both rankings of a question. */
export function bothRankings(
  question: Question,
  periods: PeriodCounts | undefined,
  evidence: ReadonlyMap<string, Evidence>,
): { tally: Tally; footprint: Footprint; practice: ThemeRow[]; service: ThemeRow[] } {
  const { table, sieve, looking, directory, query } = question;
  const tally = tallyOf(table, sieve, looking);
  const footprint = footprintOf(directory, query);
  const of = (side: 0 | 1) => rankedRows({ question, side, tally, footprint, periods, evidence });
  return { tally, footprint, practice: of(0), service: of(1) };
}
