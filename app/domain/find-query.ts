import { z } from "zod";
import { type Harm, harms, type IssueState, issueStates } from "./issue";

/** What can be found. A reply or an outcome is found by its own words and shown with its issue. */
export const findKinds = ["issues", "replies", "outcomes", "services", "organisations", "people"] as const;
export type FindKind = (typeof findKinds)[number];

/** With a text, `relevance` is the closest match first; without one there is nothing to match, and newest come first. */
export const findSorts = ["relevance", "newest", "oldest", "affected"] as const;
export type FindSort = (typeof findSorts)[number];

/** What answers are counted and narrowed by. Several values of one facet widen it, several facets narrow. */
export const findFacets = ["place", "organisation", "service", "category", "state", "harm", "year", "theme"] as const;
export type FindFacet = (typeof findFacets)[number];

const longestText = 200;
const values = z.array(z.string().min(1).max(90)).max(20).default([]);

/** What the URL of a search says. What cannot be understood is left out, never an error page. */
export const findQuerySchema = z.object({
  text: z.string().max(longestText).default(""),
  /** Absent: everything, issues first. */
  kind: z.enum(findKinds).optional(),
  place: values,
  /** Codes of organisations concerned: who raised it, who it is about, who owns it, who joined. */
  organisation: values,
  /** Ids of services it is about. */
  service: values,
  /** First- or second-level category codes. */
  category: values,
  state: z.array(z.enum(issueStates)).default([]),
  harm: z.array(z.enum(harms)).default([]),
  /** Years in which it was raised, in London: `2026`. */
  year: values,
  theme: values,
  sort: z.enum(findSorts).default("relevance"),
});
export type FindQuery = z.infer<typeof findQuerySchema>;

/** Everything, unsorted and not narrowed. */
export const wholeFindQuery: FindQuery = findQuerySchema.parse({});

/**
 * Reads a search from a URL's parameters: `q`, `kind`, `sort`, and each facet as often as it has values
 * (`place=wirral&place=sefton&state=new`).
 */
export function readFindQuery(params: URLSearchParams): FindQuery {
  const kind = findKinds.find((each) => each === params.get("kind"));
  const all = (facet: FindFacet, most = 20) =>
    [...new Set(params.getAll(facet).map((each) => each.trim()))]
      .filter((each) => each !== "" && each.length <= 90)
      .slice(0, most);
  return {
    text: readFindText(params.get("q") ?? ""),
    ...(kind ? { kind } : {}),
    place: all("place"),
    organisation: all("organisation"),
    service: all("service"),
    category: all("category"),
    state: all("state").flatMap((value): IssueState[] => issueStates.filter((each) => each === value)),
    harm: all("harm").flatMap((value): Harm[] => harms.filter((each) => each === value)),
    year: all("year").filter((value) => /^\d{4}$/.test(value)),
    theme: all("theme"),
    sort: findSorts.find((each) => each === params.get("sort")) ?? "relevance",
  };
}

/** A text as it is looked for: no longer than a search can use, cut between words where there are any. */
export function readFindText(text: string): string {
  const trimmed = text.slice(0, 20_000).trim();
  if (trimmed.length <= longestText) return trimmed;
  const cut = trimmed.slice(0, longestText + 1);
  const end = cut.search(/\s\S*$/u);
  return (end > 0 ? cut.slice(0, end) : trimmed.slice(0, longestText)).trim();
}

/** The same search as URL parameters, without what is at its default: one search has one address. */
export function writeFindQuery(query: Partial<FindQuery>): URLSearchParams {
  const params = new URLSearchParams();
  if (query.text) params.set("q", query.text);
  if (query.kind) params.set("kind", query.kind);
  for (const facet of findFacets) for (const value of [...(query[facet] ?? [])].sort()) params.append(facet, value);
  if (query.sort && query.sort !== "relevance") params.set("sort", query.sort);
  return params;
}

/** The same search with one value of a facet chosen, or no longer chosen. */
export function withFacet(query: FindQuery, facet: FindFacet, value: string): FindQuery {
  const params = writeFindQuery(query);
  const chosen = params.getAll(facet);
  params.delete(facet);
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  for (const each of next) params.append(facet, each);
  return readFindQuery(params);
}

/** Whether the search says anything at all to look for. */
export function asksForSomething(query: FindQuery): boolean {
  return query.text !== "" || isNarrowed(query);
}

/** Whether any facet is chosen. */
export function isNarrowed(query: FindQuery): boolean {
  return findFacets.some((facet) => query[facet].length > 0);
}

/** Things on a page of answers. */
export const findPageSize = 20;
/** Answers past this are neither counted nor paged to: a total of it reads "5,000+". */
export const mostFound = 5_000;
/** Rows in one exported file. */
export const mostExported = 5_000;
