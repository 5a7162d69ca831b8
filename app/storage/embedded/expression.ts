/** Compiles aggregation expressions. */
import { ARITHMETIC } from "./expression-arithmetic";
import { ARRAYS } from "./expression-arrays";
import { DATES } from "./expression-dates";
import { FIELDS } from "./expression-fields";
import { Compiler, type Operator, type Variables } from "./expression-kit";
import { LOGIC } from "./expression-logic";
import { STRINGS } from "./expression-strings";
import { TYPES } from "./expression-types";
import { BsonDate, type Value } from "./values";

export type { Variables } from "./expression-kit";

export const EXPRESSION_OPERATORS: Readonly<Record<string, Operator>> = {
  ...ARITHMETIC,
  ...ARRAYS,
  ...DATES,
  ...FIELDS,
  ...LOGIC,
  ...STRINGS,
  ...TYPES,
};

export interface CompiledExpression {
  evaluate(root: Value): Value | undefined;
  /** Top-level fields the expression reads; null when it may read any. */
  fields: ReadonlySet<string> | null;
}

export function compileExpression(v: Value, variables: Variables): CompiledExpression {
  const compiler = new Compiler(variables, EXPRESSION_OPERATORS);
  const evaluate = compiler.compile(v);
  return {
    evaluate: (root) => evaluate({ root, locals: undefined }),
    fields: compiler.readsAll ? null : compiler.fields,
  };
}

export function clockVariables(ms: number): ReadonlyMap<string, Value> {
  return new Map([["NOW", new BsonDate(ms)]]);
}
