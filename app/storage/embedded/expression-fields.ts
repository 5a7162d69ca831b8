/** Expressions on a field by its name, whatever characters that has: dots and dollars are part of it here. */
import { isNullish } from "./compare";
import { StoreError } from "./errors";
import { type Compiler, type Evaluate, named, type Operator } from "./expression-kit";
import { type Doc, isDoc, typeName, type Value } from "./values";

/** The name must be known beforehand: text, or a constant expression that gives one. */
function fieldName(v: Value, c: Compiler, codes: { notConstant: number; notText: number }): string {
  const { constant } = c.compileKnown(v);
  if (!constant) throw new StoreError(codes.notConstant, "'field' must be a constant expression");
  if (typeof constant.value !== "string") throw new StoreError(codes.notText, "'field' must be a constant string");
  return constant.value;
}

const getField: Operator = (operand, c, name) => {
  const full = isDoc(operand) && operand.has("field");
  const wrong = isDoc(operand) && !full && !operand.keys().next().value?.startsWith("$");
  if (wrong) throw new StoreError(3041702, "$getField requires 'field' to be specified");
  const d = full ? named(operand, name, ["field", "input"], { notDoc: 3041701, unknown: 3041701 }) : undefined;
  if (d && !d.has("input")) throw new StoreError(3041703, "$getField requires 'input' to be specified");
  const field = fieldName(d ? d.get("field")! : operand, c, { notConstant: 5654601, notText: 5654602 });
  const input = c.compile(d ? d.get("input")! : "$$CURRENT");
  return (s) => {
    const v = input(s);
    if (v === null) return null;
    return isDoc(v) ? v.get(field) : undefined;
  };
};

function changeField(d: Doc, c: Compiler, name: string, value: Evaluate): Evaluate {
  if (!d.has("field")) throw new StoreError(4161102, `${name} requires 'field' to be specified`);
  if (!d.has("input")) throw new StoreError(4161109, `${name} requires 'input' to be specified`);
  const field = fieldName(d.get("field")!, c, { notConstant: 4161106, notText: 4161107 });
  const input = c.compile(d.get("input")!);
  return (s) => {
    const v = input(s);
    if (isNullish(v)) return null;
    if (!isDoc(v))
      throw new StoreError(4161105, `${name} requires 'input' to evaluate to type Object, not ${typeName(v!)}`);
    const set = value(s);
    const out: Doc = new Map(v);
    if (set === undefined) out.delete(field);
    else out.set(field, set);
    return out;
  };
}

const setField: Operator = (operand, c, name) => {
  const d = named(operand, name, ["field", "input", "value"], { notDoc: 4161100, unknown: 4161101 });
  if (!d.has("value")) throw new StoreError(4161103, "$setField requires 'value' to be specified");
  return changeField(d, c, name, c.compile(d.get("value")!));
};

const unsetField: Operator = (operand, c, name) =>
  changeField(
    named(operand, name, ["field", "input"], { notDoc: 4161110, unknown: 4161111 }),
    c,
    name,
    () => undefined,
  );

export const FIELDS: Record<string, Operator> = {
  $getField: getField,
  $setField: setField,
  $unsetField: unsetField,
};
