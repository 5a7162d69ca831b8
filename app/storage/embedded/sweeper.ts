/** Removes documents whose TTL index says they have expired. */

import { decode } from "./bson";
import { after, u32 } from "./bytes";
import type { Collection, Index } from "./catalogue";
import { recordOf } from "./collection";
import type { Store } from "./commands/context";
import { encodeKey } from "./keys";
import { someAtPath, splitPath } from "./paths";
import { BsonDate, type Doc } from "./values";

const CHUNK = 200;

/** Sweeps now and then; returns how to stop. */
export function startSweeper(store: Store, everyMs: number, onFault: (e: Error) => void): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const timer = setInterval(() => {
    store.cursors.expire();
    running = running
      .then(() => sweep(store, () => stopped))
      .catch((e: unknown) => onFault(e instanceof Error ? e : new Error(String(e))));
  }, everyMs);
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}

export async function sweep(store: Store, stopped: () => boolean): Promise<void> {
  for (const c of store.catalogue.all()) {
    for (const index of c.indexes) {
      if (index.expireAfterSeconds === undefined) continue;
      while (!stopped() && (await sweepChunk(store, c, index))) {}
    }
  }
}

/** Removes up to a chunk; true when there may be more. */
function sweepChunk(store: Store, c: Collection, index: Index): Promise<boolean> {
  const deadline = store.now() - index.expireAfterSeconds! * 1000;
  return store.engine.write(() => {
    if (store.catalogue.find(c.ns) !== c || !c.indexes.includes(index)) return false;
    const prefix = u32(index.id);
    const dates = Buffer.concat([prefix, encodeKey(new BsonDate(0)).subarray(0, 1)]);
    const ascending = !index.fields[0]!.descending;
    const until = Buffer.concat([prefix, encodeKey(new BsonDate(Math.max(deadline, -(2 ** 53) + 1)))]);
    const keys = ascending
      ? store.engine.keys("index", dates, until, CHUNK)
      : store.engine.keys("index", prefix, after(prefix), CHUNK);
    let removed = 0;
    for (const record of new Set(keys.map(recordOf))) {
      const bytes = store.collections.read(c, record);
      if (!bytes || !expired(decode(bytes), index, deadline)) continue;
      store.collections.remove(c, { record, bytes });
      removed++;
    }
    return ascending && keys.length === CHUNK && removed > 0;
  }, true);
}

/** Expired by the earliest date at the path. */
function expired(d: Doc, index: Index, deadline: number): boolean {
  return someAtPath(d, splitPath(index.fields[0]!.path), false, (v) => v instanceof BsonDate && v.ms < deadline);
}
