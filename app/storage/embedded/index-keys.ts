/** Which keys a document has in an index. */
import { INDEX_BYTES, RECORD_BYTES } from "./bytes";
import { StoreError } from "./errors";
import { encodeKeyParts } from "./keys";
import { splitPath } from "./paths";
import { type Doc, isDoc, UNDEFINED, type Value } from "./values";

export interface KeyField {
  path: string;
  descending: boolean;
}

export interface DocumentKeys {
  /** Ordered bytes of each key, with room for the index number before and the record number behind; distinct. */
  keys: Buffer[];
  /** Per field of the index: an array lay on its path. */
  multikey: boolean[];
  /** A value was cut to fit. */
  cut: boolean;
  /** No field of the index is present: a sparse index leaves the document out. */
  allMissing: boolean;
}

/** All keys of a document. An array gives a key per element; two unrelated arrays are refused, as MongoDB does. */
export function documentKeys(d: Doc, fields: readonly KeyField[]): DocumentKeys {
  const multikey = fields.map(() => false);
  const state = { multikey, present: false };
  const rows = expand(
    d,
    fields.map((f) => ({ at: d as Value | undefined, rest: splitPath(f.path), i: 0, done: false, value: undefined })),
    state,
  );
  const seen = new Map<string, Buffer>();
  let cut = false;
  for (const row of rows) {
    const part = encodeKeyParts(row, fields, INDEX_BYTES, RECORD_BYTES);
    if (part.cut) cut = true;
    seen.set(rows.length === 1 ? "" : part.bytes.toString("latin1"), part.bytes);
  }
  return { keys: [...seen.values()], multikey, cut, allMissing: !state.present };
}

interface Walk {
  at: Value | undefined;
  rest: readonly string[];
  i: number;
  done: boolean;
  value: Value | undefined;
}

/** Walks every field to its end or to the first array on its way; then expands that one array for all its fields. */
function expand(root: Doc, walks: Walk[], state: { multikey: boolean[]; present: boolean }): (Value | undefined)[][] {
  const moved = walks.map((w) => (w.done ? w : advance(w)));
  const arrays = moved.filter((w) => !w.done);
  if (arrays.length === 0) {
    if (moved.some((w) => w.value !== undefined)) state.present = true;
    return [moved.map((w) => w.value)];
  }
  const shared = arrays[0]!.at as Value[];
  if (arrays.some((w) => w.at !== shared)) throw new StoreError(171, "cannot index parallel arrays");
  moved.forEach((w, i) => {
    if (!w.done) state.multikey[i] = true;
  });
  state.present = true;
  if (shared.length === 0) {
    return expand(
      root,
      moved.map((w) => (w.done ? w : finished(w, w.i === w.rest.length ? UNDEFINED : undefined))),
      state,
    );
  }
  return shared.flatMap((x) =>
    expand(
      root,
      moved.map((w) => (w.done ? w : into(w, x))),
      state,
    ),
  );
}

function finished(w: Walk, value: Value | undefined): Walk {
  return { ...w, done: true, value };
}

function into(w: Walk, element: Value): Walk {
  if (w.i === w.rest.length) return finished(w, element);
  return isDoc(element) ? { ...w, at: element } : finished(w, undefined);
}

function advance(w: Walk): Walk {
  let at = w.at;
  let i = w.i;
  while (i < w.rest.length) {
    if (!isDoc(at)) return finished(w, undefined);
    at = at.get(w.rest[i]!);
    i++;
    if (Array.isArray(at)) return { ...w, at, i };
  }
  return finished(w, at);
}
