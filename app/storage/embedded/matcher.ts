/** Compiles a query filter into a tree that both tests documents and tells the planner what it asks for. */
import { outsideSubset, StoreError } from "./errors";
import { compileExpression, type Variables } from "./expression";
import { isOperatorDoc, parseOperator } from "./match-operators";
import { collectFields, elementMatches, type MatchNode, type Test, testElement, testNode } from "./match-tree";
import { QUERY_OPERATORS } from "./subset";
import { type Doc, isDoc, isTrue, Regex, type Value } from "./values";

export interface Matcher {
  root: MatchNode;
  matches(d: Doc): boolean;
  /** Top-level fields the filter reads; null when it may read any. */
  fields: ReadonlySet<string> | null;
  /** True of the filter {}. */
  empty: boolean;
}

export interface MatchContext {
  variables: Variables;
  /** Where a filter is asked of something less than a document: $expr has no place there. */
  within?: "$elemMatch" | "update";
}

/** Compiles `filter`; throws MongoDB's error for a malformed one and 238 for what lies outside the subset. */
export function compileFilter(filter: Doc, context: MatchContext): Matcher {
  const root: MatchNode = { kind: "and", nodes: parseFilter(filter, context) };
  const fields = new Set<string>();
  const known = collectFields(root, fields);
  return {
    root,
    matches: (d) => testNode(root, d),
    fields: known ? fields : null,
    empty: root.nodes.length === 0,
  };
}

export function parseFilter(filter: Doc, context: MatchContext): MatchNode[] {
  const nodes: MatchNode[] = [];
  for (const [key, v] of filter) {
    if (key.startsWith("$")) {
      const node = parseTopLevel(key, v, context);
      if (node) nodes.push(node);
    } else nodes.push(...parseField(key, v, context));
  }
  return nodes;
}

function parseTopLevel(key: string, v: Value, context: MatchContext): MatchNode | undefined {
  switch (key) {
    case "$and":
    case "$or":
    case "$nor":
      return parseLogical(key, v, context);
    case "$comment":
      return undefined;
    case "$expr": {
      if (context.within === "$elemMatch")
        throw new StoreError(2, "$expr can only be applied to the top-level document");
      if (context.within) throw new StoreError(224, "$expr is not supported in this context");
      const { evaluate, fields } = compileExpression(v, context.variables);
      return { kind: "expr", test: (root) => isTrue(evaluate(root)), fields };
    }
    case "$alwaysFalse":
    case "$alwaysTrue":
    case "$where":
    case "$text":
    case "$jsonSchema":
    case "$sampleRate":
    case "$rand":
      throw outsideSubset(key);
    default:
      throw new StoreError(
        2,
        `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function parseLogical(key: "$and" | "$or" | "$nor", v: Value, context: MatchContext): MatchNode {
  if (!Array.isArray(v)) throw new StoreError(2, `${key} must be an array`);
  if (v.length === 0) throw new StoreError(2, `${key} argument must be a non-empty array`);
  const nodes = v.map((x): MatchNode => {
    if (!isDoc(x)) throw new StoreError(2, `${key} argument's entries must be objects`);
    return { kind: "and", nodes: parseFilter(x, context) };
  });
  return { kind: key.slice(1) as "and" | "or" | "nor", nodes };
}

export function parseField(path: string, v: Value, context: MatchContext): MatchNode[] {
  if (v instanceof Regex) return [parseOperator(path, "$regex", v, new Map())];
  if (!isOperatorDoc(v)) return [parseOperator(path, "$eq", v, new Map())];
  const nodes: MatchNode[] = [];
  for (const [op, operand] of v) {
    if (op === "$options") {
      if (!v.has("$regex")) throw new StoreError(2, "$options needs a $regex");
      continue;
    }
    if (op === "$comment") continue;
    if (op === "$not") nodes.push(parseNot(path, operand, context));
    else {
      if (!op.startsWith("$")) throw new StoreError(2, `unknown operator: ${op}`);
      if (!QUERY_OPERATORS.has(op)) throw refuseOperator(op);
      nodes.push(parseAny(path, op, operand, v, context));
    }
  }
  return nodes;
}

const KNOWN_ELSEWHERE = new Set(
  "$bitsAllSet $bitsAllClear $bitsAnySet $bitsAnyClear $geoWithin $geoIntersects $near $nearSphere $geoNear $within $where $text $jsonSchema $maxDistance $minDistance".split(
    " ",
  ),
);

function refuseOperator(op: string): StoreError {
  if (KNOWN_ELSEWHERE.has(op) || op.startsWith("$_internal")) return outsideSubset(op);
  return new StoreError(2, `unknown operator: ${op}`);
}

function parseNot(path: string, operand: Value, context: MatchContext): MatchNode {
  if (operand instanceof Regex) return { kind: "not", node: parseOperator(path, "$regex", operand, new Map()) };
  if (!isDoc(operand)) throw new StoreError(2, "$not needs a regex or a document");
  if (operand.size === 0) throw new StoreError(2, "$not cannot be empty");
  for (const op of operand.keys()) {
    if (!op.startsWith("$")) throw new StoreError(2, `unknown operator: ${op}`);
    if (op === "$comment") throw new StoreError(2, "$not cannot hold $comment");
  }
  return { kind: "not", node: { kind: "and", nodes: parseField(path, operand, context) } };
}

function parseAny(path: string, op: string, operand: Value, siblings: Doc, context: MatchContext): MatchNode {
  if (op === "$all") return parseAll(path, operand, context);
  return op === "$elemMatch" ? parseElemMatch(path, operand, context) : parseOperator(path, op, operand, siblings);
}

function parseAll(path: string, operand: Value, context: MatchContext): MatchNode {
  if (!Array.isArray(operand)) throw new StoreError(2, "$all needs an array");
  const never: Test = () => false;
  if (operand.length === 0) return { kind: "leaf", path, op: "$all", operand, looks: "each", test: never };
  const matches = operand.filter((x) => isDoc(x) && x.keys().next().value === "$elemMatch");
  if (matches.length > 0 && matches.length < operand.length)
    throw new StoreError(2, "$all/$elemMatch has to be consistent");
  const nodes = operand.map((x) => {
    if (x instanceof Regex) return parseOperator(path, "$regex", x, new Map());
    if (matches.length > 0) return parseElemMatch(path, (x as Doc).get("$elemMatch")!, context);
    if (isOperatorDoc(x)) throw new StoreError(2, "no $ expressions in $all");
    return parseOperator(path, "$eq", x, new Map());
  });
  return { kind: "and", nodes };
}

function parseElemMatch(path: string, operand: Value, context: MatchContext): MatchNode {
  if (!isDoc(operand)) throw new StoreError(2, "$elemMatch needs an Object");
  const inner: MatchContext = { ...context, within: "$elemMatch" };
  const first = operand.keys().next().value ?? "";
  const onValues = isOperatorDoc(operand) && !["$and", "$or", "$nor", "$where", "$expr"].includes(first);
  const node: MatchNode = {
    kind: "and",
    nodes: onValues ? parseField("", operand, inner) : parseFilter(operand, inner),
  };
  const test: Test = onValues
    ? (v) => Array.isArray(v) && v.some((x) => testElement(node, x))
    : (v) => Array.isArray(v) && v.some((x) => elementMatches(node, x));
  return { kind: "leaf", path, op: "$elemMatch", operand, looks: "whole", test, inner: node };
}
