/** The accumulators of $group. */

import { encodedSize } from "./bson-write";
import { compare, equal, isNullish } from "./compare";
import { outsideSubset, StoreError } from "./errors";
import { type CompiledExpression, compileExpression, type Variables } from "./expression";
import { plainNumber, Sum } from "./expression-arithmetic";
import { type Doc, int32, isDoc, isNumber, typeName, type Value, wholeNumber } from "./values";

export interface Accumulator {
  add(v: Value | undefined): void;
  result(): Value | undefined;
}

export const GROUP_MEMORY_BYTES = 100 * 1024 * 1024;

class SumOf implements Accumulator {
  private readonly sum = new Sum();
  add(v: Value | undefined): void {
    if (isNumber(v)) this.sum.add(plainNumber(v));
  }
  result(): Value {
    return this.sum.result();
  }
}

class AverageOf implements Accumulator {
  private readonly sum = new Sum();
  private n = 0;
  add(v: Value | undefined): void {
    if (!isNumber(v)) return;
    this.sum.add(plainNumber(v));
    this.n++;
  }
  result(): Value {
    return this.n === 0 ? null : this.sum.asDouble() / this.n;
  }
}

class ExtremeOf implements Accumulator {
  private best: Value | undefined;
  constructor(private readonly way: 1 | -1) {}
  add(v: Value | undefined): void {
    if (isNullish(v)) return;
    if (this.best === undefined || compare(v!, this.best) * this.way > 0) this.best = v;
  }
  result(): Value {
    return this.best ?? null;
  }
}

class FirstOf implements Accumulator {
  private first: Value | undefined;
  private seen = false;
  add(v: Value | undefined): void {
    if (!this.seen) this.first = v;
    this.seen = true;
  }
  result(): Value {
    return this.first ?? null;
  }
}

class LastOf implements Accumulator {
  private last: Value | undefined;
  add(v: Value | undefined): void {
    this.last = v;
  }
  result(): Value {
    return this.last ?? null;
  }
}

class PushOf implements Accumulator {
  private readonly values: Value[] = [];
  private bytes = 0;
  add(v: Value | undefined): void {
    if (v === undefined) return;
    this.values.push(v);
    this.bytes += isDoc(v) || Array.isArray(v) ? encodedSize(new Map([["v", v]])) : 32;
    if (this.bytes > GROUP_MEMORY_BYTES)
      throw new StoreError(146, "$push used too much memory and cannot spill to disk");
  }
  result(): Value {
    return this.values;
  }
}

class SetOf implements Accumulator {
  private readonly values: Value[] = [];
  private readonly buckets = new Map<string, Value[]>();
  add(v: Value | undefined): void {
    if (v === undefined) return;
    const bucket = typeof v === "string" ? `s${v}` : typeName(v).replace(/int|long|double|decimal/, "n");
    const same = this.buckets.get(bucket) ?? [];
    if (same.some((x) => equal(x, v))) return;
    same.push(v);
    this.buckets.set(bucket, same);
    this.values.push(v);
  }
  result(): Value {
    return this.values;
  }
}

class CountOf implements Accumulator {
  private n = 0;
  add(): void {
    this.n++;
  }
  result(): Value {
    return wholeNumber(this.n);
  }
}

class MergeOf implements Accumulator {
  private readonly merged: Doc = new Map();
  add(v: Value | undefined): void {
    if (isNullish(v)) return;
    if (!isDoc(v)) throw new StoreError(40400, "$mergeObjects requires object inputs");
    for (const [k, x] of v) this.merged.set(k, x);
  }
  result(): Value {
    return this.merged;
  }
}

export const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: () => new SumOf(),
  $avg: () => new AverageOf(),
  $min: () => new ExtremeOf(-1),
  $max: () => new ExtremeOf(1),
  $first: () => new FirstOf(),
  $last: () => new LastOf(),
  $push: () => new PushOf(),
  $addToSet: () => new SetOf(),
  $count: () => new CountOf(),
  $mergeObjects: () => new MergeOf(),
};

const KNOWN_ELSEWHERE = new Set(
  "$stdDevPop $stdDevSamp $accumulator $bottom $bottomN $top $topN $firstN $lastN $maxN $minN $median $percentile $setUnion $concatArrays".split(
    " ",
  ),
);

export interface AccumulatorField {
  name: string;
  make: () => Accumulator;
  expression: CompiledExpression;
}

export function compileAccumulator(name: string, v: Value, variables: Variables): AccumulatorField {
  if (name.includes(".")) throw new StoreError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith("$")) throw new StoreError(40236, `The field name '${name}' cannot be an operator name`);
  if (!isDoc(v)) throw new StoreError(40234, `The field '${name}' must be an accumulator object`);
  if (v.size !== 1) throw new StoreError(40238, `The field '${name}' must specify one accumulator`);
  const [op, operand] = [...v][0]!;
  const make = Object.hasOwn(ACCUMULATORS, op) ? ACCUMULATORS[op] : undefined;
  if (!make) {
    if (!op.startsWith("$")) throw new StoreError(40234, `The field '${name}' must be an accumulator object`);
    if (KNOWN_ELSEWHERE.has(op)) throw outsideSubset(`the accumulator ${op}`);
    throw new StoreError(15952, `unknown group operator '${op}'`);
  }
  if (Array.isArray(operand) && op !== "$count")
    throw new StoreError(40237, `The ${op} accumulator is a unary operator`);
  if (op === "$count" && !(isDoc(operand) && operand.size === 0))
    throw new StoreError(14, "$count takes no arguments, i.e. $count:{}");
  return { name, make, expression: compileExpression(op === "$count" ? int32(1) : operand, variables) };
}
