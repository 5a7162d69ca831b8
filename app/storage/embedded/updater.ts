/** Compiles an update and applies it to documents. */
import { checkId } from "./collection";
import { equal } from "./compare";
import { outsideSubset, StoreError } from "./errors";
import type { Variables } from "./expression-kit";
import { compileFilter, type Matcher } from "./matcher";
import { splitPath, topField } from "./paths";
import { compileUpdatePipeline } from "./pipeline-update";
import { matchedPositionIn } from "./positional";
import { UPDATE_OPERATORS } from "./subset";
import { buildChange, type Change, KEEP } from "./update-operators";
import {
  type ArrayFilter,
  expandPath,
  type PathContext,
  refuseBlocked,
  setAtPath,
  unsetAtPath,
  valueAtPath,
} from "./update-paths";
import { seedFromFilter } from "./upsert";
import { clone, type Doc, isDoc, type Value } from "./values";

export interface UpdateResult {
  after: Doc;
  /** Top-level fields that may have changed; null means any. */
  changed: ReadonlySet<string> | null;
}

export interface Update {
  /** The document after the update; `before` is left as it is. */
  apply(before: Doc, matcher: Matcher): UpdateResult;
  /** The document that an upsert inserts. */
  insertFor(matcher: Matcher): Doc;
  replaces: boolean;
}

export interface UpdateContext {
  variables: Variables;
  arrayFilters: Value | undefined;
  nowMs: number;
}

/** Compiles `u` of an update statement: a replacement, operators, or a pipeline. */
export function compileUpdate(u: Value, context: UpdateContext): Update {
  if (Array.isArray(u)) {
    if (context.arrayFilters !== undefined)
      throw new StoreError(9, "arrayFilters may not be specified for pipeline-syle updates");
    return pipelineUpdate(u, context);
  }
  if (!isDoc(u)) throw new StoreError(9, "Update argument must be either an object or an array");
  const first = u.keys().next().value;
  if (first?.startsWith("$")) return operatorUpdate(u, context);
  for (const key of u.keys()) {
    if (key.startsWith("$"))
      throw new StoreError(
        52,
        `The dollar ($) prefixed field '${key}' in '${key}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  }
  if (context.arrayFilters !== undefined)
    throw new StoreError(9, "arrayFilters may not be specified for replacement-style updates");
  return replacement(u);
}

function replacement(u: Doc): Update {
  const withId = (id: Value | undefined): Doc => {
    const given = u.get("_id");
    if (given !== undefined && id !== undefined && !equal(given, id)) throw immutableId();
    const after: Doc = new Map();
    const kept = id ?? given;
    if (kept !== undefined) after.set("_id", kept);
    for (const [k, v] of u) if (k !== "_id") after.set(k, v);
    return after;
  };
  return {
    apply: (before) => ({ after: withId(before.get("_id")), changed: null }),
    insertFor: (matcher) => withId(seedFromFilter(matcher).get("_id")),
    replaces: true,
  };
}

export function immutableId(): StoreError {
  return new StoreError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

function pipelineUpdate(stages: Value[], context: UpdateContext): Update {
  const run = compileUpdatePipeline(stages, context.variables);
  const apply = (before: Doc): UpdateResult => {
    const after = run(before);
    const id = before.get("_id");
    const newId = after.get("_id");
    if (id !== undefined && newId === undefined)
      return { after: new Map<string, Value>([["_id", id], ...after]), changed: null };
    if (id !== undefined && !equal(id, newId!)) throw immutableId();
    return { after, changed: null };
  };
  return { apply, insertFor: (matcher) => apply(seedFromFilter(matcher)).after, replaces: false };
}

interface Step {
  op: string;
  path: string;
  parts: readonly string[];
  change: Change;
  /** For $rename: where the value goes. */
  to?: readonly string[];
}

function operatorUpdate(u: Doc, context: UpdateContext): Update {
  const steps: Step[] = [];
  for (const [op, fields] of u) {
    if (!op.startsWith("$") || !UPDATE_OPERATORS.has(op)) {
      throw new StoreError(
        9,
        `Unknown modifier: ${op}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDoc(fields))
      throw new StoreError(
        9,
        `Modifiers operate on fields but we found type ${fields === null ? "null" : "another"} instead. For example: {$mod: {<field>: ...}} not {${op}: ...}`,
      );
    for (const [path, operand] of fields) steps.push(makeStep(op, path, operand, context));
  }
  refuseConflicts(steps);
  const filters = parseArrayFilters(context.arrayFilters, steps, context.variables);
  steps.sort((a, b) => comparePaths(a.parts, b.parts));
  const run = (before: Doc, matcher: Matcher | undefined, inserting: boolean): UpdateResult => {
    const after = clone(before);
    const changed = new Set<string>();
    const paths: PathContext = {
      filters,
      matchedPosition: (at) => (matcher && !inserting ? matchedPositionIn(matcher, before, at) : undefined),
    };
    for (const step of steps) if (inserting || step.op !== "$setOnInsert") applyStep(after, step, paths, changed);
    const id = before.get("_id");
    if (changed.has("_id") && id !== undefined && !(after.has("_id") && equal(id, after.get("_id")!)))
      throw immutableId();
    return { after, changed };
  };
  return {
    apply: (before, matcher) => run(before, matcher, false),
    insertFor: (matcher) => {
      const { after } = run(seedFromFilter(matcher), matcher, true);
      if (after.has("_id")) checkId(after.get("_id")!);
      return after;
    },
    replaces: false,
  };
}

