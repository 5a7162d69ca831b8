/** Reads BSON without changing any type, checking every length and every string. */
import { isUtf8 } from "node:buffer";
import { StoreError } from "./errors";
import { MAX_NESTING } from "./limits";
import {
  Binary,
  BsonDate,
  BsonSymbol,
  Code,
  DbPointer,
  Decimal128,
  type Doc,
  int32,
  MAX_KEY,
  MIN_KEY,
  ObjectId,
  Regex,
  Timestamp,
  UNDEFINED,
  type Value,
} from "./values";

function bad(what: string): StoreError {
  return new StoreError(22, `invalid BSON: ${what}`);
}

/** Decodes one document that fills `buf` exactly. Binary values share its memory. */
export function decode(buf: Buffer): Doc {
  return readDocument(buf, 0, buf.length, 1);
}

/** Decodes only the named top-level fields; the rest is skipped unread. */
export function decodeFields(buf: Buffer, wanted: ReadonlySet<string>): Doc {
  const names = namesOf(wanted);
  const out: Doc = new Map();
  const end = buf.readInt32LE(0) - 1;
  let p = 4;
  while (p < end && out.size < names.length) {
    const type = buf[p]!;
    const name = nameAt(buf, p + 1, names);
    const start = (name ? p + 1 + name.bytes.length : endOfName(buf, p + 1, end)) + 1;
    const next = start + sizeOf(buf, type, start, end);
    if (name) out.set(name.text, readValue(buf, type, start, end, 1).value);
    p = next;
  }
  return out;
}

interface Name {
  text: string;
  bytes: Buffer;
}

const namesOfSets = new WeakMap<ReadonlySet<string>, Name[]>();

function namesOf(wanted: ReadonlySet<string>): Name[] {
  let names = namesOfSets.get(wanted);
  if (!names) {
    names = [...wanted].map((text) => ({ text, bytes: Buffer.from(text) }));
    namesOfSets.set(wanted, names);
  }
  return names;
}

/** Which of the names stands at `p`. */
function nameAt(buf: Buffer, p: number, names: readonly Name[]): Name | undefined {
  for (const name of names) {
    const { bytes } = name;
    if (buf[p + bytes.length] !== 0) continue;
    let i = 0;
    while (i < bytes.length && buf[p + i] === bytes[i]) i++;
    if (i === bytes.length) return name;
  }
  return undefined;
}

function endOfName(buf: Buffer, from: number, end: number): number {
  let p = from;
  while (p < end && buf[p] !== 0) p++;
  if (p >= end) throw bad("a field name does not end");
  return p;
}

const ASCII_NAME = 24;
function readName(buf: Buffer, from: number, to: number): string {
  if (to - from <= ASCII_NAME) {
    let name = "";
    for (let i = from; i < to; i++) {
      const c = buf[i]!;
      if (c > 127) return readUtf8(buf, from, to);
      name += String.fromCharCode(c);
    }
    return name;
  }
  return readUtf8(buf, from, to);
}

function readUtf8(buf: Buffer, from: number, to: number): string {
  const s = buf.toString("utf8", from, to);
  if (s.includes("\ufffd") && !isUtf8(buf.subarray(from, to))) throw bad("a string is not UTF-8");
  return s;
}

/** Bytes that a value of this type takes from `p`. */
function sizeOf(buf: Buffer, type: number, p: number, end: number): number {
  const size = rawSizeOf(buf, type, p, end);
  if (size < 0 || p + size > end) throw bad("a value runs past its document");
  return size;
}

function rawSizeOf(buf: Buffer, type: number, p: number, end: number): number {
  switch (type) {
    case 0x01:
    case 0x09:
    case 0x11:
    case 0x12:
      return 8;
    case 0x02:
    case 0x0d:
    case 0x0e:
      return lengthAt(buf, p, end, 1) + 4;
    case 0x03:
    case 0x04:
      return lengthAt(buf, p, end, 5);
    case 0x0f:
      return lengthAt(buf, p, end, 14);
    case 0x05:
      return lengthAt(buf, p, end, 0) + 5;
    case 0x07:
      return 12;
    case 0x08:
      return 1;
    case 0x0b:
      return endOfName(buf, endOfName(buf, p, end) + 1, end) + 1 - p;
    case 0x0c:
      return lengthAt(buf, p, end, 1) + 16;
    case 0x10:
      return 4;
    case 0x13:
      return 16;
    case 0x06:
    case 0x0a:
    case 0x7f:
    case 0xff:
      return 0;
    default:
      throw bad(`unknown type ${type}`);
  }
}

function lengthAt(buf: Buffer, p: number, end: number, least: number): number {
  if (p + 4 > end) throw bad("a value runs past its document");
  const n = buf.readInt32LE(p);
  if (n < least) throw bad("a length is too small");
  return n;
}

