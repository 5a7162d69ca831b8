import { boardOrderOf, facetsOf } from "../app/domain/board-keys";
import type { Directory } from "../app/domain/directory";
import type { IndexEntry } from "../app/domain/ports";
import { embedder } from "./index-settings";
import { indexable } from "./text-runs";

/** An issue as the engine holds it: shared text only, the keys of those who may know of it, and what it is listed by. */
export interface IssueDocument {
  id: string;
  reference: string;
  title: string;
  body: string;
  replies: string[];
  names: string[];
  audience: string[];
  boardFacets: string[];
  state: string;
  category: string;
  places: string[];
  trusts: string[];
  organisations: string[];
  service: string | null;
  harm: string;
  /** Milliseconds since 1970; null when nothing is due. */
  dueAt: number | null;
  changedAt: number;
  boardOrder: number;
  /** Null until there is a vector: a document without the field would fail its whole batch. */
  _vectors: { [embedder]: number[] | null };
}

/** The most of one issue's replies that can be found, in characters: the latest. */
const repliesAtMost = 40_000;

export function toDocument(entry: IndexEntry, directory: Directory, vector: Float32Array | undefined): IssueDocument {
  const { issue } = entry;
  return {
    id: issue.id,
    reference: issue.reference,
    title: indexable(issue.title),
    body: indexable(issue.body),
    replies: latest(entry.replies).map(indexable),
    names: entry.names.map(indexable),
    audience: [...issue.audience],
    boardFacets: facetsOf(issue, directory),
    state: issue.state,
    category: issue.category,
    places: [...entry.places],
    trusts: entry.organisations.filter((code) => directory.organisation(code)?.kind === "trust"),
    organisations: [...entry.organisations],
    service: issue.about.service ?? null,
    harm: issue.harm,
    dueAt: issue.clock?.dueAt.getTime() ?? null,
    changedAt: issue.changedAt.getTime(),
    boardOrder: boardOrderOf(issue),
    _vectors: { [embedder]: vector ? Array.from(vector) : null },
  };
}

/** The last replies, in order, that fit. */
function latest(replies: readonly string[]): string[] {
  const kept: string[] = [];
  let characters = 0;
  for (const reply of [...replies].reverse()) {
    characters += reply.length;
    if (characters > repliesAtMost) break;
    kept.unshift(reply);
  }
  return kept;
}
