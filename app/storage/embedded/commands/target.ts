/** What an update or delete is aimed at: finding its rows, changing them. */
import { decode } from "../bson";
import type { Collection } from "../catalogue";
import type { Row } from "../collection";
import type { Matcher } from "../matcher";
import type { SortField } from "../planner";
import { decodeFor, matchingRows, prepare, type Query, rows } from "../query";
import { read, withoutTicks } from "../stream";
import type { Update } from "../updater";
import type { Doc, Value } from "../values";
import { type CommandContext, namespace, paceOf, type Store } from "./context";
import { hintOf } from "./read";
import type { Prepared } from "./statements";

export interface Target {
  matcher: Matcher;
  sort: SortField[];
  hint: Value | undefined;
  multi: boolean;
}

/** True when the rows are found so fast that nobody minds their being looked for inside the transaction. */
export function isQuick(store: Store, c: Collection | undefined, t: Target): boolean {
  if (!c) return true;
  const { plan } = prepare(store.collections, targetQuery(c, t));
  return plan.kind === "none" || (plan.kind === "index" && (!t.multi || c.count < 200));
}

/** Rows to change, read ahead of the transaction so that a long search holds nobody up. */
export async function searchAhead(context: CommandContext, c: Collection, t: Target): Promise<number[]> {
  const query = targetQuery(c, t);
  const run = prepare(context.store.collections, query);
  const found: number[] = [];
  await read(rows(context.store.collections, query, run), paceOf(context.command), (row) => {
    found.push(row.record);
    return true;
  });
  return found;
}

function targetQuery(c: Collection | undefined, t: Target): Query {
  return { collection: c, matcher: t.matcher, sort: t.sort, skip: 0, limit: t.multi ? 0 : 1, hint: hintOf(t.hint, c) };
}

/** The rows as they are now, inside the transaction. Those found ahead are looked at again. */
export function targetRows(store: Store, c: Collection, t: Target, ahead: number[] | undefined): Row[] {
  const rowsNow = (ahead ?? []).flatMap((record) => {
    const bytes = store.collections.read(c, record);
    return bytes && t.matcher.matches(decodeFor(bytes, t.matcher.fields)) ? [{ record, bytes }] : [];
  });
  if (ahead && (t.multi || rowsNow.length > 0)) return rowsNow;
  const query = targetQuery(c, t);
  const run = prepare(store.collections, query);
  return [
    ...withoutTicks(t.sort.length > 0 || t.multi ? rows(store.collections, query, run) : firstOf(store, query, run)),
  ];
}

function* firstOf(store: Store, query: Query, run: ReturnType<typeof prepare>) {
  for (const row of matchingRows(store.collections, query, run)) {
    yield row;
    if (typeof row !== "symbol") return;
  }
}

export interface Outcome {
  matched: number;
  modified: number;
  upserted: Value | undefined;
  before: Doc | undefined;
  after: Doc | undefined;
}

/** Applies an update to its target, or inserts for an upsert. Inside a transaction. */
export function applyUpdate(
  store: Store,
  c: Collection,
  t: Target,
  update: Update,
  upsert: boolean,
  ahead: number[] | undefined,
): Outcome {
  const found = targetRows(store, c, t, ahead);
  const outcome: Outcome = {
    matched: found.length,
    modified: 0,
    upserted: undefined,
    before: undefined,
    after: undefined,
  };
  for (const row of found) {
    const before = decode(row.bytes);
    const { after, changed } = update.apply(before, t.matcher);
    outcome.before = before;
    outcome.after = after;
    if (changed?.size === 0) continue;
    if (store.collections.replace(c, row, before, after, changed)) outcome.modified++;
  }
  if (found.length === 0 && upsert) {
    outcome.after = store.collections.insert(c, update.insertFor(t.matcher));
    outcome.upserted = outcome.after.get("_id")!;
  }
  return outcome;
}

export const UNTOUCHED: Outcome = { matched: 0, modified: 0, upserted: undefined, before: undefined, after: undefined };

/** Prepares a change of the target's rows; `creates` when it makes the collection. */
export function prepareChange<T>(
  context: CommandContext,
  name: string,
  target: Target,
  options: { creates: boolean; frees: boolean; nothing: T },
  work: (c: Collection, ahead: number[] | undefined) => T,
): Prepared<T> {
  const { store, db } = context;
  const ns = namespace(context, name);
  const existing = store.catalogue.find(ns);
  const now = (ahead: number[] | undefined): T => {
    const c = options.creates ? store.catalogue.ensure(db, name) : store.catalogue.find(ns);
    return c ? work(c, c === existing ? ahead : undefined) : options.nothing;
  };
  if (!existing || isQuick(store, existing, target))
    return { quick: true, frees: options.frees, work: () => now(undefined) };
  const run = async (): Promise<T> => {
    const ahead = await searchAhead(context, existing, target);
    return store.engine.write(() => now(ahead), options.frees);
  };
  return { quick: false, run };
}

/** Runs one prepared change. */
export function runChange<T>(context: CommandContext, p: Prepared<T>): Promise<T> {
  return p.quick ? context.store.engine.write(p.work, p.frees) : p.run();
}
