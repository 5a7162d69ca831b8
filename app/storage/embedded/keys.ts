/**
 * Values as bytes whose order is the order of the values (`compare`), so that LMDB's sorted keys are a MongoDB index.
 * Every encoding is self-delimiting: none is a prefix of another. Equal values of different number types are the same
 * bytes; numbers that no double holds carry their digits behind the double below them.
 */
import { createHash } from "node:crypto";
import { RANKS } from "./compare";
import { compareDecimal } from "./decimal";
import {
  Binary,
  BsonDate,
  BsonSymbol,
  Code,
  DbPointer,
  Decimal128,
  Int32,
  type NumberValue,
  ObjectId,
  Regex,
  Timestamp,
  type Value,
} from "./values";

/** LMDB takes keys up to 1,978 bytes; the rest is room for the table prefix and the record number. */
export const MAX_KEY_BYTES = 1950;

class KeyWriter {
  buf = Buffer.allocUnsafeSlow(4096);
  pos = 0;
  reserve(n: number): void {
    if (this.pos + n <= this.buf.length) return;
    const bigger = Buffer.allocUnsafeSlow(Math.max(this.buf.length * 2, this.pos + n));
    this.buf.copy(bigger, 0, 0, this.pos);
    this.buf = bigger;
  }
  byte(b: number): void {
    this.reserve(1);
    this.buf[this.pos++] = b;
  }
  bytes(b: Uint8Array): void {
    this.reserve(b.length);
    this.buf.set(b, this.pos);
    this.pos += b.length;
  }
  /** Text ends with 00 00; a zero inside becomes 00 FF. */
  text(s: string): void {
    this.reserve(s.length * 6 + 2);
    const start = this.pos;
    this.pos += this.buf.write(s, start, "utf8");
    if (s.includes("\0")) {
      const plain = Buffer.from(this.buf.subarray(start, this.pos));
      this.pos = start;
      for (const b of plain) {
        this.buf[this.pos++] = b;
        if (b === 0) this.buf[this.pos++] = 0xff;
      }
    }
    this.buf[this.pos++] = 0;
    this.buf[this.pos++] = 0;
  }
}

const shared = new KeyWriter();

/** The ordered bytes of one value; an absent value is null. */
export function encodeKey(v: Value | undefined): Buffer {
  shared.pos = 0;
  write(shared, v ?? null);
  return Buffer.from(shared.buf.subarray(0, shared.pos));
}

export interface KeyPart {
  bytes: Buffer;
  /** The value was too long: its tail is a hash, so order and equality must be confirmed on the document. */
  cut: boolean;
}

/** As `encodeKey`, at most `limit` bytes (at least 48), inverted for a descending index. */
export function encodeKeyPart(v: Value | undefined, descending: boolean, limit: number): KeyPart {
  shared.pos = 0;
  const cut = appendPart(shared, v, descending, limit);
  return { bytes: Buffer.from(shared.buf.subarray(0, shared.pos)), cut };
}

/** The parts of one key behind each other, with `before` and `behind` zero bytes around them. */
export function encodeKeyParts(
  values: readonly (Value | undefined)[],
  fields: readonly { descending: boolean }[],
  before: number,
  behind: number,
): KeyPart {
  const limit = partLimit(fields.length);
  shared.pos = before;
  let cut = false;
  for (let i = 0; i < values.length; i++) {
    if (appendPart(shared, values[i], fields[i]!.descending, limit)) cut = true;
  }
  const bytes = Buffer.allocUnsafe(shared.pos + behind);
  shared.buf.copy(bytes, before, before, shared.pos);
  bytes.fill(0, 0, before).fill(0, shared.pos);
  return { bytes, cut };
}

/** Returns whether the value was too long and was cut. */
function appendPart(w: KeyWriter, v: Value | undefined, descending: boolean, limit: number): boolean {
  const start = w.pos;
  write(w, v ?? null);
  const cut = w.pos - start > limit;
  if (cut) {
    const hash = createHash("sha256").update(w.buf.subarray(start, w.pos)).digest();
    w.pos = start + limit - hash.length;
    w.bytes(hash);
  }
  if (descending) invert(w.buf, start, w.pos);
  return cut;
}

/** Bytes that each field of an index with this many fields may take. */
export function partLimit(fields: number): number {
  return Math.max(48, Math.floor(MAX_KEY_BYTES / fields));
}

export function invert(b: Buffer, from: number, to: number): void {
  for (let i = from; i < to; i++) b[i] = ~b[i]! & 0xff;
}

function write(w: KeyWriter, v: Value): void {
  switch (typeof v) {
    case "string":
      w.byte(RANKS.string);
      w.text(v);
      return;
    case "number":
    case "bigint":
      writeNumber(w, v);
      return;
    case "boolean":
      w.byte(RANKS.bool);
      w.byte(v ? 1 : 0);
      return;
  }
  if (v === null) {
    w.byte(RANKS.null);
    return;
  }
  if (v instanceof Int32 || v instanceof Decimal128) {
    writeNumber(w, v);
    return;
  }
  if (v instanceof Map) {
    w.byte(RANKS.object);
    for (const [name, x] of v) {
      const rankAt = w.pos;
      w.byte(0);
      w.text(name);
      const at = w.pos;
      write(w, x);
      w.buf[rankAt] = w.buf[at]!;
    }
    w.byte(0);
    return;
  }
  if (Array.isArray(v)) {
    w.byte(RANKS.array);
    for (const x of v) write(w, x);
    w.byte(0);
    return;
  }
  writeScalar(w, v);
}

