/**
 * Decimal128 is stored, compared and indexed, never calculated with. This file reads its sixteen bytes (IEEE 754-2008,
 * binary integer significand) and compares exactly with every other number type.
 */
export interface DecimalParts {
  negative: boolean;
  coefficient: bigint;
  exponent: number;
}
export type DecimalKind = DecimalParts | "nan" | "infinity" | "-infinity";

const MAX_COEFFICIENT = 10n ** 34n - 1n;

export class Decimal128 {
  #parts: DecimalKind | undefined;
  constructor(readonly bytes: Buffer) {}

  get parts(): DecimalKind {
    this.#parts ??= readDecimal(this.bytes);
    return this.#parts;
  }
  isWhole(): boolean {
    const p = this.parts;
    if (typeof p === "string") return false;
    if (p.exponent >= 0 || p.coefficient === 0n) return true;
    return p.exponent > -40 && p.coefficient % 10n ** BigInt(-p.exponent) === 0n;
  }
  /** The whole part, towards zero, of a finite value. */
  truncated(): bigint | undefined {
    const p = this.parts;
    if (typeof p === "string") return undefined;
    const scale = 10n ** BigInt(Math.abs(p.exponent));
    const size = p.exponent >= 0 ? p.coefficient * scale : p.coefficient / scale;
    return p.negative ? -size : size;
  }
  /** The nearest double. */
  toNumber(): number {
    const p = this.parts;
    if (p === "nan") return Number.NaN;
    if (p === "infinity") return Number.POSITIVE_INFINITY;
    if (p === "-infinity") return Number.NEGATIVE_INFINITY;
    return Number(`${p.negative ? "-" : ""}${p.coefficient}e${p.exponent}`);
  }
  /** As MongoDB prints it: plain digits while the exponent is small, scientific otherwise. */
  toString(): string {
    const p = this.parts;
    if (p === "nan") return "NaN";
    if (typeof p === "string") return p === "infinity" ? "Infinity" : "-Infinity";
    return (p.negative ? "-" : "") + decimalDigits(p);
  }
}

function decimalDigits(p: DecimalParts): string {
  const digits = p.coefficient.toString();
  const scientific = p.exponent + digits.length - 1;
  if (p.exponent > 0 || scientific < -6) {
    const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    return `${mantissa}E${scientific < 0 ? "" : "+"}${scientific}`;
  }
  if (p.exponent === 0) return digits;
  const point = digits.length + p.exponent;
  return point > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : `0.${"0".repeat(-point)}${digits}`;
}

function readDecimal(bytes: Buffer): DecimalKind {
  const low = bytes.readBigUInt64LE(0);
  const high = bytes.readBigUInt64LE(8);
  const negative = high >> 63n === 1n;
  const combination = Number((high >> 58n) & 31n);
  if (combination === 31) return "nan";
  if (combination === 30) return negative ? "-infinity" : "infinity";
  if (combination >> 3 === 3) {
    // The second form of the significand is above 10^34 and therefore means zero.
    return { negative, coefficient: 0n, exponent: Number((high >> 47n) & 0x3fffn) - 6176 };
  }
  const coefficient = ((high & 0x1ffffffffffffn) << 64n) | low;
  const exponent = Number((high >> 49n) & 0x3fffn) - 6176;
  return { negative, coefficient: coefficient > MAX_COEFFICIENT ? 0n : coefficient, exponent };
}

/** Compares a finite decimal with a finite double or whole number, exactly. */
function compareFinite(p: DecimalParts, other: number | bigint): number {
  const sign = p.coefficient === 0n ? 0 : p.negative ? -1 : 1;
  const otherSign = other > 0 ? 1 : other < 0 ? -1 : 0;
  if (sign !== otherSign || sign === 0) return sign - otherSign;
  const [numerator, denominator] = fraction(other < 0 ? -other : other);
  const scale = 10n ** BigInt(Math.abs(p.exponent));
  const left = p.coefficient * denominator * (p.exponent > 0 ? scale : 1n);
  const right = numerator * (p.exponent < 0 ? scale : 1n);
  return left === right ? 0 : (left > right ? 1 : -1) * sign;
}

/** A non-negative number as an exact fraction. */
function fraction(n: number | bigint): [bigint, bigint] {
  if (typeof n === "bigint") return [n, 1n];
  if (Number.isInteger(n)) return [BigInt(n), 1n];
  let denominatorBits = 0;
  let m = n;
  while (!Number.isInteger(m)) {
    const step = denominatorBits < 1000 ? 53 : 1;
    m *= 2 ** step;
    denominatorBits += step;
  }
  return [BigInt(m), 1n << BigInt(denominatorBits)];
}

/** Compares a decimal with any number: below zero, zero or above zero. NaN is below every other number. */
export function compareDecimal(a: Decimal128, b: Decimal128 | number | bigint): number {
  const p = a.parts;
  if (b instanceof Decimal128) {
    const q = b.parts;
    if (typeof p === "string" || typeof q === "string") return rank(p) - rank(q);
    return compareParts(p, q);
  }
  if (typeof p === "string" || (typeof b === "number" && !Number.isFinite(b))) return rank(p) - rank(b);
  return compareFinite(p, b);
}

function rank(v: DecimalKind | number | bigint): number {
  if (v === "nan" || (typeof v === "number" && Number.isNaN(v))) return 0;
  if (v === "-infinity" || v === Number.NEGATIVE_INFINITY) return 1;
  return v === "infinity" || v === Number.POSITIVE_INFINITY ? 3 : 2;
}

function compareParts(p: DecimalParts, q: DecimalParts): number {
  const signP = p.coefficient === 0n ? 0 : p.negative ? -1 : 1;
  const signQ = q.coefficient === 0n ? 0 : q.negative ? -1 : 1;
  if (signP !== signQ || signP === 0) return signP - signQ;
  const low = Math.min(p.exponent, q.exponent);
  const left = p.coefficient * 10n ** BigInt(p.exponent - low);
  const right = q.coefficient * 10n ** BigInt(q.exponent - low);
  return left === right ? 0 : (left > right ? 1 : -1) * signP;
}
