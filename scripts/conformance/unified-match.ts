/** The matching rules of the drivers' unified test format: what is expected beside what came. */
import { BSON } from "mongodb";
import { isPlain } from "./recorded";

export interface MatchScope {
  /** Values that earlier operations saved by name. */
  saved: ReadonlyMap<string, unknown>;
}

/** Says where `actual` differs from `expected`, or undefined. A document at the root may have more fields. */
export function mismatch(expected: unknown, actual: unknown, scope: MatchScope): string | undefined {
  return compare(expected, actual, scope, "result", true);
}

function compare(e: unknown, a: unknown, scope: MatchScope, at: string, root: boolean): string | undefined {
  const wrong = `${at}: due ${show(e)}, came ${show(a)}`;
  if (isPlain(e)) {
    const [operator, ...others] = Object.keys(e);
    if (operator?.startsWith("$$") && others.length === 0) return special(operator, e[operator], a, scope, at, root);
    if (!isPlain(plain(a)) || isLeaf(a)) return wrong;
    return compareDocuments(e, plain(a) as Record<string, unknown>, scope, at, root);
  }
  if (Array.isArray(e)) {
    if (!Array.isArray(a) || a.length !== e.length) return wrong;
    return firstOf(e.map((x, i) => compare(x, a[i], scope, `${at}[${i}]`, root)));
  }
  if (isNumeric(e)) return isNumeric(a) && Number(e) === Number(a) ? undefined : wrong;
  return canonical(e) === canonical(a) ? undefined : wrong;
}

function compareDocuments(
  e: Record<string, unknown>,
  a: Record<string, unknown>,
  scope: MatchScope,
  at: string,
  root: boolean,
): string | undefined {
  const differing = firstOf(
    Object.entries(e).map(([k, v]) => {
      const absent = !Object.hasOwn(a, k) || a[k] === undefined;
      if (absent && !mayBeAbsent(v)) return `${at}.${k}: is missing`;
      return compare(v, absent ? undefined : a[k], scope, `${at}.${k}`, false);
    }),
  );
  if (differing || root) return differing;
  const extra = Object.keys(a).find((k) => !Object.hasOwn(e, k) && a[k] !== undefined);
  return extra === undefined ? undefined : `${at}.${extra}: is not expected`;
}

function mayBeAbsent(e: unknown): boolean {
  if (!isPlain(e)) return false;
  return "$$unsetOrMatches" in e || e.$$exists === false || "$$matchAsRoot" in e;
}

function special(
  operator: string,
  operand: unknown,
  a: unknown,
  scope: MatchScope,
  at: string,
  root: boolean,
): string | undefined {
  switch (operator) {
    case "$$exists":
      return (a !== undefined) === operand ? undefined : `${at}: ${operand ? "is missing" : "is not expected"}`;
    case "$$unsetOrMatches":
      return a === undefined || a === null ? undefined : compare(operand, a, scope, at, root);
    case "$$type":
      return hasType(a, operand) ? undefined : `${at}: due a value of type ${show(operand)}, came ${show(a)}`;
    case "$$matchesEntity":
      return compare(scope.saved.get(String(operand)), a, scope, at, root);
    case "$$matchAsRoot":
      return compare(operand, a, scope, at, true);
    case "$$matchAsDocument":
      return compare(operand, BSON.EJSON.parse(String(a)), scope, at, root);
    case "$$lte":
      return Number(a) <= Number(operand) ? undefined : `${at}: due at most ${show(operand)}, came ${show(a)}`;
    case "$$sessionLsid":
      return isPlain(a) ? undefined : `${at}: due a session, came ${show(a)}`;
    default:
      return `${at}: the runner does not know ${operator}`;
  }
}

const TYPES: Record<string, (v: unknown) => boolean> = {
  string: (v) => typeof v === "string",
  bool: (v) => typeof v === "boolean",
  null: (v) => v === null,
  array: Array.isArray,
  object: (v) => isPlain(v) && !isLeaf(v),
  objectId: (v) => v instanceof BSON.ObjectId,
  date: (v) => v instanceof Date,
  binData: (v) => v instanceof BSON.Binary,
  int: (v) => isNumeric(v) && Number.isInteger(Number(v)),
  long: (v) => isNumeric(v) && Number.isInteger(Number(v)),
  double: isNumeric,
  number: isNumeric,
  decimal: (v) => v instanceof BSON.Decimal128,
};

function hasType(v: unknown, operand: unknown): boolean {
  return (Array.isArray(operand) ? operand : [operand]).some((t) => TYPES[String(t)]?.(v) ?? false);
}

function isNumeric(v: unknown): boolean {
  if (typeof v === "number" || typeof v === "bigint") return true;
  return v instanceof BSON.Int32 || v instanceof BSON.Double || v instanceof BSON.Long;
}

/** Maps, as bulk results have them, count as documents. */
function plain(v: unknown): unknown {
  return v instanceof Map ? Object.fromEntries(v) : v;
}

function isLeaf(v: unknown): boolean {
  return isPlain(v) && "_bsontype" in v;
}

function canonical(v: unknown): string {
  return BSON.EJSON.stringify({ v: v ?? null }, { relaxed: false });
}

function show(v: unknown): string {
  return v === undefined ? "nothing" : BSON.EJSON.stringify({ v }).slice(5, 165);
}

function firstOf(list: (string | undefined)[]): string | undefined {
  return list.find((x) => x !== undefined);
}
