import { categories, categoryGroupOf, categoryOf } from "../app/domain/category";
import type { Directory } from "../app/domain/directory";
import type { FacetValue, FindAnswer } from "../app/domain/find-ports";
import { type FindFacet, type FindQuery, findFacets } from "../app/domain/find-query";
import { type Harm, harmNames, harms, type IssueState, issueStates, stateNames } from "../app/domain/issue";
import type { FoundInIndex } from "./find-in-index";

/** Values shown of one facet: the chosen ones and the most frequent of the others. */
const mostValues = 30;

export function noFacetValues(): FindAnswer["facets"] {
  return { place: [], organisation: [], service: [], category: [], state: [], harm: [], year: [], theme: [] };
}

/** Where values have their names from. */
interface Names {
  directory: Directory;
  themeNames: ReadonlyMap<string, string>;
}

/** Counted values with their names, the most frequent first; states, harm and years in their own order. */
export function facetValues(counts: FoundInIndex["facets"], query: FindQuery, names: Names): FindAnswer["facets"] {
  const facets = noFacetValues();
  for (const facet of findFacets) facets[facet] = valuesOf(facet, counts[facet] ?? {}, query, names);
  return facets;
}

function valuesOf(
  facet: FindFacet,
  counts: Readonly<Record<string, number>>,
  query: FindQuery,
  names: Names,
): FacetValue[] {
  const chosen: readonly string[] = query[facet];
  // A theme that people dismissed or that was taken in by another is offered no more.
  const offered = Object.keys(counts).filter((value) => facet !== "theme" || names.themeNames.has(value));
  const all = [...new Set([...chosen, ...offered])].map((value) => {
    const within = facet === "category" ? groupOf(value) : undefined;
    return {
      value,
      label: labelOf(facet, value, names),
      count: Object.hasOwn(counts, value) ? (counts[value] ?? 0) : 0,
      chosen: chosen.includes(value),
      ...(within ? { within } : {}),
    };
  });
  const kept = facet === "category" ? all : mostOf(all);
  return kept.sort((a, b) => rankOf(facet, a) - rankOf(facet, b) || a.label.localeCompare(b.label, "en-GB"));
}

function mostOf(all: readonly FacetValue[]): FacetValue[] {
  const byCount = [...all].sort((a, b) => Number(b.chosen) - Number(a.chosen) || b.count - a.count);
  return byCount.slice(0, Math.max(mostValues, byCount.filter((each) => each.chosen).length));
}

function rankOf(facet: FindFacet, { value, count }: FacetValue): number {
  switch (facet) {
    case "state":
      return rankIn(issueStates, value);
    case "harm":
      return rankIn(harms, value);
    case "year":
      return -Number(value);
    default:
      return -count;
  }
}

/** The group that a kind of issue is in; undefined for a group itself. */
function groupOf(value: string): string | undefined {
  return categories.some((each) => each.code === value) ? categoryGroupOf(value)?.code : undefined;
}

function labelOf(facet: FindFacet, value: string, { directory, themeNames }: Names): string {
  switch (facet) {
    case "place":
      return directory.place(value)?.name ?? value;
    case "organisation":
      return directory.organisation(value)?.name ?? value;
    case "service":
      return serviceLabel(value, directory);
    case "category":
      return categoryOf(value)?.name ?? categoryGroupOf(value)?.name ?? value;
    case "state":
      return isState(value) ? stateNames[value] : value;
    case "harm":
      return isHarm(value) ? harmNames[value] : value;
    case "theme":
      return themeNames.get(value) ?? "A theme that is no more";
    case "year":
      return value;
  }
}

function serviceLabel(id: string, directory: Directory): string {
  const service = directory.service(id);
  if (!service) return id;
  return `${service.name}, ${directory.organisation(service.organisation)?.shortName ?? service.organisation}`;
}

function isState(value: string): value is IssueState {
  return issueStates.some((each) => each === value);
}

function isHarm(value: string): value is Harm {
  return harms.some((each) => each === value);
}

function rankIn(order: readonly string[], value: string): number {
  return order.indexOf(value);
}