/** Fields are created in the order of their names, positions by number. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x === y) continue;
    const numeric = /^\d+$/.test(x) && /^\d+$/.test(y);
    if (numeric) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function makeStep(op: string, path: string, operand: Value, context: UpdateContext): Step {
  const parts = checkedPath(path);
  if (op !== "$rename") return { op, path, parts, change: buildChange(op, path, operand, context.nowMs) };
  if (typeof operand !== "string") throw new StoreError(2, `The 'to' field for $rename must be a string: ${path}`);
  if (operand.includes("\0"))
    throw new StoreError(9867600, `The 'to' field for $rename cannot contain a null byte: ${path}`);
  const to = checkedPath(operand);
  if ([...parts, ...to].some((p) => p.startsWith("$"))) {
    throw new StoreError(2, `The source and destination field for $rename may not be dynamic: ${path}`);
  }
  if (path === operand)
    throw new StoreError(2, `The source and target field for $rename must differ: ${path}: "${operand}"`);
  if (operand.startsWith(`${path}.`) || path.startsWith(`${operand}.`)) {
    throw new StoreError(
      2,
      `The source and target field for $rename must not be on the same path: ${path}: "${operand}"`,
    );
  }
  return { op, path, parts, change: () => KEEP, to };
}

function checkedPath(path: string): readonly string[] {
  if (path === "") throw new StoreError(56, "An empty update path is not valid.");
  const parts = splitPath(path);
  for (const [i, p] of parts.entries()) {
    if (p === "")
      throw new StoreError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
    if (p.startsWith("$") && p !== "$" && !/^\$\[[^\]]*\]$/.test(p)) {
      throw new StoreError(52, `The dollar ($) prefixed field '${p}' in '${path}' is not valid for storage.`);
    }
    if (i === 0 && p.startsWith("$"))
      throw new StoreError(2, `Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
  }
  if (parts.filter((p) => p === "$").length > 1)
    throw new StoreError(2, `Too many positional (i.e. '$') elements found in path '${path}'`);
  return parts;
}

function refuseConflicts(steps: Step[]): void {
  const paths = steps.flatMap((s) => (s.to ? [s.path, s.to.join(".")] : [s.path]));
  const sorted = [...paths].sort();
  const taken = new Set<string>();
  for (const p of sorted) {
    const parts = p.split(".");
    for (let i = 1; i <= parts.length; i++) {
      const start = parts.slice(0, i).join(".");
      if (taken.has(start)) throw new StoreError(40, `Updating the path '${p}' would create a conflict at '${start}'`);
    }
    taken.add(p);
  }
}

function parseArrayFilters(value: Value | undefined, steps: Step[], variables: Variables): Map<string, ArrayFilter> {
  const filters = new Map<string, ArrayFilter>();
  if (value !== undefined && !Array.isArray(value))
    throw new StoreError(14, "BSON field 'arrayFilters' is the wrong type, expected type 'array'");
  for (const f of value ?? []) {
    if (!isDoc(f)) throw new StoreError(14, "BSON field 'arrayFilters' must hold objects");
    const parsed = arrayFilter(f, variables);
    if (filters.has(parsed.identifier))
      throw new StoreError(9, `Found multiple array filters with the same top-level field name ${parsed.identifier}`);
    filters.set(parsed.identifier, parsed);
  }
  const named = new Set(
    steps.flatMap((s) => s.parts.filter((p) => p.startsWith("$[") && p !== "$[]").map((p) => p.slice(2, -1))),
  );
  for (const id of named) if (!filters.has(id)) throw new StoreError(2, `No array filter found for identifier '${id}'`);
  for (const id of filters.keys())
    if (!named.has(id)) throw new StoreError(9, `The array filter for identifier '${id}' was not used in the update`);
  return filters;
}

function arrayFilter(f: Doc, variables: Variables): ArrayFilter {
  const matcher = compileFilter(f, { variables, within: "update" });
  const names = matcher.fields;
  if (names === null) throw outsideSubset("$expr in arrayFilters");
  if (names.size === 0)
    throw new StoreError(9, "Cannot use an expression without a top-level field name in arrayFilters");
  if (names.size > 1)
    throw new StoreError(9, "Error parsing array filter :: caused by :: Expected a single top-level field name");
  const identifier = [...names][0]!;
  if (!/^[a-z][a-zA-Z0-9]*$/.test(identifier)) {
    throw new StoreError(
      2,
      `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
    );
  }
  return { identifier, matches: (x) => matcher.matches(new Map([[identifier, x]])) };
}

function applyStep(root: Doc, step: Step, context: PathContext, changed: Set<string>): void {
  if (step.to) {
    applyRename(root, step, changed);
    return;
  }
  for (const parts of expandPath(root, step.parts, context)) {
    const old = valueAtPath(root, parts);
    if (step.op === "$pop") refuseBlocked(root, parts);
    const value = step.change(old, parts.join("."));
    if (value === KEEP) continue;
    changed.add(parts[0]!);
    if (value !== undefined) setAtPath(root, parts, clone(value));
    else if (old !== undefined) unsetAtPath(root, parts);
  }
}

function applyRename(root: Doc, step: Step, changed: Set<string>): void {
  const to = step.to!;
  refuseBlocked(root, step.parts);
  const value = valueAtPath(root, step.parts);
  if (value === undefined) return;
  for (const parts of [step.parts, to]) {
    for (let i = 1; i < parts.length; i++) {
      if (Array.isArray(valueAtPath(root, parts.slice(0, i)))) {
        throw new StoreError(
          2,
          `The ${parts === to ? "destination" : "source"} field cannot be an array element, '${parts.join(".")}'`,
        );
      }
    }
  }
  unsetAtPath(root, step.parts);
  setAtPath(root, to, value);
  changed.add(topField(step.path));
  changed.add(to[0]!);
}
