/** What expression operators are made of. An absent value is `undefined`; every operator says what it does with that. */
import { isNullish } from "./compare";
import { outsideSubset, StoreError } from "./errors";
import { EXPRESSIONS_ELSEWHERE } from "./subset";
import { type Doc, isDoc, type Value } from "./values";

/** Values known when an expression is compiled: `let` of the command or of $lookup, and NOW. */
export type Variables = ReadonlyMap<string, Value | undefined>;

/** What an expression is evaluated in: the document, and the variables of $map, $filter, $let ... around it. */
export interface Scope {
  root: Value;
  locals: Local | undefined;
}
interface Local {
  name: string;
  value: Value | undefined;
  next: Local | undefined;
}

const NO_SCOPE: Scope = { root: new Map(), locals: undefined };

export type Evaluate = (scope: Scope) => Value | undefined;
export type Operator = (operand: Value, compiler: Compiler, name: string) => Evaluate;

export class Compiler {
  readonly fields = new Set<string>();
  readsAll = false;
  private readonly locals: string[] = [];
  /** Counts what depends on the document or on a variable: an expression without any is worked out at once. */
  private reads = 0;
  private folds = true;

  constructor(
    readonly variables: Variables,
    private readonly operators: Readonly<Record<string, Operator>>,
  ) {}

  compile(v: Value): Evaluate {
    if (typeof v === "string" && v.startsWith("$")) return this.path(v);
    if (Array.isArray(v)) return this.array(v);
    if (isDoc(v)) return this.document(v);
    return () => v;
  }

  /** Compiles with `names` defined as variables. */
  within<T>(names: string[], work: () => T): T {
    this.locals.push(...names);
    try {
      return work();
    } finally {
      this.locals.length -= names.length;
    }
  }

  /** As `compile`; `constant` holds the value of an expression that reads nothing. */
  compileKnown(v: Value): { evaluate: Evaluate; constant?: { value: Value | undefined } } {
    const before = this.reads;
    const evaluate = this.compile(v);
    if (this.reads > before || !this.folds) return { evaluate };
    return { evaluate, constant: { value: evaluate(NO_SCOPE) } };
  }

  /** Compiles what MongoDB's optimizer throws away unread: a constant that fails in there is not noticed. */
  unread<T>(work: () => T): T {
    const before = this.folds;
    this.folds = false;
    try {
      return work();
    } finally {
      this.folds = before;
    }
  }

  private array(items: Value[]): Evaluate {
    const parts = items.map((x) => this.compile(x));
    return (s) => parts.map((p) => p(s) ?? null);
  }

  private document(d: Doc): Evaluate {
    const first = d.keys().next().value;
    if (first?.startsWith("$")) {
      if (d.size !== 1) {
        throw new StoreError(
          15983,
          `an expression specification must contain exactly one field, the name of the expression. Found ${d.size} fields`,
        );
      }
      return this.operator(first, d.get(first)!);
    }
    const parts: [string, Evaluate][] = [];
    for (const [name, v] of d) {
      if (name.startsWith("$")) throw new StoreError(16410, `Unrecognized expression '${name}'`);
      if (name.includes("."))
        throw new StoreError(
          16412,
          "FieldPath field names may not contain '.'. Consider using $getField or $setField.",
        );
      if (name === "") throw new StoreError(15998, "FieldPath field names may not be empty strings.");
      parts.push([name, this.compile(v)]);
    }
    return (s) => {
      const out: Doc = new Map();
      for (const [name, p] of parts) {
        const v = p(s);
        if (v !== undefined) out.set(name, v);
      }
      return out;
    };
  }

  operator(name: string, operand: Value): Evaluate {
    const op = Object.hasOwn(this.operators, name) ? this.operators[name] : undefined;
    if (op) return this.folded(op, operand, name);
    if (EXPRESSIONS_ELSEWHERE.has(name) || name.startsWith("$_")) throw outsideSubset(`the expression ${name}`);
    throw new StoreError(168, `Unrecognized expression '${name}'`);
  }

  /** As MongoDB's optimizer does: an expression of constants is worked out (or fails) before any document is read. */
  private folded(op: Operator, operand: Value, name: string): Evaluate {
    const before = this.reads;
    const evaluate = op(operand, this, name);
    if (this.reads > before || !this.folds) return evaluate;
    const value = evaluate(NO_SCOPE);
    return () => value;
  }

  private path(text: string): Evaluate {
    if (text.startsWith("$$")) return this.variable(text.slice(2));
    this.reads++;
    const parts = fieldPath(text.slice(1));
    this.fields.add(parts[0]!);
    return (s) => readPath(s.root, parts, 0);
  }

  private variable(text: string): Evaluate {
    this.reads++;
    const [name, ...rest] = fieldPath(text, true) as [string, ...string[]];
    const base = this.base(name, rest);
    return rest.length === 0 ? base : (s) => readPath(base(s), rest, 0);
  }

