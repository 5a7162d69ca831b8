/** Array expressions. */
import { compare, equal, isNullish } from "./compare";
import { StoreError } from "./errors";
import {
  checkUserVariable,
  type Evaluate,
  fixed,
  listOf,
  named,
  type Operator,
  ranged,
  untilNull,
  withLocal,
} from "./expression-kit";
import { int32, isDoc, isNumber, isTrue, toWhole, typeName, typeNameOrMissing, type Value } from "./values";

/** A whole number argument; `code` is the error for a fraction, `typeCode` for something else. */
function whole(v: Value | undefined, what: string, code: number, typeCode = code): number {
  if (!isNumber(v)) throw new StoreError(typeCode, `${what} must be numeric, but is ${typeNameOrMissing(v)}`);
  const n = toWhole(v);
  if (n === undefined || n < -2147483648 || n > 2147483647)
    throw new StoreError(code, `${what} must be representable as a 32-bit integer`);
  return n;
}

function at(a: Value[], i: number): Value | undefined {
  return a[i < 0 ? a.length + i : i];
}

const arrayElemAt = fixed(2, ([a, i]) => {
  if (isNullish(a) || isNullish(i)) return null;
  if (!Array.isArray(a))
    throw new StoreError(28689, `$arrayElemAt's first argument must be an array, but is ${typeName(a!)}`);
  return at(a, whole(i, "$arrayElemAt's second argument", 28691, 28690));
});

const end = (which: 0 | -1): Operator =>
  fixed(1, ([a], name) => {
    if (isNullish(a)) return null;
    if (!Array.isArray(a)) throw new StoreError(28689, `${name}'s argument must be an array, but is ${typeName(a!)}`);
    return at(a, which);
  });

const concatArrays = untilNull<Value[]>(
  () => [],
  (all, a) => {
    if (!Array.isArray(a)) throw new StoreError(28664, `$concatArrays only supports arrays, not ${typeName(a)}`);
    return all.concat(a);
  },
  (all) => all,
);

function variableName(v: Value | undefined, otherwise: string): string {
  if (v === undefined) return otherwise;
  if (typeof v !== "string") throw new StoreError(9, "'as' must be a string");
  checkUserVariable(v);
  return v;
}

const filter: Operator = (operand, c, name) => {
  const d = named(operand, name, ["input", "as", "cond", "limit"], { notDoc: 28646, unknown: 28647 });
  if (!d.has("input")) throw new StoreError(28648, "Missing 'input' parameter to $filter");
  if (!d.has("cond")) throw new StoreError(28650, "Missing 'cond' parameter to $filter");
  const as = variableName(d.get("as"), "this");
  const input = c.compile(d.get("input")!);
  const keep = c.within([as], () => c.compile(d.get("cond")!));
  const limit = d.has("limit") ? c.compile(d.get("limit")!) : undefined;
  return (s) => {
    const a = input(s);
    const most = limit ? filterLimit(limit(s)) : Number.POSITIVE_INFINITY;
    if (isNullish(a)) return null;
    if (!Array.isArray(a)) throw new StoreError(28651, `input to $filter must be an array not ${typeName(a!)}`);
    const out: Value[] = [];
    for (const x of a) {
      if (out.length >= most) break;
      if (isTrue(keep(withLocal(s, as, x)))) out.push(x);
    }
    return out;
  };
};

function filterLimit(v: Value | undefined): number {
  if (isNullish(v)) return Number.POSITIVE_INFINITY;
  const n = toWhole(v);
  if (n === undefined || n > 2147483647 || n < -2147483648)
    throw new StoreError(327391, "$filter: limit must be represented as a 32-bit integral value");
  if (n <= 0) throw new StoreError(327392, "$filter: limit must be greater than 0");
  return n;
}

const map: Operator = (operand, c, name) => {
  const d = named(operand, name, ["input", "as", "in"], { notDoc: 16878, unknown: 16879 });
  if (!d.has("input")) throw new StoreError(16880, "Missing 'input' parameter to $map");
  if (!d.has("in")) throw new StoreError(16882, "Missing 'in' parameter to $map");
  const as = variableName(d.get("as"), "this");
  const input = c.compile(d.get("input")!);
  const body = c.within([as], () => c.compile(d.get("in")!));
  return (s) => {
    const a = input(s);
    if (isNullish(a)) return null;
    if (!Array.isArray(a)) throw new StoreError(16883, `input to $map must be an array not ${typeName(a!)}`);
    return a.map((x) => body(withLocal(s, as, x)) ?? null);
  };
};

const reduce: Operator = (operand, c, name) => {
  const d = named(operand, name, ["input", "initialValue", "in"], { notDoc: 40075, unknown: 40076 });
  for (const [key, code] of [
    ["input", 40077],
    ["initialValue", 40078],
    ["in", 40079],
  ] as const) {
    if (!d.has(key)) throw new StoreError(code, `$reduce requires '${key}' to be specified`);
  }
  const input = c.compile(d.get("input")!);
  const initial = c.compile(d.get("initialValue")!);
  const body = c.within(["this", "value"], () => c.compile(d.get("in")!));
  return (s) => {
    const a = input(s);
    if (isNullish(a)) return null;
    if (!Array.isArray(a))
      throw new StoreError(40080, `$reduce requires that 'input' be an array, found: ${typeName(a!)}`);
    let value = initial(s);
    for (const x of a) value = body(withLocal(withLocal(s, "this", x), "value", value));
    return value;
  };
};

