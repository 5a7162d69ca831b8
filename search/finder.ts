import type { FindAnswer, Finder, FindHit } from "../app/domain/find-ports";
import { type FindKind, type FindQuery, findPageSize, readFindText, wholeFindQuery } from "../app/domain/find-query";
import { audienceKeys } from "../app/domain/permission";
import type { Actor } from "../app/domain/person";
import { ifEngineAnswers } from "./board-parts";
import { findBasic } from "./finder-basic";
import { besideAtMost, type EngineFound, findByEngine, hitsOf } from "./finder-engine";
import { exportFound } from "./finder-export";
import { type FinderParts, type FindPlace, namedByReference, nextPlace, readPlace } from "./finder-parts";
import { allKinds, directoryKinds, issueKinds, leadingKind, listedKind } from "./kinds/all-kinds";
import { plain } from "./kinds/kind";

/**
 * Search over everything. Issues, replies and outcomes come from the index of issues, by ids that the store reads again
 * for the actor; without the engine the store looks through a part and says so. The directory is looked through in
 * memory, always.
 */
export function createFinder(parts: FinderParts): Finder {
  return {
    find: (actor, query, cursor) => find(parts, actor, query, readPlace(cursor)),
    quick: (actor, text) => quick(parts, actor, readFindText(text)),
    async export(actor, query) {
      const found = await exportFound(parts, actor, query);
      parts.onExport(actor, found);
      return found;
    },
    saved: { list: (actor) => parts.searches.list(actor.person) },
  };
}

async function find(parts: FinderParts, actor: Actor, query: FindQuery, place: FindPlace): Promise<FindAnswer> {
  const [{ found, by, narrowedTo }, named] = await Promise.all([
    ofIssues(parts, actor, query, place),
    place.offset === 0 && listedKind(query) === leadingKind ? namedByReference(parts, actor, query.text) : undefined,
  ]);
  const list = query.kind ?? leadingKind.kind;
  const page = { offset: place.offset, limit: findPageSize };
  const beside = { offset: 0, limit: query.kind || place.offset > 0 ? 0 : besideAtMost };
  const inDirectory = new Map(
    directoryKinds.map(({ kind }) => [kind, parts.inDirectory.find(actor, kind, query, kind === list ? page : beside)]),
  );
  const counts = { ...found.counts };
  for (const [kind, { total }] of inDirectory) counts[kind] = total;
  const listed = inDirectory.get(list);
  const hits = listed?.hits ?? withNamed(found.hits, named);
  if (hits.length > found.hits.length && !listed) counts[leadingKind.kind] = (counts[leadingKind.kind] ?? 0) + 1;
  const next = listed ? nextPlace(found.place, listed.total).next : found.next;
  return {
    hits,
    beside: allKinds.flatMap(({ kind }) => {
      const few = found.beside.get(kind) ?? (kind === list ? [] : (inDirectory.get(kind)?.hits ?? []));
      return few.length > 0 ? [{ kind, hits: few, total: counts[kind] ?? few.length }] : [];
    }),
    counts,
    total: counts[list] ?? 0,
    facets: found.facets,
    matched: found.place.matching,
    by,
    ...(narrowedTo === undefined ? {} : { narrowedTo }),
    ...(next ? { next } : {}),
  };
}

async function ofIssues(
  parts: FinderParts,
  actor: Actor,
  query: FindQuery,
  place: FindPlace,
): Promise<{ found: EngineFound; by: FindAnswer["by"]; narrowedTo?: number }> {
  const found = await ifEngineAnswers(() => findByEngine(parts, actor, query, place));
  if (found) return { found, by: "engine" };
  const { narrowedTo, ...basic } = await findBasic(parts, actor, query, place);
  return { found: basic, by: "basic", ...(narrowedTo === undefined ? {} : { narrowedTo }) };
}

/** The issue whose reference was looked for goes first, with the engine's marks where it was found anyway. */
function withNamed(hits: FindHit[], named: Awaited<ReturnType<typeof namedByReference>>): FindHit[] {
  if (!named) return hits;
  const isNamed = (hit: FindHit) => hit.kind === "issues" && hit.summary.id === named.id;
  const own: FindHit = { kind: "issues", summary: named, title: plain(named.title), excerpt: [] };
  return [hits.find(isNamed) ?? own, ...hits.filter((hit) => !isNamed(hit))];
}

/** Hits of each kind while somebody types: issues more than the others. */
const quickIssues = 5;

async function quick(parts: FinderParts, actor: Actor, text: string): ReturnType<Finder["quick"]> {
  if (text === "") return { groups: [], by: "engine" };
  const query: FindQuery = { ...wholeFindQuery, text };
  const most = (kind: FindKind) => (kind === leadingKind.kind ? quickIssues : besideAtMost);
  const [found, named] = await Promise.all([
    quickIssuesFound(parts, actor, query, most),
    namedByReference(parts, actor, text),
  ]);
  const groups = allKinds.map(({ kind, from }) => {
    const few =
      from === "directory"
        ? parts.inDirectory.find(actor, kind, query, { offset: 0, limit: most(kind) })
        : (found.groups.get(kind) ?? { hits: [], total: 0 });
    const hits = kind === leadingKind.kind ? withNamed(few.hits, named).slice(0, most(kind)) : few.hits;
    return { kind, hits, total: Math.max(few.total, hits.length) };
  });
  return { groups: groups.filter((group) => group.hits.length > 0), by: found.by };
}

async function quickIssuesFound(
  parts: FinderParts,
  actor: Actor,
  query: FindQuery,
  most: (kind: FindKind) => number,
): Promise<{ groups: Map<FindKind, { hits: FindHit[]; total: number }>; by: FindAnswer["by"] }> {
  const found = await ifEngineAnswers(async () => {
    const kinds = issueKinds.map((kind) => ({ kind, offset: 0, limit: most(kind.kind) }));
    const answer = await parts.index.find(audienceKeys(actor), { query, matching: "all", kinds });
    const hits = await hitsOf(parts, actor, answer.kinds);
    const groups = answer.kinds.map(
      ({ kind, total }) => [kind.kind, { hits: hits.get(kind.kind) ?? [], total }] as const,
    );
    return new Map(groups);
  });
  if (found) return { groups: found, by: "engine" };
  const basic = await findBasic(parts, actor, query, { matching: "all", offset: 0 });
  const groups = issueKinds.map(({ kind }) => {
    const hits = kind === leadingKind.kind ? basic.hits : (basic.beside.get(kind) ?? []);
    return [kind, { hits: hits.slice(0, most(kind)), total: basic.counts[kind] ?? 0 }] as const;
  });
  return { groups: new Map(groups), by: "basic" };
}
