import { facetNames } from "../app/domain/board-keys";
import { type BoardQuery, pageSize } from "../app/domain/board-query";
import type { Directory } from "../app/domain/directory";
import type { Actor } from "../app/domain/person";
import type {
  BoardColumn,
  BoardColumns,
  IssueStore,
  IssueSummary,
  LikenessThresholds,
  SearchAnswer,
  SearchHit,
} from "../app/domain/ports";
import { EngineDown, EngineRefusal } from "./engine";
import { mostHits } from "./index-settings";
import type { BoardIndex } from "./issue-index";
import type { IssueVectors } from "./issue-vectors";
import type { NearInMemory } from "./near-in-memory";
import { readReference } from "./read-reference";

export interface BoardReaderParts {
  index: Pick<BoardIndex, "search" | "columns" | "similar">;
  issues: Pick<IssueStore, "page" | "count" | "narrowed" | "summaries" | "byReference" | "byId">;
  vectors: IssueVectors;
  /** What similar issues are looked for in while the engine is away. */
  memory: NearInMemory;
  directory: Pick<Directory, "servicesOf">;
  thresholds: () => LikenessThresholds;
  now: () => Date;
  /** Prefix of references, such as `CT`. */
  referencePrefix: string;
}

export type ColumnAnswer = BoardColumn & Pick<BoardColumns, "by" | "narrowedTo">;

/** What of a query depends on who asks, and when. */
export function viewpoint(
  { now }: Pick<BoardReaderParts, "now">,
  actor: Actor,
): { mine: string[]; myOrganisation?: string; now: Date } {
  return {
    mine: facetNames(actor, { kind: "mine" }),
    ...(actor.organisation ? { myOrganisation: actor.organisation } : {}),
    now: now(),
  };
}

/** The answer, or undefined when the engine cannot give one: the caller then does without. */
export async function ifEngineAnswers<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (fault) {
    if (fault instanceof EngineDown || fault instanceof EngineRefusal) return undefined;
    throw fault;
  }
}

/** The issue whose reference the text is, if the actor may know of it. */
export async function namedIssue(
  { issues, referencePrefix }: BoardReaderParts,
  actor: Actor,
  query: BoardQuery,
): Promise<IssueSummary | undefined> {
  const reference = readReference(query.text, referencePrefix);
  const issue = reference ? await issues.byReference(actor, reference) : null;
  if (!issue) return undefined;
  const [summary] = await issues.summaries(actor, [issue.id]);
  return summary;
}

export function plainHit(summary: IssueSummary): SearchHit {
  return { summary, title: [{ text: summary.title, marked: false }], excerpt: [] };
}

export function noFacets(): SearchAnswer["facets"] {
  return { state: {}, category: {}, place: {}, trust: {} };
}

/** Cursors into an answer of the engine, or of basic search: how many were shown. */
export function readOffset(cursor: string | undefined): number {
  const shown = Number(/^from-(\d{1,6})$/.exec(cursor ?? "")?.[1] ?? 0);
  return Math.min(shown, 100_000);
}

/** The cursor after `shown` more, unless that was all, or all that the engine pages to. */
export function nextOffset(offset: number, shown: number, total: number): { next?: string } {
  return shown >= pageSize && offset + shown < Math.min(total, mostHits) ? { next: `from-${offset + shown}` } : {};
}
