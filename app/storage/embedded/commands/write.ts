/** insert, update, delete, findAndModify. */
import { decode } from "../bson";
import type { Collection } from "../catalogue";
import type { Row } from "../collection";
import { StoreError } from "../errors";
import { compileFindProjection } from "../find-projection";
import { compileFilter, type Matcher } from "../matcher";
import { arrayOption, boolOption, checkFields, docOption, strictBool } from "../options";
import type { SortField } from "../planner";
import { decodeFor, matchingRows, prepare, type Query, rows } from "../query";
import { ok, type Reply } from "../reply";
import { parseSort } from "../sorting";
import { read, withoutTicks } from "../stream";
import { compileUpdate, type Update } from "../updater";
import { type Doc, doc, int32, isDoc, isNumber, toNumber, type Value } from "../values";
import { type CommandContext, type CommandSpec, namespace, paceOf, type Store, variablesOf } from "./context";
import { collectionName, hintOf } from "./read";

const MAX_BATCH = 100_000;
/** A bulk insert commits after this long, so that other commands get their turn. */
const INSERT_SLICE_MS = 40;

function writeError(error: unknown, index: number): Doc {
  if (!(error instanceof StoreError)) throw error;
  return doc({ index, code: error.code, errmsg: error.message, ...(error.details as Record<string, Value>) });
}

/** An error that says the whole command cannot go on: the disk, a shutdown, damage. */
function isFatal(error: unknown): boolean {
  return !(error instanceof StoreError) || [1, 50, 91, 96, 14031].includes(error.code);
}

function statements(context: CommandContext, key: string): Doc[] {
  const sequence = context.sequences.get(key);
  const list = sequence ? sequence.map(decode) : arrayOption(context.command, key);
  if (list.length === 0 || list.length > MAX_BATCH) {
    throw new StoreError(16, `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${list.length} operations.`);
  }
  return list.map((s) => {
    if (!isDoc(s)) throw new StoreError(14, `BSON field '${key}' must hold objects`);
    return s;
  });
}

async function insert(context: CommandContext): Promise<Reply> {
  const { command, store } = context;
  boolOption(command, "bypassDocumentValidation", false);
  const name = collectionName(command, "insert");
  const bytes = context.sequences.get("documents");
  const list = bytes ? bytes.length : arrayOption(command, "documents").length;
  const documents = bytes ? undefined : statements(context, "documents");
  if (list === 0 || list > MAX_BATCH)
    throw new StoreError(16, `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${list} operations.`);
  const ordered = strictBool(command, "ordered", true);
  const errors: Doc[] = [];
  let n = 0;
  for (let from = 0; from < list; ) {
    const before = { n, errors: errors.length };
    const start = from;
    from = await store.engine.write(() => {
      // A commit that failed is tried again: count from where this one began.
      n = before.n;
      errors.length = before.errors;
      const c = store.catalogue.ensure(context.db, name);
      const until = performance.now() + INSERT_SLICE_MS;
      for (let i = start; i < list; i++) {
        if (i > start && performance.now() > until) return i;
        try {
          const raw = bytes?.[i];
          store.collections.insert(c, raw ? decode(raw) : documents![i]!, raw);
          n++;
        } catch (error) {
          if (isFatal(error)) throw error;
          errors.push(writeError(error, i));
          if (ordered) return list;
        }
      }
      return list;
    });
    if (ordered && errors.length > 0) break;
  }
  return ok({ n, ...(errors.length > 0 ? { writeErrors: errors } : {}) });
}

interface Target {
  matcher: Matcher;
  sort: SortField[];
  hint: Value | undefined;
  multi: boolean;
}

