/** The stages of a pipeline that work on many documents. Each takes a stream of documents and gives one. */
import { type Accumulator, type AccumulatorField, compileAccumulator } from "./accumulators";
import { encodedSize } from "./bson-write";
import { StoreError } from "./errors";
import { type CompiledExpression, compileExpression, type Variables } from "./expression";
import { fieldPath } from "./expression-kit";
import { encodeKey } from "./keys";
import { compileFilter } from "./matcher";
import { parseSort, Sorter, sortKey } from "./sorting";
import { type Stream, TICK } from "./stream";
import {
  clone,
  type Doc,
  doc,
  int32,
  isDoc,
  isNumber,
  type NumberValue,
  toNumber,
  toWhole,
  typeName,
  type Value,
  wholeNumber,
} from "./values";

export type Stage = (input: Stream<Doc>) => Stream<Doc>;

/** A stage and the top-level fields it reads; `null` when it may read any or passes others on. */
export interface CompiledStage {
  run: Stage;
  fields: ReadonlySet<string> | null;
}

/** Applies `work` to each document and keeps what it returns. */
export function eachDocument(work: (d: Doc) => Doc | undefined): Stage {
  return function* (input) {
    for (const d of input) {
      if (d === TICK) yield TICK;
      else {
        const out = work(d as Doc);
        yield out ?? TICK;
      }
    }
  };
}

/** Reads everything, then gives what `finish` makes of it. */
export function collecting<S>(
  start: () => S,
  take: (state: S, d: Doc) => void,
  finish: (state: S) => Iterable<Doc>,
): Stage {
  return function* (input) {
    const state = start();
    let n = 0;
    for (const d of input) {
      if (d === TICK) yield TICK;
      else {
        take(state, d as Doc);
        if (++n % 32 === 0) yield TICK;
      }
    }
    yield* finish(state);
  };
}

export function matchStage(spec: Value, variables: Variables): CompiledStage {
  if (!isDoc(spec)) throw new StoreError(15959, "the match filter must be an expression in an object");
  const matcher = compileFilter(spec, { variables });
  return { run: eachDocument((d) => (matcher.matches(d) ? d : undefined)), fields: null };
}

function isBeyondInt64(v: NumberValue): boolean {
  return typeof v !== "bigint" && Math.abs(toNumber(v)) >= 2 ** 63;
}

export function skipCount(spec: Value): number {
  const n = isNumber(spec) ? toWhole(spec) : undefined;
  if (!isNumber(spec)) throw new StoreError(5107200, "invalid argument to $skip stage: Expected a number");
  if (n === undefined || isBeyondInt64(spec))
    throw new StoreError(5107200, "invalid argument to $skip stage: Expected an integer");
  if (n < 0) throw new StoreError(5107200, "invalid argument to $skip stage: Expected a non-negative number");
  return n;
}

export function limitCount(spec: Value): number {
  if (!isNumber(spec)) throw new StoreError(5107201, "invalid argument to $limit stage: Expected a number");
  const n = toWhole(spec);
  if (n === undefined || isBeyondInt64(spec))
    throw new StoreError(5107201, "invalid argument to $limit stage: Expected an integer");
  if (n < 0) throw new StoreError(5107201, "invalid argument to $limit stage: Expected a non-negative number");
  if (n === 0) throw new StoreError(15958, "the limit must be positive");
  return n;
}

export function skipStage(n: number): CompiledStage {
  return {
    fields: null,
    run: function* (input) {
      let left = n;
      for (const d of input) yield d === TICK || left-- > 0 ? TICK : d;
    },
  };
}

export function limitStage(n: number): CompiledStage {
  return {
    fields: null,
    run: function* (input) {
      let left = n;
      for (const d of input) {
        yield d;
        if (d !== TICK && --left === 0) return;
      }
    },
  };
}

