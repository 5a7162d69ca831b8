/** Reads the documents that a plan reaches. Nothing is held open between reads, so a scan can rest as long as it likes. */
import { after, u32 } from "./bytes";
import type { Collection } from "./catalogue";
import { type Collections, documentKey, type Row, recordOf } from "./collection";
import type { Engine } from "./engine";
import type { IndexPlan, KeyRange, Plan } from "./planner";
import { open } from "./records";
import { type Stream, TICK } from "./stream";

export interface ScanStats {
  keys: number;
  docs: number;
}

const FIRST_CHUNK = 24;
const KEYS_CHUNK = 512;
const DOCS_CHUNK = 64;

/** Walks the keys of one range, a chunk at a time. */
class RangeReader {
  private chunk: Buffer[] = [];
  private at = 0;
  private size = FIRST_CHUNK;
  private ended = false;
  private lo: Buffer;
  private hi: Buffer;

  constructor(
    private readonly engine: Engine,
    readonly range: KeyRange,
    private readonly reverse: boolean,
  ) {
    this.lo = range.lo;
    this.hi = range.hi;
  }

  peek(): Buffer | undefined {
    if (this.at >= this.chunk.length) this.fill();
    return this.chunk[this.at];
  }

  next(): Buffer | undefined {
    const key = this.peek();
    this.at++;
    return key;
  }

  private fill(): void {
    if (this.ended) return;
    this.chunk = this.engine.keys("index", this.lo, this.hi, this.size, this.reverse);
    this.at = 0;
    this.ended = this.chunk.length < this.size;
    const last = this.chunk.at(-1);
    if (last && this.reverse) this.hi = last;
    else if (last) this.lo = Buffer.concat([last, Buffer.alloc(1)]);
    this.size = Math.min(this.size * 4, KEYS_CHUNK);
  }
}

/** Record numbers in plan order, each once. */
export function* indexRecords(engine: Engine, plan: IndexPlan, stats: ScanStats): Generator<number, void> {
  const readers = plan.ranges.map((r) => new RangeReader(engine, r, plan.reverse));
  const keys = plan.merge ? mergedKeys(readers, plan.reverse) : keysInSequence(readers, plan.reverse);
  const seen = plan.index.multikey.includes(true) ? new Set<number>() : undefined;
  for (const key of keys) {
    stats.keys++;
    const record = recordOf(key);
    if (seen) {
      if (seen.has(record)) continue;
      seen.add(record);
    }
    yield record;
  }
}

function* keysInSequence(readers: RangeReader[], reverse: boolean): Generator<Buffer, void> {
  for (const r of reverse ? readers.reverse() : readers) {
    for (let key = r.next(); key; key = r.next()) yield key;
  }
}

/** Several sorted ranges read as one: always the key whose bytes behind its prefix come first. */
function* mergedKeys(readers: RangeReader[], reverse: boolean): Generator<Buffer, void> {
  const live = readers.filter((r) => r.peek());
  while (live.length > 0) {
    let best = 0;
    for (let i = 1; i < live.length; i++) {
      const order = compareTails(live[i]!, live[best]!);
      if (reverse ? order > 0 : order < 0) best = i;
    }
    const reader = live[best]!;
    yield reader.next()!;
    if (!reader.peek()) live.splice(best, 1);
  }
}

function compareTails(a: RangeReader, b: RangeReader): number {
  const x = a.peek()!;
  const y = b.peek()!;
  return x.compare(y, b.range.prefix, y.length, a.range.prefix, x.length);
}

/**
 * Shown the BSON of a document, gives what of it is wanted: all, a copy of some fields, or undefined for nothing. The
 * bytes may be good only until it returns.
 */
export type Take = (bytes: Buffer) => Buffer | undefined;

/** The documents a plan reaches, of those that are taken. */
export function* scan(store: Collections, c: Collection, plan: Plan, stats: ScanStats, take: Take): Stream<Row> {
  switch (plan.kind) {
    case "none":
      return;
    case "collection":
      yield* collectionRows(store, c, plan.reverse, stats, take);
      return;
    case "index":
      yield* indexRows(store, c, plan, stats, undefined, take);
      return;
    case "or": {
      const seen = new Set<number>();
      for (const p of plan.plans) yield* indexRows(store, c, p, stats, seen, take);
    }
  }
}

function* indexRows(
  store: Collections,
  c: Collection,
  plan: IndexPlan,
  stats: ScanStats,
  seen: Set<number> | undefined,
  take: Take,
): Stream<Row> {
  let refused = 0;
  for (const record of indexRecords(store.engine, plan, stats)) {
    if (seen?.has(record)) continue;
    seen?.add(record);
    const bytes = store.read(c, record);
    if (!bytes) continue;
    stats.docs++;
    const taken = take(bytes);
    if (taken) yield { record, bytes: taken };
    else if (++refused % 32 === 0) yield TICK;
  }
}

function* collectionRows(
  store: Collections,
  c: Collection,
  reverse: boolean,
  stats: ScanStats,
  take: Take,
): Stream<Row> {
  let lo = u32(c.id);
  let hi = after(lo);
  let size = 4;
  const copied = (record: Buffer): Buffer | undefined => {
    const bytes = open(record);
    const taken = take(bytes);
    return taken === bytes ? Buffer.from(bytes) : taken;
  };
  for (;;) {
    const entries = store.engine.look("docs", lo, hi, size, reverse, copied);
    for (const { key, value } of entries) {
      stats.docs++;
      if (value) yield { record: recordOf(key), bytes: value };
    }
    const last = entries.at(-1);
    if (!last || entries.length < size) return;
    yield TICK;
    if (reverse) hi = last.key;
    else lo = documentKey(c, recordOf(last.key) + 1);
    size = Math.min(size * 4, DOCS_CHUNK);
  }
}
