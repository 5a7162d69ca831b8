import { dayWords } from "../../components/charts/point-words";
import type { ExplorerView, Seen, ThemeRow } from "../../domain/theme-views";
import { counted, moreMayBeBetter, shownWords, whole } from "../../domain/theme-words";

type Rankings = Pick<ExplorerView, "practice" | "service" | "totals">;

/** What the page found, from the first rows of its two rankings. */
export function explorerTitle({ practice, service }: Rankings): string {
  const first = practice[0] ?? service[0];
  if (!first) return "Nothing here has a theme yet";
  if (!first.breadth) return `${first.name} comes first`;
  const { effective, of, unit } = first.breadth;
  const felt = `${whole(Math.max(1, effective))} of ${counted(of, unit.slice(0, -1))} in effect`;
  return `${first.name} weighs most: ${felt}`;
}

/** What the ranking is, and what it is not. */
export const rankingWords = `Ranked by harm weight × the share of practices or services speaking, not by number of reports. ${moreMayBeBetter}`;

/** How the numbers may be seen, where that is not exactly. Null where it is. */
export function seenWords(seen: Seen): string | null {
  if (seen === "exact") return null;
  if (seen === "withheld")
    return "These filters are too narrow for numbers: somebody could be told by them. Take one away.";
  return "Counts are rounded to the nearest 5 and those under 5 withheld, over the last twelve whole months.";
}

/** Of when the analysis is, and what came since. */
export function asOfWords(view: Pick<ExplorerView, "analysis" | "sinceAnalysis" | "window">): string {
  const days = `${dayWords(view.window.from)} to ${dayWords(lastDay(view.window.until))}`;
  if (!view.analysis?.finishedAt) return `${days}. No analysis has run yet.`;
  const at = view.analysis.finishedAt.toISOString().slice(0, 10);
  const since =
    view.sinceAnalysis > 0 ? ` ${counted(view.sinceAnalysis, "newer issue")} stand with their nearest theme.` : "";
  return `${days}. Themes as of ${dayWords(at)}.${since}`;
}

/** What the rows of one side are, with how many. */
export function sideWords(side: "practice" | "service", rows: readonly ThemeRow[], { totals }: Rankings): string {
  const of = side === "practice" ? counted(totals.practices, "practice") : counted(totals.services, "service");
  return `${counted(rows.length, "theme")}, out of ${of}`;
}

/** How many issues stand in no theme. */
export function noThemeWords({ totals }: Rankings): string | null {
  if (totals.inNoTheme.kind === "withheld") return null;
  if (totals.inNoTheme.value === 0) return null;
  return totals.inNoTheme.value === 1
    ? "One issue is in no theme."
    : `${shownWords(totals.inNoTheme)} issues are in no theme.`;
}

/** The last day counted: the end is exclusive. */
function lastDay(until: string): string {
  return new Date(Date.parse(`${until}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
