import type { Author } from "./issue";
import type { PlacedBy, ThemeMember, ThemeWishes } from "./theme";

/**
 * What people decide about themes. Decisions are only ever added: what a theme is called, or where an issue stands, is
 * worked out from those that stand, so that every later analysis comes to the same.
 */

/** One decision. A theme's version it was made on is its own: of two on the same version the first one counts. */
export type ThemeDecision = Decided & {
  theme: string;
  /** What the theme was called then. */
  themeName: string;
  /** Version of the theme that it was decided on. */
  version: number;
  by: Author;
  at: Date;
};

export type Decided =
  | { kind: "name"; name: string }
  | { kind: "describe"; description: string }
  | { kind: "confirm" }
  | { kind: "pin" }
  | { kind: "dismiss"; why: string }
  | { kind: "merge"; into: string; intoName: string }
  | { kind: "move"; issue: string; into: string; intoName: string }
  /** Takes back the decision made on that version of the theme. */
  | { kind: "undo"; of: number };

export type DecisionKind = Decided["kind"];

/** Longest texts of a decision, in characters. */
export const decisionLimits = { name: 80, description: 600, why: 300 } as const;

/** Decisions that were not taken back, in the order they were made. */
export function standing(decisions: readonly ThemeDecision[]): ThemeDecision[] {
  const undone = new Set(decisions.flatMap((each) => (each.kind === "undo" ? [keyOf(each.theme, each.of)] : [])));
  return decisions.filter((each) => each.kind !== "undo" && !undone.has(keyOf(each.theme, each.version))).sort(byOrder);
}

/** What people want of this theme, out of all decisions: the newest that stands of each kind. */
export function wishesOf(theme: string, decisions: readonly ThemeDecision[]): Omit<ThemeWishes, "formerNames"> {
  const wishes: Omit<ThemeWishes, "formerNames"> = {};
  for (const each of standing(decisions)) {
    if (each.theme !== theme) continue;
    const { by, at } = each;
    if (each.kind === "name") wishes.name = each.name;
    else if (each.kind === "describe") wishes.description = each.description;
    else if (each.kind === "confirm") wishes.confirmed = { by, at };
    else if (each.kind === "pin") wishes.pinned = { by, at };
    else if (each.kind === "dismiss") wishes.dismissed = { by, at, why: each.why };
  }
  const mergedInto = mergesOf(decisions).get(theme);
  return { ...wishes, ...(mergedInto ? { mergedInto } : {}) };
}

/** The merge or dismissal that has to be taken back before anything else is decided about this theme. */
export function closingDecision(theme: string, decisions: readonly ThemeDecision[]): ThemeDecision | undefined {
  return standing(decisions).find((each) => each.theme === theme && (each.kind === "merge" || each.kind === "dismiss"));
}

/** Where an issue stands once people have decided. */
export interface Placement {
  /** As people want it. */
  theme: string | undefined;
  /** What was found. */
  foundIn: string | undefined;
  by: PlacedBy;
}

/** Where issues belong after these decisions: the last move of an issue counts, and merged themes are one. */
export function placing(
  decisions: readonly ThemeDecision[],
): (issue: string, foundIn: string | undefined, by: PlacedBy) => Placement {
  const merges = mergesOf(decisions);
  const moves = new Map<string, string>();
  for (const each of standing(decisions)) if (each.kind === "move") moves.set(each.issue, each.into);
  return (issue, foundIn, by) => {
    const moved = moves.get(issue);
    const wanted = moved ?? foundIn;
    return {
      theme: wanted === undefined ? undefined : lastOf(wanted, merges),
      foundIn,
      by: moved === undefined ? by : "person",
    };
  };
}

/** Members as people want them now, those that change alone. */
export function replaced(members: readonly ThemeMember[], decisions: readonly ThemeDecision[]): ThemeMember[] {
  const place = placing(decisions);
  return members.flatMap((member) => {
    const { theme: before, foundIn, ...kept } = member;
    const found = foundIn ?? (member.by === "person" ? undefined : before);
    const after = place(member.issue, found, member.by === "person" ? "analysis" : member.by);
    if (after.theme === before && after.by === member.by) return [];
    return [
      {
        ...kept,
        by: after.by,
        ...(after.theme === undefined ? {} : { theme: after.theme }),
        ...(after.foundIn === undefined ? {} : { foundIn: after.foundIn }),
      },
    ];
  });
}

/** What an analysis found, with people's decisions applied: a moved issue stays moved, merged themes stay one. */
export function applyDecisions<M extends { issue: string; theme: string | undefined }, F extends { members: M[] }>(
  found: F,
  decisions: readonly ThemeDecision[],
): F & { members: (M & { foundIn?: string | undefined; by?: PlacedBy })[] } {
  const place = placing(decisions);
  const members = found.members.map((member) => {
    const { theme, foundIn, by } = place(member.issue, member.theme, "analysis");
    return { ...member, theme, foundIn, by };
  });
  return { ...found, members };
}

/** The theme that took in each of these. A merge that would close a circle is none. */
function mergesOf(decisions: readonly ThemeDecision[]): Map<string, string> {
  const merges = new Map<string, string>();
  for (const each of standing(decisions))
    if (each.kind === "merge" && !leadsTo(each.into, each.theme, merges)) merges.set(each.theme, each.into);
  return merges;
}

function leadsTo(from: string, to: string, merges: ReadonlyMap<string, string>): boolean {
  for (let at: string | undefined = from; at !== undefined; at = merges.get(at)) if (at === to) return true;
  return false;
}

/** The theme that holds what was in this one: there are no circles. */
function lastOf(theme: string, merges: ReadonlyMap<string, string>): string {
  let last = theme;
  for (let next = merges.get(last); next !== undefined; next = merges.get(last)) last = next;
  return last;
}

function keyOf(theme: string, version: number): string {
  return `${theme} ${version}`;
}

/** By when, then by theme and version: the same order wherever they are read. */
function byOrder(a: ThemeDecision, b: ThemeDecision): number {
  if (a.at.getTime() !== b.at.getTime()) return a.at.getTime() - b.at.getTime();
  if (a.theme !== b.theme) return a.theme < b.theme ? -1 : 1;
  return a.version - b.version;
}
