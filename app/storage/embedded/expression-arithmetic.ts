/**
 * Arithmetic on int32, int64 and double with MongoDB's widening: int32 overflows into int64, int64 into double.
 * Decimal128 is refused: the store does not calculate with it.
 */
import { compare, isNullish } from "./compare";
import { outsideSubset, StoreError } from "./errors";
import { fixed, type Operator, ranged, untilNull, variadic } from "./expression-kit";
import { BsonDate, Decimal128, Int32, int32, isNumber, toNumber, typeName, type Value } from "./values";

type Plain = number | bigint | Int32;

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

export function fitsInt64(n: bigint): boolean {
  return n >= MIN_INT64 && n <= MAX_INT64;
}

/** Refuses decimals; the caller has already made sure that the value is a number. */
export function plainNumber(v: Value): Plain {
  if (v instanceof Decimal128) throw outsideSubset("Decimal128 arithmetic");
  return v as Plain;
}

/** Adds, subtracts or multiplies; the result type is the wider of the two, wider still on overflow. */
export function calculate(op: "+" | "-" | "*", a: Plain, b: Plain): Plain {
  if (typeof a === "number" || typeof b === "number") return onDoubles(op, toNumber(a), toNumber(b));
  const exact = onWhole(op, BigInt(a instanceof Int32 ? a.value : a), BigInt(b instanceof Int32 ? b.value : b));
  if (a instanceof Int32 && b instanceof Int32 && exact >= -2147483648n && exact <= 2147483647n)
    return int32(Number(exact));
  return fitsInt64(exact) ? exact : Number(exact);
}

function onDoubles(op: "+" | "-" | "*", a: number, b: number): number {
  if (op === "+") return a + b;
  return op === "-" ? a - b : a * b;
}

function onWhole(op: "+" | "-" | "*", a: bigint, b: bigint): bigint {
  if (op === "+") return a + b;
  return op === "-" ? a - b : a * b;
}

/** Sums exactly while whole, with compensation while double, as $add and $sum do. */
export class Sum {
  private whole = 0n;
  private wholeType: "int" | "long" = "int";
  private double = 0;
  private lost = 0;
  private isDouble = false;

  add(v: Plain): void {
    if (typeof v === "number") {
      this.isDouble = true;
      this.addDouble(v);
    } else if (v instanceof Int32) this.whole += BigInt(v.value);
    else {
      this.wholeType = "long";
      this.whole += v;
    }
  }
  /** Kahan-Babuska: the part of each addend that rounding drops is kept apart. */
  private addDouble(v: number): void {
    const t = this.double + v;
    if (Number.isFinite(t))
      this.lost += Math.abs(this.double) >= Math.abs(v) ? this.double - t + v : v - t + this.double;
    this.double = t;
  }
  asDouble(): number {
    const copy = new Sum();
    Object.assign(copy, this);
    copy.addDouble(Number(this.whole));
    return Number.isFinite(copy.double) ? copy.double + copy.lost : copy.double;
  }
  result(): Plain {
    if (this.isDouble) return this.asDouble();
    if (this.wholeType === "int" && this.whole >= -2147483648n && this.whole <= 2147483647n)
      return int32(Number(this.whole));
    return fitsInt64(this.whole) ? this.whole : Number(this.whole);
  }
}

const add = untilNull<{ sum: Sum; date?: BsonDate }>(
  () => ({ sum: new Sum() }),
  (state, v) => {
    if (v instanceof BsonDate) {
      if (state.date) throw new StoreError(16612, "only one date allowed in an $add expression");
      return { ...state, date: v };
    }
    if (!isNumber(v)) throw new StoreError(14, `$add only supports numeric or date types, not ${typeName(v)}`);
    state.sum.add(plainNumber(v));
    return state;
  },
  ({ sum, date }) => (date ? shiftDate(date, toNumber(sum.result())) : sum.result()),
);

export function shiftDate(date: BsonDate, ms: number): BsonDate {
  const moved = date.ms + (Number.isFinite(ms) ? Math.round(ms) : Number.NaN);
  if (!Number.isSafeInteger(moved)) throw new StoreError(15, "date overflow in $add");
  return new BsonDate(moved);
}

const subtract = fixed(2, ([a, b]) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (isNumber(a) && isNumber(b)) return calculate("-", plainNumber(a), plainNumber(b));
  if (a instanceof BsonDate && b instanceof BsonDate) return BigInt(a.ms - b.ms);
  if (a instanceof BsonDate && isNumber(b)) return shiftDate(a, -toNumber(plainNumber(b)));
  throw new StoreError(14, `can't $subtract ${typeName(b!)} from ${typeName(a!)}`);
});

const multiply = untilNull<Plain>(
  () => int32(1),
  (product, v) => {
    if (!isNumber(v)) throw new StoreError(14, `$multiply only supports numeric types, not ${typeName(v)}`);
    return calculate("*", product, plainNumber(v));
  },
  (product) => product,
);

