import type { HitView } from "../../components/search-hit-view";
import type { FindFacet, FindKind } from "../../domain/find-query";

/** A link that is on or off: a tab, an order. */
export interface ChoiceView {
  name: string;
  to: string;
  chosen: boolean;
}

export interface FacetValueView {
  label: string;
  count: string;
  chosen: boolean;
  to: string;
  /** A kind within the group above it. */
  part: boolean;
}

export interface FacetView {
  facet: FindFacet;
  name: string;
  values: readonly FacetValueView[];
}

/** The first few of another kind, under what was asked for. */
export interface BesideView {
  kind: FindKind;
  count: string;
  hits: readonly HitView[];
  to: string;
}

/** Everything the page of a search shows. Its addresses are made on the server: one search has one. */
export interface SearchView {
  text: string;
  /** The text looks like a patient's number: nothing was looked for. */
  identifier: boolean;
  kind: FindKind | null;
  hits: readonly HitView[];
  beside: readonly BesideView[];
  /** "124 issues", "Nothing". */
  found: string;
  by: "engine" | "basic";
  narrowedTo: number | null;
  someWords: boolean;
  tabs: readonly (ChoiceView & { count: string | null })[];
  sorts: readonly ChoiceView[];
  facets: readonly FacetView[];
  /** What is narrowed, each with the way to widen it. */
  narrowed: readonly { facet: string; label: string; to: string }[];
  /** The same without being narrowed. Null when it is not. */
  cleared: string | null;
  /** The rest of the address, for the form. */
  keep: readonly (readonly [string, string])[];
  next: string | null;
  /** The first page, on a further one. */
  first: string | null;
  exportTo: string | null;
  save: SaveView | null;
  saved: readonly { id: string; name: string; to: string }[];
}

/** Whether the search can be kept, and how it is. */
export interface SaveView {
  query: string;
  name: string;
  savedAs: string | null;
  /** Only issues come in anew: other kinds cannot be told of. */
  mayTell: boolean;
}
