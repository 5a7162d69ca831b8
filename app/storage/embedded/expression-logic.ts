/** Comparison, boolean and conditional expressions, and variables. */
import { compare } from "./compare";
import { StoreError } from "./errors";
import {
  checkUserVariable,
  fixed,
  listOf,
  named,
  type Operator,
  type Scope,
  variadic,
  withLocal,
} from "./expression-kit";
import { int32, isDoc, isTrue, UNDEFINED, type Value } from "./values";

/** Orders values where absent sorts before everything but MinKey, undefined before null. */
function order(a: Value | undefined, b: Value | undefined): number {
  if (a === undefined || b === undefined) {
    if (a === b) return 0;
    const other = (a === undefined ? b : a) as Value;
    const below = compare(other, UNDEFINED) >= 0;
    return (a === undefined) === below ? -1 : 1;
  }
  return compare(a, b);
}

const comparison = (holds: (n: number) => boolean): Operator => fixed(2, ([a, b]) => holds(order(a, b)));

/** One constant that decides is enough, wherever it stands: then nothing else is evaluated. */
const logical =
  (decides: boolean): Operator =>
  (operand, c) => {
    const parts = listOf(operand).map((x) => c.compileKnown(x));
    if (parts.some((p) => p.constant && isTrue(p.constant.value) === decides)) return () => decides;
    return (s) => (parts.some((p) => isTrue(p.evaluate(s)) === decides) ? decides : !decides);
  };

const cond: Operator = (operand, c, name) => {
  let list: Value[];
  if (isDoc(operand)) {
    for (const key of operand.keys()) {
      if (!["if", "then", "else"].includes(key)) throw new StoreError(17083, `Unrecognized parameter to $cond: ${key}`);
    }
    for (const [i, k] of ["if", "then", "else"].entries()) {
      if (!operand.has(k)) throw new StoreError(17080 + i, `Missing '${k}' parameter to $cond`);
    }
    list = [operand.get("if")!, operand.get("then")!, operand.get("else")!];
  } else list = listOf(operand);
  if (list.length !== 3)
    throw new StoreError(16020, `Expression ${name} takes exactly 3 arguments. ${list.length} were passed in.`);
  const [test, yes, no] = list.map((x) => c.compile(x)) as [Ev, Ev, Ev];
  return (s) => (isTrue(test(s)) ? yes(s) : no(s));
};
type Ev = (s: Scope) => Value | undefined;

const ifNull: Operator = (operand, c) => {
  const list = listOf(operand);
  if (list.length < 2) throw new StoreError(1257300, `$ifNull needs at least two arguments, had: ${list.length}`);
  const parts = list.map((x) => c.compile(x));
  return (s) => {
    let v: Value | undefined;
    for (const p of parts) {
      v = p(s);
      if (v !== undefined && v !== null && v !== UNDEFINED) return v;
    }
    return v;
  };
};

const switchCase: Operator = (operand, c) => {
  if (!isDoc(operand)) throw new StoreError(40060, "$switch requires an object as an argument");
  for (const key of operand.keys()) {
    if (key !== "branches" && key !== "default")
      throw new StoreError(40067, `$switch found an unknown argument: ${key}`);
  }
  const branches = operand.get("branches");
  if (branches !== undefined && !Array.isArray(branches))
    throw new StoreError(40061, "$switch expected an array for 'branches'");
  if (!branches || branches.length === 0) throw new StoreError(40068, "$switch requires at least one branch.");
  // In MongoDB's order: the default first, and what comes after a case that always holds is thrown away.
  const otherwise = operand.has("default") ? c.compile(operand.get("default")!) : undefined;
  let decided = false;
  const cases = branches.map((b): [Ev, Ev] => {
    if (!isDoc(b)) throw new StoreError(40062, "$switch expected each branch to be an object");
    for (const key of b.keys()) {
      if (key !== "case" && key !== "then")
        throw new StoreError(40063, `$switch found an unknown argument to a branch: ${key}`);
    }
    if (!b.has("case")) throw new StoreError(40064, "$switch requires each branch have a 'case' expression");
    if (!b.has("then")) throw new StoreError(40065, "$switch requires each branch have a 'then' expression.");
    const compiled = (): [Ev, Ev] => {
      const test = c.compileKnown(b.get("case")!);
      decided ||= test.constant !== undefined && isTrue(test.constant.value);
      return [test.evaluate, c.compile(b.get("then")!)];
    };
    return decided ? c.unread(compiled) : compiled();
  });
  return (s) => {
    for (const [test, then] of cases) if (isTrue(test(s))) return then(s);
    if (!otherwise)
      throw new StoreError(
        40066,
        "$switch could not find a matching branch for an input, and no default was specified.",
      );
    return otherwise(s);
  };
};

const letIn: Operator = (operand, c, name) => {
  const d = named(operand, name, ["vars", "in"], { notDoc: 16874, unknown: 16875 });
  const vars = d.get("vars");
  if (vars === undefined) throw new StoreError(16876, "Missing 'vars' parameter to $let");
  if (!d.has("in")) throw new StoreError(16877, "Missing 'in' parameter to $let");
  if (!isDoc(vars)) throw new StoreError(10065, "invalid parameter: expected an object (vars)");
  for (const v of vars.keys()) checkUserVariable(v);
  const parts = [...vars].map(([k, v]): [string, Ev] => [k, c.compile(v)]);
  const body = c.within([...vars.keys()], () => c.compile(d.get("in")!));
  return (s) => {
    let inner = s;
    for (const [k, p] of parts) inner = withLocal(inner, k, p(s));
    return body(inner);
  };
};

export const LOGIC: Record<string, Operator> = {
  $eq: comparison((n) => n === 0),
  $ne: comparison((n) => n !== 0),
  $gt: comparison((n) => n > 0),
  $gte: comparison((n) => n >= 0),
  $lt: comparison((n) => n < 0),
  $lte: comparison((n) => n <= 0),
  $cmp: fixed(2, ([a, b]) => int32(Math.sign(order(a, b)))),
  $and: logical(false),
  $or: logical(true),
  $not: fixed(1, ([v]) => !isTrue(v)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchCase,
  $let: letIn,
  $literal: (operand) => () => operand,
  $const: (operand) => () => operand,
  $mergeObjects: variadic((args) => {
    const out = new Map<string, Value>();
    const list = args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
    for (const v of list) {
      if (v === undefined || v === null || v === UNDEFINED) continue;
      if (!isDoc(v)) throw new StoreError(40400, "$mergeObjects requires object inputs");
      for (const [k, x] of v) out.set(k, x);
    }
    return out;
  }),
};
