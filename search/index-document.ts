import { boardOrderOf, facetsOf } from "../app/domain/board-keys";
import { categoryGroupOf } from "../app/domain/category";
import type { Directory } from "../app/domain/directory";
import { organisationsAffected } from "../app/domain/issue";
import type { IndexEntry } from "../app/domain/ports";
import { londonDay } from "../app/domain/working-days";
import { embedder } from "./index-settings";
import { indexable } from "./text-runs";

/** An issue as the engine holds it: shared text only, the keys of those who may know of it, and what it is listed by. */
export interface IssueDocument {
  id: string;
  reference: string;
  title: string;
  body: string;
  /** What changed and for whom, once an outcome was offered. */
  outcome: string[];
  /** What organisations that joined said. */
  joined: string[];
  replies: string[];
  /** The ids of `replies`, in the same order. */
  replyIds: string[];
  names: string[];
  audience: string[];
  boardFacets: string[];
  state: string;
  category: string;
  /** The kind and its group. */
  categories: string[];
  places: string[];
  trusts: string[];
  organisations: string[];
  service: string | null;
  harm: string;
  /** The year it was raised in, in London. */
  year: string;
  theme: string | null;
  /** Milliseconds since 1970; null when nothing is due. */
  dueAt: number | null;
  raisedAt: number;
  changedAt: number;
  /** When the last of `replies` was written. */
  repliedAt: number | null;
  outcomeAt: number | null;
  /** Organisations that reported it. */
  affected: number;
  /** Which state of the issue this is. */
  version: number;
  boardOrder: number;
  /** Null until there is a vector: a document without the field would fail its whole batch. */
  _vectors: { [embedder]: number[] | null };
}

/** The most of one issue's replies that can be found, in characters: the latest. */
const repliesAtMost = 40_000;

export function toDocument(
  entry: IndexEntry,
  directory: Directory,
  vector: Float32Array | undefined,
  theme: string | undefined,
): IssueDocument {
  const { issue } = entry;
  const replies = latest(entry.replies);
  const { outcome } = issue;
  return {
    id: issue.id,
    reference: issue.reference,
    title: indexable(issue.title),
    body: indexable(issue.body),
    outcome: outcome ? [outcome.changed, outcome.forWhom].map(indexable) : [],
    joined: issue.joined.map((each) => indexable(each.context)),
    replies: replies.map((each) => indexable(each.text)),
    replyIds: replies.map((each) => each.id),
    names: entry.names.map(indexable),
    audience: [...issue.audience],
    boardFacets: facetsOf(issue, directory),
    state: issue.state,
    category: issue.category,
    categories: [...new Set([issue.category, categoryGroupOf(issue.category)?.code ?? issue.category])],
    places: [...entry.places],
    trusts: entry.organisations.filter((code) => directory.organisation(code)?.kind === "trust"),
    organisations: [...entry.organisations],
    service: issue.about.service ?? null,
    harm: issue.harm,
    year: londonDay(issue.raisedAt).slice(0, 4),
    theme: theme ?? null,
    dueAt: issue.clock?.dueAt.getTime() ?? null,
    raisedAt: issue.raisedAt.getTime(),
    changedAt: issue.changedAt.getTime(),
    repliedAt: replies.at(-1)?.at.getTime() ?? null,
    outcomeAt: outcome?.at.getTime() ?? null,
    affected: organisationsAffected(issue).length,
    version: issue.version,
    boardOrder: boardOrderOf(issue),
    _vectors: { [embedder]: vector ? Array.from(vector) : null },
  };
}

/** The last replies, in order, that fit. */
function latest(replies: IndexEntry["replies"]): IndexEntry["replies"] {
  const kept: IndexEntry["replies"][number][] = [];
  let characters = 0;
  for (const reply of [...replies].reverse()) {
    characters += reply.text.length;
    if (characters > repliesAtMost) break;
    kept.unshift(reply);
  }
  return kept;
}
