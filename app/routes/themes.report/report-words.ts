import { trendInShort } from "../../components/charts/point-words";
import { sumShown } from "../../domain/suppression";
import type { PlacesView, QuietView, ReportView, ThemeRow } from "../../domain/theme-views";
import { capital, counted, emergingWords, shownWords, whole } from "../../domain/theme-words";

type Report = Pick<ReportView, "practice" | "service" | "totals" | "emerging" | "oneVoice" | "balance">;

/** What a board reads first: what weighs most, and whether it changes. */
export function reportTitle({ practice, service }: Pick<Report, "practice" | "service">): string {
  const first = practice[0] ?? service[0];
  if (!first) return "There is nothing to report in these dates";
  if (!first.series || first.series.isTrial) return `“${first.name}” weighs most`;
  const trend = trendInShort(first.series);
  return `“${first.name}” weighs most, and reports are ${trend}`;
}

/** How much there is, and how it is ranked. */
export function leadWords({ totals }: Pick<Report, "totals">): string {
  const issues = totals.issues.kind === "withheld" ? "" : ` on ${shownWords(totals.issues)} issues`;
  const of = `${counted(totals.practices, "practice")} and ${counted(totals.services, "service")} of trusts`;
  const isNone = totals.inNoTheme.kind === "exact" && totals.inNoTheme.value === 0;
  const loose =
    isNone || totals.inNoTheme.kind === "withheld" ? "" : ` ${shownWords(totals.inNoTheme)} issues are in no theme.`;
  return `${capital(shownWords(totals.reports))} reports${issues}, out of ${of}.${loose} Themes are ranked by how many are affected and how badly, not by who writes most.`;
}

/** What is new, each with its evidence. */
export function emergingLines({ emerging }: Pick<Report, "emerging">): { theme: string; name: string; says: string }[] {
  return emerging.map(({ theme, name, evidence }) => ({ theme, name, says: emergingWords(evidence).says }));
}

/** Themes that one voice makes loud. */
export function oneVoiceLine({ oneVoice }: Pick<Report, "oneVoice">): string | null {
  if (oneVoice.length === 0) return null;
  const names = oneVoice.map(({ name }) => `“${name}”`).join(", ");
  return `Few voices, many reports: ${names}. One voice is not a wrong voice: go and ask.`;
}

/** Where nobody speaks, most of all. */
export function quietLine(places: QuietView["places"]): string {
  const quiet = sumShown(places.map((place) => place.practices.quiet));
  if (quiet.kind === "withheld") return "How many practices are not heard from is withheld.";
  const of = places.reduce((sum, place) => sum + place.practices.of, 0);
  return `${capital(shownWords(quiet))} of ${counted(of, "practice")} have raised and joined nothing. Silence is not satisfaction. Place leads hold the list, as calls to make and not as a ranking.`;
}

/** Where the first theme stands out, as the heading over its Places. */
export function whereTitle(row: PlacesView["rows"][number]): string {
  const out = row.cells.flatMap(({ name, funnel }) =>
    funnel === "above" || funnel === "below" ? [`${name} ${funnel}`] : [],
  );
  const stands = out.length > 0 ? `${out.join(", ")} what chance allows` : "no Place outside what chance allows";
  return `“${row.name}”: ${stands}`;
}

/** What a board may ask for, out of the numbers above. */
export function askedFor({ practice, service, emerging, balance }: Report, quiet: QuietView["places"]): string[] {
  const first = practice[0] ?? service[0];
  const harmed = [...practice, ...service].filter((row) => row !== first && harmIn(row) > 0).sort(byHarm)[0];
  const silent = sumShown(quiet.map((place) => place.practices.quiet));
  return [
    first ? `Name an owner for “${first.name}”${harmWords(first)}.` : null,
    harmed ? `Ask what is being done about “${harmed.name}”${harmWords(harmed)}.` : null,
    emerging[0] ? `Read the newest issues of “${emerging[0].name}” before the next meeting.` : null,
    silent.kind !== "withheld" && silent.value > 0
      ? `Ask Place leads to call the practices that are not heard from.`
      : null,
    balance?.range95 && !balance.mayBeEqual
      ? `Note that trusts raised ${whole(Math.round((balance.trustShare ?? 0) * 100))} % of what passes between them and practices, and agree how to hear both.`
      : null,
  ].filter((line) => line !== null);
}

function harmIn({ harm }: ThemeRow): number {
  return harm && harm.moderateOrWorse.kind !== "withheld" ? harm.moderateOrWorse.value : 0;
}

function byHarm(a: ThemeRow, b: ThemeRow): number {
  return harmIn(b) - harmIn(a) || a.rank - b.rank;
}

function harmWords(row: ThemeRow): string {
  const harmed = harmIn(row);
  return harmed > 0 ? ` (${counted(harmed, "issue")} graded moderate harm or worse)` : "";
}
