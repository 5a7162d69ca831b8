/** find, getMore, killCursors, count, distinct. */
import { encodedSize } from "../bson-write";
import type { Collection, Index } from "../catalogue";
import { BATCH_BYTES, type Cursor } from "../cursors";
import { StoreError } from "../errors";
import { compileFindProjection, type FindProjection } from "../find-projection";
import { encodeKey } from "../keys";
import { compileFilter } from "../matcher";
import {
  arrayOption,
  boolOption,
  docOption,
  notNegative,
  strictBool,
  stringOption,
  wholeOption,
  wrongType,
} from "../options";
import { someAtPath, splitPath } from "../paths";
import { countRows, decodeFor, findBytes, matchingRows, prepare, type Query } from "../query";
import { cursorReply, ok, type Reply } from "../reply";
import { parseSort } from "../sorting";
import { read, type Stream } from "../stream";
import { type Doc, isDoc, typeNameOrMissing, type Value, wholeNumber } from "../values";
import { type CommandContext, type CommandSpec, namespace, paceOf, variablesOf } from "./context";

export const FIRST_BATCH = 101;

export function collectionName(command: Doc, key: string): string {
  const name = command.get(key);
  if (typeof name !== "string") throw new StoreError(73, `collection name has invalid type ${typeNameOrMissing(name)}`);
  if (name.startsWith("$") || name.includes("\0"))
    throw new StoreError(73, "Invalid namespace specified: collection name");
  if (name === "") throw new StoreError(73, "Invalid namespace specified: collection name is empty");
  return name;
}

/** The index a hint names by its name or its key pattern. */
export function hintOf(hint: Value | undefined, c: Collection | undefined): Index | "natural" | undefined {
  if (hint === undefined || (isDoc(hint) && hint.size === 0)) return undefined;
  if (isDoc(hint) && hint.has("$natural")) return "natural";
  if (typeof hint !== "string" && !isDoc(hint)) throw new StoreError(9, "Hint must be a string or an object");
  if (!c) return undefined;
  const wanted = isDoc(hint) ? encodeKey(hint) : undefined;
  const found = c.indexes.find((i) => (wanted ? encodeKey(i.spec.get("key")).equals(wanted) : i.name === hint));
  if (!found)
    throw new StoreError(
      2,
      "error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index",
    );
  return found;
}

export function findQuery(context: CommandContext): {
  query: Query;
  projection: FindProjection | undefined;
  ns: string;
  single: boolean;
} {
  const { command, store } = context;
  const ns = namespace(context, collectionName(command, "find"));
  const variables = variablesOf(context);
  const matcher = compileFilter(docOption(command, "filter"), { variables });
  const spec = docOption(command, "projection");
  const projection = spec.size > 0 ? compileFindProjection(spec, matcher, variables) : undefined;
  const collection = store.catalogue.find(ns);
  const limit = notNegative(command, "limit");
  for (const key of ["allowDiskUse", "noCursorTimeout"]) strictBool(command, key, false);
  const query: Query = {
    collection,
    matcher,
    sort: parseSort(command.get("sort")),
    skip: notNegative(command, "skip"),
    limit,
    hint: hintOf(command.get("hint"), collection),
  };
  return { query, projection, ns, single: boolOption(command, "singleBatch", false) };
}

async function find(context: CommandContext): Promise<Reply> {
  const { query, projection, ns, single } = findQuery(context);
  const run = prepare(context.store.collections, query);
  const stream = findBytes(context.store.collections, query, run, projection);
  const size = context.command.has("batchSize") ? notNegative(context.command, "batchSize") : FIRST_BATCH;
  return firstBatch(context, stream, ns, size, single);
}

/** Answers with the first batch and keeps a cursor for the rest. */
export async function firstBatch(
  context: CommandContext,
  stream: Stream<Buffer>,
  ns: string,
  size: number,
  single: boolean,
): Promise<Buffer> {
  const batch = await fill(context, stream, undefined, size);
  const finished = batch.ended || single;
  if (finished) stream.return();
  const id = finished ? 0n : context.store.cursors.keep(ns, stream, batch.held).id;
  return cursorReply("firstBatch", batch.documents, id, ns);
}

interface Batch {
  documents: Buffer[];
  held: Buffer | undefined;
  ended: boolean;
}

/** Fills a batch by count and bytes. One more document is read, so that a result that just fits needs no getMore. */
async function fill(
  context: CommandContext,
  stream: Stream<Buffer>,
  held: Buffer | undefined,
  size: number,
): Promise<Batch> {
  const batch: Batch = { documents: [], held: undefined, ended: false };
  let bytes = 0;
  const take = (d: Buffer): boolean => {
    if (batch.documents.length >= size || (bytes > 0 && bytes + d.length > BATCH_BYTES)) {
      batch.held = d;
      return false;
    }
    batch.documents.push(d);
    bytes += d.length;
    return true;
  };
  if (held && !take(held)) return batch;
  if (size > 0) batch.ended = await read(stream, paceOf(context.command), take);
  return batch;
}

