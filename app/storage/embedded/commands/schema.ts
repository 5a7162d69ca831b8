/** Collections and indexes: create, drop, list. */
import { decode } from "../bson";
import { encode } from "../bson-write";
import { after, u32 } from "../bytes";
import { type Collection, type Index, makeIndex, uuidValue } from "../catalogue";
import { recordOf } from "../collection";
import { StoreError } from "../errors";
import { checkIndexSpec, sameIndex } from "../index-spec";
import { encodeKey } from "../keys";
import { compileFilter } from "../matcher";
import { arrayOption, boolOption, cursorBatchSize, docOption } from "../options";
import { clearRecords } from "../orphans";
import { open } from "../records";
import { ok, type Reply } from "../reply";
import type { Stream } from "../stream";
import { type Doc, doc, isDoc, type Value } from "../values";
import { type CommandContext, type CommandSpec, namespace } from "./context";
import { collectionName, firstBatch } from "./read";

function create(context: CommandContext): Promise<Reply> {
  const { command, store } = context;
  const name = collectionName(command, "create");
  return store.engine.write(() => {
    if (!store.catalogue.find(namespace(context, name))) store.catalogue.ensure(context.db, name);
    return ok({});
  });
}

async function drop(context: CommandContext): Promise<Reply> {
  const c = context.store.catalogue.find(namespace(context, collectionName(context.command, "drop")));
  if (!c) return ok({});
  await dropCollection(context, c);
  return ok({ nIndexesWas: c.indexes.length, ns: c.ns });
}

/** The collection is gone with the first commit; its records follow, a chunk at a time. */
async function dropCollection({ store }: CommandContext, c: Collection): Promise<void> {
  const indexes = c.indexes;
  await store.engine.write(() => {
    if (store.catalogue.find(c.ns) === c) store.catalogue.drop(c);
  }, true);
  await clearRecords(store.engine, "docs", c.id);
  for (const i of indexes) await clearRecords(store.engine, "index", i.id);
}

async function dropDatabase(context: CommandContext): Promise<Reply> {
  for (const c of context.store.catalogue.inDatabase(context.db)) await dropCollection(context, c);
  return ok({ dropped: context.db });
}

async function createIndexes(context: CommandContext): Promise<Reply> {
  const { command, store } = context;
  const name = collectionName(command, "createIndexes");
  const list = arrayOption(command, "indexes");
  if (list.length === 0) throw new StoreError(2, "Must specify at least one index to create");
  const dropUnknown = boolOption(command, "ignoreUnknownIndexOptions", false);
  const specs = list.map((s) => checkIndexSpec(s, dropUnknown));
  refuseTwice(specs);
  const existed = store.catalogue.find(namespace(context, name)) !== undefined;
  return store.engine.write(() => {
    const c = store.catalogue.ensure(context.db, name);
    const before = c.indexes.length;
    for (const spec of specs) addIndex(context, c, spec);
    const counts = { numIndexesBefore: before, numIndexesAfter: c.indexes.length };
    const note = before === c.indexes.length ? { note: "all indexes already exist" } : {};
    return ok({ ...counts, createdCollectionAutomatically: !existed, ...note });
  });
}

function refuseTwice(specs: Doc[]): void {
  const texts = specs.map((s) => encodeKey(s).toString("latin1"));
  if (new Set(texts).size < texts.length)
    throw new StoreError(96, "Cannot build two identical indexes. Try again without duplicate indexes.");
}

