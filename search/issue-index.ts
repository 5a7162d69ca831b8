import type { MultiSearchQuery } from "meilisearch";
import type { BoardQuery } from "../app/domain/board-query";
import type { Directory } from "../app/domain/directory";
import type { IssueState } from "../app/domain/issue";
import type { IndexEntry, IndexState, IssueIndex } from "../app/domain/ports";
import { createEngine, type EngineAddress, EngineDown, EngineRefusal } from "./engine";
import { type FacetName, type FilterContext, facetAttributes, filterOf } from "./filter";
import { type FindAsked, type FoundInIndex, findInIndex, matchingInIndex } from "./find-in-index";
import { answersSchema, type EngineAnswer, toFacets, toHits } from "./index-answers";
import { settingsVersion } from "./index-settings";
import { createIndexWriter, type IndexWriter } from "./index-writer";
import { behindIn, type Happened, lastWrittenTo } from "./indexed-versions";
import type { IssueVectors } from "./issue-vectors";
import { layoutVersion } from "./joined-vector";
import { dropOldIndexes } from "./old-indexes";
import { findLike } from "./similar";
import { indexable, markBegin, markEnd } from "./text-runs";
import type { ThemeMarks } from "./theme-marks";

export interface IssueIndexOptions {
  /** Where the engine answers now; undefined while there is none. */
  address: EngineAddress;
  /** Why there will be no engine at all, when that is so: nothing is then kept waiting for it. */
  unavailable?: () => string | undefined;
  /** The engine comes from a repack that its makers did not publish. */
  unofficialRepack: boolean;
  /** Stands before the index's name, so that several systems share one engine. */
  prefix: string;
  directory: Directory;
  vectors: IssueVectors;
  /** Where themes are sought: which one each issue is in. */
  themes?: Pick<ThemeMarks, "of">;
  /** Told when there is no index, or an empty one that a put had to make: time to restore it. */
  onEmptied?: () => void;
  /** Told when the engine refused a question: the page did without, but somebody should know. */
  onRefusal?: (refusal: EngineRefusal) => void;
  queryBudgetMs?: number;
}

export interface IndexColumn {
  state: IssueState;
  ids: string[];
  total: number;
  overdue: number;
}

/** The port, and what only the board and the scripts ask for. */
export interface BoardIndex extends IssueIndex, FindIndex, Pick<IndexWriter, "prepare" | "rebuild" | "putThemes"> {
  readonly name: string;
  /** Of these issues, those that the index does not hold, or holds as they were before. */
  behind(happened: readonly Happened[]): Promise<string[]>;
  /** When it was last written to; undefined where there is none. */
  lastWrittenTo(): Promise<Date | undefined>;
  /** Deletes what versions of this product that nobody runs any more left behind. Returns their names. */
  dropOld(now: Date): Promise<string[]>;
  /** A page of each of several columns, their counts, and how many are overdue: one question. */
  columns(keys: readonly string[], query: BoardQuery, options: ColumnsOptions): Promise<IndexColumn[]>;
}

/** What a search over everything asks of the index of issues. */
export interface FindIndex {
  find(keys: readonly string[], asked: FindAsked): Promise<FoundInIndex>;
}

export type ColumnsOptions = Omit<FilterContext, "keys" | "states"> & {
  states: readonly IssueState[];
  offset: number;
  limit: number;
};

/** Longest wait for an answer that a page needs. */
const queryBudgetMs = 300;

/**
 * Issues in Meilisearch: derived from the store and rebuilt from it at any time. Every question carries the viewer's
 * audience keys as its first filter. The name holds the versions of settings and vectors, so that an old and a new node
 * run side by side, each on the index it understands.
 */
