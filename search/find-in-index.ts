import type { MultiSearchQuery } from "meilisearch";
import { z } from "zod";
import { type FindFacet, type FindQuery, findFacets } from "../app/domain/find-query";
import type { IssuesMatched } from "../app/domain/ports";
import { EngineDown } from "./engine";
import { amongFilter, findAttributes, findFilterOf } from "./filter";
import { leadingKind, listedKind } from "./kinds/all-kinds";
import type { FoundIssue, IssueKind, TextField } from "./kinds/kind";
import { indexable, markBegin, markEnd, textRuns } from "./text-runs";

/** A search over everything, as questions to the index of issues. */

/** `all`: only what holds every word. `some`: also what holds some, words that stand in few issues first. */
export type Matching = "all" | "some";

export interface KindAsked {
  kind: IssueKind;
  offset: number;
  /** 0: only how many there are. */
  limit: number;
  /** Neither texts nor marks: which issues, and no more. */
  idsOnly?: boolean;
}

export interface FindAsked {
  query: FindQuery;
  matching: Matching;
  kinds: readonly KindAsked[];
  /** The kind, one of `kinds`, whose values of facets are counted. */
  facetsOf?: IssueKind;
}

export interface FoundKind {
  kind: IssueKind;
  hits: FoundIssue[];
  total: number;
}

export interface FoundInIndex {
  kinds: FoundKind[];
  facets: Partial<Record<FindFacet, Readonly<Record<string, number>>>>;
}

/** Asks the engine several things at once. */
export type AskEngine = (queries: MultiSearchQuery[]) => Promise<unknown>;

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]).default([]);
const answersSchema = z.object({
  results: z.array(
    z.object({
      hits: z.array(
        z.object({
          id: z.string(),
          replyIds: z.array(z.string()).default([]),
          _formatted: z
            .object({ title: texts, body: texts, replies: texts, names: texts, outcome: texts, joined: texts })
            .default({}),
        }),
      ),
      estimatedTotalHits: z.number().default(0),
      facetDistribution: z.record(z.record(z.number())).default({}),
    }),
  ),
});
type Answer = z.infer<typeof answersSchema>["results"][number];

/** Each kind's page and total, and the counts of facets, for what the holder of these keys may know of: one question. */
export async function findInIndex(
  ask: AskEngine,
  name: string,
  keys: readonly string[],
  asked: FindAsked,
): Promise<FoundInIndex> {
  const { query, facetsOf } = asked;
  const narrowed = facetsOf ? findFacets.filter((facet) => query[facet].length > 0) : [];
  const queries = [
    ...asked.kinds.map((each) => listQuery(name, keys, asked, each)),
    ...(facetsOf ? narrowed.map((facet) => countQuery(name, keys, asked, facetsOf, facet)) : []),
  ];
  const { results } = answersSchema.parse(await ask(queries));
  const whole = results[asked.kinds.findIndex((each) => each.kind === facetsOf)];
  const counted = results.slice(asked.kinds.length);
  return {
    kinds: asked.kinds.map(({ kind }, at) => {
      const answer = results[at];
      return { kind, hits: (answer?.hits ?? []).map(foundIssue), total: answer?.estimatedTotalHits ?? 0 };
    }),
    facets: Object.fromEntries(
      findFacets.map((facet) => [facet, countsOf(facet, counted[narrowed.indexOf(facet)] ?? whole)]),
    ),
  };
}

/**
 * For each search, which of these issues it finds for the holder of its keys. Searches of the directory find none.
 * Throws where the index does not hold all of them: one just swapped in may be a moment behind.
 */
export async function matchingInIndex(
  ask: AskEngine,
  name: string,
  asked: readonly IssuesMatched[],
): Promise<string[][]> {
  const queries = asked.map(({ keys, query, ids }) => {
    const kind = listedKind(query);
    const plain = plainQuery(name, keys, { query, matching: "all" }, kind ?? leadingKind);
    return { ...plain, filter: [...plain.filter, amongFilter(kind ? ids : [])], limit: ids.length };
  });
  const ids = [...new Set(asked.flatMap((each) => each.ids))];
  const held = { indexUid: name, q: "", filter: [amongFilter(ids)], attributesToRetrieve: ["id"], limit: 0 };
  const { results } = answersSchema.parse(await ask([...queries, held]));
  if ((results.at(-1)?.estimatedTotalHits ?? 0) < ids.length) throw new EngineDown("The index is a moment behind.");
  return asked.map((_, at) => (results[at]?.hits ?? []).map((hit) => hit.id));
}

type Plain = MultiSearchQuery & { filter: string[] };

function plainQuery(
  indexUid: string,
  keys: readonly string[],
  { query, matching }: Pick<FindAsked, "query" | "matching">,
  kind: IssueKind,
  without?: FindFacet,
): Plain {
  return {
    indexUid,
    q: indexable(query.text).trim(),
    filter: [...findFilterOf(query, keys, without), ...(kind.held ? [kind.held] : [])],
    matchingStrategy: matching === "all" ? "all" : "frequency",
    attributesToRetrieve: ["id"],
    ...(kind.searchIn ? { attributesToSearchOn: [...kind.searchIn] } : {}),
  };
}

function listQuery(
  name: string,
  keys: readonly string[],
  asked: FindAsked,
  { kind, offset, limit, idsOnly }: KindAsked,
): MultiSearchQuery {
  const facets = kind === asked.facetsOf ? { facets: Object.values(findAttributes) } : {};
  const plain = { ...plainQuery(name, keys, asked, kind), ...facets };
  if (limit === 0) return { ...plain, limit };
  const sort = sortOf(asked, kind);
  const page = { ...plain, ...(sort ? { sort } : {}), offset, limit };
  if (idsOnly) return page;
  return {
    ...page,
    attributesToRetrieve: kind.shows.includes("replies") ? ["id", "replyIds"] : ["id"],
    attributesToHighlight: [...kind.shows],
    attributesToCrop: kind.shows.filter((field) => longTexts.has(field)),
    cropLength: 24,
    cropMarker: "…",
    highlightPreTag: markBegin,
    highlightPostTag: markEnd,
  };
}

const longTexts: ReadonlySet<TextField> = new Set<TextField>(["body", "replies", "outcome", "joined"]);

function countQuery(
  name: string,
  keys: readonly string[],
  asked: FindAsked,
  kind: IssueKind,
  without: FindFacet,
): MultiSearchQuery {
  return { ...plainQuery(name, keys, asked, kind, without), limit: 0, facets: [findAttributes[without]] };
}

/** Among what holds only some of the words, the order is always how well it matches. */
function sortOf({ query, matching }: FindAsked, kind: IssueKind): string[] | undefined {
  if (matching === "some") return undefined;
  switch (query.sort) {
    case "relevance":
      return query.text === "" ? [`${kind.time}:desc`] : undefined;
    case "newest":
      return [`${kind.time}:desc`];
    case "oldest":
      return [`${kind.time}:asc`];
    case "affected":
      return ["affected:desc", `${kind.time}:desc`];
  }
}

function foundIssue({ id, replyIds, _formatted }: Answer["hits"][number]): FoundIssue {
  const marked = (field: TextField) => (_formatted[field] ?? []).map(textRuns);
  return {
    id,
    replyIds,
    marked: {
      title: marked("title"),
      body: marked("body"),
      replies: marked("replies"),
      names: marked("names"),
      outcome: marked("outcome"),
      joined: marked("joined"),
    },
  };
}

function countsOf(facet: FindFacet, answer: Answer | undefined): Readonly<Record<string, number>> {
  return answer?.facetDistribution[findAttributes[facet]] ?? {};
}
