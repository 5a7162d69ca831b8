import {
  BSONRegExp,
  Binary as BsonBinary,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from "bson";
import { describe, expect, test } from "vitest";
import { decode } from "../../../app/storage/embedded/bson";
import { encode } from "../../../app/storage/embedded/bson-write";
import { compare } from "../../../app/storage/embedded/compare";
import { encodeKey, encodeKeyPart } from "../../../app/storage/embedded/keys";
import type { Value } from "../../../app/storage/embedded/values";
import { random } from "./support";

const r = random(20261122);

const decimals =
  "0 -0 1 1.0 1E3 -1.5 0.1 0.3 9007199254740993 -9007199254740993 1E-6176 9.999999999999999999999999999999999E+6144 NaN Infinity -Infinity 1.7976931348623157E308 1.8E308 4E-324".split(
    " ",
  );
const longs = [
  "0",
  "1",
  "-1",
  "9007199254740993",
  "-9007199254740993",
  "9007199254740992",
  "9223372036854775807",
  "-9223372036854775808",
];
const doubles = [
  0,
  -0,
  1,
  -1,
  0.1,
  0.3,
  1.5,
  -1.5,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  2 ** 63,
  -(2 ** 63),
  5e-324,
  Number.MAX_VALUE,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];
const texts = ["", "a", "a\0", "a\0b", "a\u0001", "ab", "b", "\u{1F600}", "\uFF5E", "é", "\uD7FF", "z".repeat(300)];

function scalar(): unknown {
  switch (r.below(16)) {
    case 0:
      return new Double(r.pick(doubles));
    case 1:
      return new Int32(r.below(7) - 3);
    case 2:
      return Long.fromString(r.pick(longs));
    case 3:
      return Decimal128.fromString(r.pick(decimals));
    case 4:
    case 5:
      return r.pick(texts);
    case 6:
      return r.below(2) === 1;
    case 7:
      return new Date(r.pick([0, 1, -1, 1e12, -1e12]));
    case 8:
      return new ObjectId(Buffer.alloc(12, r.below(3)));
    case 9:
      return new BsonBinary(Buffer.alloc(r.below(4), r.below(3) * 100), r.pick([0, 4, 128]));
    case 10:
      return new Timestamp({ t: r.pick([0, 1, 0xffffffff]), i: r.below(2) });
    case 11:
      return new BSONRegExp(r.pick(["a", "b", ""]), r.pick(["", "i"]));
    case 12:
      return r.pick([new MinKey(), new MaxKey()]);
    case 13:
      return null;
    default:
      return new Double((r.below(1000) - 500) / 7);
  }
}

function anything(depth = 0): unknown {
  const kind = depth > 2 ? 0 : r.below(6);
  if (kind === 4) return Array.from({ length: r.below(3) }, () => anything(depth + 1));
  if (kind === 5)
    return Object.fromEntries(
      Array.from({ length: r.below(3) }, () => [r.pick(["a", "b", "", "a.b", "ab"]), anything(depth + 1)]),
    );
  return scalar();
}

const value = (v: unknown): Value => decode(Buffer.from(serialize({ v } as Record<string, unknown>))).get("v")!;

/** -1, 0 or 1; never minus zero. */
const direction = (n: number): number => Math.sign(n) || 0;

describe("keys", () => {
  const values = Array.from({ length: 1500 }, () => value(anything()));

  test("the order of key bytes is the order of the values, and equal values have equal bytes", () => {
    const keys = values.map((v) => encodeKey(v));
    for (let i = 0; i < 60_000; i++) {
      const a = r.below(values.length);
      const b = r.below(values.length);
      expect(direction(Buffer.compare(keys[a]!, keys[b]!))).toBe(direction(compare(values[a]!, values[b]!)));
    }
  });

  test("the bytes of a descending key are in the opposite order", () => {
    for (let i = 0; i < 20_000; i++) {
      const a = r.pick(values);
      const b = r.pick(values);
      const order = Buffer.compare(encodeKeyPart(a, true, 1950).bytes, encodeKeyPart(b, true, 1950).bytes);
      expect(direction(order)).toBe(direction(-compare(a, b)));
    }
  });

  test("no key is the beginning of another", () => {
    const distinct = [...new Map(values.map((v) => [encodeKey(v).toString("hex"), encodeKey(v)])).values()].sort(
      Buffer.compare,
    );
    for (let i = 1; i < distinct.length; i++) {
      expect(distinct[i]!.subarray(0, distinct[i - 1]!.length).equals(distinct[i - 1]!)).toBe(false);
    }
  });

  test("comparison is the same both ways and transitive", () => {
    for (let i = 0; i < 20_000; i++) {
      const [a, b, c] = [r.pick(values), r.pick(values), r.pick(values)];
      expect(direction(compare(a, b))).toBe(direction(-compare(b, a)));
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
    }
  });

  test("a value too long for its place keeps its order against short values, and its identity", () => {
    const long = "x".repeat(4000);
    const part = encodeKeyPart(long, false, 200);
    expect(part.cut).toBe(true);
    expect(part.bytes.length).toBe(200);
    expect(encodeKeyPart(`${long}y`, false, 200).bytes.equals(part.bytes)).toBe(false);
    expect(Buffer.compare(encodeKeyPart("w", false, 200).bytes, part.bytes)).toBeLessThan(0);
    expect(Buffer.compare(encodeKeyPart("y", false, 200).bytes, part.bytes)).toBeGreaterThan(0);
  });

  test("what is read and written again is the same, byte for byte", () => {
    for (let i = 0; i < 2000; i++) {
      const bytes = Buffer.from(serialize({ 1: 1, v: anything(), 0: "a" } as Record<string, unknown>));
      expect(encode(decode(bytes)).equals(bytes)).toBe(true);
    }
  });
});
