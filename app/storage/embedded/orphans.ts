/** Records of dropped collections and indexes that a crash left behind are cleared away before the store is served. */
import { after, u32 } from "./bytes";
import type { Catalogue } from "./catalogue";
import type { Engine, Table } from "./engine";

const CHUNK = 5000;

export async function clearOrphans(engine: Engine, catalogue: Catalogue): Promise<void> {
  const collections = new Set(catalogue.all().map((c) => c.id));
  const indexes = new Set(catalogue.all().flatMap((c) => c.indexes.map((i) => i.id)));
  for (const id of unknownIds(engine, "docs", collections)) await clearRecords(engine, "docs", id);
  for (const id of unknownIds(engine, "index", indexes)) await clearRecords(engine, "index", id);
}

/** Each record begins with the number of its collection or index: jump from one number to the next. */
function unknownIds(engine: Engine, table: Table, known: ReadonlySet<number>): number[] {
  const unknown: number[] = [];
  const end = Buffer.alloc(8, 0xff);
  for (let key = engine.keys(table, u32(0), end, 1)[0]; key; ) {
    const id = key.readUInt32BE(0);
    if (!known.has(id)) unknown.push(id);
    key = engine.keys(table, after(u32(id)), end, 1)[0];
  }
  return unknown;
}

/** Removes every record that begins with this number, a chunk to a commit. */
export async function clearRecords(engine: Engine, table: Table, id: number): Promise<void> {
  const lo = u32(id);
  for (let more = true; more; ) {
    more = await engine.write(() => {
      const keys = engine.keys(table, lo, after(lo), CHUNK);
      for (const key of keys) engine.remove(table, key, engine.get(table, key) ?? Buffer.alloc(1));
      return keys.length === CHUNK;
    }, true);
  }
}
