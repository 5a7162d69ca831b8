/** findAndModify. */
import { decode } from "../bson";
import { StoreError } from "../errors";
import { compileFindProjection } from "../find-projection";
import { compileFilter } from "../matcher";
import { boolOption, docOption } from "../options";
import { ok, type Reply } from "../reply";
import { parseSort } from "../sorting";
import { compileUpdate } from "../updater";
import { type Doc, doc, int32, type Value } from "../values";
import { type CommandContext, type CommandSpec, variablesOf } from "./context";
import { collectionName } from "./read";
import { applyUpdate, prepareChange, runChange, type Target, targetRows, UNTOUCHED } from "./target";

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
  const prepared = prepareChange(
    context,
    name,
    target,
    { creates: upsert, frees: false, nothing: UNTOUCHED },
    (c, ahead) => applyUpdate(store, c, target, compiled, upsert, ahead),
  );
  const o = await runChange(context, prepared);
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
  const options = { creates: false, frees: true, nothing: undefined };
  const prepared = prepareChange<Doc | undefined>(context, name, target, options, (c, ahead) => {
    const row = targetRows(store, c, target, ahead)[0];
    if (!row) return undefined;
    store.collections.remove(c, row);
    return decode(row.bytes);
  });
  const gone = await runChange(context, prepared);
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

export const FIND_AND_MODIFY_COMMANDS: Record<string, CommandSpec> = {
  findAndModify: FIND_AND_MODIFY,
  findandmodify: FIND_AND_MODIFY,
};
