/** The order of BSON values as MongoDB defines it, across all types. Equality is order zero. */
import { compareDecimal } from "./decimal";
import {
  Binary,
  BsonDate,
  BsonSymbol,
  Code,
  DbPointer,
  Decimal128,
  type Doc,
  Int32,
  type NumberValue,
  ObjectId,
  Regex,
  Timestamp,
  typeName,
  UNDEFINED,
  type Value,
} from "./values";

/** Values of different ranks never compare equal; lower ranks sort first. */
export const RANKS = {
  minKey: 0x05,
  undefined: 0x0c,
  null: 0x10,
  double: 0x20,
  int: 0x20,
  long: 0x20,
  decimal: 0x20,
  string: 0x30,
  symbol: 0x30,
  object: 0x40,
  array: 0x48,
  binData: 0x50,
  objectId: 0x60,
  bool: 0x70,
  date: 0x80,
  timestamp: 0x88,
  regex: 0x90,
  dbPointer: 0x98,
  javascript: 0xa0,
  javascriptWithScope: 0xa8,
  maxKey: 0xf0,
} as const;

export function rankOf(v: Value): number {
  return RANKS[typeName(v)];
}

/** Below zero when `a` sorts before `b`, zero when they are equal. */
export function compare(a: Value, b: Value): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (typeof a === "number" && typeof b === "number") return compareDoubles(a, b);
  if (a instanceof Int32 && b instanceof Int32) return a.value - b.value;
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  return rank === RANKS.int ? compareNumbers(a as NumberValue, b as NumberValue) : compareSameRank(a, b);
}

export function equal(a: Value, b: Value): boolean {
  return compare(a, b) === 0;
}

/** Compares where an absent value counts as null, as sorting does. */
export function compareOrNull(a: Value | undefined, b: Value | undefined): number {
  return compare(a ?? null, b ?? null);
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return (Number.isNaN(a) ? 0 : 1) - (Number.isNaN(b) ? 0 : 1);
}

export function compareNumbers(a: NumberValue, b: NumberValue): number {
  if (a instanceof Decimal128) return compareDecimal(a, b instanceof Int32 ? b.value : b);
  if (b instanceof Decimal128) return -compareDecimal(b, a instanceof Int32 ? a.value : a);
  const x = a instanceof Int32 ? a.value : a;
  const y = b instanceof Int32 ? b.value : b;
  // JavaScript compares bigint with number by exact value.
  if (x < y) return -1;
  if (x > y) return 1;
  return (Number.isNaN(x as number) ? 0 : 1) - (Number.isNaN(y as number) ? 0 : 1);
}

/** Orders text by code point, as MongoDB's byte comparison of UTF-8 does (UTF-16 order differs above U+D7FF). */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return byCodePoint(x) - byCodePoint(y);
  }
  return a.length - b.length;
}

function byCodePoint(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

function compareSameRank(a: Value, b: Value): number {
  if (a instanceof Map) return compareDocs(a, b as Doc);
  if (Array.isArray(a)) return compareArrays(a, b as Value[]);
  if (typeof a === "boolean") return Number(a) - Number(b);
  if (a instanceof BsonDate) return a.ms - (b as BsonDate).ms;
  if (a instanceof ObjectId) return Buffer.compare(a.bytes, (b as ObjectId).bytes);
  if (a instanceof Binary) return compareBinary(a, b as Binary);
  if (a instanceof Timestamp) return sign(a.value - (b as Timestamp).value);
  if (a instanceof Regex) {
    const r = b as Regex;
    return compareText(a.pattern, r.pattern) || compareText(a.options, r.options);
  }
  if (a instanceof Code) return compareCode(a, b as Code);
  if (a instanceof DbPointer) {
    const p = b as DbPointer;
    return compareText(a.ns, p.ns) || Buffer.compare(a.id, p.id);
  }
  if (a instanceof BsonSymbol || typeof a === "string") return compareText(textOf(a), textOf(b as string));
  return 0;
}

function textOf(v: string | BsonSymbol): string {
  return typeof v === "string" ? v : v.value;
}

function sign(n: bigint): number {
  if (n === 0n) return 0;
  return n > 0n ? 1 : -1;
}

function compareBinary(a: Binary, b: Binary): number {
  return a.bytes.length - b.bytes.length || a.subtype - b.subtype || Buffer.compare(a.bytes, b.bytes);
}

function compareCode(a: Code, b: Code): number {
  return compareText(a.code, b.code) || (a.scope && b.scope ? compareDocs(a.scope, b.scope) : 0);
}

/** Field by field in stored order: type, then name, then value; the shorter sorts first. */
function compareDocs(a: Doc, b: Doc): number {
  const others = b.entries();
  for (const [name, value] of a) {
    const next = others.next();
    if (next.done) return 1;
    const [otherName, other] = next.value;
    const difference = rankOf(value) - rankOf(other) || compareText(name, otherName) || compare(value, other);
    if (difference !== 0) return difference;
  }
  return others.next().done ? 0 : -1;
}

function compareArrays(a: Value[], b: Value[]): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const difference = compare(a[i]!, b[i]!);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** True of values that a sort or an index treats as nothing at all. */
export function isNullish(v: Value | undefined): boolean {
  return v === undefined || v === null || v === UNDEFINED;
}
