/** The position that a query matched in an array, for `$` in updates and projections. */
import { type MatchNode, testNode } from "./match-tree";
import type { Matcher } from "./matcher";
import { splitPath } from "./paths";
import { valueAtPath } from "./update-paths";
import { type Doc, isDoc, type Value } from "./values";

/** The first element of the array at `arrayPath` that meets the filter's last condition on that array. */
export function matchedPositionIn(matcher: Matcher, d: Doc, arrayPath: string): number | undefined {
  const array = valueAtPath(d, splitPath(arrayPath));
  if (!Array.isArray(array)) return undefined;
  let found: number | undefined;
  for (const leaf of leavesOn(matcher.root, arrayPath)) {
    const i = array.findIndex((x) => elementMeets(leaf, x, arrayPath));
    if (i >= 0) found = i;
  }
  return found;
}

type Leaf = Extract<MatchNode, { kind: "leaf" }>;

function leavesOn(node: MatchNode, arrayPath: string): Leaf[] {
  switch (node.kind) {
    case "and":
    case "or":
      return node.nodes.flatMap((n) => leavesOn(n, arrayPath));
    case "leaf":
      return node.path === arrayPath || node.path.startsWith(`${arrayPath}.`) ? [node] : [];
    default:
      return [];
  }
}

function elementMeets(leaf: Leaf, x: Value, arrayPath: string): boolean {
  if (leaf.path === arrayPath) return leaf.looks === "whole" ? leaf.test([x]) : leaf.test(x);
  const rest = leaf.path.slice(arrayPath.length + 1);
  return isDoc(x) && testNode({ ...leaf, path: rest }, x);
}
