/** The operators of a query on one path. */
import { compare, equal, RANKS, rankOf } from "./compare";
import { outsideSubset, StoreError } from "./errors";
import type { MatchNode, Test } from "./match-tree";
import { toRegExp } from "./regex";
import {
  BsonSymbol,
  Decimal128,
  type Doc,
  isDoc,
  isNumber,
  isTrue,
  MAX_KEY,
  MIN_KEY,
  type NumberValue,
  Regex,
  TYPE_NUMBERS,
  type TypeName,
  toNumber,
  toWhole,
  typeName,
  UNDEFINED,
  type Value,
} from "./values";

type Leaf = Extract<MatchNode, { kind: "leaf" }>;

/** Parses one operator; `siblings` are the operators beside it ($options belongs to $regex). */
export function parseOperator(path: string, op: string, operand: Value, siblings: Doc): MatchNode {
  const leaf = (test: Test, looks: Leaf["looks"] = "each", shown: Value = operand): Leaf => ({
    kind: "leaf",
    path,
    op,
    operand: shown,
    looks,
    test,
  });
  switch (op) {
    case "$eq":
      return leaf(equalTest(operand));
    case "$ne":
      if (operand instanceof Regex) throw new StoreError(2, "Can't have regex as arg to $ne.");
      return { kind: "not", node: { ...leaf(equalTest(operand)), op: "$eq" } };
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      if (operand instanceof Regex)
        throw new StoreError(2, `Can't have RegEx as arg to predicate over field '${path}'.`);
      return leaf(rangeTest(op, operand));
    case "$in":
      return leaf(inTest(op, operand));
    case "$nin":
      return { kind: "not", node: { ...leaf(inTest(op, operand)), op: "$in" } };
    case "$exists":
      return parseExists(leaf, operand);
    case "$type":
      return leaf(typeTest(operand), "each");
    case "$size":
      return leaf(sizeTest(operand), "whole");
    case "$mod":
      return leaf(modTest(operand));
    case "$regex": {
      const r = regexOperand(operand, siblings);
      return leaf(regexTest(r), "each", r);
    }
    case "$bitsAllSet":
    case "$bitsAllClear":
    case "$bitsAnySet":
    case "$bitsAnyClear":
      throw outsideSubset(op);
    default:
      throw new StoreError(2, `unknown operator: ${op}`);
  }
}

function equalTest(operand: Value): Test {
  if (operand === null) return (v) => v === undefined || v === null;
  if (operand === UNDEFINED) throw new StoreError(2, "cannot compare to undefined");
  if (typeof operand === "string") return (v) => v === operand || (v instanceof BsonSymbol && v.value === operand);
  return (v) => v !== undefined && equal(v, operand);
}

function rangeTest(op: string, operand: Value): Test {
  if (operand === UNDEFINED) throw new StoreError(2, "cannot compare to undefined");
  const inclusive = op.endsWith("e");
  const wanted = op.startsWith("$g") ? 1 : -1;
  if (operand === null) return (v) => inclusive && (v === undefined || v === null);
  const rank = rankOf(operand);
  const anyType = operand === MIN_KEY || operand === MAX_KEY;
  const nan = isNumber(operand) && Number.isNaN(toNumber(operand));
  return (v) => {
    if (v === undefined) return anyType && rangeHolds(compare(null, operand), wanted, inclusive);
    if (!anyType && rankOf(v) !== rank) return false;
    const order = compare(v, operand);
    if (rank === RANKS.int && !anyType && order !== 0 && (nan || Number.isNaN(toNumber(v as number)))) return false;
    return nan ? inclusive && order === 0 : rangeHolds(order, wanted, inclusive);
  };
}

function rangeHolds(order: number, wanted: number, inclusive: boolean): boolean {
  return order === 0 ? inclusive : Math.sign(order) === wanted;
}

/** True when a document holds operators rather than being a value to compare with. */
export function isOperatorDoc(v: Value): v is Doc {
  if (!isDoc(v) || v.size === 0) return false;
  const first = v.keys().next().value!;
  return first.startsWith("$") && first !== "$ref" && first !== "$id" && first !== "$db";
}

function inTest(op: string, operand: Value): Test {
  if (!Array.isArray(operand)) throw new StoreError(2, `${op} needs an array`);
  const texts = new Set<string>();
  const tests: Test[] = [];
  for (const x of operand) {
    if (isOperatorDoc(x)) throw new StoreError(2, `cannot nest $ under ${op}`);
    if (typeof x === "string") texts.add(x);
    else tests.push(x instanceof Regex ? regexTest(x) : equalTest(x));
  }
  return (v) => (typeof v === "string" && texts.has(v)) || symbolIn(v, texts) || tests.some((t) => t(v));
}

