import type { Author } from "./issue";

/**
 * Themes: what many issues have in common. What an analysis finds (members, words, places on the map) is derived and
 * found anew; what people decide (names, merges, dismissals) is stored and outlives every analysis.
 */

/** A place on the map. Neighbouring dots of a theme are one apart; the axes mean nothing. */
export interface Spot {
  x: number;
  y: number;
}

export interface Region extends Spot {
  radius: number;
}

export interface TypicalWord {
  /** As people write it. */
  word: string;
  /** How many times more often texts of the theme hold it than other texts. */
  times: number;
}

/** A person's decision about a theme, with when it was made. */
export interface DecidedBy {
  by: Author;
  at: Date;
}

/** What people decided about a theme. Written by commands alone. */
export interface ThemeWishes {
  /** Takes the place of the label. */
  name?: string;
  description?: string;
  confirmed?: DecidedBy;
  pinned?: DecidedBy;
  dismissed?: DecidedBy & { why: string };
  /** The theme that took in this one. */
  mergedInto?: string;
  /** Names and labels it went by before, newest last, and until when. */
  formerNames: { name: string; until: Date }[];
}

export interface Theme extends ThemeWishes {
  /** ULID: the same through every analysis that finds it again. */
  id: string;
  /** Counts the decisions of people; a command compares the version it was decided on. */
  version: number;
  /** The group of themes it belongs to. */
  group: string;
  /** Out of its typical words. */
  label: string;
  words: TypicalWord[];
  region: Region;
  foundAt: Date;
  lastFoundAt: Date;
  /** The newest analysis did not find it. */
  gone: boolean;
}

export interface ThemeGroup {
  id: string;
  label: string;
  foundAt: Date;
  lastFoundAt: Date;
  gone: boolean;
}

/** Who put an issue in its theme: an analysis, the nearest middle when it was new, or a person. */
export type PlacedBy = "analysis" | "nearest" | "person";

/** Where one issue stands. Every issue that was ever placed has one, also those in no theme. */
export interface ThemeMember extends Spot {
  issue: string;
  /** As people want it. */
  theme?: string;
  /** What the analysis found, before anybody's decision: the next analysis begins from it. */
  foundIn?: string;
  /** Closeness to the middle of its theme, from -1 to 1. */
  closeness: number;
  by: PlacedBy;
  at: Date;
}

/** What a page calls a theme. */
export function themeName(theme: Pick<Theme, "name" | "label">): string {
  return theme.name ?? theme.label;
}

/** A former name is shown for so long beside the new one. */
const formerNamesShownMs = 30 * 24 * 3_600_000;

/** Names it went by until lately: its link stays, and people look for what they knew it as. */
export function formerNamesShown(theme: Pick<Theme, "formerNames">, now: Date): string[] {
  return theme.formerNames
    .filter(({ until }) => now.getTime() - until.getTime() < formerNamesShownMs)
    .map(({ name }) => name);
}

/** Whether a theme is listed: found, or kept by people; neither dismissed nor taken in by another. */
export function isListed(theme: Pick<Theme, "gone" | "confirmed" | "pinned" | "dismissed" | "mergedInto">): boolean {
  if (theme.dismissed || theme.mergedInto) return false;
  return !theme.gone || theme.confirmed !== undefined || theme.pinned !== undefined;
}
