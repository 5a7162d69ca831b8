import type { BoardQuery } from "../app/domain/board-query";
import { type FindFacet, type FindQuery, findFacets } from "../app/domain/find-query";
import type { IssueState } from "../app/domain/issue";

/** The facets a list can be narrowed by, each with the attribute that holds its values. */
export const facetAttributes = { state: "state", category: "category", place: "places", trust: "trusts" } as const;
export type FacetName = keyof typeof facetAttributes;

export interface FilterContext {
  /** Audience keys of the viewer. */
  keys: readonly string[];
  /** Board facets under which something is the viewer's own. */
  mine: readonly string[];
  myOrganisation?: string;
  now: Date;
  states?: readonly IssueState[];
}

/** What the viewer may know of. Stands before everything else in every question to the engine. */
export function rightsFilter(keys: readonly string[]): string {
  return `audience IN ${list(keys)}`;
}

/**
 * A board query as conditions, all of which must hold, the viewer's rights first. `without` leaves out what one facet
 * narrows, so that the other values of that facet can be counted.
 */
export function filterOf(query: BoardQuery, context: FilterContext, without?: FacetName): string[] {
  const conditions = [rightsFilter(context.keys)];
  const narrowed = (facet: string) => conditions.push(`boardFacets = ${quoted(facet)}`);
  if (query.mine) conditions.push(`boardFacets IN ${list(context.mine)}`);
  if (query.myOrganisation && context.myOrganisation) narrowed(`org:${context.myOrganisation}`);
  if (query.trust && without !== "trust") narrowed(`org:${query.trust}`);
  if (query.place && without !== "place") narrowed(`place:${query.place}`);
  if (query.category && without !== "category") narrowed(`cat:${query.category}`);
  if (query.overdue) conditions.push(`dueAt < ${context.now.getTime()}`);
  const states = context.states ?? (query.state ? [query.state] : undefined);
  if (states && without !== "state") conditions.push(`state IN ${list(states)}`);
  return conditions;
}

/** What a search over everything is narrowed by, each with the attribute of an issue that holds its values. */
export const findAttributes: Readonly<Record<FindFacet, string>> = {
  place: "places",
  organisation: "organisations",
  service: "service",
  category: "categories",
  state: "state",
  harm: "harm",
  year: "year",
  theme: "theme",
};

/** A search as conditions, the viewer's rights first. `without`: as `filterOf`. */
export function findFilterOf(query: FindQuery, keys: readonly string[], without?: FindFacet): string[] {
  const narrowed = findFacets.filter((facet) => query[facet].length > 0 && facet !== without);
  return [rightsFilter(keys), ...narrowed.map((facet) => `${findAttributes[facet]} IN ${list(query[facet])}`)];
}

/** Among these issues only. */
export function amongFilter(ids: readonly string[]): string {
  return `id IN ${list(ids)}`;
}

/** A value between double quotes, in which the engine's grammar wants quotes and backslashes escaped. */
export function quoted(value: string): string {
  return `"${value.replace(/\p{Surrogate}/gu, "\ufffd").replace(/[\\"]/g, "\\$&")}"`;
}

/** No values: nothing matches, which is how somebody without any right is answered. */
function list(values: readonly string[]): string {
  return `[${values.map(quoted).join(", ")}]`;
}
