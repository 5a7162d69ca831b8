import { categories, categoryGroups } from "../../app/domain/category";
import type { Directory } from "../../app/domain/directory";
import type { Finder } from "../../app/domain/find-ports";
import type { FindFacet } from "../../app/domain/find-query";
import { harmNames, harms } from "../../app/domain/issue";
import type { Actor } from "../../app/domain/person";
import { issuesBehind, type ThemeQuery } from "../../app/domain/theme-query";
import type { FilterBar, FilterOption } from "../../app/domain/theme-views";
import { lookingOf } from "./sight";

interface FilterParts {
  directory: Directory;
  finder: Pick<Finder, "find">;
  now(): Date;
}

/**
 * The filter bar: what the directory and the taxonomy offer, with the search engine's counts under the asker's rights.
 * A count of a part of the system (Place, organisation, service), or of anything inside one, stands there only for who
 * sees it exactly.
 */
export async function filterBar(parts: FilterParts, actor: Actor, query: ThemeQuery): Promise<FilterBar> {
  const { directory, finder, now } = parts;
  const looking = lookingOf(directory, actor, query, now());
  const answer = await finder.find(actor, issuesBehind(query));
  const seesParts = looking.sight.kind === "exact";
  const countsOf = (facet: FindFacet, isSeen: boolean) => {
    const counts = new Map(answer.facets[facet].map(({ value, count }) => [value, count]));
    return (value: string) => (isSeen && answer.by === "engine" ? (counts.get(value) ?? null) : null);
  };
  const options = (facet: FindFacet, isSeen: boolean, of: readonly Omit<FilterOption, "count" | "chosen">[]) => {
    const count = countsOf(facet, isSeen);
    const chosen = (value: string) => {
      return facet === "harm" ? query.harm.some((harm) => harm === value) : query[facetName(facet)] === value;
    };
    return of.map((each): FilterOption => ({ ...each, count: count(each.value), chosen: chosen(each.value) }));
  };
  const isExact = looking.seen === "exact";
  return {
    place: options(
      "place",
      seesParts,
      directory.places.map(({ id, name }) => ({ value: id, label: name })),
    ),
    organisation: options("organisation", seesParts, organisationsOf(directory, query)),
    service: options("service", seesParts, servicesOf(directory, query)),
    category: options("category", isExact, [
      ...categoryGroups.map(({ code, name }) => ({ value: code, label: name })),
      ...categories.map(({ code, name, group }) => ({ value: code, label: name, within: group })),
    ]),
    harm: options(
      "harm",
      isExact,
      harms.map((harm) => ({ value: harm, label: harmNames[harm] })),
    ),
    by: answer.by,
  };
}

type OneValued = "place" | "organisation" | "service" | "category" | "theme";

function facetName(facet: FindFacet): OneValued {
  return facet === "place" || facet === "organisation" || facet === "service" || facet === "category" ? facet : "theme";
}

/** Trusts, and the practice that was chosen: nobody picks one of 340 from a list. */
function organisationsOf(directory: Directory, query: ThemeQuery) {
  return directory.organisations
    .filter((each) => (each.kind === "trust" && !each.succeededBy) || each.code === query.organisation)
    .map(({ code, name }) => ({ value: code, label: name }))
    .sort((a, b) => a.label.localeCompare(b.label, "en-GB"));
}

function servicesOf(directory: Directory, query: ThemeQuery) {
  const all = query.organisation ? directory.servicesOf(query.organisation) : directory.services;
  return all
    .map(({ id, name, organisation }) => {
      const owner = directory.organisation(organisation)?.shortName ?? organisation;
      return { value: id, label: query.organisation ? name : `${name}, ${owner}`, within: organisation };
    })
    .sort((a, b) => a.label.localeCompare(b.label, "en-GB"));
}