/** Rows to change, read ahead of the transaction so that a long search holds nobody up. */
async function searchAhead(
  context: CommandContext,
  c: Collection | undefined,
  t: Target,
): Promise<number[] | undefined> {
  const query = targetQuery(c, t);
  const run = prepare(context.store.collections, query);
  const quick = run.plan.kind === "none" || (run.plan.kind === "index" && (!t.multi || c!.count < 200));
  if (quick) return undefined;
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
function targetRows(store: Store, c: Collection, t: Target, ahead: number[] | undefined): Row[] {
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

interface Outcome {
  matched: number;
  modified: number;
  upserted: Value | undefined;
  before: Doc | undefined;
  after: Doc | undefined;
}

/** Applies an update to its target, or inserts for an upsert. Inside a transaction. */
function applyUpdate(
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

const UPDATE_FIELDS = new Set("q u c multi upsert arrayFilters hint sort".split(" "));
const ABSENT_IN_STATEMENT = new Set(["collation", "sampleId"]);

async function update(context: CommandContext): Promise<Reply> {
  const { command } = context;
  const name = collectionName(command, "update");
  const ordered = strictBool(command, "ordered", true);
  const errors: Doc[] = [];
  const upserted: Doc[] = [];
  let n = 0;
  let nModified = 0;
  for (const [index, s] of statements(context, "updates").entries()) {
    try {
      const o = await updateOne(context, name, s);
      n += o.matched + (o.upserted === undefined ? 0 : 1);
      nModified += o.modified;
      if (o.upserted !== undefined) upserted.push(doc({ index, _id: o.upserted }));
    } catch (error) {
      if (isFatal(error)) throw error;
      errors.push(writeError(error, index));
      if (ordered) break;
    }
  }
  return ok({
    n,
    ...(upserted.length > 0 ? { upserted } : {}),
    nModified,
    ...(errors.length > 0 ? { writeErrors: errors } : {}),
  });
}

async function updateOne(context: CommandContext, name: string, s: Doc): Promise<Outcome> {
  checkFields(new Map([["update", name], ...s]), new Set([...UPDATE_FIELDS, "update"]), ABSENT_IN_STATEMENT);
  const { store } = context;
  const variables = new Map([...variablesOf(context), ...docOption(s, "c")]);
  const multi = boolOption(s, "multi", false);
  const upsert = boolOption(s, "upsert", false);
  const u = s.get("u");
  if (u === undefined) throw new StoreError(40414, "BSON field 'update.updates.u' is missing but a required field");
  if (!s.has("q")) throw new StoreError(40414, "BSON field 'update.updates.q' is missing but a required field");
  const compiled = compileUpdate(u, { variables, arrayFilters: s.get("arrayFilters"), nowMs: store.now() });
  if (compiled.replaces && multi) throw new StoreError(9, "multi update is not supported for replacement-style update");
  const target: Target = {
    matcher: compileFilter(docOption(s, "q"), { variables }),
    sort: parseSort(s.get("sort")),
    hint: s.get("hint"),
    multi,
  };
  if (multi && target.sort.length > 0) throw new StoreError(9, "Cannot specify sort with multi=true");
  return changed(context, name, target, upsert, (c, ahead) => applyUpdate(store, c, target, compiled, upsert, ahead), {
    matched: 0,
    modified: 0,
    upserted: undefined,
    before: undefined,
    after: undefined,
  });
}

/** Runs a change in a transaction, searching ahead where that may take long. `nothing` answers for no collection. */
async function changed<T>(
  context: CommandContext,
  name: string,
  target: Target,
  creates: boolean,
  work: (c: Collection, ahead: number[] | undefined) => T,
  nothing: T,
): Promise<T> {
  const { store } = context;
  const existing = store.catalogue.find(namespace(context, name));
  if (!existing && !creates) return nothing;
  const ahead = existing ? await searchAhead(context, existing, target) : undefined;
  return store.engine.write(() => {
    const c = creates ? store.catalogue.ensure(context.db, name) : store.catalogue.find(namespace(context, name));
    return c ? work(c, c === existing ? ahead : undefined) : nothing;
  });
}

async function remove(context: CommandContext): Promise<Reply> {
  const name = collectionName(context.command, "delete");
  const ordered = strictBool(context.command, "ordered", true);
  const errors: Doc[] = [];
  let n = 0;
  for (const [index, s] of statements(context, "deletes").entries()) {
    try {
      n += await deleteSome(context, name, s);
    } catch (error) {
      if (isFatal(error)) throw error;
      errors.push(writeError(error, index));
      if (ordered) break;
    }
  }
  return ok({ n, ...(errors.length > 0 ? { writeErrors: errors } : {}) });
}

/** Documents of a large delete that share a commit. */
const DELETE_CHUNK = 500;

async function deleteSome(context: CommandContext, name: string, s: Doc): Promise<number> {
  checkFields(new Map([["delete", name], ...s]), new Set(["delete", "q", "limit", "hint"]), ABSENT_IN_STATEMENT);
  const limit = s.get("limit");
  const most = isNumber(limit) ? toNumber(limit) : undefined;
  if (most === undefined)
    throw new StoreError(40414, "BSON field 'delete.deletes.limit' is missing but a required field");
  if (most !== 0 && most !== 1)
    throw new StoreError(9, `The limit field in delete objects must be 0 or 1. Got ${most}`);
  if (!s.has("q")) throw new StoreError(40414, "BSON field 'delete.deletes.q' is missing but a required field");
  const { store } = context;
  const matcher = compileFilter(docOption(s, "q"), { variables: variablesOf(context) });
  const target: Target = { matcher, sort: [], hint: s.get("hint"), multi: most === 0 };
  const c = store.catalogue.find(namespace(context, name));
  if (!c) return 0;
  const ahead = await searchAhead(context, c, target);
  const removeRows = (list: number[] | undefined): Promise<number> =>
    store.engine.write(() => {
      if (store.catalogue.find(c.ns) !== c) return 0;
      const found = targetRows(store, c, target, list);
      for (const row of found) store.collections.remove(c, row);
      return found.length;
    });
  if (!ahead || !target.multi) return removeRows(ahead);
  let n = 0;
  for (let i = 0; i < ahead.length; i += DELETE_CHUNK) n += await removeRows(ahead.slice(i, i + DELETE_CHUNK));
  return n;
}

async function findAndModify(context: CommandContext): Promise<Reply> {
  const { command, store } = context;
  const name = collectionName(command, command.has("findAndModify") ? "findAndModify" : "findandmodify");
  boolOption(command, "bypassDocumentValidation", false);
  const removes = boolOption(command, "remove", false);
  const wantsNew = boolOption(command, "new", false);
  const upsert = boolOption(command, "upsert", false);
  const u = command.get("update");
  if (removes && u !== undefined) throw new StoreError(9, "Cannot specify both an update and remove=true");
  if (removes && upsert) throw new StoreError(9, "Cannot specify both upsert=true and remove=true");
  if (removes && wantsNew)
    throw new StoreError(
      9,
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  if (!removes && u === undefined) throw new StoreError(9, "Either an update or remove=true must be specified");
  if (removes && command.has("arrayFilters")) throw new StoreError(9, "Cannot specify arrayFilters and remove=true");
  const variables = variablesOf(context);
  const sort = command.get("sort");
  const target: Target = {
    matcher: compileFilter(docOption(command, "query"), { variables }),
    sort: parseSort(sort === null ? undefined : sort),
    hint: command.get("hint"),
    multi: false,
  };
  const fields = docOption(command, "fields");
  const projection = fields.size > 0 ? compileFindProjection(fields, target.matcher, variables) : undefined;
  const show = (d: Doc | undefined): Value => (d && projection ? projection.apply(d) : (d ?? null));
  if (removes) return removeOne(context, name, target, show);
  const compiled = compileUpdate(u!, { variables, arrayFilters: command.get("arrayFilters"), nowMs: store.now() });
  const none: Outcome = { matched: 0, modified: 0, upserted: undefined, before: undefined, after: undefined };
  const o = await changed(
    context,
    name,
    target,
    upsert,
    (c, ahead) => applyUpdate(store, c, target, compiled, upsert, ahead),
    none,
  );
  const inserted = o.upserted !== undefined;
  const last = doc({
    n: int32(inserted ? 1 : o.matched),
    updatedExisting: o.matched > 0,
    ...(inserted ? { upserted: o.upserted } : {}),
  });
  return ok({ lastErrorObject: last, value: show(wantsNew ? o.after : o.before) });
}

async function removeOne(
  context: CommandContext,
  name: string,
  target: Target,
  show: (d: Doc | undefined) => Value,
): Promise<Reply> {
  const { store } = context;
  const gone = await changed<Doc | undefined>(
    context,
    name,
    target,
    false,
    (c, ahead) => {
      const row = targetRows(store, c, target, ahead)[0];
      if (!row) return undefined;
      store.collections.remove(c, row);
      return decode(row.bytes);
    },
    undefined,
  );
  return ok({ lastErrorObject: doc({ n: gone ? 1 : 0 }), value: show(gone) });
}

const FIND_AND_MODIFY: CommandSpec = {
  run: findAndModify,
  fields:
    "findAndModify findandmodify query update remove new upsert sort fields arrayFilters hint let bypassDocumentValidation".split(
      " ",
    ),
  absent: ["collation"],
};

export const WRITE_COMMANDS: Record<string, CommandSpec> = {
  insert: { run: insert, fields: "insert documents ordered bypassDocumentValidation".split(" "), absent: [] },
  update: { run: update, fields: "update updates ordered let bypassDocumentValidation".split(" "), absent: [] },
  delete: { run: remove, fields: "delete deletes ordered let".split(" "), absent: [] },
  findAndModify: FIND_AND_MODIFY,
  findandmodify: FIND_AND_MODIFY,
};
