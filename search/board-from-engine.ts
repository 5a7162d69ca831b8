import { type BoardQuery, countLimit, pageSize } from "../app/domain/board-query";
import type { IssueState } from "../app/domain/issue";
import { audienceKeys } from "../app/domain/permission";
import type { Actor } from "../app/domain/person";
import type { BoardColumn, IndexHit, IssueSummary, SearchAnswer, SearchHit } from "../app/domain/ports";
import { type BoardReaderParts, namedIssue, nextOffset, plainHit, readOffset, viewpoint } from "./board-parts";

/** Lists that the search engine finds: it answers with ids, which the store re-reads for the actor. */

export async function engineColumns(
  parts: BoardReaderParts,
  actor: Actor,
  query: BoardQuery,
  states: readonly IssueState[],
): Promise<BoardColumn[]> {
  const options = { ...viewpoint(parts, actor), states, offset: 0, limit: pageSize };
  const [found, named] = await Promise.all([
    parts.index.columns(audienceKeys(actor), query, options),
    namedIssue(parts, actor, query),
  ]);
  const all = found.flatMap((each) => each.ids);
  const current = await parts.issues.summaries(actor, named ? [named.id, ...all] : all);
  const summaries = [...new Map(current.map((each) => [each.id, each])).values()];
  return found.map(({ state, ids, total, overdue }) => ({
    state,
    // By the state each is in now: the index may be a moment behind.
    items: summaries.filter((each) => each.state === state),
    count: Math.min(total, countLimit + 1),
    overdue: Math.min(overdue, countLimit + 1),
    ...nextOffset(0, ids.length, total),
  }));
}

export async function engineColumn(
  parts: BoardReaderParts,
  actor: Actor,
  query: BoardQuery,
  state: IssueState,
  cursor: string | undefined,
): Promise<BoardColumn> {
  const offset = readOffset(cursor);
  const options = { ...viewpoint(parts, actor), states: [state], offset, limit: pageSize };
  const [found] = await parts.index.columns(audienceKeys(actor), query, options);
  if (!found) return { state, items: [], count: 0, overdue: 0 };
  const items = await parts.issues.summaries(actor, found.ids);
  return {
    state,
    items: items.filter((each) => each.state === state),
    count: Math.min(found.total, countLimit + 1),
    overdue: Math.min(found.overdue, countLimit + 1),
    ...nextOffset(offset, found.ids.length, found.total),
  };
}

export async function engineTable(
  parts: BoardReaderParts,
  actor: Actor,
  query: BoardQuery,
  cursor: string | undefined,
): Promise<SearchAnswer> {
  const offset = readOffset(cursor);
  const options = { ...viewpoint(parts, actor), offset, limit: pageSize };
  const [found, named] = await Promise.all([
    parts.index.search(audienceKeys(actor), { ...query, view: "table" }, options),
    offset === 0 ? namedIssue(parts, actor, query) : undefined,
  ]);
  const summaries = await parts.issues.summaries(
    actor,
    found.hits.map((hit) => hit.id),
  );
  const byId = new Map(summaries.map((each) => [each.id, each]));
  const hits = found.hits.flatMap(({ id, title, excerpt }): SearchHit[] => {
    const summary = byId.get(id);
    return summary && id !== named?.id ? [{ summary, title, excerpt }] : [];
  });
  const isNew = named && !found.hits.some((hit) => hit.id === named.id);
  return {
    hits: named ? [namedHit(found.hits, named), ...hits] : hits,
    total: found.total + (isNew ? 1 : 0),
    facets: found.facets,
    by: "engine",
    ...nextOffset(offset, found.hits.length, found.total),
  };
}

/** The issue whose reference was looked for, with the engine's marks where it found it too. */
function namedHit(hits: readonly IndexHit[], summary: IssueSummary): SearchHit {
  const hit = hits.find((each) => each.id === summary.id);
  return hit ? { summary, title: hit.title, excerpt: hit.excerpt } : plainHit(summary);
}
