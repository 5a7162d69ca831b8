/** What a filter says about one field of an index, as ranges of key bytes. */
import { after } from "./bytes";
import { RANKS, rankOf } from "./compare";
import { encodeKeyPart, invert } from "./keys";
import type { MatchNode } from "./match-tree";
import { literalPrefix } from "./regex";
import { isNumber, MAX_KEY, MIN_KEY, Regex, toNumber, UNDEFINED, type Value } from "./values";

/** Keys from `lo` (inclusive) to `hi` (exclusive). A point holds one value. */
export interface Interval {
  lo: Buffer;
  hi: Buffer;
  point: boolean;
}

export interface FieldBounds {
  intervals: Interval[];
  /** The ranges hold exactly what the conditions ask for, so documents need not be looked at. */
  exact: boolean;
  /** Which of the conditions are expressed by these ranges. */
  used: MatchNode[];
}

export interface BoundsField {
  path: string;
  descending: boolean;
  multikey: boolean;
  /** Keys of this index may be cut. */
  cut: boolean;
  /** Bytes that one field of this index may take. */
  limit: number;
}

type Leaf = Extract<MatchNode, { kind: "leaf" }>;

/** The conditions that must all hold: nested $and is flattened. */
export function conjuncts(node: MatchNode): MatchNode[] {
  return node.kind === "and" ? node.nodes.flatMap(conjuncts) : [node];
}

/** The ranges that every document meeting `conditions` must have a key in; undefined when nothing is known. */
export function boundsFor(conditions: readonly MatchNode[], field: BoundsField): FieldBounds | undefined {
  const known: FieldBounds[] = [];
  for (const node of conditions) {
    const b = boundsOfNode(node, field);
    if (b) known.push(b);
  }
  if (known.length === 0) return undefined;
  if (field.multikey) return narrowest(known);
  return known.reduce((a, b) => ({
    intervals: intersect(a.intervals, b.intervals),
    exact: a.exact && b.exact,
    used: [...a.used, ...b.used],
  }));
}

function narrowest(known: FieldBounds[]): FieldBounds {
  const points = known.filter((b) => b.intervals.every((i) => i.point));
  const best = points.sort((a, b) => a.intervals.length - b.intervals.length)[0] ?? known[0]!;
  return best;
}

function boundsOfNode(node: MatchNode, field: BoundsField): FieldBounds | undefined {
  if (node.kind === "leaf") {
    if (node.op === "$elemMatch") return boundsOfElemMatch(node, field);
    if (node.path !== field.path) return undefined;
    const found = boundsOfLeaf(node, field);
    if (!found) return undefined;
    const raw = found.intervals.map((i) => finish(i, field));
    return { intervals: tidy(raw), exact: found.exact && !field.cut, used: [node] };
  }
  if (node.kind === "or") {
    const branches = node.nodes.map((n) => boundsFor(conjuncts(n), field));
    if (branches.some((b) => b === undefined)) return undefined;
    return { intervals: tidy(branches.flatMap((b) => b!.intervals)), exact: false, used: [] };
  }
  return undefined;
}

function boundsOfElemMatch(node: Leaf, field: BoundsField): FieldBounds | undefined {
  if (!node.inner) return undefined;
  const inner = conjuncts(node.inner).flatMap((n): MatchNode[] => {
    if (n.kind !== "leaf" || n.op === "$exists") return [];
    if (n.operand === null) return [];
    return [{ ...n, path: n.path === "" ? node.path : `${node.path}.${n.path}` }];
  });
  const b = boundsFor(inner, field);
  return b && { ...b, exact: false, used: [] };
}

interface Raw {
  lo: Buffer;
  /** Undefined: after the last value of all. */
  hi: Buffer;
  point: boolean;
}

function boundsOfLeaf(leaf: Leaf, field: BoundsField): { intervals: Raw[]; exact: boolean } | undefined {
  const v = leaf.operand;
  switch (leaf.op) {
    case "$eq":
      return equalTo(v, field);
    case "$in": {
      const parts = (v as Value[]).map((x) => (x instanceof Regex ? regexRange(x) : equalTo(x, field)));
      if (parts.some((p) => p === undefined)) return undefined;
      return { intervals: parts.flatMap((p) => p!.intervals), exact: parts.every((p) => p!.exact) };
    }
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      return range(leaf.op, v, field);
    case "$regex":
      return v instanceof Regex ? regexRange(v) : undefined;
    default:
      return undefined;
  }
}

