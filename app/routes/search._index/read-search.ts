import { countOf } from "../../components/clock-words";
import { facetNames, kindNames, kindNamesOfOne, sortNames } from "../../components/find-words";
import type { FacetValue, FindAnswer, SavedSearch } from "../../domain/find-ports";
import {
  asksForSomething,
  type FindFacet,
  type FindKind,
  type FindQuery,
  findFacets,
  findKinds,
  findSorts,
  isNarrowed,
  mostFound,
  readFindQuery,
  withFacet,
  writeFindQuery,
} from "../../domain/find-query";
import { findIdentifiers } from "../../domain/identifiers";
import { mayExport } from "../../domain/permission";
import type { Actor } from "../../domain/person";
import { hitView, searchLink } from "../../web/hit-view";
import type { Board } from "../../web/load-context";
import type { BesideView, FacetValueView, FacetView, SaveView, SearchView } from "./search-view";

const nothing: FindAnswer = {
  hits: [],
  beside: [],
  counts: {},
  total: 0,
  facets: { place: [], organisation: [], service: [], category: [], state: [], harm: [], year: [], theme: [] },
  matched: "all",
  by: "engine",
};

/** What the address of a search asks for, for this actor. */
export async function readSearch(board: Board, actor: Actor, params: URLSearchParams): Promise<SearchView> {
  const query = readFindQuery(params);
  const cursor = params.get("cursor")?.slice(0, 500) || undefined;
  const identifier = findIdentifiers(query.text).length > 0;
  const [answer, saved] = await Promise.all([
    identifier ? nothing : board.finder.find(actor, query, cursor),
    board.finder.saved.list(actor),
  ]);
  return {
    text: query.text,
    identifier,
    kind: query.kind ?? null,
    hits: answer.hits.map((hit) => hitView(hit, actor, board)),
    beside: cursor ? [] : answer.beside.map((group) => besideView(group, query, actor, board)),
    found: foundWords(answer.total, query.kind),
    by: answer.by,
    narrowedTo: answer.narrowedTo ?? null,
    someWords: answer.matched === "some",
    tabs: tabs(query, answer),
    sorts: sorts(query),
    facets: facetViews(query, answer),
    narrowed: narrowedBy(query, answer),
    cleared: isNarrowed(query) ? searchLink({ text: query.text, ...kindOf(query), sort: query.sort }) : null,
    keep: [...writeFindQuery({ ...query, text: "" })],
    next: answer.next ? searchLink(query, answer.next) : null,
    first: cursor ? searchLink(query) : null,
    exportTo: identifier || answer.total === 0 ? null : exportLink(query, actor),
    save: identifier ? null : saveView(query, saved, answer),
    saved: saved.map(({ id, name, query: kept }) => ({ id, name, to: searchLink(kept) })),
  };
}

/** "124 issues", "5,000+ issues", "No people". */
function foundWords(total: number, kind: FindKind = "issues"): string {
  if (total === 0) return `No ${kindNames[kind].toLowerCase()}`;
  if (total >= mostFound) return `${shown(total)} ${kindNames[kind].toLowerCase()}`;
  return countOf(total, kindNamesOfOne[kind], kindNames[kind].toLowerCase());
}

const wholeNumber = new Intl.NumberFormat("en-GB");

function shown(count: number): string {
  return count >= mostFound ? `${wholeNumber.format(mostFound)}+` : wholeNumber.format(count);
}

function kindOf({ kind }: FindQuery): Pick<FindQuery, "kind"> {
  return kind ? { kind } : {};
}

/** The query for another kind. */
function ofKind(query: FindQuery, kind: FindKind | undefined): FindQuery {
  const { kind: _before, ...rest } = query;
  return kind ? { ...rest, kind } : rest;
}

function isOfDirectory(kind: FindKind): boolean {
  return kind === "services" || kind === "organisations" || kind === "people";
}

