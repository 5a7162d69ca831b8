/** Reading and writing one concrete dotted path of a document, and finding the concrete paths behind `$`, `$[]`, `$[x]`. */
import { StoreError } from "./errors";
import { isPosition } from "./paths";
import { keyText } from "./value-text";
import { type Doc, isDoc, type Value } from "./values";

/** Arrays are padded with null up to a position; not further than this beyond their end. */
const MAX_PADDING = 1_500_000;

type Container = Doc | Value[];

function childOf(at: Value | undefined, part: string): Value | undefined {
  if (isDoc(at)) return at.get(part);
  return Array.isArray(at) && isPosition(part) ? at[Number(part)] : undefined;
}

export function valueAtPath(root: Doc, parts: readonly string[]): Value | undefined {
  let at: Value | undefined = root;
  for (const p of parts) at = childOf(at, p);
  return at;
}

/** Sets a value, making documents on the way; refuses to go through anything that is neither document nor array. */
export function setAtPath(root: Doc, parts: readonly string[], value: Value): void {
  let at: Container = root;
  for (const [i, part] of parts.entries()) {
    checkViable(at, part, parts, i);
    if (i === parts.length - 1) {
      place(at, part, value);
      return;
    }
    let next: Value | undefined = childOf(at, part);
    if (next === undefined) {
      next = new Map();
      place(at, part, next);
    }
    if (!isDoc(next) && !Array.isArray(next)) throw notViable(parts[i + 1]!, part, next);
    at = next;
  }
}

function checkViable(at: Container, part: string, parts: readonly string[], i: number): void {
  if (Array.isArray(at) && !isPosition(part)) throw notViable(part, parts[i - 1] ?? "", at);
}

function notViable(field: string, parent: string, value: Value): StoreError {
  return new StoreError(28, `Cannot create field '${field}' in element {${parent}: ${keyText(value)}}`);
}

function place(at: Container, part: string, value: Value): void {
  if (!Array.isArray(at)) {
    at.set(part, value);
    return;
  }
  const i = Number(part);
  if (i > at.length + MAX_PADDING) throw new StoreError(2, "can't backfill more than 1500000 elements");
  while (at.length < i) at.push(null);
  at[i] = value;
}

/** Refuses a path that runs through something that is neither document nor array, or past an array by a name. */
export function refuseBlocked(root: Doc, parts: readonly string[]): void {
  let at: Value | undefined = root;
  for (const [i, p] of parts.entries()) {
    if (at === undefined) return;
    const passable = isDoc(at) || (Array.isArray(at) && isPosition(p));
    if (!passable) throw notViable(p, parts[i - 1] ?? "", at);
    at = childOf(at, p);
  }
}

export function unsetAtPath(root: Doc, parts: readonly string[]): void {
  const parent = valueAtPath(root, parts.slice(0, -1));
  const last = parts.at(-1)!;
  if (isDoc(parent)) parent.delete(last);
  else if (Array.isArray(parent) && isPosition(last) && Number(last) < parent.length) parent[Number(last)] = null;
}

export interface ArrayFilter {
  identifier: string;
  matches(element: Value): boolean;
}

export interface PathContext {
  filters: ReadonlyMap<string, ArrayFilter>;
  /** Position that the query matched in the array at this path. */
  matchedPosition: (arrayPath: string) => number | undefined;
}

/** The concrete paths that `path` stands for in this document. */
export function expandPath(root: Doc, path: readonly string[], context: PathContext): string[][] {
  let found: string[][] = [[]];
  for (const part of path) {
    if (part === "$") found = found.map((f) => [...f, matchedPart(root, f, context)]);
    else if (part.startsWith("$[")) found = found.flatMap((f) => elementsOf(root, f, part, context));
    else for (const f of found) f.push(part);
  }
  return found;
}

function matchedPart(root: Doc, to: string[], context: PathContext): string {
  const i = context.matchedPosition(to.join("."));
  if (i === undefined || valueAtPath(root, to) === undefined) {
    throw new StoreError(2, "The positional operator did not find the match needed from the query.");
  }
  return String(i);
}

function elementsOf(root: Doc, to: string[], part: string, context: PathContext): string[][] {
  const array = valueAtPath(root, to);
  if (array === undefined) {
    throw new StoreError(2, `The path '${to.join(".")}' must exist in the document in order to apply array updates.`);
  }
  if (!Array.isArray(array)) {
    throw new StoreError(2, `Cannot apply array updates to non-array element ${to.at(-1)}: ${keyText(array)}`);
  }
  const filter = context.filters.get(part.slice(2, -1));
  return array.flatMap((x, i) => (!filter || filter.matches(x) ? [[...to, String(i)]] : []));
}