function point(v: Value, field: BoundsField): Raw {
  const { bytes } = encodeKeyPart(v, false, field.limit);
  return { lo: bytes, hi: after(bytes), point: true };
}

function equalTo(v: Value, field: BoundsField): { intervals: Raw[]; exact: boolean } | undefined {
  if (Array.isArray(v)) return undefined;
  if (v === null) return { intervals: [point(UNDEFINED, field), point(null, field)], exact: false };
  return { intervals: [point(v, field)], exact: true };
}

function range(op: string, v: Value, field: BoundsField): { intervals: Raw[]; exact: boolean } | undefined {
  if (Array.isArray(v) || v === MIN_KEY || v === MAX_KEY) return undefined;
  if (v === null) return op.endsWith("e") ? equalTo(null, field) : { intervals: [], exact: true };
  if (isNumber(v) && Number.isNaN(toNumber(v)))
    return op.endsWith("e") ? equalTo(v, field) : { intervals: [], exact: true };
  const rank = rankOf(v);
  // Below every number lies NaN, which no range holds.
  const floor = rank === RANKS.int ? Buffer.from([rank, 1]) : Buffer.from([rank]);
  const ceiling = Buffer.from([rank + 1]);
  const { bytes } = encodeKeyPart(v, false, field.limit);
  if (field.cut || bytes.length > field.limit - 32) {
    const start = bytes.subarray(0, field.limit - 32);
    const raw = op.startsWith("$g") ? { lo: start, hi: ceiling } : { lo: floor, hi: after(start) };
    return { intervals: [{ ...raw, point: false }], exact: false };
  }
  const bounds = {
    $gt: { lo: after(bytes), hi: ceiling },
    $gte: { lo: bytes, hi: ceiling },
    $lt: { lo: floor, hi: bytes },
    $lte: { lo: floor, hi: after(bytes) },
  }[op as "$gt" | "$gte" | "$lt" | "$lte"];
  return { intervals: [{ ...bounds, point: false }], exact: true };
}

function regexRange(r: Regex): { intervals: Raw[]; exact: boolean } {
  const prefix = Buffer.from(literalPrefix(r), "utf8").subarray(0, 16);
  const text = Buffer.concat([Buffer.from([RANKS.string]), prefix]);
  const whole = Buffer.from([RANKS.regex]);
  return {
    intervals: [
      { lo: text, hi: after(text), point: false },
      { lo: whole, hi: after(whole), point: false },
    ],
    exact: false,
  };
}

/** Turns an ascending range into the field's own direction. */
function finish(raw: Raw, field: BoundsField): Interval {
  if (!field.descending) return raw;
  const lo = Buffer.from(raw.lo);
  const hi = Buffer.from(raw.hi);
  invert(lo, 0, lo.length);
  invert(hi, 0, hi.length);
  if (raw.point) return { lo, hi: after(lo), point: true };
  return { lo: after(hi), hi: after(lo), point: false };
}

/** Sorts ranges and joins those that overlap. */
function tidy(intervals: Interval[]): Interval[] {
  const sorted = intervals.filter((i) => Buffer.compare(i.lo, i.hi) < 0).sort((a, b) => Buffer.compare(a.lo, b.lo));
  const out: Interval[] = [];
  for (const next of sorted) {
    const last = out.at(-1);
    if (!last || Buffer.compare(next.lo, last.hi) >= 0) out.push(next);
    else if (Buffer.compare(next.hi, last.hi) > 0) out[out.length - 1] = { lo: last.lo, hi: next.hi, point: false };
  }
  return out;
}

function intersect(a: Interval[], b: Interval[]): Interval[] {
  const out: Interval[] = [];
  for (const x of a) {
    for (const y of b) {
      const lo = Buffer.compare(x.lo, y.lo) >= 0 ? x.lo : y.lo;
      const hi = Buffer.compare(x.hi, y.hi) <= 0 ? x.hi : y.hi;
      if (Buffer.compare(lo, hi) < 0) out.push({ lo, hi, point: x.point || y.point });
    }
  }
  return out;
}
