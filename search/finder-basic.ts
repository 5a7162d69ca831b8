import type { FindHit } from "../app/domain/find-ports";
import { type FindKind, type FindQuery, findPageSize } from "../app/domain/find-query";
import type { Actor } from "../app/domain/person";
import type { IssueSummary } from "../app/domain/ports";
import { besideAtMost, type EngineFound } from "./finder-engine";
import { noFacetValues } from "./finder-facets";
import { type FinderParts, type FindPlace, nextPlace } from "./finder-parts";
import { issueKinds, listedKind } from "./kinds/all-kinds";
import type { IssueKind } from "./kinds/kind";

/** Without the engine the store looks through so many issues, the last changed first, and says so. */
export const lookedThroughAtMost = 400;

/** The same answer out of the store: every word as it is written, no facets, no replies. */
export async function findBasic(
  parts: Pick<FinderParts, "issues">,
  actor: Actor,
  query: FindQuery,
  place: FindPlace,
): Promise<EngineFound & { narrowedTo?: number }> {
  const listed = listedKind(query);
  const { items, sawAll } = await parts.issues.lookedThrough(actor, query, lookedThroughAtMost);
  const sorted = inOrder(items, query);
  const found = new Map<FindKind, FindHit[]>();
  for (const kind of issueKinds) if (kind.basicHit) found.set(kind.kind, hitsOf(kind, sorted));
  const all = listed ? (found.get(listed.kind) ?? []) : [];
  const at: FindPlace = { matching: "all", offset: place.offset };
  const others = [...found].filter(([kind]) => kind !== listed?.kind);
  const isFirst = place.offset === 0 && !query.kind;
  return {
    hits: all.slice(at.offset, at.offset + findPageSize),
    beside: new Map(isFirst ? others.map(([kind, hits]) => [kind, hits.slice(0, besideAtMost)]) : []),
    counts: Object.fromEntries([...found].map(([kind, hits]) => [kind, hits.length])),
    facets: noFacetValues(),
    place: at,
    ...(sawAll ? {} : { narrowedTo: lookedThroughAtMost }),
    ...(listed ? nextPlace(at, all.length) : {}),
  };
}

function hitsOf({ basicHit }: IssueKind, items: readonly IssueSummary[]): FindHit[] {
  return items.flatMap((summary) => basicHit?.(summary) ?? []);
}

function inOrder(items: readonly IssueSummary[], { sort }: FindQuery): IssueSummary[] {
  const newest = (a: IssueSummary, b: IssueSummary) => b.raisedAt.getTime() - a.raisedAt.getTime();
  switch (sort) {
    case "relevance":
      return [...items];
    case "newest":
      return [...items].sort(newest);
    case "oldest":
      return [...items].sort((a, b) => newest(b, a));
    case "affected":
      return [...items].sort((a, b) => b.affected.length - a.affected.length || newest(a, b));
  }
}
