/** Writes BSON: each value as the type it has. */
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
  Int32,
  MIN_KEY,
  ObjectId,
  Regex,
  Timestamp,
  UNDEFINED,
  type Value,
} from "./values";

/** Grows as it is written to; one instance is reused for all encoding in this thread. */
class Writer {
  buf = Buffer.allocUnsafeSlow(64 * 1024);
  pos = 0;
  reserve(n: number): void {
    if (this.pos + n <= this.buf.length) return;
    const bigger = Buffer.allocUnsafeSlow(Math.max(this.buf.length * 2, this.pos + n));
    this.buf.copy(bigger, 0, 0, this.pos);
    this.buf = bigger;
  }
  name(type: number, s: string): void {
    this.reserve(s.length * 3 + 2);
    this.buf[this.pos++] = type;
    this.pos += s.length < 16 ? this.shortText(s) : this.buf.write(s, this.pos, "utf8");
    this.buf[this.pos++] = 0;
  }
  private shortText(s: string): number {
    for (let i = 0; i < s.length; i++) {
      const c = s.charCodeAt(i);
      if (c > 127) return this.buf.write(s, this.pos, "utf8");
      this.buf[this.pos + i] = c;
    }
    return s.length;
  }
  text(s: string): void {
    this.reserve(s.length * 3 + 5);
    const n = this.buf.write(s, this.pos + 4, "utf8");
    this.buf.writeInt32LE(n + 1, this.pos);
    this.pos += n + 4;
    this.buf[this.pos++] = 0;
  }
  cstring(s: string): void {
    this.reserve(s.length * 3 + 1);
    this.pos += this.buf.write(s, this.pos, "utf8");
    this.buf[this.pos++] = 0;
  }
  int(n: number): void {
    this.reserve(4);
    this.pos = this.buf.writeInt32LE(n, this.pos);
  }
  long(n: bigint): void {
    this.reserve(8);
    this.pos = this.buf.writeBigInt64LE(n, this.pos);
  }
  bytes(b: Buffer): void {
    this.reserve(b.length);
    this.pos += b.copy(this.buf, this.pos);
  }
}

const writer = new Writer();

/** Encodes a document; refuses one that is too large or too deep. */
export function encode(d: Doc): Buffer {
  writer.pos = 0;
  writeDocument(writer, d, 1);
  const out = Buffer.allocUnsafeSlow(writer.pos);
  writer.buf.copy(out, 0, 0, writer.pos);
  if (writer.buf.length > 4 * 1024 * 1024) writer.buf = Buffer.allocUnsafeSlow(64 * 1024);
  return out;
}

/** The size in bytes of the encoded document. */
export function encodedSize(d: Doc): number {
  writer.pos = 0;
  writeDocument(writer, d, 1);
  return writer.pos;
}

function writeDocument(w: Writer, d: Doc, depth: number): void {
  if (depth > MAX_NESTING + 20) throw new StoreError(15, `nested deeper than ${MAX_NESTING} levels`);
  const start = w.pos;
  w.int(0);
  for (const [name, value] of d) writeElement(w, name, value, depth);
  finish(w, start);
}

function writeArray(w: Writer, a: Value[], depth: number): void {
  if (depth > MAX_NESTING + 20) throw new StoreError(15, `nested deeper than ${MAX_NESTING} levels`);
  const start = w.pos;
  w.int(0);
  for (let i = 0; i < a.length; i++) writeElement(w, String(i), a[i]!, depth);
  finish(w, start);
}

function finish(w: Writer, start: number): void {
  w.reserve(1);
  w.buf[w.pos++] = 0;
  w.buf.writeInt32LE(w.pos - start, start);
}

function writeElement(w: Writer, name: string, v: Value, depth: number): void {
  switch (typeof v) {
    case "string":
      w.name(0x02, name);
      w.text(v);
      return;
    case "number":
      w.name(0x01, name);
      w.reserve(8);
      w.pos = w.buf.writeDoubleLE(v, w.pos);
      return;
    case "bigint":
      w.name(0x12, name);
      w.long(v);
      return;
    case "boolean":
      w.name(0x08, name);
      w.reserve(1);
      w.buf[w.pos++] = v ? 1 : 0;
      return;
  }
  if (v === null) {
    w.name(0x0a, name);
    return;
  }
  if (v instanceof Int32) {
    w.name(0x10, name);
    w.int(v.value);
    return;
  }
  if (v instanceof Map) {
    w.name(0x03, name);
    writeDocument(w, v, depth + 1);
    return;
  }
  if (Array.isArray(v)) {
    w.name(0x04, name);
    writeArray(w, v, depth + 1);
    return;
  }
  writeRareElement(w, name, v, depth);
}

function writeRareElement(w: Writer, name: string, v: Exclude<Value, null | Int32 | Doc | Value[]>, depth: number) {
  if (v instanceof BsonDate) {
    w.name(0x09, name);
    w.long(BigInt(v.ms));
  } else if (v instanceof ObjectId) {
    w.name(0x07, name);
    w.bytes(v.bytes);
  } else if (v instanceof Binary) {
    w.name(0x05, name);
    w.int(v.bytes.length);
    w.bytes(Buffer.from([v.subtype]));
    w.bytes(v.bytes);
  } else if (v instanceof Regex) {
    w.name(0x0b, name);
    w.cstring(v.pattern);
    w.cstring(v.options);
  } else if (v instanceof Timestamp) {
    w.name(0x11, name);
    w.long(BigInt.asIntN(64, v.value));
  } else if (v instanceof Decimal128) {
    w.name(0x13, name);
    w.bytes(v.bytes);
  } else if (v instanceof Code) {
    writeCode(w, name, v, depth);
  } else if (v instanceof BsonSymbol) {
    w.name(0x0e, name);
    w.text(v.value);
  } else if (v instanceof DbPointer) {
    w.name(0x0c, name);
    w.text(v.ns);
    w.bytes(v.id);
  } else if (v === UNDEFINED) w.name(0x06, name);
  else w.name(v === MIN_KEY ? 0xff : 0x7f, name);
}

function writeCode(w: Writer, name: string, v: Code, depth: number): void {
  w.name(v.scope ? 0x0f : 0x0d, name);
  if (!v.scope) {
    w.text(v.code);
    return;
  }
  const start = w.pos;
  w.int(0);
  w.text(v.code);
  writeDocument(w, v.scope, depth + 1);
  w.buf.writeInt32LE(w.pos - start, start);
}
