import type { Actor } from "./person";
import { londonDay } from "./working-days";

/**
 * Small numbers. ICB leads, and Place leads for their own Place, see exact counts; everyone else sees those outside their
 * own organisation rounded to the nearest 5, and under 5 (0 included) withheld. Counts over the whole system are exact
 * for all.
 *
 * Three things keep a withheld count from being worked out, whatever answers are put side by side:
 * 1. A part of the system (Place, organisation, service) is counted for others over one fixed window of whole months.
 *    Any narrower filter (harm, kind, other dates) withholds it, so no two answers about a part can be subtracted.
 * 2. Within a row, what could be reckoned from the exact whole, from the rounded parts and from one's own organisation is
 *    reckoned here first; where a part is then left with one possible value, no part of that row is shown.
 * 3. Totals over rows are sums of the rounded cells: they tell nothing that the cells do not.
 */
export type Shown = { kind: "exact"; value: number } | { kind: "rounded"; value: number } | { kind: "withheld" };

/** The whole system, or a part of it. Its parts, where given, cover it completely and do not overlap. */
export interface Part {
  id: string;
  count: number;
  /** The viewer sees this part exactly. */
  exact: boolean;
  parts?: readonly Part[];
}

export interface ShownPart {
  id: string;
  shown: Shown;
  parts: ShownPart[];
}

export type Sight = { kind: "exact" } | { kind: "partly"; places: readonly string[]; organisation?: string };

/** The twelve whole months before this one, London's calendar: the one window over which parts are counted for others. */
export function countedWindow(now: Date): { from: string; until: string } {
  const until = `${londonDay(now).slice(0, 7)}-01`;
  return { from: `${Number(until.slice(0, 4)) - 1}${until.slice(4)}`, until };
}

/** What of the system this person sees exactly. */
export function sightOf(actor: Pick<Actor, "role" | "places" | "organisation">): Sight {
  if (actor.role === "icb-medical-director") return { kind: "exact" };
  const places = actor.role === "place-lead" ? actor.places : [];
  return { kind: "partly", places, ...(actor.organisation ? { organisation: actor.organisation } : {}) };
}

/** Whether a part is seen exactly: it is the viewer's organisation, or lies wholly in Places they lead. */
export function seesExactly(sight: Sight, part: { organisation?: string; places: readonly string[] }): boolean {
  if (sight.kind === "exact") return true;
  if (part.organisation !== undefined && part.organisation === sight.organisation) return true;
  return part.places.length > 0 && part.places.every((place) => sight.places.includes(place));
}

/** A count as those see it who may not see it exactly. */
export function roundedCount(count: number): Shown {
  return count < 5 ? { kind: "withheld" } : { kind: "rounded", value: 5 * Math.round(count / 5) };
}

/**
 * One row as it may leave the server: the whole system, such as a theme's reports, with its parts. `narrowed` says that
 * a filter besides the row and the part is set, or other dates than the fixed window: then no part leaves but those seen
 * exactly. Where a part could be reckoned, none of the row leaves but those seen exactly: which are withheld depends on
 * nothing that is not shown, so that knowing this rule tells nothing. Where the whole has one part alone that is not seen
 * exactly, the whole is withheld too.
 */
export function guarded(whole: Part, narrowed: boolean): ShownPart {
  const root: Part = { ...whole, exact: true };
  const withoutParts = cellOf(root, () => ({ kind: "withheld" }));
  // Were all parts under 5, would the whole tell them, as 8 tells two that each is 4? This looks at what everyone knows.
  if (!narrowed && !isTold(withoutParts, 4)) {
    const row = cellOf(root, roundedCount);
    if (!isTold(row, 4)) return shownOf(row);
  }
  if (isTold(withoutParts, whole.count)) withoutParts.shown = { kind: "withheld" };
  return shownOf(withoutParts);
}

/** The sum of what is shown, such as a column's total: exact only when all of it is. */
export function sumShown(all: readonly Shown[]): Shown {
  let value = 0;
  for (const shown of all) if (shown.kind !== "withheld") value += shown.value;
  if (all.every((shown) => shown.kind === "exact")) return { kind: "exact", value };
  return all.every((shown) => shown.kind === "withheld") ? { kind: "withheld" } : { kind: "rounded", value };
}

interface Cell {
  id: string;
  shown: Shown;
  parts: Cell[];
}

interface Bounds {
  cell: Cell;
  low: number;
  high: number;
  parts: Bounds[];
}

function cellOf({ id, count, exact, parts = [] }: Part, othersSee: (count: number) => Shown): Cell {
  const shown: Shown = exact ? { kind: "exact", value: count } : othersSee(count);
  return { id, shown, parts: parts.map((part) => cellOf(part, othersSee)) };
}

/** Whether a part that may not be seen exactly could be reckoned. Nothing at all is no secret. */
function isTold(root: Cell, withheldMost: number): boolean {
  const bounds = lowerFirst(root, withheldMost);
  upperNext(bounds);
  return some(bounds, ({ cell, low, high }) => cell.shown.kind !== "exact" && low === high && low > 0);
}

/** What each cell can be by itself and by its parts. */
function lowerFirst(cell: Cell, withheldMost: number): Bounds {
  const parts = cell.parts.map((part) => lowerFirst(part, withheldMost));
  const [low, high] = readingOf(cell.shown, withheldMost);
  if (parts.length === 0) return { cell, low, high, parts };
  return { cell, low: Math.max(low, sumOf(parts, "low")), high: Math.min(high, sumOf(parts, "high")), parts };
}

/** What is left of it once the cell above is known too. In a tree of sums, up and then down finds the true bounds. */
function upperNext(bounds: Bounds): void {
  const low = sumOf(bounds.parts, "low");
  const high = sumOf(bounds.parts, "high");
  const tightened = bounds.parts.map((part) => ({
    low: Math.max(part.low, bounds.low - (high - part.high)),
    high: Math.min(part.high, bounds.high - (low - part.low)),
  }));
  bounds.parts.forEach((part, i) => {
    Object.assign(part, tightened[i]);
    upperNext(part);
  });
}

/** The counts that a shown one can stand for. */
function readingOf(shown: Shown, withheldMost: number): [number, number] {
  if (shown.kind === "withheld") return [0, withheldMost];
  if (shown.kind === "exact") return [shown.value, shown.value];
  return [Math.max(5, shown.value - 2), shown.value + 2];
}

function sumOf(all: readonly Bounds[], end: "low" | "high"): number {
  return all.reduce((sum, each) => sum + each[end], 0);
}

function some(bounds: Bounds, holds: (each: Bounds) => boolean): boolean {
  return holds(bounds) || bounds.parts.some((part) => some(part, holds));
}

function shownOf(cell: Cell): ShownPart {
  return { id: cell.id, shown: cell.shown, parts: cell.parts.map(shownOf) };
}