function readDocument(buf: Buffer, from: number, limit: number, depth: number): Doc {
  if (depth > MAX_NESTING) throw new StoreError(15, `nested deeper than ${MAX_NESTING} levels`);
  const end = documentEnd(buf, from, limit);
  const out: Doc = new Map();
  let count = 0;
  let p = from + 4;
  while (p < end) {
    const type = buf[p]!;
    const nameEnd = endOfName(buf, p + 1, end);
    const name = readName(buf, p + 1, nameEnd);
    const { value, next } = readValue(buf, type, nameEnd + 1, end, depth);
    out.set(name, value);
    count++;
    p = next;
  }
  if (out.size !== count) throw new StoreError(2, "embedded store: a document names the same field twice");
  return out;
}

function documentEnd(buf: Buffer, from: number, limit: number): number {
  const size = lengthAt(buf, from, limit, 5);
  const end = from + size - 1;
  if (end >= limit || buf[end] !== 0) throw bad("a document does not end where it says");
  return end;
}

function readArray(buf: Buffer, from: number, limit: number, depth: number): Value[] {
  if (depth > MAX_NESTING) throw new StoreError(15, `nested deeper than ${MAX_NESTING} levels`);
  const end = documentEnd(buf, from, limit);
  const out: Value[] = [];
  let p = from + 4;
  while (p < end) {
    const type = buf[p]!;
    const nameEnd = endOfName(buf, p + 1, end);
    const { value, next } = readValue(buf, type, nameEnd + 1, end, depth);
    out.push(value);
    p = next;
  }
  return out;
}

function readText(buf: Buffer, p: number, size: number): string {
  if (buf[p + size - 1] !== 0) throw bad("a string does not end");
  return readUtf8(buf, p + 4, p + size - 1);
}

function readDate(buf: Buffer, p: number): BsonDate {
  const high = buf.readInt32LE(p + 4);
  if (high >= 0x200000 || high < -0x200000) throw new StoreError(2, "embedded store: a date beyond 2^53 milliseconds");
  return new BsonDate(high * 0x100000000 + buf.readUInt32LE(p));
}

function readBinary(buf: Buffer, p: number, next: number): Binary {
  const subtype = buf[p + 4]!;
  return new Binary(subtype, buf.subarray(p + 5, next));
}

function readValue(buf: Buffer, type: number, p: number, end: number, depth: number): { value: Value; next: number } {
  const size = sizeOf(buf, type, p, end);
  return { value: valueAt(buf, type, p, size, depth), next: p + size };
}

function valueAt(buf: Buffer, type: number, p: number, size: number, depth: number): Value {
  switch (type) {
    case 0x01:
      return buf.readDoubleLE(p);
    case 0x02:
      return readText(buf, p, size);
    case 0x03:
      return readDocument(buf, p, p + size, depth + 1);
    case 0x04:
      return readArray(buf, p, p + size, depth + 1);
    case 0x05:
      return readBinary(buf, p, p + size);
    case 0x06:
      return UNDEFINED;
    case 0x07:
      return new ObjectId(Buffer.from(buf.subarray(p, p + 12)));
    case 0x08:
      if (buf[p]! > 1) throw bad("a boolean is neither 0 nor 1");
      return buf[p] === 1;
    case 0x09:
      return readDate(buf, p);
    case 0x0a:
      return null;
    case 0x0b: {
      const middle = endOfName(buf, p, p + size);
      return new Regex(readUtf8(buf, p, middle), readUtf8(buf, middle + 1, p + size - 1));
    }
    case 0x0c:
      return new DbPointer(readText(buf, p, size - 12), Buffer.from(buf.subarray(p + size - 12, p + size)));
    case 0x0d:
      return new Code(readText(buf, p, size));
    case 0x0e:
      return new BsonSymbol(readText(buf, p, size));
    case 0x0f: {
      const textSize = lengthAt(buf, p + 4, p + size, 1) + 4;
      if (4 + textSize + 5 > size) throw bad("code with scope runs past its end");
      return new Code(readText(buf, p + 4, textSize), readDocument(buf, p + 4 + textSize, p + size, depth + 1));
    }
    case 0x10:
      return int32(buf.readInt32LE(p));
    case 0x11:
      return new Timestamp(buf.readBigUInt64LE(p));
    case 0x12:
      return buf.readBigInt64LE(p);
    case 0x13:
      return new Decimal128(Buffer.from(buf.subarray(p, p + 16)));
    case 0x7f:
      return MAX_KEY;
    default:
      return MIN_KEY;
  }
}

/** A document with only the named top-level fields, copied byte for byte. */
export function pickFields(buf: Buffer, wanted: ReadonlySet<string>): Buffer {
  const names = namesOf(wanted);
  const parts: Buffer[] = [];
  let size = 5;
  const end = buf.readInt32LE(0) - 1;
  for (let p = 4; p < end && parts.length < names.length; ) {
    const name = nameAt(buf, p + 1, names);
    const start = (name ? p + 1 + name.bytes.length : endOfName(buf, p + 1, end)) + 1;
    const next = start + sizeOf(buf, buf[p]!, start, end);
    if (name) {
      parts.push(buf.subarray(p, next));
      size += next - p;
    }
    p = next;
  }
  const out = Buffer.allocUnsafe(size);
  out.writeInt32LE(size, 0);
  let p = 4;
  for (const part of parts) p += part.copy(out, p);
  out[p] = 0;
  return out;
}
