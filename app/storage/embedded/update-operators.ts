/** What each update operator makes of the value at its path. */
import { compare, compareOrNull, equal } from "./compare";
import { StoreError } from "./errors";
import { calculate, plainNumber } from "./expression-arithmetic";
import { isOperatorDoc } from "./match-operators";
import { elementMatches, type MatchNode, testElement } from "./match-tree";
import { type MatchContext, parseField, parseFilter } from "./matcher";
import { sortCandidates, splitPath } from "./paths";
import {
  BsonDate,
  Int32,
  int32,
  isDoc,
  isNumber,
  Regex,
  Timestamp,
  toNumber,
  toWhole,
  typeName,
  type Value,
} from "./values";

/** The new value; `undefined` removes the field, KEEP leaves it as it is. */
export type Change = (old: Value | undefined, path: string) => Value | undefined | typeof KEEP;
export const KEEP = Symbol("keep");

const noVariables: MatchContext = { variables: new Map(), within: "update" };

/** Builds the change that an operator with this operand makes at a path; checks the operand. */
export function buildChange(op: string, path: string, operand: Value, nowMs: number): Change {
  switch (op) {
    case "$set":
    case "$setOnInsert":
      return () => operand;
    case "$unset":
      return () => undefined;
    case "$inc":
    case "$mul":
      return arithmetic(op, operand, path);
    case "$min":
      return (old) => (old === undefined || compare(operand, old) < 0 ? operand : KEEP);
    case "$max":
      return (old) => (old === undefined || compare(operand, old) > 0 ? operand : KEEP);
    case "$currentDate":
      return currentDate(operand, nowMs);
    case "$push":
      return push(operand);
    case "$addToSet":
      return addToSet(operand);
    case "$pull":
      return pull(operand);
    case "$pullAll":
      return pullAll(operand);
    case "$pop":
      return pop(operand);
    case "$bit":
      return bit(operand);
    default:
      throw new StoreError(
        9,
        `Unknown modifier: ${op}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
  }
}

function arithmetic(op: "$inc" | "$mul", operand: Value, path: string): Change {
  const verb = op === "$inc" ? "increment" : "multiply";
  if (!isNumber(operand)) throw new StoreError(14, `Cannot ${verb} with non-numeric argument: {${path}}`);
  return (old) => {
    const by = plainNumber(operand);
    if (old === undefined) return op === "$inc" ? operand : zeroLike(by);
    if (!isNumber(old))
      throw new StoreError(
        14,
        `Cannot apply ${op} to a value of non-numeric type. The field '${path}' is of type ${typeName(old)}`,
      );
    const from = plainNumber(old);
    const result = calculate(op === "$inc" ? "+" : "*", from, by);
    const whole = typeof from !== "number" && typeof by !== "number";
    if (whole && typeof result === "number")
      throw new StoreError(2, `Failed to apply ${op} operations to current value`);
    return typeName(result) === typeName(old) && compare(result, old) === 0 ? KEEP : result;
  };
}

function zeroLike(n: number | bigint | Int32): Value {
  if (typeof n === "number") return 0;
  return n instanceof Int32 ? int32(0) : 0n;
}

function currentDate(operand: Value, nowMs: number): Change {
  const date = () => new BsonDate(nowMs);
  if (typeof operand === "boolean") return date;
  if (!isDoc(operand)) {
    throw new StoreError(
      2,
      `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  for (const key of operand.keys())
    if (key !== "$type") throw new StoreError(2, `Unrecognized $currentDate option: ${key}`);
  const type = operand.get("$type");
  if (type === "date") return date;
  if (type === "timestamp") return () => new Timestamp((BigInt(Math.floor(nowMs / 1000)) << 32n) | 1n);
  throw new StoreError(
    2,
    "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
  );
}

function arrayOrNew(op: string, old: Value | undefined, path: string): Value[] {
  if (old === undefined) return [];
  if (Array.isArray(old)) return old;
  if (op === "$addToSet")
    throw new StoreError(
      2,
      `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeName(old)}`,
    );
  throw new StoreError(2, `The field '${path}' must be an array but is of type ${typeName(old)} in the document`);
}

function push(operand: Value): Change {
  if (!isDoc(operand) || !operand.has("$each")) {
    return (old, path) => [...arrayOrNew("$push", old, path), operand];
  }
  const each = operand.get("$each")!;
  if (!Array.isArray(each)) throw new StoreError(2, "The argument to $each in $push must be an array");
  for (const key of operand.keys()) {
    if (!["$each", "$slice", "$sort", "$position"].includes(key))
      throw new StoreError(2, `Unrecognized clause in $push: ${key}`);
  }
  const slice = wholeOption(operand.get("$slice"), "$slice");
  const position = wholeOption(operand.get("$position"), "$position");
  const order = operand.has("$sort") ? pushOrder(operand.get("$sort")!) : undefined;
  return (old, path) => {
    const a = [...arrayOrNew("$push", old, path)];
    a.splice(
      position === undefined ? a.length : position < 0 ? Math.max(0, a.length + position) : position,
      0,
      ...each,
    );
    if (order) a.sort(order);
    if (slice === undefined) return a;
    return slice >= 0 ? a.slice(0, slice) : a.slice(slice);
  };
}

function wholeOption(v: Value | undefined, name: string): number | undefined {
  if (v === undefined) return undefined;
  const n = toWhole(v);
  if (n === undefined)
    throw new StoreError(2, `The value for ${name} must be an integer value but was given type: ${typeName(v)}`);
  return n;
}

function pushOrder(spec: Value): (a: Value, b: Value) => number {
  if (isNumber(spec)) {
    const n = toNumber(spec);
    if (n !== 1 && n !== -1) throw new StoreError(2, "The $sort element value must be either 1 or -1");
    return (a, b) => compare(a, b) * n;
  }
  if (!isDoc(spec))
    throw new StoreError(
      2,
      "The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields",
    );
  if (spec.size === 0) throw new StoreError(2, "The $sort pattern is empty when it should be a set of fields.");
  const fields = [...spec].map(([path, v]) => {
    if (path === "" || path.startsWith(".") || path.endsWith(".") || path.includes(".."))
      throw new StoreError(2, "The $sort field is a dotted field but has an empty part");
    const n = isNumber(v) ? toNumber(v) : 0;
    if (n !== 1 && n !== -1) throw new StoreError(2, "The $sort element value must be either 1 or -1");
    return { parts: splitPath(path), n };
  });
  const key = (v: Value, parts: readonly string[], n: number): Value | undefined => {
    if (!isDoc(v)) return undefined;
    const found = sortCandidates(v, parts);
    return found.reduce((best, x) => (compareOrNull(x, best) * n < 0 ? x : best));
  };
  return (a, b) => {
    for (const { parts, n } of fields) {
      const order = compareOrNull(key(a, parts, n), key(b, parts, n)) * n;
      if (order !== 0) return order;
    }
    return 0;
  };
}

function addToSet(operand: Value): Change {
  let each = [operand];
  if (isDoc(operand) && operand.keys().next().value === "$each") {
    const list = operand.get("$each")!;
    if (!Array.isArray(list))
      throw new StoreError(
        14,
        `The argument to $each in $addToSet must be an array but it was of type ${typeName(list)}`,
      );
    if (operand.size > 1) throw new StoreError(2, "Found unexpected fields after $each in $addToSet");
    each = list;
  }
  return (old, path) => {
    const a = [...arrayOrNew("$addToSet", old, path)];
    for (const x of each) if (!a.some((y) => equal(x, y))) a.push(x);
    return old !== undefined && a.length === (old as Value[]).length ? KEEP : a;
  };
}

function mustBeArray(op: string, old: Value, path: string): Value[] {
  if (Array.isArray(old)) return old;
  if (op === "$pop")
    throw new StoreError(14, `Path '${path}' contains an element of non-array type '${typeName(old)}'`);
  throw new StoreError(2, `Cannot apply ${op} to a non-array value`);
}

function pull(operand: Value): Change {
  const drop = pullTest(operand);
  return (old, path) => {
    if (old === undefined) return KEEP;
    const a = mustBeArray("$pull", old, path);
    const kept = a.filter((x) => !drop(x));
    return kept.length === a.length ? KEEP : kept;
  };
}

/** Operators that ask of a whole document rather than of a value. */
const OF_DOCUMENTS = ["$and", "$or", "$nor", "$expr", "$comment", "$where", "$text", "$jsonSchema"];

function pullTest(operand: Value): (x: Value) => boolean {
  const ofValues = isOperatorDoc(operand) && !OF_DOCUMENTS.includes(operand.keys().next().value ?? "");
  if (operand instanceof Regex || ofValues) {
    const node: MatchNode = { kind: "and", nodes: parseField("", operand, noVariables) };
    return (x) => testElement(node, x);
  }
  if (!isDoc(operand)) return (x) => equal(x, operand);
  const node: MatchNode = { kind: "and", nodes: parseFilter(operand, noVariables) };
  return (x) => elementMatches(node, x);
}

function pullAll(operand: Value): Change {
  if (!Array.isArray(operand))
    throw new StoreError(2, `$pullAll requires an array argument but was given a ${typeName(operand)}`);
  return (old, path) => {
    if (old === undefined) return KEEP;
    const a = mustBeArray("$pullAll", old, path);
    const kept = a.filter((x) => !operand.some((y) => equal(x, y)));
    return kept.length === a.length ? KEEP : kept;
  };
}

function pop(operand: Value): Change {
  const n = toWhole(operand);
  if (!isNumber(operand)) throw new StoreError(9, `Expected a number in: $pop`);
  if (n !== 1 && n !== -1) throw new StoreError(9, `$pop expects 1 or -1, found: ${String(n)}`);
  return (old, path) => {
    if (old === undefined) return KEEP;
    const a = mustBeArray("$pop", old, path);
    if (a.length === 0) return KEEP;
    return n === 1 ? a.slice(0, -1) : a.slice(1);
  };
}

function bit(operand: Value): Change {
  if (!isDoc(operand))
    throw new StoreError(
      2,
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  if (operand.size === 0)
    throw new StoreError(
      2,
      "You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}",
    );
  const steps = [...operand].map(([name, v]) => {
    if (!["and", "or", "xor"].includes(name))
      throw new StoreError(
        2,
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}}`,
      );
    if (!(v instanceof Int32) && typeof v !== "bigint")
      throw new StoreError(2, "The $bit modifier field must be an Integer(32/64 bit)");
    return { name, by: v };
  });
  return (old) => steps.reduce<Value>((at, s) => bitStep(at, s.name, s.by), old ?? int32(0));
}

function bitStep(old: Value, name: string, by: Int32 | bigint): Value {
  if (!(old instanceof Int32) && typeof old !== "bigint") {
    throw new StoreError(2, `Cannot apply $bit to a value of non-integral type ${typeName(old)}`);
  }
  const x = BigInt(old instanceof Int32 ? old.value : old);
  const y = BigInt(by instanceof Int32 ? by.value : by);
  const result = name === "and" ? x & y : name === "or" ? x | y : x ^ y;
  return old instanceof Int32 && by instanceof Int32 ? int32(Number(result)) : result;
}