const isIn = fixed(2, ([x, a]) => {
  if (!Array.isArray(a))
    throw new StoreError(40081, `$in requires an array as a second argument, found: ${typeNameOrMissing(a)}`);
  return x !== undefined && a.some((v) => equal(v, x));
});

const indexOfArray = ranged(2, 4, ([a, x, from, to]) => {
  if (isNullish(a)) return null;
  if (!Array.isArray(a))
    throw new StoreError(40090, `$indexOfArray requires an array as a first argument, found: ${typeName(a!)}`);
  const start = from === undefined ? 0 : position(from, "starting");
  const stop = to === undefined ? a.length : Math.min(position(to, "ending"), a.length);
  for (let i = start; i < stop; i++) if (x !== undefined && equal(a[i]!, x)) return int32(i);
  return int32(-1);
});

function position(v: Value, what: string): number {
  const n = toWhole(v);
  if (n === undefined || n > 2147483647)
    throw new StoreError(
      9711600,
      `$indexOfArray requires an integral ${what} index, found a value of type: ${typeName(v)}`,
    );
  if (n < 0) throw new StoreError(9711601, `$indexOfArray requires a nonnegative ${what} index, found: ${n}`);
  return n;
}

const size = fixed(1, ([a]) => {
  if (!Array.isArray(a))
    throw new StoreError(17124, `The argument to $size must be an array, but was of type: ${typeNameOrMissing(a)}`);
  return int32(a.length);
});

const slice = ranged(2, 3, ([a, x, y]) => {
  if (isNullish(a) || isNullish(x)) return null;
  if (!Array.isArray(a))
    throw new StoreError(28724, `First argument to $slice must be an array, but is of type: ${typeName(a!)}`);
  const first = whole(x, "Second argument to $slice", 28726, 28725);
  if (y === undefined) return first >= 0 ? a.slice(0, first) : a.slice(first);
  if (isNullish(y)) return null;
  const count = whole(y, "Third argument to $slice", 28728, 28727);
  if (count <= 0) throw new StoreError(28729, `Third argument to $slice must be positive: ${count}`);
  const start = first < 0 ? Math.max(0, a.length + first) : first;
  return a.slice(start, start + count);
});

/** $slice may lack its third argument, but an absent value there is null rather than missing. */
const sliceOperator: Operator = (operand, c, name) => {
  const list = listOf(operand);
  if (list.length !== 3) return slice(operand, c, name);
  const count: Evaluate = c.compile(list[2]!);
  const both = slice(list, c, name);
  return (s) => (count(s) === undefined ? null : both(s));
};

const sets = {
  $setUnion: untilNull<Value[]>(
    () => [],
    (all, a, name) => all.concat(setArgument(a, name)!),
    sortedSet,
  ),
  $setIntersection: untilNull<Value[] | undefined>(
    () => undefined,
    (common, a, name) => {
      const list = setArgument(a, name)!;
      return common?.filter((x) => list.some((y) => equal(x, y))) ?? list;
    },
    (common) => sortedSet(common ?? []),
  ),
  $setDifference: fixed(2, ([a, b], name) => {
    const x = setArgument(a, name);
    const y = setArgument(b, name);
    return x && y ? sortedSet(x.filter((v) => !y.some((w) => equal(v, w)))) : null;
  }),
};

function setArgument(v: Value | undefined, name: string): Value[] | null {
  if (isNullish(v)) return null;
  if (Array.isArray(v)) return v;
  const code = name === "$setUnion" ? 17043 : name === "$setIntersection" ? 17047 : 17048;
  throw new StoreError(code, `All operands of ${name} must be arrays. One argument is of type: ${typeName(v!)}`);
}

function sortedSet(values: Value[]): Value[] {
  const sorted = [...values].sort(compare);
  return sorted.filter((v, i) => i === 0 || !equal(v, sorted[i - 1]!));
}

export const ARRAYS: Record<string, Operator> = {
  $arrayElemAt: arrayElemAt,
  $first: end(0),
  $last: end(-1),
  $concatArrays: concatArrays,
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $in: isIn,
  $indexOfArray: indexOfArray,
  $isArray: fixed(1, ([a]) => Array.isArray(a)),
  $size: size,
  $slice: sliceOperator,
  $reverseArray: fixed(1, ([a]) => {
    if (isNullish(a)) return null;
    if (!Array.isArray(a))
      throw new StoreError(34435, `The argument to $reverseArray must be an array, but was of type: ${typeName(a!)}`);
    return [...a].reverse();
  }),
  ...sets,
  $objectToArray: fixed(1, ([d]) => {
    if (isNullish(d)) return null;
    if (!isDoc(d)) throw new StoreError(40390, `$objectToArray requires a document input, found: ${typeName(d!)}`);
    return [...d].map(
      ([k, v]) =>
        new Map<string, Value>([
          ["k", k],
          ["v", v],
        ]),
    );
  }),
};
