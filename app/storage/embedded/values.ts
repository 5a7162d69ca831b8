/**
 * BSON values as the store works with them. Types are never guessed: a JavaScript `number` is always a BSON double,
 * `bigint` an int64, and int32 has a class of its own, so that an update cannot change the type of what it copies.
 * Documents are Maps: they keep field order (also of fields named "1"), and no field name is special.
 */
import { Decimal128 } from "./decimal";

export type Doc = Map<string, Value>;
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Int32
  | Decimal128
  | ObjectId
  | Binary
  | BsonDate
  | Timestamp
  | Regex
  | Code
  | BsonSymbol
  | DbPointer
  | Marker
  | Value[]
  | Doc;

export class Int32 {
  constructor(readonly value: number) {}
}
export class ObjectId {
  constructor(readonly bytes: Buffer) {}
  get hex(): string {
    return this.bytes.toString("hex");
  }
}
export class Binary {
  constructor(
    readonly subtype: number,
    readonly bytes: Buffer,
  ) {}
}
/** Milliseconds since 1970, always a safe integer. */
export class BsonDate {
  constructor(readonly ms: number) {}
}
/** Unsigned 64 bits: seconds in the high half, an ordinal in the low half. */
export class Timestamp {
  constructor(readonly value: bigint) {}
}
export class Regex {
  constructor(
    readonly pattern: string,
    readonly options: string,
  ) {}
}
export class Code {
  constructor(
    readonly code: string,
    readonly scope?: Doc,
  ) {}
}
export class BsonSymbol {
  constructor(readonly value: string) {}
}
export class DbPointer {
  constructor(
    readonly ns: string,
    readonly id: Buffer,
  ) {}
}
/** The types that have one value each. */
export class Marker {
  constructor(readonly kind: "minKey" | "maxKey" | "undefined") {}
}
export const MIN_KEY = new Marker("minKey");
export const MAX_KEY = new Marker("maxKey");
/** The deprecated BSON type; a field that is absent is JavaScript `undefined` instead. */
export const UNDEFINED = new Marker("undefined");
export { Decimal128 };

const smallInts = Array.from({ length: 1280 }, (_, i) => new Int32(i - 256));

/** An int32 value; common small ones are shared. */
export function int32(n: number): Int32 {
  return (n >= -256 && n < 1024 ? smallInts[n + 256] : undefined) ?? new Int32(n);
}

/** The narrowest integer type that holds `n`: int32, then int64. */
export function wholeNumber(n: number | bigint): Int32 | bigint {
  return n >= -2147483648 && n <= 2147483647 ? int32(Number(n)) : BigInt(n);
}

export function isDoc(v: unknown): v is Doc {
  return v instanceof Map;
}

export type NumberValue = number | bigint | Int32 | Decimal128;

export function isNumber(v: unknown): v is NumberValue {
  return typeof v === "number" || v instanceof Int32 || typeof v === "bigint" || v instanceof Decimal128;
}

/** The value as a JavaScript number; int64 beyond 2^53 and decimals are rounded. */
export function toNumber(v: NumberValue): number {
  if (typeof v === "number") return v;
  if (v instanceof Int32) return v.value;
  return v instanceof Decimal128 ? v.toNumber() : Number(v);
}

/** The whole number a value stands for (2, 2.0, int64 2 and decimal 2 alike), or undefined. */
export function toWhole(v: Value | undefined): number | undefined {
  if (!isNumber(v)) return undefined;
  const n = toNumber(v);
  if (!Number.isInteger(n)) return undefined;
  if (v instanceof Decimal128 && !v.isWhole()) return undefined;
  return n;
}

/** BSON type numbers as `$type` and error messages know them. */
export const TYPE_NUMBERS = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
} as const;
export type TypeName = keyof typeof TYPE_NUMBERS;

export function typeName(v: Value): TypeName {
  switch (typeof v) {
    case "string":
      return "string";
    case "number":
      return "double";
    case "bigint":
      return "long";
    case "boolean":
      return "bool";
  }
  if (v === null) return "null";
  if (v instanceof Int32) return "int";
  if (v instanceof Map) return "object";
  if (Array.isArray(v)) return "array";
  if (v instanceof BsonDate) return "date";
  if (v instanceof ObjectId) return "objectId";
  if (v instanceof Binary) return "binData";
  if (v instanceof Regex) return "regex";
  if (v instanceof Timestamp) return "timestamp";
  if (v instanceof Decimal128) return "decimal";
  if (v instanceof Code) return v.scope ? "javascriptWithScope" : "javascript";
  if (v instanceof BsonSymbol) return "symbol";
  if (v instanceof DbPointer) return "dbPointer";
  return v.kind;
}

/** `missing` for an absent value, as aggregation's `$type` and messages say it. */
export function typeNameOrMissing(v: Value | undefined): string {
  return v === undefined ? "missing" : typeName(v);
}

/** Makes a BSON document from plain JavaScript: whole numbers become int32 or int64, other values as they are. */
export function doc(fields: Record<string, Plain | undefined>): Doc {
  const out: Doc = new Map();
  for (const [k, v] of Object.entries(fields)) if (v !== undefined) out.set(k, fromPlain(v));
  return out;
}
export type Plain = Value | Date | Plain[] | { [key: string]: Plain | undefined };

function fromPlain(v: Plain): Value {
  if (typeof v === "number") return Number.isInteger(v) ? wholeNumber(v) : v;
  if (v instanceof Date) return new BsonDate(v.getTime());
  if (Array.isArray(v)) return v.map(fromPlain);
  if (v !== null && typeof v === "object" && Object.getPrototypeOf(v) === Object.prototype) {
    return doc(v as Record<string, Plain>);
  }
  return v as Value;
}

/** A deep copy of documents and arrays; all other values are immutable and shared. */
export function clone<T extends Value>(v: T): T {
  if (Array.isArray(v)) return (v as Value[]).map(clone) as T;
  if (v instanceof Map) {
    const out: Doc = new Map();
    for (const [k, x] of v as Doc) out.set(k, clone(x));
    return out as T;
  }
  return v;
}

/** Aggregation's idea of true: everything but false, null, zero and absent. */
export function isTrue(v: Value | undefined): boolean {
  if (v === undefined || v === null || v === UNDEFINED) return false;
  if (typeof v === "boolean") return v;
  if (v instanceof Decimal128) {
    const p = v.parts;
    return typeof p === "string" || p.coefficient !== 0n;
  }
  return isNumber(v) ? toNumber(v) !== 0 : true;
}
