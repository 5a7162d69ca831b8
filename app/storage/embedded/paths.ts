/** Dotted paths through documents and arrays, as queries read them. */
import { type Doc, isDoc, UNDEFINED, type Value } from "./values";

const splitPaths = new Map<string, readonly string[]>();

export function splitPath(path: string): readonly string[] {
  let parts = splitPaths.get(path);
  if (!parts) {
    parts = path.split(".");
    if (splitPaths.size > 2000) splitPaths.clear();
    splitPaths.set(path, parts);
  }
  return parts;
}

export function topField(path: string): string {
  const dot = path.indexOf(".");
  return dot < 0 ? path : path.slice(0, dot);
}

/** True of "0", "17": names that can also be positions in an array. */
export function isPosition(name: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(name);
}

type Visit = (v: Value | undefined) => boolean;

/**
 * Visits every value that a query on this path looks at, until `visit` returns true. A field that is absent is visited
 * as undefined. Arrays on the way are searched through; an array at the end is visited element by element and then
 * whole, or only whole when `wholeArrays`.
 */
export function someAtPath(root: Doc, parts: readonly string[], wholeArrays: boolean, visit: Visit): boolean {
  return walk(root, parts, 0, wholeArrays, visit);
}

function walk(at: Doc, parts: readonly string[], i: number, wholeArrays: boolean, visit: Visit): boolean {
  const v = at.get(parts[i]!);
  if (i === parts.length - 1) return visitLeaf(v, wholeArrays, visit);
  if (isDoc(v)) return walk(v, parts, i + 1, wholeArrays, visit);
  if (Array.isArray(v)) return walkArray(v, parts, i + 1, wholeArrays, visit);
  return visit(undefined);
}

function visitLeaf(v: Value | undefined, wholeArrays: boolean, visit: Visit): boolean {
  if (!Array.isArray(v)) return visit(v);
  if (!wholeArrays) for (const x of v) if (visit(x)) return true;
  return visit(v);
}

function walkArray(a: Value[], parts: readonly string[], i: number, wholeArrays: boolean, visit: Visit): boolean {
  for (const x of a) if (isDoc(x) && walk(x, parts, i, wholeArrays, visit)) return true;
  if (!isPosition(parts[i]!)) return false;
  const x = a[Number(parts[i])];
  if (x === undefined) return false;
  if (i === parts.length - 1) return visitLeaf(x, wholeArrays, visit);
  if (isDoc(x)) return walk(x, parts, i + 1, wholeArrays, visit);
  return Array.isArray(x) ? walkArray(x, parts, i + 1, wholeArrays, visit) : visit(undefined);
}

/** The values a sort on this path chooses between: all elements of arrays, null for an empty one. */
export function sortCandidates(root: Doc, parts: readonly string[]): (Value | undefined)[] {
  const found: (Value | undefined)[] = [];
  collect(root, parts, 0, found);
  return found;
}

function collect(at: Doc, parts: readonly string[], i: number, found: (Value | undefined)[]): void {
  const v = at.get(parts[i]!);
  if (i === parts.length - 1) {
    found.push(...leafCandidates(v));
  } else if (isDoc(v)) collect(v, parts, i + 1, found);
  else if (Array.isArray(v)) collectArray(v, parts, i + 1, found);
  else found.push(undefined);
}

function collectArray(a: Value[], parts: readonly string[], i: number, found: (Value | undefined)[]): void {
  const before = found.length;
  const x = isPosition(parts[i]!) ? a[Number(parts[i])] : undefined;
  if (x !== undefined) {
    if (i === parts.length - 1) found.push(...leafCandidates(x));
    else if (isDoc(x)) collect(x, parts, i + 1, found);
    else found.push(undefined);
  } else {
    for (const e of a) if (isDoc(e)) collect(e, parts, i, found);
  }
  if (found.length === before) found.push(undefined);
}

function leafCandidates(v: Value | undefined): (Value | undefined)[] {
  if (!Array.isArray(v)) return [v];
  return v.length > 0 ? v : [UNDEFINED];
}
