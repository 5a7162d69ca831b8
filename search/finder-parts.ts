import type { Directory } from "../app/domain/directory";
import type { FoundForExport, SavedSearchStore } from "../app/domain/find-ports";
import { findPageSize, mostFound } from "../app/domain/find-query";
import type { Actor } from "../app/domain/person";
import type { IssueStore, IssueSummary } from "../app/domain/ports";
import type { Matching } from "./find-in-index";
import type { DirectoryFinder } from "./finder-directory";
import type { FindIndex } from "./issue-index";
import { readReference } from "./read-reference";
import type { ThemeMarks } from "./theme-marks";

export interface FinderParts {
  index: Pick<FindIndex, "find">;
  issues: Pick<IssueStore, "summaries" | "byReference" | "lookedThrough">;
  searches: Pick<SavedSearchStore, "list">;
  directory: Directory;
  inDirectory: DirectoryFinder;
  /** Where themes are sought: what each is called. */
  themes?: Pick<ThemeMarks, "names">;
  /** Prefix of references, such as `CT`. */
  referencePrefix: string;
  /** Hears of every export: who took how much away. */
  onExport: (actor: Actor, found: FoundForExport) => void;
}

/** Where a page begins, and how its search matched: `all-20`. */
export interface FindPlace {
  matching: Matching;
  offset: number;
}

/** The first page for whatever `writePlace` did not write. */
export function readPlace(cursor: string | undefined): FindPlace {
  const [, matching, offset] = /^(all|some)-(\d{1,5})$/.exec(cursor ?? "") ?? [];
  return { matching: matching === "some" ? "some" : "all", offset: Math.min(Number(offset ?? 0), mostFound) };
}

/** The cursor after a page, unless that was the last, or the last that is paged to. */
export function nextPlace(place: FindPlace, total: number): { next?: string } {
  const offset = place.offset + findPageSize;
  return offset < Math.min(total, mostFound) ? { next: `${place.matching}-${offset}` } : {};
}

/** The issue whose reference the text is, if the actor may know of it. */
export async function namedByReference(
  { issues, referencePrefix }: Pick<FinderParts, "issues" | "referencePrefix">,
  actor: Actor,
  text: string,
): Promise<IssueSummary | undefined> {
  const reference = readReference(text, referencePrefix);
  const issue = reference ? await issues.byReference(actor, reference) : null;
  if (!issue) return undefined;
  const [summary] = await issues.summaries(actor, [issue.id]);
  return summary;
}