  private base(name: string, rest: string[]): Evaluate {
    if (this.locals.includes(name)) {
      return (s) => {
        let at = s.locals;
        while (at && at.name !== name) at = at.next;
        return at?.value;
      };
    }
    if (name === "ROOT" || name === "CURRENT") {
      if (rest.length > 0) this.fields.add(rest[0]!);
      else this.readsAll = true;
      return (s) => s.root;
    }
    if (name === "REMOVE") return () => undefined;
    if (this.variables.has(name)) {
      const v = this.variables.get(name);
      return () => v;
    }
    if (["PRUNE", "DESCEND", "KEEP", "SEARCH_META", "USER_ROLES", "CLUSTER_TIME", "JS_SCOPE", "IS_MR"].includes(name)) {
      throw outsideSubset(`the variable $$${name}`);
    }
    throw new StoreError(17276, `Use of undefined variable: ${name}`);
  }
}

/** Checks and splits the name after `$` or `$$`. */
export function fieldPath(text: string, variable = false): string[] {
  if (text === "") {
    throw variable
      ? new StoreError(9, "empty variable names are not allowed")
      : new StoreError(16872, "'$' by itself is not a valid FieldPath");
  }
  if (text.endsWith(".")) throw new StoreError(40353, "FieldPath must not end with a '.'.");
  if (text.includes("\0")) throw new StoreError(16411, "FieldPath field names may not contain null bytes");
  const parts = text.split(".");
  if (parts.length > 200) throw new StoreError(15, "FieldPath is too long");
  for (const [i, p] of parts.entries()) {
    if (p === "") throw new StoreError(15998, "FieldPath field names may not be empty strings.");
    if (p.startsWith("$") && !(variable && i === 0)) {
      throw new StoreError(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    }
  }
  if (variable) checkVariable(parts[0]!);
  return parts;
}

function checkVariable(name: string): void {
  if (!/^[A-Za-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) {
    throw new StoreError(9, `'${name}' is not a valid variable name`);
  }
}

/** Checks a name that $map, $let ... define. */
export function checkUserVariable(name: string): void {
  if (name === "") throw new StoreError(9, "empty variable names are not allowed");
  if (name === "CURRENT") return;
  if (!/^[a-z\u0080-\uffff]/.test(name))
    throw new StoreError(9, `'${name}' starts with an invalid character for a user variable name`);
  checkVariable(name);
}

/** Reads a path as expressions do: through arrays element by element, never by position. */
export function readPath(at: Value | undefined, parts: readonly string[], i: number): Value | undefined {
  if (i === parts.length) return at;
  if (isDoc(at)) return readPath(at.get(parts[i]!), parts, i + 1);
  if (!Array.isArray(at)) return undefined;
  const out: Value[] = [];
  for (const x of at) {
    if (!isDoc(x)) continue;
    const v = readPath(x, parts, i);
    if (v !== undefined) out.push(v);
  }
  return out;
}

export function withLocal(s: Scope, name: string, value: Value | undefined): Scope {
  return { root: s.root, locals: { name, value, next: s.locals } };
}

/** Arguments of an operator that takes a list; a single value stands for a list of one. */
export function listOf(operand: Value): Value[] {
  return Array.isArray(operand) ? operand : [operand];
}

/** An operator with a fixed number of arguments, all evaluated. */
export function fixed(
  count: number,
  apply: (args: (Value | undefined)[], name: string) => Value | undefined,
): Operator {
  return (operand, compiler, name) => {
    const list = listOf(operand);
    if (list.length !== count) {
      throw new StoreError(
        16020,
        `Expression ${name} takes exactly ${count} arguments. ${list.length} were passed in.`,
      );
    }
    const parts = list.map((x) => compiler.compile(x));
    return (s) =>
      apply(
        parts.map((p) => p(s)),
        name,
      );
  };
}

/** An operator with `least` to `most` arguments, all evaluated. */
export function ranged(
  least: number,
  most: number,
  apply: (args: (Value | undefined)[], name: string) => Value | undefined,
): Operator {
  return (operand, compiler, name) => {
    const list = listOf(operand);
    if (list.length < least || list.length > most) {
      throw new StoreError(
        28667,
        `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${list.length} were passed in.`,
      );
    }
    const parts = list.map((x) => compiler.compile(x));
    return (s) =>
      apply(
        parts.map((p) => p(s)),
        name,
      );
  };
}

/** An operator with any number of arguments, all evaluated. */
export function variadic(apply: (args: (Value | undefined)[], name: string) => Value | undefined): Operator {
  return ranged(0, Number.POSITIVE_INFINITY, apply);
}

/**
 * An operator that takes its arguments one by one, from the left: the first that is nothing makes the whole null, and
 * what comes after it is not even evaluated.
 */
export function untilNull<S>(
  start: () => S,
  take: (state: S, v: Value, name: string) => S,
  finish: (state: S) => Value,
): Operator {
  return (operand, compiler, name) => {
    const parts = listOf(operand).map((x) => compiler.compile(x));
    return (s) => {
      let state = start();
      for (const p of parts) {
        const v = p(s);
        if (isNullish(v)) return null;
        state = take(state, v!, name);
      }
      return finish(state);
    };
  };
}

/** The fields of an operator that takes a document of named arguments. */
export function named(
  operand: Value,
  name: string,
  allowed: readonly string[],
  codes: { notDoc: number; unknown: number },
): Doc {
  if (!isDoc(operand)) throw new StoreError(codes.notDoc, `${name} only supports an object as its argument`);
  for (const key of operand.keys()) {
    if (!allowed.includes(key)) throw new StoreError(codes.unknown, `Unrecognized argument to ${name}: ${key}`);
  }
  return operand;
}
