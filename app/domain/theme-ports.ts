import type { Issue } from "./issue";
import type { Actor } from "./person";
import type { Region, Spot, Theme, ThemeGroup, ThemeMember, ThemeWishes, TypicalWord } from "./theme";
import type { ThemeDecision } from "./theme-decision";

/** What themes need from the world. Implemented by `app/storage/theme-store`. */

/** A theme as an analysis found it. */
export interface FoundThemeRecord {
  id: string;
  /** Known from before. */
  isKept: boolean;
  group: string;
  label: string;
  words: readonly TypicalWord[];
  region: Region;
  /** Middle of its system-wide issues, less the mean of all, of length one. */
  centroid: Float32Array;
  /** Closeness to the middle that nine in ten of its issues reach. */
  edge: number;
}

/** What one analysis found, with people's decisions applied: saved as a whole. */
export interface ThemeRunRecord {
  /** ULID. */
  id: string;
  startedAt: Date;
  finishedAt: Date;
  /** Version of the encoder whose vectors were read: centroids of another are of no use. */
  encoder: string;
  /** What all texts have in common: taken off a vector before it is held against a centroid. */
  mean: Float32Array;
  themes: readonly FoundThemeRecord[];
  groups: readonly { id: string; isKept: boolean; label: string }[];
  /**
   * Every issue, also those in no theme. `theme` as people want it; `foundIn` what the analysis found, where that
   * differs. `by: "person"` keeps what a person decided.
   */
  members: readonly (Spot & {
    issue: string;
    theme: string | undefined;
    foundIn?: string | undefined;
    closeness: number;
    by?: ThemeMember["by"];
  })[];
}

/** An analysis, for pages: when it ran, over how much, and how far one that runs now has come. */
export interface ThemeRun {
  id: string;
  startedAt: Date;
  finishedAt?: Date;
  /** Why it stopped without a result. */
  failed?: string;
  issues: number;
  themes: number;
  encoder?: string;
  /** What it is doing now, and how far it is, 0 to 1. */
  progress?: { step: string; share: number };
}

/** What an analysis begins from: see `EarlierAnalysis` in search/themes. */
export interface EarlierThemes {
  themeOf: Map<string, string>;
  groupOf: Map<string, string>;
  regions: Map<string, Spot>;
  spots: Map<string, Spot>;
}

/** The middles that a new issue is held against. */
export interface ThemeCentroids {
  encoder: string;
  mean: Float32Array;
  themes: { id: string; centroid: Float32Array; edge: number; region: Region }[];
}

/** Rises with every write: members and themes. A reader that knows the numbers knows whether it is up to date. */
export interface ThemeRevision {
  themes: number;
  members: number;
}

export interface ThemeStore {
  /** Says that an analysis began or how far it is. */
  putRun(run: ThemeRun): Promise<void>;
  /** The newest that finished, and one that runs now, if any. */
  latestRun(): Promise<ThemeRun | null>;
  runningRun(): Promise<ThemeRun | null>;
  /**
   * Saves what an analysis found, a batch at a time; only what changed is written. Stopped half way, saving the same run
   * again finishes it. People's wishes are never touched; a member that a person moved stays where it was put. Themes
   * not found again are marked gone.
   */
  saveRun(run: ThemeRunRecord): Promise<void>;
  /** What the next analysis begins from. Null before the first. */
  earlier(): Promise<EarlierThemes | null>;

  /** Every theme there ever was, also those gone, dismissed or taken in by another. */
  themes(): Promise<Theme[]>;
  theme(id: string): Promise<Theme | null>;
  groups(): Promise<ThemeGroup[]>;
  /** Stores a theme that a person made (a split). */
  insertTheme(theme: Theme, centroid?: { centroid: Float32Array; edge: number; encoder: string }): Promise<void>;
  /** Changes what people decided of a theme, decided on `version`. False: somebody changed it first. */
  saveWishes(
    id: string,
    version: number,
    change: { set: Partial<ThemeWishes>; unset?: readonly Exclude<keyof ThemeWishes, "formerNames">[] },
  ): Promise<boolean>;

  memberOf(issue: string): Promise<ThemeMember | null>;
  membersOf(issues: readonly string[]): Promise<ThemeMember[]>;
  /** All members, in the order of issue ids, so many at once. */
  everyMember(batchSize: number): AsyncIterable<ThemeMember[]>;
  /** Ids of a theme's issues. */
  issuesOf(theme: string): Promise<string[]>;
  putMember(member: ThemeMember): Promise<void>;
  putMembers(members: readonly ThemeMember[]): Promise<void>;
  /** Issues whose member was written after this revision, oldest first. */
  membersSince(revision: number, limit: number): Promise<{ member: ThemeMember; revision: number }[]>;

  centroids(): Promise<ThemeCentroids | null>;
  revision(): Promise<ThemeRevision>;
}

export interface ThemeDecisionStore {
  /** Adds a decision. False: one was made on that version of the theme before. */
  append(decision: ThemeDecision): Promise<boolean>;
  /** Every decision there ever was, in the order they were made. */
  all(): Promise<ThemeDecision[]>;
}

/** What commands on themes need. */
export interface ThemeDesk {
  themes: Pick<ThemeStore, "theme" | "saveWishes" | "issuesOf" | "membersOf" | "putMembers">;
  decisions: ThemeDecisionStore;
  /** Whether the actor may know of an issue in it, or of the theme itself where it has none. */
  isKnown(actor: Actor, theme: string): Promise<boolean>;
  /** Has pages and search see what was decided, and these issues where they are now. */
  show(members: readonly ThemeMember[]): Promise<void>;
}

/** What is counted of an issue. No text. */
export type IssueFacts = Pick<
  Issue,
  "id" | "reference" | "raisedAt" | "raisedFor" | "about" | "category" | "harm" | "state" | "resolution" | "audience"
> & {
  /** Post of whoever raised it: through it, the service that speaks for a trust. */
  raisedByPost?: string;
  joined: { organisation: string; post?: string; at: Date }[];
};

export interface FactSource {
  /** Facts of every issue, a batch at a time, in the order of ids. */
  everyFact(batchSize: number): AsyncIterable<IssueFacts[]>;
  factsOf(ids: readonly string[]): Promise<IssueFacts[]>;
}

export interface ThemeAssigner {
  /** Puts a new issue with its nearest theme, and has this issue counted as it is now. May be done twice. */
  assign(issue: Issue): Promise<void>;
}

/** A change that was made, or is being tried: an upright line on the chart of its theme. */
export interface Intervention {
  id: string;
  theme: string;
  /** London calendar day. */
  date: string;
  /** What was changed, in a person's words. */
  cause: string;
  /** Limits begin anew from here. */
  rebases: boolean;
  /** The improvement project it belongs to. */
  project?: string;
}

/** A project, as a theme's page and the report list it. */
export interface ProjectSummary {
  id: string;
  theme: string;
  title: string;
  aim: string;
  owner: string;
  state: string;
  startedAt: Date;
}

/** Implemented by the improvement store. */
export interface InterventionSource {
  interventionsOf(themes: readonly string[]): Promise<Intervention[]>;
  projectsOf(themes: readonly string[]): Promise<ProjectSummary[]>;
}
