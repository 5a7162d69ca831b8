/** Runs a query: plan, filter, sort, skip, limit, project. */
import { decode, decodeFields, pickFields } from "./bson";
import { encode } from "./bson-write";
import type { Collection, Index } from "./catalogue";
import type { Collections, Row } from "./collection";
import type { FindProjection } from "./find-projection";
import type { Matcher } from "./matcher";
import { type IndexPlan, type Plan, plan, type SortField } from "./planner";
import { indexRecords, type ScanStats, scan } from "./scan";
import { Sorter, sortFieldNames, sortKey } from "./sorting";
import { type Stream, TICK } from "./stream";
import type { Doc } from "./values";

export interface Query {
  collection: Collection | undefined;
  matcher: Matcher;
  sort: SortField[];
  skip: number;
  /** 0 for no limit. */
  limit: number;
  hint?: Index | "natural" | undefined;
  /** Top-level fields that are read of the rows found, where that is known. */
  only?: ReadonlySet<string>;
}

export interface Execution {
  plan: Plan;
  stats: ScanStats & { returned: number; sortedInMemory: boolean };
}

export function prepare(store: Collections, q: Query): Execution {
  const wanted = q.limit > 0 ? q.limit + q.skip : 0;
  const chosen: Plan = q.collection
    ? plan(store.engine, { collection: q.collection, matcher: q.matcher, sort: q.sort, wanted, hint: q.hint })
    : { kind: "none", sorted: true };
  return { plan: chosen, stats: { keys: 0, docs: 0, returned: 0, sortedInMemory: false } };
}

/** The fields to decode for a filter, or the whole document. */
export function decodeFor(bytes: Buffer, fields: ReadonlySet<string> | null): Doc {
  return fields ? decodeFields(bytes, fields) : decode(bytes);
}

/** Documents that meet the filter, in plan order. */
export function* matchingRows(store: Collections, q: Query, run: Execution): Stream<Row> {
  if (!q.collection) return;
  const { matcher, only } = q;
  const take = (bytes: Buffer): Buffer | undefined => {
    if (!matcher.empty && !matcher.matches(decodeFor(bytes, matcher.fields))) return undefined;
    return only ? pickFields(bytes, only) : bytes;
  };
  yield* scan(store, q.collection, run.plan, run.stats, take);
}

/** As `matchingRows`, in the order asked for and within skip and limit. */
export function* rows(store: Collections, q: Query, run: Execution): Stream<Row> {
  const source = matchingRows(store, q, run);
  const ordered = run.plan.sorted ? source : sortedRows(source, q, run);
  let skip = q.skip;
  for (const row of ordered) {
    if (row === TICK) yield TICK;
    else if (skip > 0) skip--;
    else {
      run.stats.returned++;
      yield row as Row;
      if (q.limit > 0 && run.stats.returned >= q.limit) return;
    }
  }
}

function* sortedRows(source: Stream<Row>, q: Query, run: Execution): Stream<Row> {
  run.stats.sortedInMemory = true;
  const fields = sortFieldNames(q.sort);
  const sorter = new Sorter<Row>(q.sort, q.limit > 0 ? q.limit + q.skip : 0, (r) => r.bytes.length);
  let n = 0;
  for (const row of source) {
    if (row === TICK) yield TICK;
    else {
      sorter.add(sortKey(decodeFields((row as Row).bytes, fields), q.sort), row as Row);
      if (++n % 32 === 0) yield TICK;
    }
  }
  yield* sorter.sorted();
}

/** The encoded results of a find. */
export function* findBytes(store: Collections, q: Query, run: Execution, projection?: FindProjection): Stream<Buffer> {
  for (const row of rows(store, q, run)) yield row === TICK ? TICK : projected((row as Row).bytes, projection);
}

export function projected(bytes: Buffer, projection: FindProjection | undefined): Buffer {
  if (!projection) return bytes;
  if (projection.wholeFields) return pickFields(bytes, projection.wholeFields);
  return encode(projection.apply(decodeFor(bytes, projection.fields)));
}

/** Counts matching documents up to `most` (0 for all), from index keys alone where they decide the filter. */
export function* countRows(store: Collections, q: Query, run: Execution, most: number): Stream<number> {
  let n = 0;
  const source = countsFromKeys(q, run) ? keysOnly(store, run) : matchingRows(store, q, run);
  for (const x of source) {
    if (x === TICK) yield TICK;
    else {
      n++;
      if (n % 32 === 0) yield TICK;
      if (most > 0 && n >= most) break;
    }
  }
  run.stats.returned = n;
  yield n;
}

export function countsFromKeys(q: Query, run: Execution): boolean {
  return q.collection !== undefined && run.plan.kind === "index" && run.plan.exact;
}

/** Record numbers from index keys, for a plan that `countsFromKeys`. */
export function* keysOnly(store: Collections, run: Execution): Stream<number> {
  yield* indexRecords(store.engine, run.plan as IndexPlan, run.stats);
}
