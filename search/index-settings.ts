import type { Settings } from "meilisearch";
import { dimensions } from "./encoder";
import { exactWords, searchSynonyms } from "./glossary";

/** Raised when documents or settings change in a way that an index made before cannot serve. */
export const settingsVersion = 1;

/** The name of the vector each document carries. */
export const embedder = "words";

/** Hits past this are neither counted nor paged to. */
export const mostHits = 1_000;

/** The whole configuration of the index, applied at start: the same settings twice change nothing. */
export function indexSettings(): Settings {
  return {
    searchableAttributes: ["title", "reference", "names", "body", "replies"],
    filterableAttributes: [
      "id",
      "audience",
      "boardFacets",
      "state",
      "category",
      "places",
      "trusts",
      "organisations",
      "service",
      "harm",
      "dueAt",
      "changedAt",
    ],
    sortableAttributes: ["boardOrder", "changedAt"],
    rankingRules: ["words", "typo", "proximity", "attribute", "sort", "exactness", "changedAt:desc"],
    synonyms: searchSynonyms(),
    // Otherwise `a&g` finds every "a".
    nonSeparatorTokens: ["&"],
    typoTolerance: { disableOnNumbers: true, disableOnWords: exactWords(), disableOnAttributes: ["reference"] },
    embedders: { [embedder]: { source: "userProvided", dimensions } },
    faceting: { maxValuesPerFacet: 200, sortFacetValuesBy: { "*": "count" } },
    pagination: { maxTotalHits: mostHits },
    // Values of facets are counted, never looked for.
    facetSearch: false,
    searchCutoffMs: 250,
  };
}
