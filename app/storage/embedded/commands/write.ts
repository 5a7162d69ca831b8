/** insert, update, delete. */
import { decode } from "../bson";
import type { Collection } from "../catalogue";
import { StoreError } from "../errors";
import { compileFilter } from "../matcher";
import { arrayOption, boolOption, checkFields, docOption, missing, strictBool } from "../options";
import { ok, type Reply } from "../reply";
import { compileUpdate } from "../updater";
import { type Doc, doc, isDoc, isNumber, toNumber, toWhole, type Value } from "../values";
import { type CommandContext, type CommandSpec, namespace, variablesOf } from "./context";
import { collectionName } from "./read";
import { checkBatch, inOrder, isFatal, type Prepared, statements, writeError } from "./statements";
import {
  applyUpdate,
  isQuick,
  type Outcome,
  prepareChange,
  searchAhead,
  type Target,
  targetRows,
  UNTOUCHED,
} from "./target";

/** A bulk insert commits after this long, so that other commands get their turn. */
const INSERT_SLICE_MS = 80;

async function insert(context: CommandContext): Promise<Reply> {
  const { command, store } = context;
  boolOption(command, "bypassDocumentValidation", false);
  const name = collectionName(command, "insert");
  const bytes = context.sequences.get("documents");
  const list = bytes ? bytes.length : arrayOption(command, "documents").length;
  const documents = bytes ? undefined : statements(context, "documents");
  checkBatch(list);
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
        if (i > start && (performance.now() > until || (i % 16 === 0 && store.engine.isCrowded()))) return i;
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

const UPDATE_FIELDS = new Set("update.updates q u c multi upsert arrayFilters hint".split(" "));
const ABSENT_IN_STATEMENT = new Set(["collation", "sampleId"]);

async function update(context: CommandContext): Promise<Reply> {
  const { command } = context;
  const name = collectionName(command, "update");
  const ordered = strictBool(command, "ordered", true);
  const list = statements(context, "updates");
  for (const s of list) checkUpdate(s);
  const { results, errors } = await inOrder(context, list, ordered, (s) => prepareUpdate(context, name, s));
  const upserted: Doc[] = [];
  let n = 0;
  let nModified = 0;
  for (const { index, result } of results) {
    n += result.matched + (result.upserted === undefined ? 0 : 1);
    nModified += result.modified;
    if (result.upserted !== undefined) upserted.push(doc({ index, _id: result.upserted }));
  }
  return ok({
    n,
    ...(upserted.length > 0 ? { upserted } : {}),
    nModified,
    ...(errors.length > 0 ? { writeErrors: errors } : {}),
  });
}

/** What is wrong with the form of any statement refuses the command, before its first statement runs. */
function checkUpdate(s: Doc): void {
  const named = new Map<string, Value>([["update.updates", null], ...s]);
  checkFields(named, UPDATE_FIELDS, ABSENT_IN_STATEMENT);
  for (const key of ["q", "u"]) if ((s.get(key) ?? null) === null) throw missing(named, key);
  docOption(named, "q");
  docOption(named, "c");
  for (const key of ["multi", "upsert"]) boolOption(named, key, false);
  const u = s.get("u");
  if (!isDoc(u) && !Array.isArray(u)) throw new StoreError(9, "Update argument must be either an object or an array");
}

function prepareUpdate(context: CommandContext, name: string, s: Doc): Prepared<Outcome> {
  const { store } = context;
  const variables = new Map([...variablesOf(context), ...docOption(s, "c")]);
  const multi = boolOption(s, "multi", false);
  const upsert = boolOption(s, "upsert", false);
  const compiled = compileUpdate(s.get("u")!, { variables, arrayFilters: s.get("arrayFilters"), nowMs: store.now() });
  if (compiled.replaces && multi) throw new StoreError(9, "multi update is not supported for replacement-style update");
  const target: Target = {
    matcher: compileFilter(docOption(s, "q"), { variables }),
    sort: [],
    hint: s.get("hint"),
    multi,
  };
  const options = { creates: upsert, frees: false, nothing: UNTOUCHED };
  return prepareChange(context, name, target, options, (c, ahead) =>
    applyUpdate(store, c, target, compiled, upsert, ahead),
  );
}

async function remove(context: CommandContext): Promise<Reply> {
  const name = collectionName(context.command, "delete");
  const ordered = strictBool(context.command, "ordered", true);
  const list = statements(context, "deletes");
  for (const s of list) checkDelete(s);
  const { results, errors } = await inOrder(context, list, ordered, (s) => prepareDelete(context, name, s));
  const n = results.reduce((sum, r) => sum + r.result, 0);
  return ok({ n, ...(errors.length > 0 ? { writeErrors: errors } : {}) });
}

const DELETE_FIELDS = new Set(["delete.deletes", "q", "limit", "hint"]);

/** Documents of a large delete that share a commit. */
const DELETE_CHUNK = 500;

function checkDelete(s: Doc): void {
  const named = new Map<string, Value>([["delete.deletes", null], ...s]);
  checkFields(named, DELETE_FIELDS, ABSENT_IN_STATEMENT);
  for (const key of ["q", "limit"]) if ((s.get(key) ?? null) === null) throw missing(named, key);
  docOption(named, "q");
  const limit = s.get("limit");
  if (!isNumber(limit) || (toNumber(limit) !== 0 && toNumber(limit) !== 1))
    throw new StoreError(9, "The limit field in delete objects must be 0 or 1.");
}

function prepareDelete(context: CommandContext, name: string, s: Doc): Prepared<number> {
  const most = toWhole(s.get("limit"));
  const { store } = context;
  const matcher = compileFilter(docOption(s, "q"), { variables: variablesOf(context) });
  const target: Target = { matcher, sort: [], hint: s.get("hint"), multi: most === 0 };
  const remove = (c: Collection, ahead: number[] | undefined): number => {
    const found = targetRows(store, c, target, ahead);
    for (const row of found) store.collections.remove(c, row);
    return found.length;
  };
  const c = store.catalogue.find(namespace(context, name));
  if (!c || !target.multi || isQuick(store, c, target)) {
    return prepareChange(context, name, target, { creates: false, frees: true, nothing: 0 }, remove);
  }
  return { quick: false, run: () => deleteInParts(context, c, target, remove) };
}

async function deleteInParts(
  context: CommandContext,
  c: Collection,
  target: Target,
  remove: (c: Collection, ahead: number[]) => number,
): Promise<number> {
  const { store } = context;
  const ahead = await searchAhead(context, c, target);
  let n = 0;
  for (let i = 0; i < ahead.length; i += DELETE_CHUNK) {
    const part = ahead.slice(i, i + DELETE_CHUNK);
    n += await store.engine.write(() => (store.catalogue.find(c.ns) === c ? remove(c, part) : 0), true);
  }
  return n;
}

export const WRITE_COMMANDS: Record<string, CommandSpec> = {
  insert: { run: insert, fields: "insert documents ordered bypassDocumentValidation".split(" "), absent: [] },
  update: { run: update, fields: "update updates ordered let bypassDocumentValidation".split(" "), absent: [] },
  delete: { run: remove, fields: "delete deletes ordered let".split(" "), absent: [] },
};