async function getMore(context: CommandContext): Promise<Reply> {
  const { command, store } = context;
  const id = command.get("getMore");
  if (typeof id !== "bigint") throw wrongType(command, "getMore", id ?? null, "long");
  const ns = namespace(context, stringOption(command, "collection"));
  const cursor: Cursor = store.cursors.take(id, ns);
  try {
    const size = wholeOption(command, "batchSize", 0);
    if (size < 0) throw new StoreError(51024, "BSON field 'batchSize' value must be >= 0");
    const batch = await fill(context, cursor.stream, cursor.held, size || Number.POSITIVE_INFINITY);
    cursor.held = batch.held;
    if (batch.ended) store.cursors.close(id);
    return cursorReply("nextBatch", batch.documents, batch.ended ? 0n : id, ns);
  } catch (error) {
    store.cursors.close(id);
    throw error;
  } finally {
    store.cursors.release(cursor);
  }
}

function killCursors({ command, store }: CommandContext): Reply {
  const list = arrayOption(command, "cursors");
  const killed: Value[] = [];
  const missing: Value[] = [];
  for (const id of list) {
    if (typeof id !== "bigint") throw wrongType(command, "cursors", id, "long");
    (store.cursors.close(id) ? killed : missing).push(id);
  }
  return ok({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
}

export function countQuery(context: CommandContext): { query: Query; most: number } {
  const { command, store } = context;
  const collection = store.catalogue.find(namespace(context, collectionName(command, "count")));
  const matcher = compileFilter(docOption(command, "query"), { variables: variablesOf(context) });
  const limit = Math.abs(wholeOption(command, "limit", 0));
  const query: Query = {
    collection,
    matcher,
    sort: [],
    skip: notNegative(command, "skip"),
    limit: 0,
    hint: hintOf(command.get("hint"), collection),
  };
  return { query, most: limit > 0 ? limit + query.skip : 0 };
}

async function count(context: CommandContext): Promise<Reply> {
  const { query, most } = countQuery(context);
  const all = query.matcher.empty && query.hint === undefined;
  const total = all ? (query.collection?.count ?? 0) : await counted(context, query, most);
  const limited = most > 0 ? Math.min(total, most) : total;
  return ok({ n: wholeNumber(Math.max(0, limited - query.skip)) });
}

async function counted(context: CommandContext, query: Query, most: number): Promise<number> {
  let n = 0;
  const run = prepare(context.store.collections, query);
  await read(countRows(context.store.collections, query, run, most), paceOf(context.command), (x) => {
    n = x;
    return true;
  });
  return n;
}

async function distinct(context: CommandContext): Promise<Reply> {
  const { command, store } = context;
  const collection = store.catalogue.find(namespace(context, collectionName(command, "distinct")));
  const key = stringOption(command, "key");
  if (key === "" || key.includes("\0"))
    throw new StoreError(2, "Key field cannot be empty or contain an embedded null byte");
  const q = command.get("query");
  if (q !== undefined && q !== null && !isDoc(q)) throw wrongType(command, "query", q, "object");
  const matcher = compileFilter(isDoc(q) ? q : new Map(), { variables: variablesOf(context) });
  const query: Query = {
    collection,
    matcher,
    sort: [],
    skip: 0,
    limit: 0,
    hint: hintOf(command.get("hint"), collection),
  };
  const run = prepare(store.collections, query);
  const seen = new Map<string, Value>();
  const parts = splitPath(key);
  const wanted = new Set([parts[0]!]);
  await read(matchingRows(store.collections, query, run), paceOf(command), (row) => {
    collectDistinct(decodeFor(row.bytes, wanted), parts, seen);
    return true;
  });
  const values = [...seen.values()];
  if (encodedSize(new Map([["values", values]])) > BATCH_BYTES)
    throw new StoreError(17217, "distinct too big, 16mb cap");
  return ok({ values });
}

function collectDistinct(d: Doc, parts: readonly string[], seen: Map<string, Value>): void {
  someAtPath(d, parts, false, (v) => {
    if (v === undefined) return false;
    if (Array.isArray(v) && wholeArrayAt(d, parts, v)) return false;
    const k = encodeKey(v).toString("latin1");
    if (!seen.has(k)) seen.set(k, v);
    return false;
  });
}

/** True when `v` is the array the path ends at, which distinct counts by its elements. */
function wholeArrayAt(d: Doc, parts: readonly string[], v: Value[]): boolean {
  return someAtPath(d, parts, true, (x) => x === v);
}

const NOT_OF_FIND =
  "collation min max returnKey showRecordId tailable awaitData oplogReplay allowPartialResults readOnce requestResumeToken resumeAfter".split(
    " ",
  );

export const READ_COMMANDS: Record<string, CommandSpec> = {
  find: {
    run: find,
    fields: "find filter sort projection hint skip limit batchSize singleBatch allowDiskUse noCursorTimeout let".split(
      " ",
    ),
    absent: NOT_OF_FIND,
  },
  getMore: {
    run: getMore,
    fields: ["getMore", "collection", "batchSize"],
    absent: ["term", "lastKnownCommittedOpTime"],
  },
  killCursors: { run: killCursors, fields: ["killCursors", "cursors"], absent: [] },
  count: { run: count, fields: "count query limit skip hint fields".split(" "), absent: ["collation"] },
  distinct: { run: distinct, fields: "distinct key query hint".split(" "), absent: ["collation"] },
};
