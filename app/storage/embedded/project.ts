/** Projections, $addFields, $unset and $replaceRoot: stages that make one document from one document. */
import { StoreError } from "./errors";
import { type CompiledExpression, compileExpression, type Variables } from "./expression";
import { fieldPath } from "./expression-kit";
import { type Doc, isDoc, isNumber, isTrue, typeNameOrMissing, type Value } from "./values";

export type DocumentStage = (d: Doc) => Doc;

type Leaf = { kind: "include" } | { kind: "exclude" } | Computed;
interface Computed {
  kind: "compute";
  expression: CompiledExpression;
  /** Written as {$operator: ...}, not as a literal, an array or a path. */
  operator?: boolean;
}
export interface Branch {
  kind: "branch";
  children: Map<string, Branch | Leaf>;
}
type Mode = "include" | "exclude" | "add";

export interface Projection {
  tree: Branch;
  mode: Mode;
  apply: DocumentStage;
  /** Top-level fields the result depends on; null when it may be any. */
  fields: ReadonlySet<string> | null;
}

/** The stages that change documents one by one. */
export function documentStage(name: string, spec: Value, variables: Variables): DocumentStage {
  switch (name) {
    case "$project":
      return compileProjection(spec, variables, "$project").apply;
    case "$set":
    case "$addFields":
      return addFields(name, spec, variables);
    case "$unset":
      return unset(spec);
    case "$replaceWith":
      return replaceRoot(spec, variables, "$replaceWith");
    case "$replaceRoot": {
      if (!isDoc(spec))
        throw new StoreError(
          40229,
          `expected an object as specification for $replaceRoot stage, got ${typeNameOrMissing(spec)}`,
        );
      for (const k of spec.keys())
        if (k !== "newRoot") throw new StoreError(40415, `BSON field '$replaceRoot.${k}' is an unknown field.`);
      if (!spec.has("newRoot"))
        throw new StoreError(40414, "BSON field '$replaceRoot.newRoot' is missing but a required field");
      return replaceRoot(spec.get("newRoot")!, variables, "$replaceRoot");
    }
    default:
      throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

function replaceRoot(spec: Value, variables: Variables, name: string): DocumentStage {
  const { evaluate } = compileExpression(spec, variables);
  return (d) => {
    const v = evaluate(d);
    if (isDoc(v)) return v;
    throw new StoreError(
      40228,
      `'${name === "$replaceWith" ? "replacement document" : "newRoot"}' expression must evaluate to an object, but resulting value was of type: ${typeNameOrMissing(v)}`,
    );
  };
}

function unset(spec: Value): DocumentStage {
  const list = Array.isArray(spec) ? spec : [spec];
  if (typeof spec !== "string" && !Array.isArray(spec))
    throw new StoreError(31002, "$unset specification must be a string or an array");
  if (list.length === 0)
    throw new StoreError(31119, "$unset specification must be a string or an array with at least one field");
  const tree: Branch = { kind: "branch", children: new Map() };
  for (const path of list) {
    if (typeof path !== "string")
      throw new StoreError(31120, "$unset specification must be a string or an array containing only string values");
  }
  for (const path of list as string[]) {
    if (path.includes("\0")) throw new StoreError(9527900, "field names may not contain null bytes");
    plant(tree, checkPath(path), { kind: "exclude" }, path);
  }
  return (d) => exclude(d, tree);
}

function addFields(name: string, spec: Value, variables: Variables): DocumentStage {
  if (!isDoc(spec))
    throw new StoreError(40272, `${name} specification stage must be an object, got ${typeNameOrMissing(spec)}`);
  if (spec.size === 0) throw new StoreError(40177, `${name} specification must have at least one field`);
  const tree: Branch = { kind: "branch", children: new Map() };
  try {
    for (const [path, v] of spec) {
      const parts = checkPath(path);
      if (isDoc(v) && v.size > 0 && !v.keys().next().value!.startsWith("$"))
        plantDocument(tree, parts, v, variables, path);
      else plant(tree, parts, { kind: "compute", expression: compileExpression(v, variables) }, path);
    }
  } catch (error) {
    throw addFieldsError(error);
  }
  return (d) => {
    const out: Doc = new Map(d);
    compute(out, tree, d);
    return out;
  };
}

/** $addFields has codes of its own for what projections refuse too. */
function addFieldsError(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  const code = { 31249: 40176, 31250: 40176, 15983: 40181 }[error.code];
  return code ? new StoreError(code, error.message) : error;
}

function plantDocument(tree: Branch, parts: string[], v: Doc, variables: Variables, path: string): void {
  for (const [k, x] of v) {
    if (k.startsWith("$"))
      throw new StoreError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField: ${k}`,
      );
    const inner = [...parts, ...checkPath(k)];
    if (isDoc(x) && x.size > 0 && !x.keys().next().value!.startsWith("$"))
      plantDocument(tree, inner, x, variables, path);
    else plant(tree, inner, { kind: "compute", expression: compileExpression(x, variables) }, path);
  }
}

function checkPath(path: string): string[] {
  if (path === "") throw new StoreError(40352, "FieldPath cannot be constructed with empty string");
  return fieldPath(path);
}

function plant(tree: Branch, parts: readonly string[], leaf: Leaf, path: string): void {
  let at = tree;
  for (const p of parts.slice(0, -1)) {
    let next = at.children.get(p);
    if (!next) {
      next = { kind: "branch", children: new Map() };
      at.children.set(p, next);
    }
    if (next.kind !== "branch") throw new StoreError(31249, `Path collision at ${path}`);
    at = next;
  }
  const last = parts.at(-1)!;
  const existing = at.children.get(last);
  if (existing) throw new StoreError(31250, `Path collision at ${path}`);
  at.children.set(last, leaf);
}

/** Compiles $project, or the plain part of a find projection. */
export function compileProjection(spec: Value, variables: Variables, stage: string): Projection {
  if (!isDoc(spec)) throw new StoreError(15969, `${stage} specification must be an object`);
  if (spec.size === 0 && stage === "$project")
    throw new StoreError(
      51272,
      "Invalid $project :: caused by :: projection specification must have at least one field",
    );
  const tree: Branch = { kind: "branch", children: new Map() };
  parseBranch(tree, [], spec, variables);
  const mode = projectionMode(tree, spec);
  const id = tree.children.get("_id");
  if (mode === "include" && !id) tree.children.set("_id", { kind: "include" });
  const apply: DocumentStage = mode === "include" ? (d) => includeAndCompute(d, tree) : (d) => exclude(d, tree);
  return { tree, mode, apply, fields: mode === "include" ? dependencies(tree) : null };
}

function parseBranch(tree: Branch, parts: readonly string[], spec: Doc, variables: Variables): void {
  for (const [key, v] of spec) {
    if (key.startsWith("$") && parts.length > 0)
      throw new StoreError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField: ${key}`,
      );
    const at = [...parts, ...checkPath(key)];
    const path = at.join(".");
    if (isNumber(v) || typeof v === "boolean") plant(tree, at, { kind: isTrue(v) ? "include" : "exclude" }, path);
    else if (isDoc(v) && v.size === 0)
      throw new StoreError(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`);
    else if (isDoc(v) && !v.keys().next().value!.startsWith("$")) parseBranch(tree, at, v, variables);
    else plant(tree, at, { kind: "compute", expression: compileProjected(v, variables), operator: isDoc(v) }, path);
  }
}

function compileProjected(v: Value, variables: Variables): CompiledExpression {
  try {
    return compileExpression(v, variables);
  } catch (error) {
    if (error instanceof StoreError && error.code === 168)
      throw new StoreError(31325, `Invalid $project :: caused by :: ${error.message}`);
    throw error;
  }
}

/** A projection either names what to keep or what to leave out; only _id may differ. */
function projectionMode(tree: Branch, spec: Doc): Mode {
  let mode: Mode | undefined;
  const visit = (node: Branch, path: string): void => {
    for (const [key, child] of node.children) {
      const at = path === "" ? key : `${path}.${key}`;
      if (child.kind === "branch") visit(child, at);
      else if (at !== "_id" || child.kind === "compute") {
        const wants: Mode = child.kind === "exclude" ? "exclude" : "include";
        if (mode && mode !== wants) {
          if (wants === "include") throw notInExclusion(at, child);
          throw new StoreError(31254, `Cannot do exclusion on field ${at} in inclusion projection`);
        }
        mode = wants;
      }
    }
  };
  visit(tree, "");
  if (mode) return mode;
  const id = spec.get("_id");
  return id !== undefined && isTrue(id) ? "include" : "exclude";
}

function notInExclusion(path: string, leaf: Leaf): StoreError {
  if (leaf.kind !== "compute")
    return new StoreError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
  if (!leaf.operator) return new StoreError(31310, `Cannot use an expression ${path} in an exclusion projection`);
  return new StoreError(31252, "Cannot use expression other than $meta in exclusion projection");
}

export function dependencies(tree: Branch): ReadonlySet<string> | null {
  const fields = new Set<string>();
  let known = true;
  const visit = (node: Branch): void => {
    for (const child of node.children.values()) {
      if (child.kind === "branch") visit(child);
      if (child.kind !== "compute") continue;
      if (!child.expression.fields) known = false;
      for (const f of child.expression.fields ?? []) fields.add(f);
    }
  };
  visit(tree);
  for (const [key, child] of tree.children) if (child.kind !== "exclude") fields.add(key);
  return known ? fields : null;
}

function includeAndCompute(d: Doc, tree: Branch): Doc {
  const out = include(d, tree);
  compute(out, tree, d);
  return out;
}

function include(d: Doc, tree: Branch): Doc {
  const out: Doc = new Map();
  for (const [key, v] of d) {
    const child = tree.children.get(key);
    if (child?.kind === "include") out.set(key, v);
    else if (child?.kind === "branch") {
      const inner = includeInside(v, child);
      if (inner !== undefined) out.set(key, inner);
    }
  }
  return out;
}

function includeInside(v: Value, tree: Branch): Value | undefined {
  if (isDoc(v)) return include(v, tree);
  if (!Array.isArray(v)) return undefined;
  return v.map((x) => includeInside(x, tree)).filter((x) => x !== undefined);
}

function exclude(d: Doc, tree: Branch): Doc {
  const out: Doc = new Map();
  for (const [key, v] of d) {
    const child = tree.children.get(key);
    if (child?.kind === "branch") out.set(key, excludeInside(v, child));
    else if (child?.kind !== "exclude") out.set(key, v);
  }
  return out;
}

function excludeInside(v: Value, tree: Branch): Value {
  if (isDoc(v)) return exclude(v, tree);
  return Array.isArray(v) ? v.map((x) => excludeInside(x, tree)) : v;
}

/** Writes the computed fields of `tree` into `out`, evaluated against `root`. */
function compute(out: Doc, tree: Branch, root: Doc): void {
  for (const [key, child] of tree.children) {
    if (child.kind === "compute") {
      const v = child.expression.evaluate(root);
      if (v === undefined) out.delete(key);
      else out.set(key, v);
    } else if (child.kind === "branch" && computes(child)) out.set(key, computeInside(out.get(key), child, root));
  }
}

function computes(tree: Branch): boolean {
  for (const c of tree.children.values()) if (c.kind === "compute" || (c.kind === "branch" && computes(c))) return true;
  return false;
}

function computeInside(v: Value | undefined, tree: Branch, root: Doc): Value {
  if (Array.isArray(v)) return v.map((x) => computeInside(x, tree, root));
  const out: Doc = isDoc(v) ? new Map(v) : new Map();
  compute(out, tree, root);
  return out;
}
