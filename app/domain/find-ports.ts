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

/** A row of an export: what the viewer may see of an issue, in words. */
export type ExportRow = readonly string[];

/** Search over everything. Rights stand before ranking, counting, marking and suggesting; nothing here throws for them. */
export interface Finder {
  find(actor: Actor, query: FindQuery, cursor?: string): Promise<FindAnswer>;
  quick(actor: Actor, text: string): Promise<QuickAnswer>;
  /** Issues a search finds, at most `mostExported`, for whoever `mayExport`. `of`: how many there are, as far as known. */
  export(actor: Actor, query: FindQuery): Promise<{ summaries: IssueSummary[]; of: number; by: "engine" | "basic" }>;
  /** The viewer's own saved searches, the newest first. Kept and taken away by commands. */
  saved: { list(actor: Actor): Promise<SavedSearch[]> };
}

/** The most a person can keep. */
export const mostSavedSearches = 20;
