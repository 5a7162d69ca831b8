import { categoryGroupOf, categoryOf } from "../domain/category";
import type { Directory } from "../domain/directory";
import type { FoundForExport } from "../domain/find-ports";
import { mostExported } from "../domain/find-query";
import { harmNames, stateNames, type Visibility } from "../domain/issue";
import type { IssueSummary } from "../domain/ports";
import { londonDay } from "../domain/working-days";

const heads = [
  "Reference",
  "Title",
  "State",
  "Group",
  "Kind",
  "Harm",
  "Raised on",
  "Raised for",
  "About",
  "Service",
  "Owner",
  "Organisations affected",
  "Last changed on",
  "Closed on",
  "What changed",
  "For whom",
  "Who may know of it",
];

/** What an exported file holds: a row an issue in words, no names of people, and at its end what is missing, if anything is. */
export function exportRows({ summaries, isWhole, by }: FoundForExport, directory: Directory): string[][] {
  const rows = [heads, ...summaries.map((summary) => rowOf(summary, directory))];
  if (by === "basic") rows.push(["Search was basic when this was made: only words as they are written were found."]);
  const most = mostExported.toLocaleString("en-GB");
  if (!isWhole) rows.push([`Only the first ${most} are here: narrow the search to get the others.`]);
  return rows;
}

const known: Readonly<Record<Visibility, string>> = {
  system: "Everyone in the system",
  organisations: "The organisations concerned",
  people: "Named people",
};

function rowOf(issue: IssueSummary, directory: Directory): string[] {
  const name = (code: string) => directory.organisation(code)?.name ?? code;
  const { about, outcome } = issue;
  return [
    issue.reference,
    issue.title,
    stateNames[issue.state],
    categoryGroupOf(issue.category)?.name ?? "",
    categoryOf(issue.category)?.name ?? issue.category,
    harmNames[issue.harm],
    londonDay(issue.raisedAt),
    name(issue.raisedFor),
    name(about.organisation),
    about.service ? (directory.service(about.service)?.name ?? about.service) : "",
    name(issue.owner.organisation),
    String(issue.affected.length),
    londonDay(issue.changedAt),
    issue.closedAt ? londonDay(issue.closedAt) : "",
    outcome?.changed ?? "",
    outcome?.forWhom ?? "",
    known[issue.visibility],
  ];
}