function addIndex({ store }: CommandContext, c: Collection, spec: Doc): void {
  const key = spec.get("key") as Doc;
  if (isIdKey(key)) return;
  if (spec.get("name") === "_id_")
    throw new StoreError(
      2,
      `The index name '_id_' is reserved for the _id index, which must have key pattern {_id: 1}, found key: ${[...key.keys()].join(", ")}`,
    );
  for (const existing of c.indexes) {
    const sameName = existing.name === spec.get("name");
    const sameKey = sameIndex(existing.spec, spec);
    if (sameKey && sameName && sameExpiry(existing.spec, spec)) return;
    if (sameKey && !sameName) throw new StoreError(85, `Index already exists with a different name: ${existing.name}`);
    if (sameKey)
      throw new StoreError(85, "An equivalent index already exists with the same name but different options.");
    if (sameName)
      throw new StoreError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Requested index: ${existing.name}`,
      );
  }
  if (c.indexes.length >= 64) throw new StoreError(67, "add index fails, too many indexes");
  const index = makeIndex(store.catalogue.newIndexId(), spec);
  store.catalogue.setIndexes(c, [...c.indexes, index]);
  fillIndex(store, c, index);
}

function isIdKey(key: Doc): boolean {
  return key.size === 1 && key.has("_id") && encodeKey(key.get("_id")).equals(encodeKey(1));
}

function sameExpiry(a: Doc, b: Doc): boolean {
  return encodeKey(a.get("expireAfterSeconds")).equals(encodeKey(b.get("expireAfterSeconds")));
}

function fillIndex(store: CommandContext["store"], c: Collection, index: Index): void {
  let lo = u32(c.id);
  const hi = after(lo);
  for (;;) {
    const entries = store.engine.entries("docs", lo, hi, 256);
    for (const { key, value } of entries) {
      const d = decode(open(value));
      store.collections.addKeys(c, index, store.collections.keysFor(index, d), recordOf(key), d);
    }
    const last = entries.at(-1);
    if (!last || entries.length < 256) return;
    lo = Buffer.concat([last.key, Buffer.alloc(1)]);
  }
}

async function dropIndexes(context: CommandContext): Promise<Reply> {
  const { command, store } = context;
  const name = collectionName(command, command.has("dropIndexes") ? "dropIndexes" : "deleteIndexes");
  const c = store.catalogue.find(namespace(context, name));
  if (!c) throw new StoreError(26, `ns not found ${namespace(context, name)}`);
  const before = c.indexes;
  const gone = indexesNamed(c, command.get("index"));
  await store.engine.write(() =>
    store.catalogue.setIndexes(
      c,
      c.indexes.filter((i) => !gone.includes(i)),
    ),
  );
  for (const i of gone) await clearRecords(store.engine, "index", i.id);
  return ok({ nIndexesWas: before.length });
}

function indexesNamed(c: Collection, wanted: Value | undefined): Index[] {
  if (wanted === undefined || wanted === null)
    throw new StoreError(40414, "BSON field 'dropIndexes.index' is missing but a required field");
  if (wanted === "*") return c.indexes.filter((i) => i.name !== "_id_");
  const list = Array.isArray(wanted) ? wanted : [wanted];
  if (new Set(list).size < list.length) throw new StoreError(27, "an index is named twice");
  return list.map((w) => {
    const found = isDoc(w) ? byKey(c, w) : c.indexes.find((i) => i.name === w);
    if (!isDoc(w) && typeof w !== "string")
      throw new StoreError(
        14,
        "BSON field 'dropIndexes.index' is the wrong type, expected types '[string, object, array]'",
      );
    if (!found) throw new StoreError(27, isDoc(w) ? "can't find index with key" : `index not found with name [${w}]`);
    if (found.name === "_id_") throw new StoreError(72, "cannot drop _id index");
    return found;
  });
}

function byKey(c: Collection, key: Doc): Index | undefined {
  const wanted = encodeKey(key);
  const found = c.indexes.filter((i) => encodeKey(i.spec.get("key")).equals(wanted));
  if (found.length > 1) throw new StoreError(181, "several indexes have this key: drop by name");
  return found[0];
}

async function listIndexes(context: CommandContext): Promise<Reply> {
  const { command, store } = context;
  const name = collectionName(command, "listIndexes");
  boolOption(command, "includeBuildUUIDs", false);
  boolOption(command, "includeIndexBuildInfo", false);
  const size = cursorBatchSize(command, Number.POSITIVE_INFINITY);
  const c = store.catalogue.find(namespace(context, name));
  if (!c) throw new StoreError(26, `ns does not exist: ${namespace(context, name)}`);
  return firstBatch(context, listed(c.indexes.map((i) => encode(i.spec))), c.ns, size, false);
}

function* listed(documents: Buffer[]): Stream<Buffer> {
  yield* documents;
}

function listCollections(context: CommandContext): Promise<Reply> {
  const { command, store } = context;
  const size = cursorBatchSize(command, Number.POSITIVE_INFINITY);
  const matcher = compileFilter(docOption(command, "filter"), { variables: new Map() });
  const nameOnly = boolOption(command, "nameOnly", false);
  const found = store.catalogue
    .inDatabase(context.db)
    .map((c) => (nameOnly ? doc({ name: c.name, type: "collection" }) : described(c)))
    .filter((d) => matcher.matches(d));
  return firstBatch(context, listed(found.map(encode)), `${context.db}.$cmd.listCollections`, size, false);
}

function described(c: Collection): Doc {
  return doc({
    name: c.name,
    type: "collection",
    options: {},
    info: { readOnly: false, uuid: uuidValue(c.uuid) },
    idIndex: { v: 2, key: { _id: 1 }, name: "_id_" },
  });
}

function listDatabases({ command, store }: CommandContext): Reply {
  const matcher = compileFilter(docOption(command, "filter"), { variables: new Map() });
  const names = [...new Set(store.catalogue.all().map((c) => c.db))].sort();
  const databases = names
    .map((name) => {
      const bytes = store.catalogue.inDatabase(name).reduce((n, c) => n + c.bytes, 0);
      return doc({ name, sizeOnDisk: BigInt(bytes), empty: bytes === 0 });
    })
    .filter((d) => matcher.matches(d));
  return ok({ databases, totalSize: 0n });
}

function collStats(context: CommandContext): Reply {
  const c = context.store.catalogue.find(namespace(context, collectionName(context.command, "collStats")));
  const count = c?.count ?? 0;
  const size = c?.bytes ?? 0;
  return ok({
    ns: namespace(context, String(context.command.get("collStats"))),
    count,
    size,
    avgObjSize: count ? Math.round(size / count) : 0,
    nindexes: c?.indexes.length ?? 0,
  });
}

const CREATE_ABSENT =
  "capped size max autoIndexId idIndex viewOn pipeline timeseries clusteredIndex validator validationLevel validationAction collation expireAfterSeconds storageEngine indexOptionDefaults changeStreamPreAndPostImages encryptedFields".split(
    " ",
  );

export const SCHEMA_COMMANDS: Record<string, CommandSpec> = {
  create: { run: create, fields: ["create"], absent: CREATE_ABSENT },
  drop: { run: drop, fields: ["drop"], absent: [] },
  dropDatabase: { run: dropDatabase, fields: ["dropDatabase"], absent: [] },
  createIndexes: {
    run: createIndexes,
    fields: ["createIndexes", "indexes", "commitQuorum", "ignoreUnknownIndexOptions"],
    absent: [],
  },
  dropIndexes: { run: dropIndexes, fields: ["dropIndexes", "index"], absent: [] },
  deleteIndexes: { run: dropIndexes, fields: ["deleteIndexes", "index"], absent: [] },
  listIndexes: {
    run: listIndexes,
    fields: ["listIndexes", "cursor", "includeBuildUUIDs", "includeIndexBuildInfo"],
    absent: [],
  },
  listCollections: {
    run: listCollections,
    fields: ["listCollections", "filter", "nameOnly", "authorizedCollections", "cursor"],
    absent: [],
  },
  listDatabases: {
    run: listDatabases,
    fields: ["listDatabases", "filter", "nameOnly", "authorizedDatabases"],
    absent: [],
  },
  collStats: { run: collStats, fields: ["collStats", "scale"], absent: [] },
};
