import type { FindAnswer, FindHit } from "../app/domain/find-ports";
import { type FindKind, type FindQuery, findPageSize, mostFound } from "../app/domain/find-query";
import { audienceKeys } from "../app/domain/permission";
import type { Actor } from "../app/domain/person";
import type { FindAsked, FoundInIndex, FoundKind, KindAsked } from "./find-in-index";
import { facetValues } from "./finder-facets";
import { type FinderParts, type FindPlace, nextPlace } from "./finder-parts";
import { issueKinds, listedKind } from "./kinds/all-kinds";
import type { IssueKind } from "./kinds/kind";

/** What the index of issues finds: it answers with ids, which the store reads again for the actor. */

/** Hits of each other kind beside a search for everything. */
export const besideAtMost = 3;

export interface EngineFound {
  /** The page of the kind asked for; none where that is one of the directory's. */
  hits: FindHit[];
  /** The first few of each other kind. */
  beside: ReadonlyMap<FindKind, FindHit[]>;
  counts: Partial<Record<FindKind, number>>;
  facets: FindAnswer["facets"];
  place: FindPlace;
  next?: string;
}

/** Throws when the engine does not answer. */
export async function findByEngine(
  parts: FinderParts,
  actor: Actor,
  query: FindQuery,
  place: FindPlace,
): Promise<EngineFound> {
  const listed = listedKind(query);
  const [{ found, matching }, themeNames] = await Promise.all([
    closestFound(parts, actor, query, place),
    parts.themes?.names(),
  ]);
  const isFirst = place.offset === 0;
  const hits = await hitsOf(parts, actor, found.kinds);
  const total = listed ? (found.kinds.find((each) => each.kind === listed)?.total ?? 0) : 0;
  const at = { matching, offset: place.offset };
  return {
    hits: listed ? (hits.get(listed.kind) ?? []) : [],
    beside: new Map(isFirst && !query.kind ? [...hits].filter(([kind]) => kind !== listed?.kind) : []),
    counts: Object.fromEntries(found.kinds.map(({ kind, total: of }) => [kind.kind, Math.min(of, mostFound)])),
    facets: facetValues(found.facets, query, { directory: parts.directory, themeNames: themeNames ?? new Map() }),
    place: at,
    ...(listed ? nextPlace(at, total) : {}),
  };
}

/** What holds every word; where nothing does and there are several, what holds some. */
async function closestFound(
  { index }: FinderParts,
  actor: Actor,
  query: FindQuery,
  place: FindPlace,
): Promise<{ found: FoundInIndex; matching: FindPlace["matching"] }> {
  const listed = listedKind(query);
  const ask = (matching: FindPlace["matching"]) =>
    index.find(audienceKeys(actor), asked(query, { ...place, matching }, listed));
  const found = await ask(place.matching);
  const isOver = place.offset > 0 || place.matching === "some" || !/\S\s+\S/.test(query.text);
  if (isOver || found.kinds.some((each) => each.total > 0)) return { found, matching: place.matching };
  return { found: await ask("some"), matching: "some" };
}

function asked(query: FindQuery, place: FindPlace, listed: IssueKind | undefined): FindAsked {
  const kinds = issueKinds.map((kind): KindAsked => {
    if (kind === listed) return { kind, offset: place.offset, limit: findPageSize };
    return { kind, offset: 0, limit: query.kind || place.offset > 0 ? 0 : besideAtMost };
  });
  return { query, matching: place.matching, kinds, ...(listed ? { facetsOf: listed } : {}) };
}

/** Hits by kind, with the issues as they are now and only those the actor may know of now. */
export async function hitsOf(
  { issues }: Pick<FinderParts, "issues">,
  actor: Actor,
  kinds: readonly FoundKind[],
): Promise<Map<FindKind, FindHit[]>> {
  const ids = [...new Set(kinds.flatMap((each) => each.hits.map((hit) => hit.id)))];
  const summaries = ids.length > 0 ? await issues.summaries(actor, ids) : [];
  const byId = new Map(summaries.map((each) => [each.id, each]));
  return new Map(
    kinds.map(({ kind, hits }) => [
      kind.kind,
      hits.flatMap((found) => {
        const summary = byId.get(found.id);
        return (summary && kind.hit(summary, found)) ?? [];
      }),
    ]),
  );
}
