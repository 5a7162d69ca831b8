import type { FindFacet, FindKind, FindQuery } from "./find-query";
import type { Actor } from "./person";
import type { IssueSummary, TextRun } from "./ports";

/** One thing that was found, by its kind. Runs of text are marked where they matched. */
export type FindHit =
  /** `title` and the excerpt come from the index; `summary` is read again from the store for whoever asks. */
  | { kind: "issues"; summary: IssueSummary; title: readonly TextRun[]; excerpt: readonly TextRun[] }
  /** A reply both sides see. Its place on the issue's page is `#ID`. */
  | { kind: "replies"; summary: IssueSummary; reply: { id: string }; excerpt: readonly TextRun[] }
  /** What changed, and for whom. */
  | { kind: "outcomes"; summary: IssueSummary; excerpt: readonly TextRun[] }
  | {
      kind: "services";
      id: string;
      organisation: { code: string; name: string };
      name: readonly TextRun[];
      detail: readonly TextRun[];
    }
  | { kind: "organisations"; code: string; name: readonly TextRun[]; detail: readonly TextRun[] }
  /** The posts held today: "GP, Audlem Medical Practice". */
  | {
      kind: "people";
      person: string;
      name: readonly TextRun[];
      detail: readonly TextRun[];
      posts: readonly { post: string; title: string; organisation: { code: string; name: string } }[];
    };

export interface FacetValue {
  /** As it stands in the URL. */
  value: string;
  label: string;
  /** How many answers it would give, among what the viewer may know of, were this facet not narrowed. */
  count: number;
  chosen: boolean;
  /** The value this one is part of: a kind's group of kinds. */
  within?: string;
}

export interface FindAnswer {
  /**
   * A page of what was asked for. For everything (no kind) these are issues; `beside` then holds the first few of each
   * other kind that has any, on the first page only.
   */
  hits: FindHit[];
  beside: { kind: FindKind; hits: FindHit[]; total: number }[];
  /** How many of each kind: the tabs. A kind that could not be looked for is absent. Stops at `mostFound`. */
  counts: Partial<Record<FindKind, number>>;
  total: number;
  /**
   * Values that occur, the most frequent first, chosen ones always among them. Empty for the directory's kinds, and
   * where nothing was counted.
   */
  facets: Record<FindFacet, FacetValue[]>;
  /** `some`: nothing holds every word, so these hold some of them, the rarest first. */
  matched: "all" | "some";
  /** `basic`: the engine is away and the store answered, within the newest `narrowedTo` where that is set. */
  by: "engine" | "basic";
  narrowedTo?: number;
  /** Opaque; pass it back for the next page. Absent on the last. */
  next?: string;
}

/** A few of each kind, while somebody types. Kinds without any are left out. */
export interface QuickAnswer {
  groups: { kind: FindKind; hits: FindHit[]; total: number }[];
  by: "engine" | "basic";
}

export interface SavedSearch {
  id: string;
  name: string;
  query: FindQuery;
  /** Whether its owner is told of issues that come to match. */
  tells: boolean;
  savedAt: Date;
}

export interface FoundForExport {
  summaries: IssueSummary[];
  isWhole: boolean;
  by: "engine" | "basic";
}

/** A saved search with what decides whom it tells of what. */
export interface StoredSearch extends SavedSearch {
  person: string;
  /**
   * Issues it found when it was saved: they are nothing new. `too-many` where those were more than are kept, or could
   * not be looked for: then only issues raised since are new.
   */
  known: readonly string[] | "too-many";
}

export interface SavedSearchStore {
  /** A person's own, the newest first. */
  list(person: string): Promise<SavedSearch[]>;
  /** Adds or replaces one of this person's. `too-many`: they keep as many as they can. */
  put(search: StoredSearch): Promise<"saved" | "too-many">;
  /** False when this person has none with this id. */
  remove(person: string, id: string): Promise<boolean>;
  /** Every search whose owner wants to be told, a batch at a time, without what it knew. */
  telling(batchSize: number): AsyncIterable<Omit<StoredSearch, "known">[]>;
  /** Which of these issues are nothing new to a search. */
  knewOf(id: string, issues: readonly { id: string; raisedAt: Date }[]): Promise<string[]>;
}

/** Search over everything. Rights stand before ranking, counting, marking and suggesting; nothing here throws for them. */
export interface Finder {
  find(actor: Actor, query: FindQuery, cursor?: string): Promise<FindAnswer>;
  quick(actor: Actor, text: string): Promise<QuickAnswer>;
  /** The issues of what a search finds, in its order, at most `mostExported`. `isWhole`: there are no more. */
  export(actor: Actor, query: FindQuery): Promise<FoundForExport>;
  /** The viewer's own saved searches, the newest first. Kept and taken away by commands. */
  saved: { list(actor: Actor): Promise<SavedSearch[]> };
}

/** The most a person can keep. */
export const mostSavedSearches = 20;
