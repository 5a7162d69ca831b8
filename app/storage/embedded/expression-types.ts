/** Type expressions and conversions. */
import { isNullish } from "./compare";
import { outsideSubset, StoreError } from "./errors";
import { fixed, type Operator } from "./expression-kit";
import { formatDate, numberText } from "./value-text";
import {
  BsonDate,
  Decimal128,
  Int32,
  int32,
  isNumber,
  isTrue,
  ObjectId,
  toNumber,
  typeName,
  typeNameOrMissing,
  type Value,
} from "./values";

const conversion = (to: string, convert: (v: Value) => Value | undefined): Operator =>
  fixed(1, ([v]) => {
    if (isNullish(v)) return null;
    const out = convert(v!);
    if (out === undefined)
      throw new StoreError(
        241,
        `Unsupported conversion from ${typeName(v!)} to ${to} in $convert with no onError value`,
      );
    return out;
  });

function failed(what: string): StoreError {
  return new StoreError(241, `Failed to parse or convert ${what} in $convert with no onError value`);
}

function toText(v: Value): Value | undefined {
  if (typeof v === "string") return v;
  if (typeof v === "boolean") return String(v);
  if (isNumber(v)) return numberText(v);
  if (v instanceof ObjectId) return v.hex;
  if (v instanceof BsonDate) return formatDate(v);
  return undefined;
}

function toDouble(v: Value): Value | undefined {
  if (typeof v === "boolean") return v ? 1 : 0;
  if (v instanceof Decimal128) throw outsideSubset("conversion of Decimal128");
  if (isNumber(v)) return toNumber(v);
  if (v instanceof BsonDate) return v.ms;
  if (typeof v !== "string") return undefined;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(v)) throw failed("number");
  return Number(v);
}

const toInteger =
  (bits: 32 | 64) =>
  (v: Value): Value | undefined => {
    let n: bigint;
    if (typeof v === "boolean") n = v ? 1n : 0n;
    else if (v instanceof Int32) n = BigInt(v.value);
    else if (typeof v === "bigint") n = v;
    else if (typeof v === "number") {
      if (!Number.isFinite(v)) throw failed("infinity or NaN");
      n = BigInt(Math.trunc(v));
    } else if (v instanceof Decimal128) throw outsideSubset("conversion of Decimal128");
    else if (v instanceof BsonDate && bits === 64) n = BigInt(v.ms);
    else if (typeof v === "string") {
      if (!/^[+-]?\d+$/.test(v)) throw failed("number");
      n = BigInt(v.replace(/^\+/, ""));
    } else return undefined;
    if (BigInt.asIntN(bits, n) !== n) throw failed("number: out of range");
    return bits === 32 ? int32(Number(n)) : n;
  };

function toDate(v: Value): Value | undefined {
  if (v instanceof BsonDate) return v;
  if (v instanceof ObjectId) return new BsonDate(v.bytes.readUInt32BE(0) * 1000);
  if (v instanceof Decimal128) throw outsideSubset("conversion of Decimal128");
  if (typeof v === "number" || typeof v === "bigint") {
    const ms = Math.trunc(Number(v));
    if (!Number.isSafeInteger(ms)) throw failed("date");
    return new BsonDate(ms);
  }
  if (typeof v !== "string") return undefined;
  const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(v);
  if (!iso) throw failed("date");
  const ms = Date.parse(iso[1] && !iso[4] ? `${v}Z` : v);
  if (Number.isNaN(ms)) throw failed("date");
  return new BsonDate(ms);
}

function toObjectId(v: Value): Value | undefined {
  if (v instanceof ObjectId) return v;
  if (typeof v !== "string") return undefined;
  if (!/^[0-9a-fA-F]{24}$/.test(v)) throw failed("ObjectId");
  return new ObjectId(Buffer.from(v, "hex"));
}

export const TYPES: Record<string, Operator> = {
  $type: fixed(1, ([v]) => typeNameOrMissing(v)),
  $isNumber: fixed(1, ([v]) => isNumber(v)),
  $toString: conversion("string", toText),
  $toInt: conversion("int", toInteger(32)),
  $toLong: conversion("long", toInteger(64)),
  $toDouble: conversion("double", toDouble),
  $toBool: conversion("bool", (v) => isTrue(v)),
  $toDate: conversion("date", toDate),
  $toObjectId: conversion("objectId", toObjectId),
};
