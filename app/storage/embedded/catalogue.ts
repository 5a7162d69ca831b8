/** Databases, collections and indexes: held in memory, written through, undone with the statement that changed them. */
import { randomUUID } from "node:crypto";
import { decode } from "./bson";
import { encode } from "./bson-write";
import { u32 } from "./bytes";
import type { Engine } from "./engine";
import { StoreError } from "./errors";
import type { KeyField } from "./index-keys";
import { compileFilter, type Matcher } from "./matcher";
import { open, seal } from "./records";
import { Binary, type Doc, doc, isNumber, isTrue, toNumber, type Value } from "./values";

export interface Index {
  id: number;
  name: string;
  fields: KeyField[];
  /** As the client gave it and listIndexes returns it. */
  spec: Doc;
  unique: boolean;
  sparse: boolean;
  partial: Matcher | undefined;
  expireAfterSeconds: number | undefined;
  /** Per field: some document has an array on its path. Never set back. */
  multikey: boolean[];
  /** Some key was cut: the index cannot serve order or equality without looking at documents. */
  cut: boolean;
}

export interface Collection {
  id: number;
  ns: string;
  db: string;
  name: string;
  uuid: string;
  indexes: Index[];
  count: number;
  bytes: number;
  nextRecord: number;
}

const metaKey = (kind: "c" | "n", id: number): Buffer => Buffer.concat([Buffer.from(kind), u32(id)]);

export class Catalogue {
  private readonly collections = new Map<string, Collection>();
  private nextId = 1;
  private readonly dirtyCounts = new Map<number, Collection>();

  constructor(private readonly engine: Engine) {
    for (const { value } of engine.entries("meta", Buffer.from("c"), Buffer.from("d"), Number.MAX_SAFE_INTEGER)) {
      const c = readCollection(decode(open(value)));
      this.collections.set(c.ns, c);
      this.nextId = Math.max(this.nextId, c.id + 1, ...c.indexes.map((i) => i.id + 1));
      const counts = engine.get("meta", metaKey("n", c.id));
      if (counts) readCounts(c, decode(open(counts)));
    }
    engine.beforeCommit = () => this.writeCounts();
  }

  find(ns: string): Collection | undefined {
    return this.collections.get(ns);
  }
  all(): Collection[] {
    return [...this.collections.values()];
  }
  inDatabase(db: string): Collection[] {
    return this.all().filter((c) => c.db === db);
  }

  /** Returns the collection, creating it (with its _id index) when it is not there. Only inside a write. */
  ensure(db: string, name: string): Collection {
    const ns = `${db}.${name}`;
    const existing = this.collections.get(ns);
    if (existing) return existing;
    checkName(db, name);
    const c: Collection = {
      id: this.nextId++,
      ns,
      db,
      name,
      uuid: randomUUID(),
      indexes: [idIndex(this.nextId++)],
      count: 0,
      bytes: 0,
      nextRecord: 1,
    };
    this.collections.set(ns, c);
    this.engine.onUndo(() => this.collections.delete(ns));
    this.save(c);
    return c;
  }

  newIndexId(): number {
    return this.nextId++;
  }

  /** Changes a collection's list of indexes. */
  setIndexes(c: Collection, indexes: Index[]): void {
    const before = c.indexes;
    c.indexes = indexes;
    this.engine.onUndo(() => {
      c.indexes = before;
    });
    this.save(c);
  }

  /** Notes that arrays lie on an index's paths, or that a key was cut. */
  widen(c: Collection, index: Index, multikey: readonly boolean[], cut: boolean): void {
    if (multikey.every((m, i) => !m || index.multikey[i]) && (!cut || index.cut)) return;
    const before = { multikey: index.multikey, cut: index.cut };
    index.multikey = index.multikey.map((m, i) => m || multikey[i] === true);
    index.cut ||= cut;
    this.engine.onUndo(() => Object.assign(index, before));
    this.save(c);
  }

  /** Adds to a collection's totals; written down once per commit, the size only together with the number. */
  count(c: Collection, documents: number, bytes: number): void {
    c.count += documents;
    c.bytes += bytes;
    this.engine.onUndo(() => {
      c.count -= documents;
      c.bytes -= bytes;
    });
    if (documents !== 0) this.dirtyCounts.set(c.id, c);
  }

