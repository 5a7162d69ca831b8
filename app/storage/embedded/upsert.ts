/** The document that an upsert starts from: the filter's equalities. */
import { conjuncts } from "./bounds";
import { StoreError } from "./errors";
import type { Matcher } from "./matcher";
import { splitPath } from "./paths";
import { setAtPath, valueAtPath } from "./update-paths";
import { clone, type Doc, type Value } from "./values";

export function seedFromFilter(matcher: Matcher): Doc {
  const seed: Doc = new Map();
  for (const node of equalities(matcher)) {
    const parts = splitPath(node.path);
    if (valueAtPath(seed, parts) !== undefined) {
      throw new StoreError(54, `cannot infer query fields to set, path '${node.path}' is matched twice`);
    }
    setAtPath(seed, parts, clone(node.value));
  }
  return seed;
}

function equalities(matcher: Matcher): { path: string; value: Value }[] {
  return conjuncts(matcher.root).flatMap((node) => {
    if (node.kind === "or" && node.nodes.length === 1) return equalities({ ...matcher, root: node.nodes[0]! });
    if (node.kind !== "leaf") return [];
    if (node.op === "$eq") return [{ path: node.path, value: node.operand }];
    return [];
  });
}
