/** Reads the fields of a command: each is known, checked, or refused. */
import { outsideSubset, StoreError } from "./errors";
import { type Doc, isDoc, isNumber, isTrue, toNumber, toWhole, typeName, type Value } from "./values";

/** Fields that any command may carry. A session id is accepted and means nothing. */
const ANYWHERE = new Set(
  "$db lsid $readPreference $clusterTime readConcern writeConcern maxTimeMS comment apiVersion apiStrict apiDeprecationErrors".split(
    " ",
  ),
);

/** Refuses fields outside `known`; `absent` are those MongoDB has and the store has not. */
export function checkFields(command: Doc, known: ReadonlySet<string>, absent: ReadonlySet<string>): void {
  for (const [key, v] of command) {
    if (known.has(key)) continue;
    if (ANYWHERE.has(key)) checkAnywhere(key, v);
    else if (key === "txnNumber" || key === "autocommit" || key === "startTransaction")
      throw new StoreError(20, "Transaction numbers are only allowed on a replica set member or mongos");
    else if (!absent.has(key))
      throw new StoreError(40415, `BSON field '${[...command.keys()][0]}.${key}' is an unknown field.`);
    else if (key === "collation" && v !== null && !isDoc(v)) throw wrongType(command, key, v, "object");
    else if (meansSomething(key, v)) throw outsideSubset(`the option ${key}`);
  }
}

function checkAnywhere(key: string, v: Value): void {
  if (v === null) return;
  if (key === "readConcern") checkReadConcern(v);
  if (key === "writeConcern") checkWriteConcern(v);
  if (key === "maxTimeMS") {
    if (!isNumber(v)) throw new StoreError(14, "BSON field 'maxTimeMS' must be a number");
    if (toNumber(v) < 0 || toNumber(v) > 2147483647) throw new StoreError(2, "maxTimeMS is out of range");
  }
  if (key === "apiVersion" && v !== "1") throw new StoreError(322, "API version must be 1");
}

function checkReadConcern(v: Value): void {
  if (!isDoc(v)) throw new StoreError(14, "BSON field 'readConcern' is the wrong type, expected type 'object'");
  const level = v.get("level") ?? "local";
  if (level === "snapshot") throw outsideSubset("read concern snapshot");
  if (level === "linearizable")
    throw new StoreError(123, "node needs to be a replica set member to use read concern linearizable");
  if (level !== "local" && level !== "available" && level !== "majority")
    throw new StoreError(2, `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`);
}

function checkWriteConcern(v: Value): void {
  if (!isDoc(v)) throw new StoreError(14, "BSON field 'writeConcern' is the wrong type, expected type 'object'");
  const j = v.get("j");
  if (j !== undefined && typeof j !== "boolean" && !isNumber(j))
    throw new StoreError(
      14,
      "BSON field 'writeConcern.j' is the wrong type, expected types '[bool, long, int, decimal, double]'",
    );
  const w = v.get("w");
  if (isNumber(w) && (toNumber(w) < 0 || toNumber(w) > 50))
    throw new StoreError(9, "w has to be a non-negative number and not greater than 50");
  if (w !== undefined && !isNumber(w) && typeof w !== "string" && !isDoc(w))
    throw new StoreError(9, "w has to be a number, string, or object");
  if (w !== undefined && w !== "majority" && !(isNumber(w) && toNumber(w) <= 1 && toNumber(w) >= 0)) {
    throw new StoreError(2, "cannot use non-majority 'w' mode or a number above 1 when a host is not replicated");
  }
}

/** An absent option given its default is harmless: collation "simple", false, an empty document. */
function meansSomething(key: string, v: Value): boolean {
  if (v === false || v === null) return false;
  if (key === "collation" && isDoc(v)) return v.size > 0 && !(v.get("locale") === "simple");
  return !(isDoc(v) && v.size === 0);
}

/** Options of find where null is no way to leave them out, and what a statement must have. */
const NEVER_NULL = new Set(["filter", "projection", "q"]);

export function docOption(command: Doc, key: string): Doc {
  const v = command.get(key);
  if (v === undefined || (v === null && !NEVER_NULL.has(key))) return new Map();
  if (!isDoc(v)) throw wrongType(command, key, v, "object");
  return v;
}

export function wholeOption(command: Doc, key: string, otherwise: number): number {
  const v = command.get(key);
  if (v === undefined || v === null) return otherwise;
  if (!isNumber(v)) throw wrongType(command, key, v, "long");
  const n = Math.trunc(toNumber(v));
  if (!(Math.abs(n) <= 2 ** 63)) throw new StoreError(9, `${key} is out of range`);
  return toWhole(v) ?? n;
}

export function notNegative(command: Doc, key: string): number {
  const n = wholeOption(command, key, 0);
  if (n < 0) throw new StoreError(51024, `BSON field '${key}' value must be >= 0, actual value '${n}'`);
  return n;
}

export function boolOption(command: Doc, key: string, otherwise: boolean): boolean {
  const v = command.get(key);
  if (v === undefined || v === null) return otherwise;
  if (typeof v !== "boolean" && !isNumber(v)) throw wrongType(command, key, v, "bool");
  return isTrue(v);
}

/** The batch size within a command's `cursor`, or `otherwise`. */
export function cursorBatchSize(command: Doc, otherwise: number): number {
  const cursor = docOption(command, "cursor");
  checkFields(new Map([["cursor", null], ...cursor]), new Set(["cursor", "batchSize"]), new Set());
  return (cursor.get("batchSize") ?? null) === null ? otherwise : notNegative(cursor, "batchSize");
}

export function stringOption(command: Doc, key: string): string {
  const v = command.get(key) ?? null;
  if (v === null) throw missing(command, key);
  if (typeof v !== "string") throw wrongType(command, key, v, "string");
  return v;
}

export function arrayOption(command: Doc, key: string): Value[] {
  const v = command.get(key) ?? null;
  if (v === null) throw missing(command, key);
  if (!Array.isArray(v)) throw wrongType(command, key, v, "array");
  return v;
}

/** The error for a field that must be there; null counts as absent. */
export function missing(command: Doc, key: string): StoreError {
  return new StoreError(40414, `BSON field '${commandName(command)}.${key}' is missing but a required field`);
}

function commandName(command: Doc): string {
  return command.keys().next().value ?? "";
}

export function wrongType(command: Doc, key: string, v: Value, expected: string): StoreError {
  return new StoreError(
    14,
    `BSON field '${commandName(command)}.${key}' is the wrong type '${typeName(v)}', expected type '${expected}'`,
  );
}

/** As `boolOption`, taking no numbers. */
export function strictBool(command: Doc, key: string, otherwise: boolean): boolean {
  const v = command.get(key);
  if (v === undefined || v === null) return otherwise;
  if (typeof v !== "boolean") throw wrongType(command, key, v, "bool");
  return v;
}
