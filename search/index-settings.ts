import type { Settings } from "meilisearch";
import { mostFound } from "../app/domain/find-query";
import { exactWords, searchSynonyms } from "./glossary";
import { dimensions } from "./joined-vector";

/** Raised when documents or settings change in a way that an index made before cannot serve. */
export const settingsVersion = 2;

/** The name of the vector each document carries. */
export const embedder = "joined";

/** Hits past this are neither counted nor paged to. */
export const mostHits = mostFound;

/** The whole configuration of the index, applied at start: the same settings twice change nothing. */
export function indexSettings(): Settings {
  return {
    searchableAttributes: ["title", "reference", "names", "body", "outcome", "joined", "replies"],
    filterableAttributes: [
      "id",
      "audience",
      "boardFacets",
      "state",
      "category",
      "categories",
      "places",
      "trusts",
      "organisations",
      "service",
      "harm",
      "year",
      "theme",
      "dueAt",
      "changedAt",
      "repliedAt",
      "outcomeAt",
    ],
    sortableAttributes: ["boardOrder", "changedAt", "raisedAt", "repliedAt", "outcomeAt", "affected"],
    // An order is only asked for where it goes before how well a text matches.
    rankingRules: ["sort", "words", "typo", "proximity", "attribute", "exactness", "changedAt:desc"],
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
