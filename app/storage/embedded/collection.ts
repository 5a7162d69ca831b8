/** Single-document changes with their indexes: both or neither. */
import { randomBytes } from "node:crypto";
import { decode } from "./bson";
import { encode } from "./bson-write";
import { after, INDEX_BYTES, RECORD_BYTES } from "./bytes";
import type { Catalogue, Collection, Index } from "./catalogue";
import type { Engine } from "./engine";
import { StoreError } from "./errors";
import { type DocumentKeys, documentKeys } from "./index-keys";
import { MAX_DOCUMENT_BYTES } from "./limits";
import { splitPath, topField } from "./paths";
import { open, seal } from "./records";
import { keyText } from "./value-text";
import { type Doc, isDoc, ObjectId, Regex, Timestamp, UNDEFINED, type Value } from "./values";

/** A stored document: its record number and its BSON. */
export interface Row {
  record: number;
  bytes: Buffer;
}

const NO_VALUE = Buffer.alloc(1);

export function documentKey(c: Collection, record: number): Buffer {
  const key = Buffer.allocUnsafe(INDEX_BYTES + RECORD_BYTES);
  key.writeUInt32BE(c.id, 0);
  key.writeUIntBE(record, INDEX_BYTES, RECORD_BYTES);
  return key;
}

export function recordOf(key: Buffer): number {
  return key.readUIntBE(key.length - RECORD_BYTES, RECORD_BYTES);
}

export class Collections {
  constructor(
    readonly engine: Engine,
    readonly catalogue: Catalogue,
  ) {}

  /** Reads a document by record number; undefined when it has gone. */
  read(c: Collection, record: number): Buffer | undefined {
    const stored = this.engine.get("docs", documentKey(c, record));
    return stored && open(stored);
  }

  /** Inserts; the document gets an _id if it has none, and _id becomes its first field. Returns what was stored. */
  insert(c: Collection, input: Doc, bytes?: Buffer): Doc {
    const d = withTimestamps(withId(input));
    const encoded = d === input && bytes ? bytes : encode(d);
    checkSize(encoded);
    const record = this.catalogue.takeRecordNumber(c);
    this.engine.statement(() => {
      for (const index of c.indexes) this.addKeys(c, index, this.keysFor(index, d), record, d);
      this.engine.put("docs", documentKey(c, record), seal(encoded), undefined);
      this.catalogue.count(c, 1, encoded.length);
    });
    return d;
  }

  /**
   * Replaces a document's content; `changed` names the top-level fields that may differ, null means any.
   * Returns false when nothing differs.
   */
  replace(c: Collection, row: Row, before: Doc, after: Doc, changed: ReadonlySet<string> | null): boolean {
    const encoded = encode(after);
    if (encoded.equals(row.bytes)) return false;
    checkSize(encoded);
    this.engine.statement(() => {
      for (const index of c.indexes) {
        if (changed && !touches(index, changed)) continue;
        this.changeKeys(c, index, row.record, before, after);
      }
      this.engine.put("docs", documentKey(c, row.record), seal(encoded), seal(row.bytes));
      this.catalogue.count(c, 0, encoded.length - row.bytes.length);
    });
    return true;
  }

  remove(c: Collection, row: Row): void {
    const d = decode(row.bytes);
    this.engine.statement(() => {
      for (const index of c.indexes) {
        for (const key of this.keysFor(index, d).keys)
          this.engine.remove("index", entryKey(index, key, row.record), NO_VALUE);
      }
      this.engine.remove("docs", documentKey(c, row.record), seal(row.bytes));
      this.catalogue.count(c, -1, -row.bytes.length);
    });
  }

  /** The keys of a document in an index; none when the index leaves it out. */
  keysFor(index: Index, d: Doc): DocumentKeys {
    if (index.partial && !index.partial.matches(d))
      return { keys: [], multikey: index.multikey, cut: false, allMissing: false };
    const found = documentKeys(d, index.fields);
    return index.sparse && found.allMissing ? { ...found, keys: [] } : found;
  }

  /** Adds a document's keys to an index, refusing a duplicate in a unique one. */
  addKeys(c: Collection, index: Index, found: DocumentKeys, record: number, d: Doc): void {
    this.catalogue.widen(c, index, found.multikey, found.cut);
    for (const key of found.keys) {
      const entry = entryKey(index, key, record);
      if (index.unique) this.refuseDuplicate(c, index, entry, d);
      this.engine.put("index", entry, NO_VALUE, undefined);
    }
  }