const divide = fixed(2, ([a, b]) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumber(a) || !isNumber(b)) {
    throw new StoreError(14, `$divide only supports numeric types, not ${typeName(a!)} and ${typeName(b!)}`);
  }
  const divisor = toNumber(plainNumber(b));
  if (divisor === 0) throw new StoreError(2, "can't $divide by zero");
  return toNumber(plainNumber(a)) / divisor;
});

const mod = fixed(2, ([a, b]) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumber(a) || !isNumber(b)) {
    throw new StoreError(16611, `$mod only supports numeric types, not ${typeName(a!)} and ${typeName(b!)}`);
  }
  const x = plainNumber(a);
  const y = plainNumber(b);
  if (toNumber(y) === 0) throw new StoreError(16610, "can't $mod by zero");
  if (typeof x === "number" || typeof y === "number") return toNumber(x) % toNumber(y);
  const left = BigInt(x instanceof Int32 ? x.value : x);
  const rest = left % BigInt(y instanceof Int32 ? y.value : y);
  return x instanceof Int32 && y instanceof Int32 ? int32(Number(rest)) : rest;
});

const unary = (name: string, onDouble: (n: number) => number): Operator =>
  fixed(1, ([v]) => {
    if (isNullish(v)) return null;
    if (!isNumber(v)) throw new StoreError(28765, `${name} only supports numeric types, not ${typeName(v!)}`);
    const n = plainNumber(v);
    return typeof n === "number" ? onDouble(n) : n;
  });

const abs = fixed(1, ([v]) => {
  if (isNullish(v)) return null;
  if (!isNumber(v)) throw new StoreError(28765, `$abs only supports numeric types, not ${typeName(v!)}`);
  const n = plainNumber(v);
  if (typeof n === "number") return Math.abs(n);
  if (n instanceof Int32) return n.value < 0 ? calculate("-", int32(0), n) : n;
  if (n === MIN_INT64) throw new StoreError(28680, "can't take $abs of long long min");
  return n < 0n ? -n : n;
});

function halfToEven(n: number): number {
  const below = Math.floor(n);
  const rest = n - below;
  if (rest !== 0.5) return Math.round(n);
  return below % 2 === 0 ? below : below + 1;
}

const rounding = (name: string, onUnit: (n: number) => number): Operator =>
  ranged(1, 2, ([v, digits]) => {
    if (isNullish(v) || (digits !== undefined && isNullish(digits))) return null;
    if (!isNumber(v)) throw new StoreError(51081, `${name} only supports numeric types, not ${typeName(v!)}`);
    const n = plainNumber(v);
    const places = digits === undefined ? 0 : isNumber(digits) ? toNumber(digits) : Number.NaN;
    if (!Number.isInteger(places))
      throw new StoreError(51082, `precision argument to ${name} must be a integral value`);
    if (places < -20 || places > 100)
      throw new StoreError(51083, `cannot apply ${name} with precision value ${places}`);
    if (typeof n !== "number") {
      if (places >= 0) return n;
      throw outsideSubset(`${name} of a whole number to tens or more`);
    }
    if (places === 0) return Object.is(n, -0) ? -0 : onUnit(n);
    return Number.isFinite(n) ? scaled(n, places, onUnit) : n;
  });

function scaled(n: number, places: number, onUnit: (n: number) => number): number {
  const [mantissa, exponent] = n.toExponential().split("e") as [string, string];
  const moved = onUnit(Number(`${mantissa}e${Number(exponent) + places}`));
  const [m, e] = moved.toExponential().split("e") as [string, string];
  return Number(`${m}e${Number(e) - places}`);
}

/** As expressions, $sum and its kin look into an array when it is their only argument. */
function spread(args: (Value | undefined)[]): (Value | undefined)[] {
  return args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
}

function sumOf(values: (Value | undefined)[]): { sum: Sum; count: number } {
  const sum = new Sum();
  let count = 0;
  for (const v of values) {
    if (!isNumber(v)) continue;
    sum.add(plainNumber(v));
    count++;
  }
  return { sum, count };
}

const extreme = (way: 1 | -1): Operator =>
  variadic((args) => {
    let best: Value | undefined;
    for (const v of spread(args)) {
      if (!isNullish(v) && (best === undefined || compare(v!, best) * way > 0)) best = v;
    }
    return best ?? null;
  });

export const ARITHMETIC: Record<string, Operator> = {
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: divide,
  $mod: mod,
  $sum: variadic((args) => sumOf(spread(args)).sum.result()),
  $avg: variadic((args) => {
    const { sum, count } = sumOf(spread(args));
    return count === 0 ? null : sum.asDouble() / count;
  }),
  $min: extreme(-1),
  $max: extreme(1),
  $abs: abs,
  $ceil: unary("$ceil", Math.ceil),
  $floor: unary("$floor", Math.floor),
  $round: rounding("$round", halfToEven),
  $trunc: rounding("$trunc", Math.trunc),
};