/** Everything, and each kind that has any or is looked at. */
function tabs(query: FindQuery, { counts }: FindAnswer): SearchView["tabs"] {
  const kinds = findKinds.filter((kind) => kind === query.kind || (counts[kind] ?? 0) > 0);
  const everything = { name: "Everything", count: null, to: searchLink(ofKind(query, undefined)), chosen: !query.kind };
  const ofKinds = kinds.map((kind) => {
    const count = counts[kind];
    return {
      name: kindNames[kind],
      count: count === undefined ? null : shown(count),
      to: searchLink(ofKind(query, kind)),
      chosen: kind === query.kind,
    };
  });
  return [everything, ...ofKinds];
}

/** Without a text nothing matches better than anything else: newest first. */
function sorts(query: FindQuery): SearchView["sorts"] {
  if (query.kind && isOfDirectory(query.kind)) return [];
  const possible = findSorts.filter((sort) => sort !== "relevance" || query.text !== "");
  const chosen = query.text === "" && query.sort === "relevance" ? "newest" : query.sort;
  return possible.map((sort) => ({
    name: sortNames[sort],
    to: searchLink({ ...query, sort: sort === "newest" && query.text === "" ? "relevance" : sort }),
    chosen: sort === chosen,
  }));
}

function facetViews(query: FindQuery, { facets }: FindAnswer): FacetView[] {
  return findFacets.flatMap((facet) => {
    const values = inOrder(facets[facet]).map(({ value, part }) => facetValueView(query, facet, value, part));
    return values.length > 0 ? [{ facet, name: facetNames[facet], values }] : [];
  });
}

/** Groups, and under one that is chosen, or of which a part is chosen, its parts. */
function inOrder(values: readonly FacetValue[]): { value: FacetValue; part: boolean }[] {
  const known = new Set(values.map((each) => each.value));
  return values.flatMap((value) => {
    if (value.within && known.has(value.within)) return [];
    const parts = values.filter((each) => each.within === value.value);
    const open = value.chosen || parts.some((each) => each.chosen);
    return [{ value, part: false }, ...(open ? parts.map((each) => ({ value: each, part: true })) : [])];
  });
}

function facetValueView(query: FindQuery, facet: FindFacet, value: FacetValue, part: boolean): FacetValueView {
  return {
    label: value.label,
    count: shown(value.count),
    chosen: value.chosen,
    to: searchLink(withFacet(query, facet, value.value)),
    part,
  };
}

/** What is chosen, in the words of the answer; where nothing was counted, as the address says it. */
function narrowedBy(query: FindQuery, { facets }: FindAnswer): SearchView["narrowed"] {
  return findFacets.flatMap((facet) =>
    query[facet].map((value) => ({
      facet: facetNames[facet],
      label: facets[facet].find((each) => each.value === value)?.label ?? value,
      to: searchLink(withFacet(query, facet, value)),
    })),
  );
}

function besideView(group: FindAnswer["beside"][number], query: FindQuery, actor: Actor, board: Board): BesideView {
  return {
    kind: group.kind,
    count: shown(group.total),
    hits: group.hits.map((hit) => hitView(hit, actor, board)),
    to: searchLink(ofKind(query, group.kind)),
  };
}

/** A file of the issues found, for those who may take one. */
function exportLink(query: FindQuery, actor: Actor): string | null {
  const ofIssues = !query.kind || query.kind === "issues";
  return ofIssues && mayExport(actor) ? `/search/export?${writeFindQuery(query)}` : null;
}

/** A search that asks for nothing is not worth keeping. */
function saveView(query: FindQuery, saved: readonly SavedSearch[], answer: FindAnswer): SaveView | null {
  if (!asksForSomething(query)) return null;
  const address = writeFindQuery(query).toString();
  const as = saved.find((each) => writeFindQuery(each.query).toString() === address);
  const words = [query.text, ...narrowedBy(query, answer).map((each) => each.label)].filter((each) => each !== "");
  return {
    query: address,
    name: words.join(", ").slice(0, 60),
    savedAs: as?.name ?? null,
    mayTell: !query.kind || query.kind === "issues",
  };
}