  private changeKeys(c: Collection, index: Index, record: number, before: Doc, after: Doc): void {
    const old = new Map(this.keysFor(index, before).keys.map((k) => [k.toString("latin1"), k]));
    const found = this.keysFor(index, after);
    const added = found.keys.filter((k) => !old.delete(k.toString("latin1")));
    for (const key of old.values()) this.engine.remove("index", entryKey(index, key, record), NO_VALUE);
    this.addKeys(c, index, { ...found, keys: added }, record, after);
  }

  private refuseDuplicate(c: Collection, index: Index, entry: Buffer, d: Doc): void {
    const prefix = entry.subarray(0, entry.length - RECORD_BYTES);
    for (const hit of this.engine.keys("index", prefix, after(prefix), 2)) {
      if (!hit.equals(entry)) throw duplicateKey(c, index, d);
    }
  }
}

/** Fills in what a key leaves room for: the number of its index and of its record. */
export function entryKey(index: Index, key: Buffer, record: number): Buffer {
  key.writeUInt32BE(index.id, 0);
  key.writeUIntBE(record, key.length - RECORD_BYTES, RECORD_BYTES);
  return key;
}

function touches(index: Index, changed: ReadonlySet<string>): boolean {
  if (index.partial) {
    if (!index.partial.fields) return true;
    for (const f of index.partial.fields) if (changed.has(f)) return true;
  }
  return index.fields.some((f) => changed.has(topField(f.path)));
}

function checkSize(encoded: Buffer): void {
  if (encoded.length > MAX_DOCUMENT_BYTES) {
    throw new StoreError(
      10334,
      `BSONObj size: ${encoded.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}`,
    );
  }
}

function withId(d: Doc): Doc {
  const id = d.get("_id");
  if (id === undefined) return new Map<string, Value>([["_id", newObjectId()], ...d]);
  checkId(id);
  return d.keys().next().value === "_id" ? d : new Map<string, Value>([["_id", id], ...d]);
}

/** An empty timestamp at the top level stands for now. */
function withTimestamps(d: Doc): Doc {
  let out = d;
  for (const [k, v] of d) {
    if (!(v instanceof Timestamp) || v.value !== 0n || k === "_id") continue;
    if (out === d) out = new Map(d);
    out.set(k, new Timestamp((BigInt(Math.floor(Date.now() / 1000)) << 32n) | BigInt(++ordinal & 0xffff)));
  }
  return out;
}
let ordinal = 0;

export function checkId(id: Value): void {
  const type = Array.isArray(id) ? "array" : id instanceof Regex ? "regex" : id === UNDEFINED ? "undefined" : undefined;
  if (type) throw new StoreError(2, `The '_id' value cannot be of type ${type}`);
  if (isDoc(id)) {
    for (const k of id.keys())
      if (k.startsWith("$"))
        throw new StoreError(52, `_id fields may not contain '$'-prefixed fields: ${k} is not valid for storage.`);
  }
}

let counter = randomBytes(3).readUIntBE(0, 3);
const processPart = randomBytes(5);

export function newObjectId(): ObjectId {
  const b = Buffer.allocUnsafe(12);
  b.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
  processPart.copy(b, 4);
  counter = (counter + 1) & 0xffffff;
  b.writeUIntBE(counter, 9, 3);
  return new ObjectId(b);
}

function duplicateKey(c: Collection, index: Index, d: Doc): StoreError {
  const values = index.fields.map((f): [string, Value] => [f.path, firstKeyValue(d, f.path)]);
  const shown = values.map(([path, v]) => `${path}: ${keyText(v)}`).join(", ");
  return new StoreError(
    11000,
    `E11000 duplicate key error collection: ${c.ns} index: ${index.name} dup key: { ${shown} }`,
    {
      keyPattern: index.spec.get("key"),
      keyValue: new Map(values),
    },
  );
}

function firstKeyValue(d: Doc, path: string): Value {
  let at: Value | undefined = d;
  for (const part of splitPath(path)) {
    if (Array.isArray(at)) at = at[0];
    at = isDoc(at) ? at.get(part) : undefined;
  }
  return (Array.isArray(at) ? at[0] : at) ?? null;
}
