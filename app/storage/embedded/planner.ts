/** Chooses how to reach the documents of a query: by record, by an index, by several, or by reading them all. */
import { boundsFor, conjuncts, type FieldBounds, type Interval } from "./bounds";
import { after, u32 } from "./bytes";
import type { Collection, Index } from "./catalogue";
import type { Engine } from "./engine";
import { StoreError } from "./errors";
import { partLimit } from "./keys";
import type { MatchNode } from "./match-tree";
import type { Matcher } from "./matcher";
import { impliesPartial } from "./partial";
import { topField } from "./paths";

export interface SortField {
  path: string;
  descending: boolean;
}

/** Keys from `lo` to `hi`; `prefix` bytes at the front are constant within a range of a merged scan. */
export interface KeyRange {
  lo: Buffer;
  hi: Buffer;
  prefix: number;
}

export interface IndexPlan {
  kind: "index";
  index: Index;
  ranges: KeyRange[];
  reverse: boolean;
  /** The scan yields documents in the order asked for. */
  sorted: boolean;
  /** Ranges are read side by side, lowest remaining key first. */
  merge: boolean;
  /** Index keys alone decide the filter. */
  exact: boolean;
  bounds: Map<string, Interval[]>;
}
export type Plan =
  | IndexPlan
  | { kind: "collection"; sorted: boolean; reverse: boolean }
  | { kind: "or"; plans: IndexPlan[]; sorted: false }
  | { kind: "none"; sorted: true };

export interface PlanRequest {
  collection: Collection;
  matcher: Matcher;
  sort: SortField[];
  /** skip + limit, or 0 for all. */
  wanted: number;
  hint?: Index | "natural" | undefined;
}

/** More ranges than this are not read side by side. */
const MAX_RANGES = 1000;
const TRIAL_KEYS = 128;

export function plan(engine: Engine, request: PlanRequest): Plan {
  const { collection, hint, matcher } = request;
  const natural = naturalPlan(request.sort);
  if (hint === "natural" || natural)
    return natural ?? { kind: "collection", sorted: request.sort.length === 0, reverse: false };
  const conditions = conjuncts(matcher.root);
  if (hint) return indexPlan(hint, conditions, request, true)?.plan ?? refuseHint();
  const candidates: Candidate[] = [];
  for (const index of collection.indexes) {
    const c = indexPlan(index, conditions, request, false);
    if (c?.unique) return c.plan;
    if (c) candidates.push(c);
  }
  if (candidates.length > 0) return choose(engine, candidates, request);
  return orPlan(conditions, request) ?? { kind: "collection", sorted: request.sort.length === 0, reverse: false };
}

function refuseHint(): never {
  throw new StoreError(2, "error processing query: hint provided does not correspond to an existing index");
}

function naturalPlan(sort: SortField[]): Plan | undefined {
  const first = sort[0];
  if (first?.path !== "$natural") return undefined;
  return { kind: "collection", sorted: true, reverse: first.descending };
}

interface Candidate {
  plan: IndexPlan;
  score: number;
  /** A unique index met by one value for each of its fields. */
  unique: boolean;
}

function indexPlan(
  index: Index,
  conditions: MatchNode[],
  request: PlanRequest,
  forced: boolean,
): Candidate | undefined {
  if (index.partial && !impliesPartial(conditions, index.partial)) return undefined;
  const perField = fieldBounds(index, conditions);
  if (index.sparse && !forced && !sparseUsable(index, conditions, perField)) return undefined;
  const { points, range } = usable(perField);
  const combos = points.reduce((n, b) => n * b.intervals.length, 1);
  if (combos === 0 || range?.intervals.length === 0) return emptyPlan(index);
  const order = sortOrder(index, points, request.sort);
  const bounded = points.length > 0 || range !== undefined;
  if (!forced && !bounded && !(order && request.sort.length > 0) && !index.partial && !index.sparse) return undefined;
  const used = [...points, ...(range ? [range] : [])];
  const sorted = request.sort.length === 0 || order !== undefined;
  const plan: IndexPlan = {
    kind: "index",
    index,
    ranges: keyRanges(index, points, range),
    reverse: order?.reverse ?? false,
    sorted,
    merge: order?.merge === true && combos > 1,
    exact: used.every((b) => b.exact) && coversAll(conditions, used),
    bounds: new Map(used.map((b, i) => [index.fields[i]!.path, b.intervals])),
  };
  const unique = index.unique && points.length === index.fields.length && combos === 1;
  const score =
    points.length * 10 + (range ? 5 : 0) + (order && request.sort.length > 0 ? 8 : 0) - index.fields.length * 0.1;
  return { plan, score, unique: unique && !index.sparse && !index.partial };
}

function emptyPlan(index: Index): Candidate {
  const plan: IndexPlan = {
    kind: "index",
    index,
    ranges: [],
    reverse: false,
    sorted: true,
    merge: false,
    exact: true,
    bounds: new Map(),
  };
  return { plan, score: 1000, unique: true };
}

function fieldBounds(index: Index, conditions: MatchNode[]): (FieldBounds | undefined)[] {
  const limit = partLimit(index.fields.length);
  const boundArrays = new Set<string>();
  return index.fields.map((f, i) => {
    const multikey = index.multikey[i] === true;
    // Two fields under one array: two conditions may be met by two different elements, so only one may narrow.
    if (multikey && boundArrays.has(topField(f.path))) return undefined;
    const b = boundsFor(conditions, { ...f, multikey, cut: index.cut, limit });
    if (b && multikey) boundArrays.add(topField(f.path));
    return b;
  });
}