function symbolIn(v: Value | undefined, texts: Set<string>): boolean {
  return v instanceof BsonSymbol && texts.has(v.value);
}

function parseExists(leaf: (t: Test, looks: Leaf["looks"]) => Leaf, operand: Value): MatchNode {
  const wanted = isTrue(operand);
  const node = leaf((v) => v !== undefined, "whole");
  return wanted ? node : { kind: "not", node };
}

function typeTest(operand: Value): Test {
  const wanted = new Set<TypeName>();
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw new StoreError(9, "$type must match at least one type");
  for (const t of list) for (const name of typesNamed(t)) wanted.add(name);
  return (v) => v !== undefined && wanted.has(typeName(v));
}

const NUMBER_TYPES: TypeName[] = ["double", "int", "long", "decimal"];

function typesNamed(t: Value): TypeName[] {
  if (typeof t === "string") {
    if (t === "number") return NUMBER_TYPES;
    if (t in TYPE_NUMBERS) return [t as TypeName];
    throw new StoreError(2, `Unknown type name alias: ${t}`);
  }
  if (!isNumber(t)) throw new StoreError(14, "type must be represented as a number or a string");
  const n = toWhole(t);
  if (n === undefined) throw new StoreError(2, "Invalid numerical type code");
  if (n === 0) throw new StoreError(2, "Invalid numerical type code: 0. Instead use {$exists:false}.");
  for (const [name, number] of Object.entries(TYPE_NUMBERS)) if (number === n) return [name as TypeName];
  throw new StoreError(2, `Invalid numerical type code: ${n}`);
}

function sizeTest(operand: Value): Test {
  const n = toWhole(operand);
  if (!isNumber(operand)) throw new StoreError(2, "Failed to parse $size. Expected a number");
  if (n === undefined) throw new StoreError(2, "Failed to parse $size. Expected an integer");
  if (n > 2147483647) throw new StoreError(2, "Failed to parse $size. Expected a 32-bit integer");
  if (n < 0) throw new StoreError(2, "Failed to parse $size. Expected a non-negative number");
  return (v) => Array.isArray(v) && v.length === n;
}

function modTest(operand: Value): Test {
  if (!Array.isArray(operand)) throw new StoreError(2, "malformed mod, needs to be an array");
  if (operand.length < 2) throw new StoreError(2, "malformed mod, not enough elements");
  if (operand.length > 2) throw new StoreError(2, "malformed mod, too many elements");
  const divisor = modNumber(operand[0]!, "divisor");
  const remainder = modNumber(operand[1]!, "remainder");
  if (divisor === 0n) throw new StoreError(2, "divisor cannot be 0");
  return (v) => {
    const n = isNumber(v) ? wholePart(v) : undefined;
    return n !== undefined && n % divisor === remainder;
  };
}

/** The number without its fraction; undefined when it has no place in int64. */
function wholePart(v: NumberValue): bigint | undefined {
  if (typeof v === "bigint") return v;
  if (v instanceof Decimal128) {
    const n = v.truncated();
    return n !== undefined && BigInt.asIntN(64, n) === n ? n : undefined;
  }
  const n = toNumber(v);
  return Number.isFinite(n) && Math.abs(n) < 2 ** 63 ? BigInt(Math.trunc(n)) : undefined;
}

function modNumber(v: Value, what: string): bigint {
  if (!isNumber(v)) throw new StoreError(2, `malformed mod, ${what} not a number`);
  const whole = wholePart(v);
  if (whole !== undefined) return whole;
  const n = toNumber(v);
  if (!Number.isFinite(n))
    throw new StoreError(2, `malformed mod, ${what} value is invalid :: caused by :: NaN or infinite`);
  throw new StoreError(2, `malformed mod, ${what} value is invalid :: caused by :: Out of bounds`);
}

function regexOperand(operand: Value, siblings: Doc): Regex {
  const options = siblings.get("$options");
  if (options !== undefined && typeof options !== "string") throw new StoreError(2, "$options has to be a string");
  if (operand instanceof Regex) {
    if (options !== undefined && operand.options !== "") {
      throw new StoreError(51074, "options set in both $regex and $options");
    }
    return options === undefined ? operand : new Regex(operand.pattern, options);
  }
  if (typeof operand !== "string") throw new StoreError(2, "$regex has to be a string");
  return new Regex(operand, options ?? "");
}

function regexTest(r: Regex): Test {
  const re = toRegExp(r);
  return (v) => {
    if (typeof v === "string") return re.test(v);
    if (v instanceof BsonSymbol) return re.test(v.value);
    return v instanceof Regex && v.pattern === r.pattern && v.options === r.options;
  };
}