export function sortStage(spec: Value, wanted: number): CompiledStage {
  if (!isDoc(spec)) throw new StoreError(15973, "the $sort key specification must be an object");
  if (spec.size === 0) throw new StoreError(15976, "$sort stage must have at least one sort key");
  if (spec.has("$natural")) throw new StoreError(16410, "FieldPath field names may not start with '$'.");
  const sort = parseSort(spec);
  const run = collecting(
    () => new Sorter<Doc>(sort, wanted, encodedSize),
    (s, d) => s.add(sortKey(d, sort), d),
    (s) => s.sorted(),
  );
  return { run, fields: null };
}

export function countStage(spec: Value): CompiledStage {
  if (typeof spec !== "string") throw new StoreError(40156, "the count field must be a non-empty string");
  if (spec === "") throw new StoreError(40157, "the count field must be a non-empty string");
  if (spec.startsWith("$")) throw new StoreError(40158, "the count field cannot be a $-prefixed path");
  if (spec.includes("\0")) throw new StoreError(40159, "the count field cannot contain a null byte");
  if (spec.includes(".")) throw new StoreError(40160, "the count field cannot contain '.'");
  if (spec === "_id") throw new StoreError(9039800, "the count field cannot be '_id'");
  const run = collecting(
    () => ({ n: 0 }),
    (s) => {
      s.n++;
    },
    (s) => (s.n === 0 ? [] : [new Map([[spec, wholeNumber(s.n)]])]),
  );
  return { run, fields: new Set() };
}

interface Group {
  id: Value;
  parts: Accumulator[];
}

export function groupStage(spec: Value, variables: Variables): CompiledStage {
  if (!isDoc(spec)) throw new StoreError(15947, "a group's fields must be specified in an object");
  if (!spec.has("_id")) throw new StoreError(15955, "a group specification must include an _id");
  const id = compileExpression(checkedId(spec.get("_id")!), variables);
  const fields = [...spec].filter(([k]) => k !== "_id").map(([k, v]) => compileAccumulator(k, v, variables));
  const run = collecting(
    () => new Map<string, Group>(),
    (groups, d) => addToGroup(groups, id.evaluate(d) ?? null, fields, d),
    (groups) => finishGroups(groups, fields),
  );
  return { run, fields: union([id, ...fields.map((f) => f.expression)]) };
}

/** A number or boolean in a document of keys would read as the inclusion of a field. */
function checkedId(id: Value): Value {
  if (isDoc(id) && !id.keys().next().value?.startsWith("$")) {
    for (const v of id.values())
      if (isNumber(v) || typeof v === "boolean")
        throw new StoreError(17390, "$group does not support inclusion-style expressions");
  }
  return id;
}

/** Groups held at once; each costs memory. */
const MOST_GROUPS = 500_000;

function addToGroup(groups: Map<string, Group>, id: Value, fields: AccumulatorField[], d: Doc): void {
  const key = typeof id === "string" ? id : `\0${encodeKey(id).toString("latin1")}`;
  let group = groups.get(key);
  if (!group) {
    if (groups.size >= MOST_GROUPS) throw new StoreError(292, "Exceeded memory limit for $group");
    group = { id, parts: fields.map((f) => f.make()) };
    groups.set(key, group);
  }
  for (let i = 0; i < fields.length; i++) group.parts[i]!.add(fields[i]!.expression.evaluate(d));
}

function* finishGroups(groups: Map<string, Group>, fields: AccumulatorField[]): Generator<Doc> {
  for (const g of groups.values()) {
    const out: Doc = new Map([["_id", g.id]]);
    for (const [i, f] of fields.entries()) out.set(f.name, g.parts[i]!.result() ?? null);
    yield out;
  }
}

function union(parts: CompiledExpression[]): ReadonlySet<string> | null {
  const all = new Set<string>();
  for (const p of parts) {
    if (!p.fields) return null;
    for (const f of p.fields) all.add(f);
  }
  return all;
}

export function sortByCountStages(spec: Value, variables: Variables): CompiledStage[] {
  const operator = isDoc(spec) && spec.size > 0 && spec.keys().next().value!.startsWith("$");
  if (isDoc(spec) && !operator)
    throw new StoreError(
      40147,
      "the sortByCount field must be defined as a $-prefixed path or an expression inside an object",
    );
  if (typeof spec === "string" && !spec.startsWith("$"))
    throw new StoreError(
      40148,
      "the sortByCount field must be defined as a $-prefixed path or an expression inside an object",
    );
  if (!operator && typeof spec !== "string")
    throw new StoreError(40149, "the sortByCount field must be specified as a string or as an object");
  const group = doc({ _id: spec, count: doc({ $sum: int32(1) }) });
  return [groupStage(group, variables), sortStage(doc({ count: -1 }), 0)];
}

