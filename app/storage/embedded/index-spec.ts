/** Checks an index specification and brings it into the form that is stored and listed. */

import { outsideSubset, StoreError } from "./errors";
import { encodeKey } from "./keys";
import type { MatchNode } from "./match-tree";
import { compileFilter } from "./matcher";
import { isPosition } from "./paths";
import { type Doc, doc, int32, isDoc, isNumber, isTrue, toNumber, toWhole, typeName, type Value } from "./values";

/** Options an index may have. */
export const INDEX_OPTIONS = ["unique", "sparse", "partialFilterExpression", "expireAfterSeconds"] as const;
const KNOWN = new Set(
  "key name unique sparse partialFilterExpression expireAfterSeconds background v ns hidden".split(" "),
);
const ABSENT = new Set(
  `collation weights default_language language_override textIndexVersion 2dsphereIndexVersion bits min max bucketSize
  wildcardProjection storageEngine prepareUnique clustered dropDups finestIndexedLevel coarsestIndexedLevel`.split(
    /\s+/,
  ),
);

/** Returns {v, key, name, ...options}, or throws what MongoDB throws; fields nobody knows are dropped when asked. */
export function checkIndexSpec(spec: Value, dropUnknown = false): Doc {
  if (!isDoc(spec)) throw new StoreError(14, "The elements of the 'indexes' array must be objects");
  for (const [k, v] of spec) {
    if (ABSENT.has(k)) {
      if (k === "collation" && isSimpleCollation(v)) continue;
      throw outsideSubset(`the index option ${k}`);
    }
    if (!KNOWN.has(k) && !dropUnknown)
      throw new StoreError(197, `Error in specification: The field '${k}' is not valid for an index specification`);
  }
  const key = checkKey(spec.get("key"));
  const name = spec.get("name");
  if (name === undefined) throw new StoreError(9, "The 'name' field is a required property of an index specification");
  if (typeof name !== "string")
    throw new StoreError(14, `The field 'name' must be a string, but got ${typeName(name)}`);
  if (name === "") throw new StoreError(67, "index name cannot be empty");
  if (name === "*") throw new StoreError(2, "The index name '*' is not valid.");
  if (name.includes("\0")) throw new StoreError(67, "index name cannot contain a null byte");
  const out: Doc = new Map<string, Value>([["v", indexVersion(spec.get("v"))]]);
  out.set("key", key);
  out.set("name", name);
  addOptions(out, spec, key);
  return out;
}

function isSimpleCollation(v: Value): boolean {
  if (!isDoc(v)) throw new StoreError(14, `The field 'collation' must be an object, but got ${typeName(v)}`);
  if (v.size === 0) throw new StoreError(2, "The field 'collation' must not be an empty object.");
  return v.get("locale") === "simple";
}

/** Versions 1 and 2 differ in how MongoDB writes keys, not in what an index does. */
function indexVersion(v: Value | undefined): Value {
  if (v === undefined) return int32(2);
  if (!isNumber(v)) throw new StoreError(14, `The field 'v' must be a number, but got ${typeName(v)}`);
  const n = toWhole(v);
  if (n === undefined) throw new StoreError(2, "Index version must be representable as a 32-bit integer");
  if (n !== 1 && n !== 2)
    throw new StoreError(67, `Invalid index specification: index version v=${n} is not supported`);
  return int32(n);
}

function addOptions(out: Doc, spec: Doc, key: Doc): void {
  const idOnly = key.size === 1 && key.has("_id");
  for (const option of ["unique", "sparse", "hidden"] as const) {
    const v = spec.get(option);
    if (v === undefined) continue;
    if (typeof v !== "boolean" && !isNumber(v))
      throw new StoreError(14, `The field '${option}' must be a bool, but got ${typeName(v)}`);
    if (option === "hidden" && isTrue(v)) throw outsideSubset("a hidden index");
    if (idOnly && option !== "unique" && isTrue(v))
      throw new StoreError(197, `The field '${option}' is not valid for an _id index specification`);
    if (isTrue(v)) out.set(option, v);
  }
  const partial = spec.get("partialFilterExpression");
  if (partial !== undefined) out.set("partialFilterExpression", checkPartial(partial, spec, idOnly));
  const expire = spec.get("expireAfterSeconds");
  if (expire !== undefined) out.set("expireAfterSeconds", checkExpire(expire, key));
}

