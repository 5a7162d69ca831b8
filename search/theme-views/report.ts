import { themeName } from "../../app/domain/theme";
import type { ProjectSummary } from "../../app/domain/theme-ports";
import type { ReportView } from "../../app/domain/theme-views";
import { periodsOf, totalsOf } from "./explorer";
import { balanceOf } from "./flow";
import { evidenceOf, pageFacts, type Question } from "./question";
import { bothRankings } from "./rows";
import { datedCounts, seriesOf } from "./series";

/** Themes of each ranking on one page of paper. */
const rowsReported = 6;

export function reportView(question: Question, projects: readonly ProjectSummary[]): ReportView {
  const evidence = evidenceOf(question);
  const periods = periodsOf(question);
  const { practice, service, footprint } = bothRankings(question, periods, evidence);
  const names = new Map([...question.facts.themes.values()].map((theme) => [theme.id, themeName(theme)]));
  const nameOf = (id: string) => names.get(id) ?? "";
  return {
    ...pageFacts(question),
    totals: {
      ...totalsOf(question, practice, service),
      practices: footprint.practices.length,
      services: footprint.services.length,
    },
    practice: practice.slice(0, rowsReported),
    service: service.slice(0, rowsReported),
    emerging: practice.flatMap(({ id, name, emerging }) => (emerging ? [{ theme: id, name, evidence: emerging }] : [])),
    oneVoice: [...practice, ...service].flatMap(({ id, name, oneVoice }) => (oneVoice ? [{ theme: id, name }] : [])),
    balance: question.looking.seen === "exact" ? balanceOf(question, "all") : null,
    series: periods ? seriesOf(datedCounts(periods, 0, "all"), periods.period, []) : null,
    projects: projects.map((project) => ({ ...project, themeName: nameOf(project.theme) })),
  };
}
