/** Projections of find: those of $project, and $slice, $elemMatch and the positional `$`. */
import { outsideSubset, StoreError } from "./errors";
import type { Variables } from "./expression";
import { isOperatorDoc } from "./match-operators";
import { elementMatches, type MatchNode, testElement } from "./match-tree";
import { compileFilter, type Matcher } from "./matcher";
import { splitPath } from "./paths";
import { matchedPositionIn } from "./positional";
import { compileProjection, type Projection } from "./project";
import { setAtPath, unsetAtPath, valueAtPath } from "./update-paths";
import { type Doc, doc, isDoc, isNumber, isTrue, toWhole, type Value } from "./values";

export interface FindProjection {
  apply(d: Doc): Doc;
  /** Only whole top-level fields are kept, so that stored bytes can be copied: their names. */
  wholeFields: ReadonlySet<string> | undefined;
  /** Top-level fields to decode; null for all. */
  fields: ReadonlySet<string> | null;
}

type Special = (original: Doc, out: Doc) => void;

export function compileFindProjection(spec: Doc, matcher: Matcher, variables: Variables): FindProjection {
  const plain: Doc = new Map();
  const specials: Special[] = [];
  for (const [path, v] of spec) {
    const special = specialFor(path, v, matcher, variables);
    if (!special) plain.set(path, v);
    else {
      specials.push(special.apply);
      if (special.includes) plain.set(special.path, true);
    }
  }
  const p = plain.size > 0 ? compileProjection(plain, variables, "projection") : undefined;
  const apply = (d: Doc): Doc => {
    const out = p ? p.apply(d) : new Map(d);
    for (const s of specials) s(d, out);
    return out;
  };
  return {
    apply,
    wholeFields: p && specials.length === 0 ? wholeFields(p) : undefined,
    fields: specials.length === 0 ? (p?.fields ?? null) : null,
  };
}

function wholeFields(p: Projection): ReadonlySet<string> | undefined {
  if (p.mode !== "include") return undefined;
  const names = new Set<string>();
  for (const [key, child] of p.tree.children) {
    if (child.kind === "include") names.add(key);
    else if (child.kind !== "exclude") return undefined;
  }
  return names;
}

interface SpecialField {
  path: string;
  apply: Special;
  /** The field takes part in an inclusion. */
  includes: boolean;
}

function specialFor(path: string, v: Value, matcher: Matcher, variables: Variables): SpecialField | undefined {
  if (path === "$" || path.startsWith("$"))
    throw new StoreError(16410, `FieldPath field names may not start with '$': ${path}`);
  if (path.endsWith(".$")) return positional(path.slice(0, -2), v, matcher);
  if (path.includes(".$."))
    throw new StoreError(31394, "As of 4.4, it's illegal to specify positional operator in the middle of a path.");
  if (!isDoc(v) || v.size !== 1) return undefined;
  const [op, operand] = [...v][0]!;
  if (op === "$slice") return slice(path, operand);
  if (op === "$elemMatch") return elemMatch(path, operand, variables);
  if (op === "$meta") throw outsideSubset("$meta");
  return undefined;
}

function positional(path: string, v: Value, matcher: Matcher): SpecialField {
  if (!isNumber(v) && typeof v !== "boolean")
    throw new StoreError(31271, "positional projection cannot be used with a literal or expression");
  if (!isTrue(v)) throw new StoreError(31395, "positional projection cannot be used with exclusion");
  const parts = splitPath(path);
  const apply: Special = (original, out) => {
    const array = valueAtPath(original, parts);
    if (!Array.isArray(array)) return;
    const i = matchedPositionIn(matcher, original, path);
    if (i === undefined)
      throw new StoreError(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    setAtPath(out, parts, [array[i]!]);
  };
  return { path, apply, includes: true };
}

function slice(path: string, operand: Value): SpecialField | undefined {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.some((x) => !isNumber(x))) return undefined;
  if (Array.isArray(operand) && operand.length !== 2)
    throw new StoreError(28667, "$slice takes at least 2 arguments, and at most 3");
  const numbers = list.map((x) => toWhole(x) ?? 0);
  const parts = splitPath(path);
  const cut = (a: Value[]): Value[] => {
    const [first, count] = numbers as [number, number | undefined];
    if (count === undefined) return first >= 0 ? a.slice(0, first) : a.slice(first);
    const start = first < 0 ? Math.max(0, a.length + first) : first;
    return a.slice(start, start + count);
  };
  if (Array.isArray(operand) && numbers[1]! <= 0)
    throw new StoreError(28729, "Third argument to $slice must be positive");
  const apply: Special = (original, out) => {
    const array = valueAtPath(original, parts);
    if (Array.isArray(array)) setAtPath(out, parts, cut(array));
  };
  return { path, apply, includes: false };
}

function elemMatch(path: string, operand: Value, variables: Variables): SpecialField {
  if (!isDoc(operand)) throw new StoreError(31274, "elemMatch: Invalid argument, object required");
  if (path.includes(".")) throw new StoreError(31275, "Cannot use $elemMatch projection on a nested field.");
  const onValues = isOperatorDoc(operand);
  const inner = compileFilter(doc({ [path]: doc({ $elemMatch: operand }) }), { variables });
  const leaf = inner.root.kind === "and" ? inner.root.nodes[0] : undefined;
  const node: MatchNode = (leaf?.kind === "leaf" && leaf.inner) || inner.root;
  const apply: Special = (original, out) => {
    const array = original.get(path);
    const found = Array.isArray(array)
      ? array.find((x) => (onValues ? testElement(node, x) : elementMatches(node, x)))
      : undefined;
    if (found === undefined) unsetAtPath(out, [path]);
    else out.set(path, [found]);
  };
  return { path, apply, includes: true };
}