function checkKey(key: Value | undefined): Doc {
  if (key === undefined) throw new StoreError(9, "The 'key' field is a required property of an index specification");
  if (!isDoc(key)) throw new StoreError(14, `The field 'key' must be an object, but got ${typeName(key)}`);
  if (key.size === 0) throw new StoreError(67, "Index keys cannot be an empty object");
  if (key.size > 32) throw new StoreError(67, "Index keys cannot have more than 32 fields");
  for (const [path, v] of key) checkKeyField(path, v);
  return key;
}

function checkKeyField(path: string, v: Value): void {
  if (typeof v === "string") {
    if (["text", "2d", "2dsphere", "hashed", "geoHaystack", "wildcard"].includes(v))
      throw outsideSubset(`an index of kind ${v}`);
    throw new StoreError(67, `Unknown index plugin '${v}'`);
  }
  if (!isNumber(v))
    throw new StoreError(
      67,
      `Values in v:2 index key pattern cannot be of type ${typeName(v)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    );
  const n = toNumber(v);
  if (n === 0 || Number.isNaN(n)) throw new StoreError(67, "Values in the index key pattern cannot be 0 or NaN.");
  if (path === "") throw new StoreError(67, "Index keys cannot be an empty field.");
  if (path.endsWith("$**") || path === "$**") throw outsideSubset("a wildcard index");
  const parts = path.split(".");
  for (const p of parts) {
    if (p === "") throw new StoreError(67, "Index keys cannot contain an empty field.");
    if (p.startsWith("$") && !["$id", "$ref", "$db"].includes(p))
      throw new StoreError(67, "Index key contains an illegal field name: field name starts with '$'.");
    if (isPosition(p) && parts.length > 1) throw outsideSubset("an index on a position of an array");
  }
}

const PARTIAL_OPERATORS = new Set(["$eq", "$gt", "$gte", "$lt", "$lte", "$exists", "$type", "$in"]);

function checkPartial(partial: Value, spec: Doc, idOnly: boolean): Doc {
  if (!isDoc(partial))
    throw new StoreError(14, `The field 'partialFilterExpression' must be an object, but got ${typeName(partial)}`);
  if (isTrue(spec.get("sparse"))) throw new StoreError(67, "cannot mix 'partialFilterExpression' and 'sparse' options");
  if (idOnly) throw new StoreError(67, "_id index cannot be a partial index");
  const { root } = compileFilter(partial, { variables: new Map() });
  checkPartialNode(root, 0);
  return partial;
}

function checkPartialNode(node: MatchNode, depth: number): void {
  if (node.kind === "and" || node.kind === "or") {
    for (const n of node.nodes) checkPartialNode(n, depth + 1);
  } else if (node.kind !== "leaf" || !PARTIAL_OPERATORS.has(node.op)) {
    throw new StoreError(67, "Expression not supported in partial index");
  }
}

function checkExpire(v: Value, key: Doc): Value {
  if (!isNumber(v))
    throw new StoreError(
      67,
      `TTL index 'expireAfterSeconds' option must be numeric, but received a type of '${typeName(v)}'`,
    );
  const n = toNumber(v);
  if (Number.isNaN(n) || n < 0 || n > 2147483647)
    throw new StoreError(
      67,
      "TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number",
    );
  if (key.size > 1)
    throw new StoreError(67, "TTL indexes are single-field indexes, compound indexes do not support TTL");
  if (key.has("_id"))
    throw new StoreError(197, "The field 'expireAfterSeconds' is not valid for an _id index specification");
  return v;
}

/** True when two specifications describe the same index, apart from the name. */
export function sameIndex(a: Doc, b: Doc): boolean {
  const facts = (d: Doc): Doc =>
    doc({
      key: d.get("key")!,
      unique: isTrue(d.get("unique")),
      sparse: isTrue(d.get("sparse")),
      partial: signatureOf(d.get("partialFilterExpression")),
    });
  return encodeKey(facts(a)).equals(encodeKey(facts(b)));
}

/** The same for filters that differ only in the order of their conditions. */
function signatureOf(partial: Value | undefined): Value {
  if (!isDoc(partial)) return null;
  const { root } = compileFilter(partial, { variables: new Map() });
  return conditionsOf(root);
}

function conditionsOf(node: MatchNode): Value {
  if (node.kind === "leaf") return [node.path, node.op, node.operand];
  if (node.kind !== "and" && node.kind !== "or") return node.kind;
  const parts = node.nodes.flatMap((n): Value[] => {
    const c = conditionsOf(n);
    const nested = n.kind === node.kind && Array.isArray(c);
    return nested ? c.slice(1) : [c];
  });
  const sorted = parts.sort((x, y) => Buffer.compare(encodeKey(x), encodeKey(y)));
  return sorted.length === 1 ? sorted[0]! : [node.kind, ...sorted];
}
