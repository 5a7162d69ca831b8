/** Whether a query's conditions guarantee what a partial index demands of its documents. */
import { conjuncts } from "./bounds";
import { compare, equal, rankOf } from "./compare";
import type { MatchNode } from "./match-tree";
import type { Matcher } from "./matcher";
import type { Value } from "./values";

type Leaf = Extract<MatchNode, { kind: "leaf" }>;

export function impliesPartial(conditions: readonly MatchNode[], partial: Matcher): boolean {
  return conjuncts(partial.root).every((demand) => conditions.some((c) => implies(c, demand)));
}

function implies(given: MatchNode, demand: MatchNode): boolean {
  if (given.kind === "or") return given.nodes.every((n) => conjuncts(n).some((c) => implies(c, demand)));
  if (demand.kind === "or") return demand.nodes.some((n) => conjuncts(n).every((d) => implies(given, d)));
  if (given.kind !== "leaf" || demand.kind !== "leaf" || given.path !== demand.path) return false;
  return leafImplies(given, demand);
}

function leafImplies(given: Leaf, demand: Leaf): boolean {
  if (given.op === demand.op && equal(given.operand, demand.operand)) return true;
  if (demand.op === "$exists") return !given.test(undefined);
  if (Array.isArray(given.operand) && given.op !== "$in") return false;
  if (given.op === "$eq") return demand.looks === "each" && demand.test(given.operand);
  if (given.op === "$in") return demand.looks === "each" && (given.operand as Value[]).every((v) => demand.test(v));
  return rangeImplies(given, demand);
}

function rangeImplies(given: Leaf, demand: Leaf): boolean {
  const up = ["$gt", "$gte"];
  const down = ["$lt", "$lte"];
  const sameWay = [up, down].some((way) => way.includes(given.op) && way.includes(demand.op));
  if (!sameWay || rankOf(given.operand) !== rankOf(demand.operand)) return false;
  const order = compare(given.operand, demand.operand) * (up.includes(given.op) ? 1 : -1);
  return order > 0 || (order === 0 && (demand.op.endsWith("e") || !given.op.endsWith("e")));
}
