/** The tree a query filter is compiled into: it tests documents and tells the planner what is asked for. */
import { someAtPath, splitPath, topField } from "./paths";
import { type Doc, isDoc, type Value } from "./values";

export type Test = (v: Value | undefined) => boolean;

export type MatchNode =
  | { kind: "and" | "or" | "nor"; nodes: MatchNode[] }
  | { kind: "not"; node: MatchNode }
  | { kind: "expr"; test: (root: Doc) => boolean; fields: ReadonlySet<string> | null }
  /** One operator on one path. `each` looks into arrays at the end of the path, `whole` at the array itself. */
  | { kind: "leaf"; path: string; op: string; operand: Value; looks: "each" | "whole"; test: Test; inner?: MatchNode };

export function testNode(node: MatchNode, d: Doc): boolean {
  switch (node.kind) {
    case "and":
      return node.nodes.every((n) => testNode(n, d));
    case "or":
      return node.nodes.some((n) => testNode(n, d));
    case "nor":
      return !node.nodes.some((n) => testNode(n, d));
    case "not":
      return !testNode(node.node, d);
    case "expr":
      return node.test(d);
    case "leaf":
      return someAtPath(d, splitPath(node.path), node.looks === "whole", node.test);
  }
}

export function collectFields(node: MatchNode, into: Set<string>): boolean {
  switch (node.kind) {
    case "leaf":
      into.add(topField(node.path));
      return true;
    case "not":
      return collectFields(node.node, into);
    case "expr":
      if (!node.fields) return false;
      for (const f of node.fields) into.add(f);
      return true;
    default:
      return node.nodes.every((n) => collectFields(n, into));
  }
}

/** An element that is itself an array is searched as a document with fields "0", "1" ... */
export function elementMatches(node: MatchNode, x: Value): boolean {
  if (isDoc(x)) return testNode(node, x);
  return Array.isArray(x) && testNode(node, new Map(x.map((e, i) => [String(i), e])));
}

/** Tests operators against a bare value, as $elemMatch on values and $pull do. */
export function testElement(node: MatchNode, x: Value): boolean {
  switch (node.kind) {
    case "and":
      return node.nodes.every((n) => testElement(n, x));
    case "or":
      return node.nodes.some((n) => testElement(n, x));
    case "nor":
      return !node.nodes.some((n) => testElement(n, x));
    case "not":
      return !testElement(node.node, x);
    case "expr":
      return false;
    case "leaf":
      if (node.looks === "each" && Array.isArray(x) && x.some((e) => node.test(e))) return true;
      return node.test(x);
  }
}