/** Leading fields bound to points, and the range on the field behind them. */
function usable(perField: (FieldBounds | undefined)[]): { points: FieldBounds[]; range: FieldBounds | undefined } {
  const points: FieldBounds[] = [];
  let combos = 1;
  for (const b of perField) {
    if (!b) return { points, range: undefined };
    const size = combos * Math.max(1, b.intervals.length);
    if (!b.intervals.every((i) => i.point) || size > MAX_RANGES) return { points, range: b };
    combos = size;
    points.push(b);
  }
  return { points, range: undefined };
}

/** A sparse index leaves documents out that have none of its fields: some condition must rule those out. */
function sparseUsable(index: Index, conditions: MatchNode[], perField: (FieldBounds | undefined)[]): boolean {
  return index.fields.some((f, i) => {
    const named = conditions.some((n) => n.kind === "leaf" && n.path === f.path && rulesOutMissing(n));
    return named || (perField[i]?.used.some((n) => n.kind === "leaf" && rulesOutMissing(n)) ?? false);
  });
}

function rulesOutMissing(n: Extract<MatchNode, { kind: "leaf" }>): boolean {
  return !n.test(undefined);
}

function coversAll(conditions: MatchNode[], used: FieldBounds[]): boolean {
  return conditions.every((n) => used.some((b) => b.used.includes(n)));
}

function keyRanges(index: Index, points: FieldBounds[], range: FieldBounds | undefined): KeyRange[] {
  let prefixes: Buffer[] = [u32(index.id)];
  for (const b of points) prefixes = prefixes.flatMap((p) => b.intervals.map((i) => Buffer.concat([p, i.lo])));
  return prefixes.flatMap((p) =>
    range
      ? range.intervals.map((i) => ({ lo: Buffer.concat([p, i.lo]), hi: Buffer.concat([p, i.hi]), prefix: p.length }))
      : [{ lo: p, hi: after(p), prefix: p.length }],
  );
}

/** Whether a scan of the index gives the sort order: as the ranges follow each other, or by merging them. */
function sortOrder(
  index: Index,
  points: FieldBounds[],
  sort: SortField[],
): { reverse: boolean; merge: boolean } | undefined {
  if (sort.length === 0) return { reverse: false, merge: false };
  if (index.cut) return undefined;
  const constant = (path: string): boolean => {
    const i = index.fields.findIndex((f) => f.path === path);
    return i >= 0 && i < points.length && points[i]!.intervals.length === 1 && !index.multikey[i];
  };
  const varying = sort.filter((s) => !constant(s.path));
  const single = points.findIndex((b) => b.intervals.length !== 1);
  const lead = single < 0 ? points.length : single;
  const inSequence = follows(index, lead, varying);
  if (inSequence !== undefined) return { reverse: inSequence, merge: false };
  const merged = follows(index, points.length, varying);
  return merged === undefined ? undefined : { reverse: merged, merge: true };
}

/** True when the index from field `from` on runs backwards through the sort, false when forwards, undefined if neither. */
function follows(index: Index, from: number, sort: SortField[]): boolean | undefined {
  let reverse: boolean | undefined;
  for (const [i, s] of sort.entries()) {
    const f = index.fields[from + i];
    if (!f || f.path !== s.path || index.multikey[from + i]) return undefined;
    const against = f.descending !== s.descending;
    if (reverse !== undefined && reverse !== against) return undefined;
    reverse = against;
  }
  return reverse ?? false;
}

function choose(engine: Engine, candidates: Candidate[], request: PlanRequest): Plan {
  candidates.sort((a, b) => b.score - a.score);
  if (candidates.length === 1) return candidates[0]!.plan;
  let best = candidates[0]!;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const c of candidates.slice(0, 6)) {
    const cost = expectedCost(engine, c.plan, request);
    if (cost < bestCost) {
      best = c;
      bestCost = cost;
    }
  }
  return best.plan;
}

/** A cheap guess: keys in the ranges up to a limit, more when a sort is still to do. */
function expectedCost(engine: Engine, p: IndexPlan, request: PlanRequest): number {
  let keys = 0;
  for (const r of p.ranges.slice(0, 24)) {
    keys += engine.keys("index", r.lo, r.hi, TRIAL_KEYS - keys).length;
    if (keys >= TRIAL_KEYS) break;
  }
  if (p.ranges.length > 24 && keys < TRIAL_KEYS) keys = Math.min(TRIAL_KEYS, (keys * p.ranges.length) / 24);
  const full = keys >= TRIAL_KEYS;
  if (p.sorted && request.wanted > 0 && p.exact) keys = Math.min(keys, request.wanted);
  else if (full) keys *= 10 / (1 + p.bounds.size * 2);
  return p.sorted ? keys : keys * 1.5 + (full ? 200 : 0);
}

/** An $or whose every branch has an index of its own. */
function orPlan(conditions: MatchNode[], request: PlanRequest): Plan | undefined {
  for (const node of conditions) {
    if (node.kind !== "or") continue;
    const plans: IndexPlan[] = [];
    for (const branch of node.nodes) {
      const best = request.collection.indexes
        .map((index) => indexPlan(index, conjuncts(branch), { ...request, sort: [] }, false))
        .filter((c) => c !== undefined)
        .sort((a, b) => b.score - a.score)[0];
      if (!best || best.plan.bounds.size === 0) break;
      plans.push({ ...best.plan, exact: false });
    }
    if (plans.length === node.nodes.length) return { kind: "or", plans, sorted: false };
  }
  return undefined;
}