export function createIssueIndex(options: IssueIndexOptions): BoardIndex {
  const engine = createEngine({
    address: options.address,
    queryBudgetMs: options.queryBudgetMs ?? queryBudgetMs,
  });
  const name = `${options.prefix}-issues-${settingsVersion}-${layoutVersion}`;
  const writer = createIndexWriter({ ...options, engine, name });

  /** A missing or bare index is repaired before the next change. */
  const repaired = async <T>(question: () => Promise<T>): Promise<T> => {
    try {
      return await question();
    } catch (fault) {
      if (fault instanceof EngineRefusal) {
        options.onRefusal?.(fault);
        if (saysIndexIsNotReady(fault)) {
          writer.doubt();
          options.onEmptied?.();
        }
      }
      throw fault;
    }
  };
  const multi = (queries: MultiSearchQuery[]): Promise<unknown> =>
    repaired(() => engine.ask((client) => client.multiSearch({ queries })));
  const lists = async (queries: MultiSearchQuery[]): Promise<EngineAnswer[]> =>
    answersSchema.parse(await multi(queries)).results;

  return {
    name,
    prepare: writer.prepare,
    rebuild: writer.rebuild,

    async put(entries: readonly IndexEntry[]) {
      if (options.unavailable?.() !== undefined) return;
      await repaired(() => writer.put(entries));
    },
    async putThemes(members) {
      if (options.unavailable?.() !== undefined) return;
      await repaired(() => writer.putThemes(members));
    },
    async search(keys, query, { offset, limit, ...context }) {
      const filters = { ...context, keys };
      const main = { ...markedQuery(name, query), filter: filterOf(query, filters), facets: allFacets, offset, limit };
      const counts = facetsNarrowed(query, context.states).map((facet) => ({
        ...plainQuery(name, query),
        limit: 0,
        filter: filterOf(query, filters, facet),
        facets: [facetAttributes[facet]],
      }));
      const answers = await lists([main, ...counts]);
      const [first] = answers;
      if (!first) throw new EngineDown("The search engine gave no answer.");
      return { hits: toHits(first), total: first.estimatedTotalHits, facets: toFacets(answers) };
    },
    async columns(keys, query, { states, offset, limit, ...context }) {
      const columns = states.map((state) => ({
        ...orderedQuery(name, query),
        filter: filterOf(query, { ...context, keys, states: [state] }),
        offset,
        limit,
      }));
      const overdue = {
        ...plainQuery(name, query),
        limit: 0,
        filter: filterOf({ ...query, overdue: true }, { ...context, keys, states }),
        facets: ["state"],
      };
      const answers = await lists([...columns, overdue]);
      const overdueByState = answers.at(-1)?.facetDistribution.state ?? {};
      return states.map((state, at) => ({
        state,
        ids: (answers[at]?.hits ?? []).map((hit) => hit.id),
        total: answers[at]?.estimatedTotalHits ?? 0,
        overdue: overdueByState[state] ?? 0,
      }));
    },
    behind: (happened) => repaired(() => behindIn(engine, name, happened)),
    lastWrittenTo: () => lastWrittenTo(engine, name),
    dropOld: (now) => dropOldIndexes(engine, { prefix: options.prefix, own: name, now }),
    find: (keys, asked) => findInIndex(multi, name, keys, asked),
    async matching(asked) {
      if (options.unavailable?.() !== undefined) return asked.map(() => []);
      return matchingInIndex(multi, name, asked);
    },
    similar: (keys, to, asked) => repaired(() => findLike({ engine, name, vectors: options.vectors }, keys, to, asked)),
    async state() {
      return stateOf(options, async () => {
        const stats = await engine.ask((client) => client.index(name).getStats());
        return stats.numberOfDocuments;
      });
    },
  };
}

async function stateOf(options: IssueIndexOptions, documents: () => Promise<number>): Promise<IndexState> {
  const none = options.unavailable?.();
  if (none !== undefined) return { state: "down", why: none };
  try {
    return { state: "ready", documents: await documents(), unofficialRepack: options.unofficialRepack };
  } catch (fault) {
    if (fault instanceof EngineRefusal && fault.code === "index_not_found")
      return { state: "ready", documents: 0, unofficialRepack: options.unofficialRepack };
    return { state: "down", why: fault instanceof Error ? fault.message : "The search engine did not answer." };
  }
}

const allFacets: string[] = Object.values(facetAttributes);

function plainQuery(indexUid: string, query: BoardQuery): MultiSearchQuery {
  const q = indexable(query.text).trim();
  return { indexUid, q, matchingStrategy: "frequency", attributesToRetrieve: ["id"] };
}

/** With a text the best matches first; without one in the board's order. */
function orderedQuery(indexUid: string, query: BoardQuery): MultiSearchQuery {
  const plain = plainQuery(indexUid, query);
  if (plain.q) return plain;
  return { ...plain, sort: [query.view === "table" ? "changedAt:desc" : "boardOrder:asc"] };
}

/** With marks around what matched and an excerpt, which cost more than the search itself. */
function markedQuery(indexUid: string, query: BoardQuery): MultiSearchQuery {
  return {
    ...orderedQuery(indexUid, query),
    attributesToHighlight: ["title", "body", "replies", "names"],
    attributesToCrop: ["body", "replies"],
    cropLength: 24,
    cropMarker: "…",
    highlightPreTag: markBegin,
    highlightPostTag: markEnd,
  };
}

/** Facets that the query itself narrows: their other values are counted as if it did not. */
function facetsNarrowed(query: BoardQuery, states: readonly IssueState[] | undefined): FacetName[] {
  const facets: FacetName[] = [];
  if (query.state && !states) facets.push("state");
  if (query.category) facets.push("category");
  if (query.place) facets.push("place");
  if (query.trust) facets.push("trust");
  return facets;
}

function saysIndexIsNotReady(refusal: EngineRefusal): boolean {
  return ["index_not_found", "invalid_search_filter", "invalid_search_embedder", "invalid_search_facets"].includes(
    refusal.code,
  );
}
