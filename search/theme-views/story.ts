import { issueStates } from "../../app/domain/issue";
import { formerNamesShown, isListed, type Theme, themeName } from "../../app/domain/theme";
import type { ProjectSummary } from "../../app/domain/theme-ports";
import type { OutcomeCounts, StoryView, ThemeRow } from "../../app/domain/theme-views";
import { periodsOf } from "./explorer";
import { balanceOf } from "./flow";
import { evidenceOf, pageFacts, type Question } from "./question";
import { bothRankings } from "./rows";
import { datedCounts, seriesOf } from "./series";
import { aboutRows, placeRows } from "./theme-parts";

const issuesShown = 20;

/** One theme's page. Null where the asker may know of none of its issues, as if there were no such theme. */
export function storyView(asked: Question, theme: Theme, projects: readonly ProjectSummary[]): StoryView | null {
  const at = asked.table.themes.of(theme.id);
  if (!mayKnowOf(asked, at)) return null;
  const listed = isListed(theme) ? asked.listed : [...asked.listed, { theme, at }];
  const question = { ...asked, listed };
  const { practice, service } = rowsOf(question, theme, at);
  const isExact = question.looking.seen === "exact";
  const side = reportsIn(service) > reportsIn(practice) ? "service" : "practice";
  const behind = isExact ? issuesBehind(question, at) : [];
  return {
    ...pageFacts(question),
    theme: themeFacts(question, theme),
    practice,
    service,
    series: (side === "service" ? service : practice)?.series ?? null,
    side,
    places: placeRows(question, at),
    about: aboutRows(question, at),
    balance: isExact ? balanceOf(question, at) : null,
    outcomes: isExact ? outcomesOf(question, behind) : null,
    projects: [...projects],
    interventions: [...(question.interventions.get(theme.id) ?? [])],
    issues: behind.slice(0, issuesShown).map((issue) => question.table.ids[issue] ?? ""),
  };
}

/** Its places in the two rankings, with their charts. */
function rowsOf(question: Question, theme: Theme, at: number) {
  const ranked = bothRankings(question, undefined, evidenceOf(question));
  const periods = periodsOf(question);
  const withSeries = (rows: readonly ThemeRow[], side: 0 | 1): ThemeRow | null => {
    const row = rows.find((each) => each.id === theme.id);
    if (!row) return null;
    const interventions = question.interventions.get(theme.id) ?? [];
    const series = periods ? seriesOf(datedCounts(periods, side, at), periods.period, interventions) : null;
    return { ...row, series };
  };
  return { practice: withSeries(ranked.practice, 0), service: withSeries(ranked.service, 1) };
}

/** A theme without issues is known to everyone with a hat on: its label came from issues that all may know of. */
function mayKnowOf({ table, actor, sieving }: Question, at: number): boolean {
  const { issues } = sieving({ harm: [], period: "week" });
  let isEmpty = true;
  for (let issue = 0; issue < table.issues; issue++) {
    if (table.theme[issue] !== at) continue;
    if (issues[issue]) return true;
    isEmpty = false;
  }
  return isEmpty && actor.organisation !== undefined;
}

function themeFacts({ facts, now }: Question, theme: Theme): StoryView["theme"] {
  const group = facts.groups.get(theme.group);
  const into = theme.mergedInto === undefined ? undefined : facts.themes.get(theme.mergedInto);
  const { confirmed, pinned, dismissed, description } = theme;
  return {
    id: theme.id,
    version: theme.version,
    name: themeName(theme),
    label: theme.label,
    ...(description === undefined ? {} : { description }),
    formerNames: formerNamesShown(theme, now),
    group: group ? { id: group.id, label: group.label } : null,
    words: theme.words,
    foundAt: theme.foundAt,
    lastFoundAt: theme.lastFoundAt,
    isGone: theme.gone,
    ...(confirmed ? { confirmed: { byName: confirmed.by.name, at: confirmed.at } } : {}),
    ...(pinned ? { pinned: { byName: pinned.by.name, at: pinned.at } } : {}),
    ...(dismissed ? { dismissed: { byName: dismissed.by.name, at: dismissed.at, why: dismissed.why } } : {}),
    ...(into ? { mergedInto: { id: into.id, name: themeName(into) } } : {}),
  };
}

/** Rows of the issues counted, the newest first. */
function issuesBehind({ table, sieve, looking }: Question, at: number): number[] {
  const found = new Set<number>();
  for (const report of sieve.reports) {
    const issue = table.reportIssue[report]!;
    const day = table.reportDay[report]!;
    if (issue < 0 || table.theme[issue] !== at || day < looking.from || day >= looking.until) continue;
    found.add(issue);
  }
  return [...found].sort((a, b) => table.day[b]! - table.day[a]! || (table.ids[a]! < table.ids[b]! ? 1 : -1));
}

function outcomesOf({ table }: Question, issues: readonly number[]): OutcomeCounts {
  const counts: OutcomeCounts = { open: 0, agreed: 0, notConfirmed: 0, declined: 0, merged: 0 };
  for (const issue of issues) {
    const state = issueStates[table.state[issue]!];
    if (state === "resolved") counts[table.confirmedBySilence[issue] ? "notConfirmed" : "agreed"]++;
    else if (state === "declined" || state === "merged") counts[state]++;
    else counts.open++;
  }
  return counts;
}

function reportsIn(row: ThemeRow | null): number {
  return row && row.reports.kind !== "withheld" ? row.reports.value : 0;
}
