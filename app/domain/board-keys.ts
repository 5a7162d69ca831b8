import { categoryGroupOf } from "./category";
import type { Directory } from "./directory";
import { type Issue, isOpen, organisationsConcerned } from "./issue";
import { audienceKeys } from "./permission";
import type { Actor } from "./person";

/**
 * The board's index keys. Rights and filter go into one string, `audience key | facet`, so that one index
 * (boardKeys, state, boardOrder) answers every list of the board for exactly those issues the viewer may know of,
 * in order, without examining any other. Derived from the issue, stored as `boardKeys`, rebuildable by a script.
 */

export type BoardFacet =
  | { kind: "all" }
  | { kind: "mine" }
  /** Owned by one of these posts. */
  | { kind: "posts"; posts: readonly string[] }
  | { kind: "organisation"; organisation: string }
  | { kind: "place"; place: string }
  | { kind: "category"; category: string }
  | { kind: "organisation-and-category"; organisation: string; category: string };

/** Facets an issue is listed under. A category counts under its own code and under its group's. */
export function facetsOf(issue: BoardIssue, directory: Directory): string[] {
  const group = categoryGroupOf(issue.category)?.code ?? issue.category;
  const organisations = organisationsConcerned(issue);
  return [
    "all",
    ...organisations.map((code) => `org:${code}`),
    ...placesOf(issue, directory).map((place) => `place:${place}`),
    `cat:${issue.category}`,
    `cat:${group}`,
    ...organisations.map((code) => `org:${code}+cat:${group}`),
    `post:${issue.owner.post}`,
    ...issue.followers.map((person) => `person:${person}`),
  ];
}

export type BoardIssue = Pick<
  Issue,
  "category" | "raisedFor" | "about" | "owner" | "joined" | "followers" | "audience"
>;

/** Every `audience key | facet` an issue is listed under. */
export function boardKeysOf(issue: BoardIssue, directory: Directory): string[] {
  const facets = [...new Set(facetsOf(issue, directory))];
  return issue.audience.flatMap((key) => facets.map((facet) => `${key}|${facet}`));
}

/** The keys that list what this actor may know of under a facet. */
export function boardKeysFor(actor: Actor, facet: BoardFacet): string[] {
  const names = facetNames(actor, facet);
  return audienceKeys(actor).flatMap((key) => names.map((name) => `${key}|${name}`));
}

/** A facet as an issue is listed under it: several names for "mine", which is a person and every post they hold. */
export function facetNames(actor: Actor, facet: BoardFacet): string[] {
  switch (facet.kind) {
    case "all":
      return ["all"];
    case "mine":
      return [`person:${actor.person}`, ...actor.posts.map((post) => `post:${post}`)];
    case "posts":
      return facet.posts.map((post) => `post:${post}`);
    case "organisation":
      return [`org:${facet.organisation}`];
    case "place":
      return [`place:${facet.place}`];
    case "category":
      return [`cat:${facet.category}`];
    case "organisation-and-category":
      return [`org:${facet.organisation}+cat:${facet.category}`];
  }
}

/**
 * Where an issue stands in its column, smallest first: open issues by what is due first, closed ones by what closed
 * last. One number, so that one index gives both orders.
 */
export function boardOrderOf(issue: Pick<Issue, "state" | "clock" | "closedAt" | "changedAt">): number {
  if (isOpen(issue.state)) return issue.clock?.dueAt.getTime() ?? Number.MAX_SAFE_INTEGER;
  return -(issue.closedAt ?? issue.changedAt).getTime();
}

/** Places an issue counts under: where its practices are; without a practice, where the organisation it is about is. */
export function placesOf(issue: Pick<Issue, "raisedFor" | "about" | "joined">, directory: Directory): string[] {
  const codes = [issue.raisedFor, issue.about.organisation, ...issue.joined.map((each) => each.organisation)];
  const organisations = codes.flatMap((code) => directory.organisation(code) ?? []);
  const practices = organisations.filter((each) => each.kind === "practice");
  return [...new Set((practices.length > 0 ? practices : organisations).flatMap((each) => each.places))];
}