interface Unwind {
  parts: string[];
  index: string | undefined;
  keepEmpty: boolean;
}

export function unwindStage(spec: Value): CompiledStage {
  const u = parseUnwind(spec);
  return {
    fields: null,
    run: function* (input) {
      for (const d of input) {
        if (d === TICK) yield TICK;
        else yield* unwound(d as Doc, u);
      }
    },
  };
}

function parseUnwind(spec: Value): Unwind {
  if (typeof spec !== "string" && !isDoc(spec))
    throw new StoreError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${typeName(spec)}`,
    );
  const d = isDoc(spec) ? spec : doc({ path: spec });
  for (const k of d.keys()) {
    if (!["path", "includeArrayIndex", "preserveNullAndEmptyArrays"].includes(k))
      throw new StoreError(28811, `unrecognized option to $unwind stage: ${k}`);
  }
  const path = d.get("path");
  if (path === undefined) throw new StoreError(28812, "no path specified to $unwind stage");
  if (typeof path !== "string")
    throw new StoreError(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`);
  const keep = d.get("preserveNullAndEmptyArrays");
  if (keep !== undefined && typeof keep !== "boolean")
    throw new StoreError(28809, "expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage");
  const index = d.get("includeArrayIndex");
  if (index !== undefined && (typeof index !== "string" || index === ""))
    throw new StoreError(28810, "expected a non-empty string for the includeArrayIndex option to $unwind stage");
  if (typeof index === "string" && index.startsWith("$"))
    throw new StoreError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`,
    );
  if (path === "") throw new StoreError(28812, "no path specified to $unwind stage");
  if (path === "$") throw new StoreError(40352, "FieldPath cannot be constructed with empty string");
  if (!path.startsWith("$"))
    throw new StoreError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (typeof index === "string") fieldPath(index);
  return { parts: fieldPath(path.slice(1)), index, keepEmpty: keep === true };
}

function* unwound(d: Doc, u: Unwind): Generator<Doc> {
  const v = plainValue(d, u.parts);
  if (!Array.isArray(v) || v.length === 0) {
    const nothing = v === undefined || v === null || Array.isArray(v);
    if (nothing && !u.keepEmpty) return;
    const out = clone(d);
    if (Array.isArray(v)) removeAt(out, u.parts);
    yield u.index ? withField(out, u.index.split("."), null) : out;
    return;
  }
  for (const [i, x] of v.entries()) {
    const out = withValue(d, u.parts, 0, x);
    yield u.index ? withField(out, u.index.split("."), BigInt(i)) : out;
  }
}

/** A copy with the field set; what is not a document on the way to it gives way to one, as stages have it. */
export function withField(d: Doc, parts: readonly string[], v: Value): Doc {
  const [part, ...rest] = parts as [string, ...string[]];
  const inner = d.get(part);
  return new Map(d).set(part, rest.length === 0 ? v : withField(isDoc(inner) ? inner : new Map(), rest, v));
}

/** The value at a path that goes through documents only. */
function plainValue(d: Doc, parts: readonly string[]): Value | undefined {
  let at: Value | undefined = d;
  for (const p of parts) at = isDoc(at) ? at.get(p) : undefined;
  return at;
}

function withValue(d: Doc, parts: readonly string[], i: number, v: Value): Doc {
  const out = new Map(d);
  const part = parts[i]!;
  out.set(part, i === parts.length - 1 ? v : withValue(d.get(part) as Doc, parts, i + 1, v));
  return out;
}

function removeAt(d: Doc, parts: readonly string[]): void {
  const parent = parts.length === 1 ? d : plainValue(d, parts.slice(0, -1));
  if (isDoc(parent)) parent.delete(parts.at(-1)!);
}
