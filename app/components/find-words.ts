import type { FindFacet, FindKind, FindSort } from "../domain/find-query";

/** What can be found, as tabs and groups are headed. */
export const kindNames: Readonly<Record<FindKind, string>> = {
  issues: "Issues",
  replies: "Replies",
  outcomes: "Outcomes",
  services: "Services",
  organisations: "Organisations",
  people: "People",
};

/** One of a kind: "1 person". */
export const kindNamesOfOne: Readonly<Record<FindKind, string>> = {
  issues: "issue",
  replies: "reply",
  outcomes: "outcome",
  services: "service",
  organisations: "organisation",
  people: "person",
};

export const facetNames: Readonly<Record<FindFacet, string>> = {
  place: "Place",
  organisation: "Organisation",
  service: "Service",
  category: "Kind of issue",
  state: "State",
  harm: "Harm",
  year: "Year raised",
  theme: "Theme",
};

export const sortNames: Readonly<Record<FindSort, string>> = {
  relevance: "Best match",
  newest: "Newest",
  oldest: "Oldest",
  affected: "Most organisations",
};