function writeScalar(w: KeyWriter, v: Exclude<Value, string | number | bigint | boolean | null>): void {
  if (v instanceof ObjectId) {
    w.byte(RANKS.objectId);
    w.bytes(v.bytes);
  } else if (v instanceof BsonDate) {
    w.byte(RANKS.date);
    writeU64(w, BigInt(v.ms) + (1n << 63n));
  } else if (v instanceof Timestamp) {
    w.byte(RANKS.timestamp);
    writeU64(w, v.value);
  } else if (v instanceof Binary) {
    w.byte(RANKS.binData);
    const head = Buffer.allocUnsafe(5);
    head.writeUInt32BE(v.bytes.length, 0);
    head[4] = v.subtype;
    w.bytes(head);
    w.bytes(v.bytes);
  } else if (v instanceof Regex) {
    w.byte(RANKS.regex);
    w.text(v.pattern);
    w.text(v.options);
  } else if (v instanceof BsonSymbol) {
    w.byte(RANKS.symbol);
    w.text(v.value);
  } else if (v instanceof Code) {
    w.byte(v.scope ? RANKS.javascriptWithScope : RANKS.javascript);
    w.text(v.code);
    if (v.scope) write(w, v.scope);
  } else if (v instanceof DbPointer) {
    w.byte(RANKS.dbPointer);
    w.text(v.ns);
    w.bytes(v.id);
  } else if (!(v instanceof Map) && !Array.isArray(v) && "kind" in v) w.byte(RANKS[v.kind]);
}

const eight = Buffer.alloc(8);
function writeU64(w: KeyWriter, n: bigint): void {
  eight.writeBigUInt64BE(n, 0);
  w.bytes(eight);
}

const NAN = 0;
const NEGATIVE = 1;
const ZERO = 2;
const POSITIVE = 3;

/** Rank, sign, the double at or below the magnitude, then 0 when that is exact, else 1 and the digits. */
function writeNumber(w: KeyWriter, v: NumberValue): void {
  w.byte(RANKS.int);
  const x = v instanceof Int32 ? v.value : v;
  if (typeof x === "number") {
    writeDouble(w, x);
    return;
  }
  if (typeof x === "bigint" && BigInt(Number(x)) === x) {
    writeDouble(w, Number(x));
    return;
  }
  const digits = digitsOf(x);
  if (typeof digits === "number") {
    writeDouble(w, digits);
    return;
  }
  const below = doubleAtOrBelow(x);
  w.byte(digits.negative ? NEGATIVE : POSITIVE);
  const start = w.pos;
  w.reserve(32);
  w.pos = w.buf.writeDoubleBE(below.magnitude, w.pos);
  w.byte(below.exact ? 0 : 1);
  if (!below.exact) writeDigits(w, digits.exponent, digits.text);
  if (digits.negative) invert(w.buf, start, w.pos);
}

function writeDouble(w: KeyWriter, n: number): void {
  if (Number.isNaN(n)) {
    w.byte(NAN);
    return;
  }
  if (n === 0) {
    w.byte(ZERO);
    return;
  }
  w.byte(n < 0 ? NEGATIVE : POSITIVE);
  const start = w.pos;
  w.reserve(9);
  w.pos = w.buf.writeDoubleBE(Math.abs(n), w.pos);
  w.buf[w.pos++] = 0;
  if (n < 0) invert(w.buf, start, w.pos);
}

interface Digits {
  negative: boolean;
  /** Significant digits without trailing zeros, at most 34. */
  text: string;
  /** Position of the first digit: the power of ten it stands for. */
  exponent: number;
}

/** The exact decimal digits, or a double for the values that have none (NaN, infinities, zero). */
function digitsOf(v: bigint | Decimal128): Digits | number {
  if (typeof v === "bigint") return digits(v < 0n, v < 0n ? -v : v, 0);
  const p = v.parts;
  if (typeof p === "string") return v.toNumber();
  return p.coefficient === 0n ? 0 : digits(p.negative, p.coefficient, p.exponent);
}

function digits(negative: boolean, coefficient: bigint, exponent: number): Digits {
  const all = coefficient.toString();
  return { negative, text: all.replace(/0+$/, ""), exponent: exponent + all.length - 1 };
}

function writeDigits(w: KeyWriter, exponent: number, text: string): void {
  w.byte((exponent + 0x8000) >> 8);
  w.byte((exponent + 0x8000) & 0xff);
  const padded = text.padEnd(34, "0");
  for (let i = 0; i < 34; i += 2) w.byte(Number(padded[i]) * 16 + Number(padded[i + 1]));
}

const bits = new DataView(new ArrayBuffer(8));

function doubleAtOrBelow(v: bigint | Decimal128): { magnitude: number; exact: boolean } {
  let magnitude = Math.min(Math.abs(typeof v === "bigint" ? Number(v) : v.toNumber()), Number.MAX_VALUE);
  let order = compareMagnitude(v, magnitude);
  if (order < 0) {
    bits.setFloat64(0, magnitude);
    bits.setBigUint64(0, bits.getBigUint64(0) - 1n);
    magnitude = bits.getFloat64(0);
    order = 1;
  }
  return { magnitude, exact: order === 0 };
}

function compareMagnitude(v: bigint | Decimal128, magnitude: number): number {
  if (typeof v === "bigint") {
    const m = v < 0n ? -v : v;
    if (m < magnitude) return -1;
    return m > magnitude ? 1 : 0;
  }
  const p = v.parts;
  const negative = typeof p !== "string" && p.negative;
  return negative ? -compareDecimal(v, -magnitude) : compareDecimal(v, magnitude);
}
