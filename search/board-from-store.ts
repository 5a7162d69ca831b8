import type { BoardFacet } from "../app/domain/board-keys";
import { type BoardQuery, countLimit, pageSize } from "../app/domain/board-query";
import { type IssueState, isOpen, issueStates } from "../app/domain/issue";
import { audienceKeys } from "../app/domain/permission";
import type { Actor } from "../app/domain/person";
import type { BoardColumn, SearchAnswer } from "../app/domain/ports";
import { type BoardReaderParts, ifEngineAnswers, noFacets, plainHit, viewpoint } from "./board-parts";

/** Lists that one index of the store holds: exact, in order, always up to date. */

export async function storeColumn(
  { issues, now }: BoardReaderParts,
  actor: Actor,
  query: BoardQuery,
  facet: BoardFacet,
  state: IssueState,
  cursor: string | undefined,
): Promise<BoardColumn> {
  const at = now();
  const narrowing = query.overdue ? { overdueAt: at } : {};
  const request = { facet, states: [state], limit: pageSize, order: "due", ...narrowing } as const;
  const [page, count, overdue] = await Promise.all([
    issues.page(actor, { ...request, ...(cursor ? { cursor } : {}) }),
    issues.count(actor, facet, [state], countLimit, narrowing.overdueAt),
    isOpen(state) ? issues.count(actor, facet, [state], countLimit, at) : 0,
  ]);
  return { state, ...page, count, overdue };
}

/** The store's own list, always up to date, with the engine's counts beside it while there is an engine. */
export async function storeTable(
  parts: BoardReaderParts,
  actor: Actor,
  query: BoardQuery,
  facet: BoardFacet,
  cursor: string | undefined,
): Promise<SearchAnswer> {
  const states = query.state ? [query.state] : issueStates;
  const overdueAt = query.overdue ? { overdueAt: parts.now() } : {};
  const request = { facet, states, limit: pageSize, order: "latest", ...overdueAt } as const;
  const counting = { ...viewpoint(parts, actor), offset: 0, limit: 0 };
  const [page, total, counted] = await Promise.all([
    parts.issues.page(actor, { ...request, ...(cursor ? { cursor } : {}) }),
    parts.issues.count(actor, facet, states, countLimit, overdueAt.overdueAt),
    ifEngineAnswers(() => parts.index.search(audienceKeys(actor), { ...query, view: "table" }, counting)),
  ]);
  return {
    hits: page.items.map(plainHit),
    total,
    facets: counted?.facets ?? noFacets(),
    by: counted ? "engine" : "basic",
    ...(page.next ? { next: page.next } : {}),
  };
}
