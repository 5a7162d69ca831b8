import { sumShown } from "../../app/domain/suppression";
import type { ExplorerView } from "../../app/domain/theme-views";
import { neitherSide } from "./fact-table";
import { evidenceOf, pageFacts, type Question } from "./question";
import { bothRankings, exact, totalOf } from "./rows";
import { countPeriods, type PeriodCounts } from "./series";

/** The two rankings, with what stands above them. */
export function explorerView(question: Question): ExplorerView {
  const { facts, listed } = question;
  const { practice, service, footprint } = bothRankings(question, periodsOf(question), evidenceOf(question));
  const groups = new Set(listed.map(({ theme }) => theme.group));
  return {
    ...pageFacts(question),
    practice,
    service,
    groups: [...facts.groups.values()].filter(({ id }) => groups.has(id)).map(({ id, label }) => ({ id, label })),
    totals: {
      ...totalsOf(question, practice, service),
      practices: footprint.practices.length,
      services: footprint.services.length,
    },
    sinceAnalysis: question.looking.seen === "exact" ? sinceAnalysis(question) : 0,
  };
}

/** Weeks or months of every theme; none for whoever may not see them. */
export function periodsOf(question: Question): PeriodCounts | undefined {
  const { table, sieve, query, today, looking } = question;
  if (looking.seen !== "exact") return undefined;
  return countPeriods(table, sieve, {
    period: query.period,
    today,
    from: query.from === undefined ? undefined : looking.from,
    until: query.until === undefined ? undefined : looking.until,
  });
}

export function totalsOf(
  question: Question,
  practice: ExplorerView["practice"],
  service: ExplorerView["service"],
): Pick<ExplorerView["totals"], "reports" | "issues" | "inNoTheme"> {
  const { looking } = question;
  if (looking.seen !== "exact") {
    const reports = sumShown([totalOf(practice, looking.seen, 0), totalOf(service, looking.seen, 0)]);
    return { reports, issues: { kind: "withheld" }, inNoTheme: { kind: "withheld" } };
  }
  const { table, sieve } = question;
  const seen = new Uint8Array(table.issues);
  let [reports, issues, inNoTheme] = [0, 0, 0];
  for (const report of sieve.reports) {
    const day = table.reportDay[report]!;
    if (day < looking.from || day >= looking.until) continue;
    if (table.reportSide[report] !== neitherSide) reports++;
    const issue = table.reportIssue[report]!;
    if (seen[issue]) continue;
    seen[issue] = 1;
    issues++;
    if (table.theme[issue]! < 0) inNoTheme++;
  }
  return { reports: exact(reports), issues: exact(issues), inNoTheme: exact(inNoTheme) };
}

function sinceAnalysis({ table, sieve }: Question): number {
  let count = 0;
  for (let issue = 0; issue < table.issues; issue++) count += sieve.issues[issue]! & table.byNearest[issue]!;
  return count;
}
