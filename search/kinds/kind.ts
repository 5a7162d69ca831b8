import type { Directory } from "../../app/domain/directory";
import type { FindHit } from "../../app/domain/find-ports";
import type { FindKind } from "../../app/domain/find-query";
import type { Actor } from "../../app/domain/person";
import type { IssueSummary, TextRun } from "../../app/domain/ports";

/**
 * A kind of thing that can be found. A new kind is one file that says what it is made of, and a line in `all-kinds`.
 * What belongs to issues comes from the index of issues, so that an issue's rights, facets and freshness are its own;
 * what the directory holds is looked for in memory, where it is anyway.
 */
export type Kind = IssueKind | DirectoryKind;

/** The fields of an issue's document that texts are looked for in. */
export type TextField = "title" | "body" | "replies" | "names" | "outcome" | "joined";

/** What the engine found of one issue: its texts, marked and shortened, and the ids of its replies. */
export interface FoundIssue {
  id: string;
  marked: Readonly<Record<TextField, readonly (readonly TextRun[])[]>>;
  replyIds: readonly string[];
}

export interface IssueKind {
  from: "issues";
  kind: FindKind;
  /** Where its words are looked for; without it, in everything an issue holds. */
  searchIn?: readonly TextField[];
  /** What of an issue is shown and marked. */
  shows: readonly TextField[];
  /** The issues that hold such a thing, as the engine's filter. */
  held?: string;
  /** The number that says when it came about. */
  time: "raisedAt" | "repliedAt" | "outcomeAt";
  /** Undefined where the issue, read again, no longer holds it. */
  hit(summary: IssueSummary, found: FoundIssue): FindHit | undefined;
  /** A hit out of the store alone, for basic search; without it the kind is not looked for then. */
  basicHit?(summary: IssueSummary): FindHit | undefined;
}

export interface DirectoryKind {
  from: "directory";
  kind: FindKind;
  /** Everything of this kind on a day. */
  entries(directory: Directory, now: Date): DirectoryEntry[];
}

/** A thing of the directory. Words are looked for in all its texts; those of earlier texts count for more. */
export interface DirectoryEntry {
  /** What lists without a text are sorted by, and equal matches. */
  name: string;
  texts: readonly string[];
  places: readonly string[];
  organisations: readonly string[];
  service?: string;
  /** The hit with its texts marked, in the order of `texts`. */
  hit(marked: readonly (readonly TextRun[])[]): FindHit;
}

/** Whether somebody may look through the directory: guests know only what they were named on. */
export function mayBrowseDirectory(actor: Pick<Actor, "organisation">): boolean {
  return actor.organisation !== undefined;
}

/** A text in which nothing is marked. */
export function plain(text: string): readonly TextRun[] {
  return text === "" ? [] : [{ text, marked: false }];
}

/** The first of these texts in which something is marked. */
export function firstMarked(texts: readonly (readonly TextRun[])[]): readonly TextRun[] | undefined {
  return texts.find((runs) => runs.some((run) => run.marked));
}