  takeRecordNumber(c: Collection): number {
    // Never handed back: a number is used once, also when its statement is undone.
    this.dirtyCounts.set(c.id, c);
    return c.nextRecord++;
  }

  drop(c: Collection): void {
    this.collections.delete(c.ns);
    this.engine.onUndo(() => this.collections.set(c.ns, c));
    for (const kind of ["c", "n"] as const) {
      const key = metaKey(kind, c.id);
      const before = this.engine.get("meta", key);
      if (before) this.engine.remove("meta", key, before);
    }
    this.dirtyCounts.delete(c.id);
  }

  private save(c: Collection): void {
    const key = metaKey("c", c.id);
    this.engine.put("meta", key, seal(encode(writeCollection(c))), this.engine.get("meta", key));
  }

  private writeCounts(): void {
    for (const c of this.dirtyCounts.values()) {
      if (this.collections.get(c.ns) !== c) continue;
      const record = doc({ count: BigInt(c.count), bytes: BigInt(c.bytes), nextRecord: BigInt(c.nextRecord) });
      this.engine.put("meta", metaKey("n", c.id), seal(encode(record)), undefined);
    }
    this.dirtyCounts.clear();
  }
}

function checkName(db: string, name: string): void {
  if (name === "") throw new StoreError(73, `Invalid namespace specified '${db}.'`);
  if (name.includes("$")) throw new StoreError(73, `Invalid collection name: ${name}`);
  if (name.startsWith(".") || name.includes("\0")) throw new StoreError(73, `Invalid collection name: ${name}`);
  if (name.startsWith("system.")) throw new StoreError(73, `Invalid system namespace: ${db}.${name}`);
  if (Buffer.byteLength(`${db}.${name}`) > 255) throw new StoreError(73, "Fully qualified namespace is too long");
}

function idIndex(id: number): Index {
  return makeIndex(id, doc({ v: 2, key: { _id: 1 }, name: "_id_" }));
}

/** Builds an index from its specification, which has been checked. */
export function makeIndex(id: number, spec: Doc): Index {
  const fields = [...(spec.get("key") as Doc)].map(([path, v]) => ({
    path,
    descending: isNumber(v) && toNumber(v) < 0,
  }));
  const partial = spec.get("partialFilterExpression");
  const expire = spec.get("expireAfterSeconds");
  return {
    id,
    name: spec.get("name") as string,
    fields,
    spec,
    unique: spec.get("name") === "_id_" || isTrue(spec.get("unique")),
    sparse: isTrue(spec.get("sparse")),
    partial: partial ? compileFilter(partial as Doc, { variables: new Map() }) : undefined,
    expireAfterSeconds: isNumber(expire) ? toNumber(expire) : undefined,
    multikey: fields.map(() => false),
    cut: false,
  };
}

function writeCollection(c: Collection): Doc {
  return doc({
    id: c.id,
    db: c.db,
    name: c.name,
    uuid: c.uuid,
    indexes: c.indexes.map((i) => doc({ id: i.id, spec: i.spec, multikey: i.multikey, cut: i.cut })),
  });
}

function readCollection(d: Doc): Collection {
  const db = d.get("db") as string;
  const name = d.get("name") as string;
  const indexes = (d.get("indexes") as Doc[]).map((i) => ({
    ...makeIndex(toNumber(i.get("id") as number), i.get("spec") as Doc),
    multikey: i.get("multikey") as boolean[],
    cut: i.get("cut") as boolean,
  }));
  const id = toNumber(d.get("id") as number);
  const uuid = d.get("uuid") as string;
  return { id, ns: `${db}.${name}`, db, name, uuid, indexes, count: 0, bytes: 0, nextRecord: 1 };
}

function readCounts(c: Collection, d: Doc): void {
  c.count = Number(d.get("count"));
  c.bytes = Number(d.get("bytes"));
  c.nextRecord = Number(d.get("nextRecord"));
}

export function uuidValue(uuid: string): Value {
  return new Binary(4, Buffer.from(uuid.replaceAll("-", ""), "hex"));
}
