import { Decimal128, type Document, Int32, Long, Timestamp } from "mongodb";
import { describe, expect, test } from "vitest";
import { testStore } from "./support";

const { db } = await testStore();
const c = db.collection<Document>("expressions");
const march = new Date("2021-03-15T10:30:00Z");

/** What one expression gives over one document, or the code of its error. */
async function value(expression: unknown, document: Document = {}): Promise<unknown> {
  await c.deleteMany({});
  await c.insertOne({ _id: 0 as never, ...document });
  const stages = [{ $project: { _id: 0, v: expression } }];
  return c
    .aggregate(stages)
    .toArray()
    .then(
      ([d]) => d?.v,
      (error) => error.code,
    );
}

// biome-ignore lint/suspicious/noThenProperty: a branch of a $switch has one.
const branch = (test: unknown, result: unknown): object => ({ case: test, then: result });

/** [what, expression, value or error code, document] */
const CASES: [string, unknown, unknown, Document?][] = [
  ["$add stops at the first null", { $add: [null, "a"] }, null],
  ["$add fails at what comes before a null", { $add: ["a", null] }, 14],
  ["$multiply does not evaluate what comes after a null", { $multiply: ["$none", { $divide: [1, "$z"] }] }, null],
  ["$concatArrays stops at the first null", { $concatArrays: [null, 1] }, null],
  ["$setIntersection stops at the first null", { $setIntersection: [null, 1] }, null],
  ["a constant that decides an $and, wherever it stands", { $and: [{ $divide: [1, "$z"] }, false] }, false, { z: 0 }],
  ["a constant that decides an $or", { $or: [{ $divide: [1, "$z"] }, true] }, true, { z: 0 }],
  ["an $and that nothing decides is evaluated", { $and: [{ $divide: [1, "$z"] }, true] }, 2, { z: 0 }],
  [
    "a default of constants fails unread",
    { $switch: { branches: [branch(true, 1)], default: { $mod: [1, 0] } } },
    16610,
  ],
  [
    "what comes after a case that always holds is not noticed",
    {
      $switch: {
        branches: [branch(true, 1), branch({ $divide: [1, 0] }, 2)],
      },
    },
    1,
  ],
  ["$substrCP looks at the length before the start", { $substrCP: ["abc", -1, -1] }, 34454],
  ["a timestamp as text", { $toUpper: new Timestamp({ t: 1704067200, i: 1 }) }, "JAN  1 00:00:00:1"],
  ["a date as text in UTC ends in Z", { $dateToString: { date: march, timezone: "UTC" } }, "2021-03-15T10:30:00.000Z"],
  ["a date as text elsewhere does not", { $dateToString: { date: march, timezone: "+01" } }, "2021-03-15T11:30:00.000"],
  ["a format is checked even where there is no date", { $dateToString: { date: null, format: "%q" } }, 18536],
  ["a format that ends in %", { $dateToString: { date: march, format: "%Y%" } }, 18535],
  [
    "a time zone is looked at before the date",
    { $dateAdd: { startDate: "x", unit: "day", amount: 1, timezone: "No" } },
    40485,
  ],
  ["a unit is looked at before the amount", { $dateAdd: { startDate: march, unit: "no", amount: null } }, 9],
  ["no date, no unit", { $dateTrunc: { date: null, unit: "no" } }, null],
  [
    "a constant start of week is of no matter by day",
    { $dateTrunc: { date: march, unit: "day", startOfWeek: "no" } },
    new Date("2021-03-15"),
  ],
  [
    "but is checked beside a date from the document",
    { $dateTrunc: { date: "$d", unit: "day", startOfWeek: "no" } },
    5439016,
    { d: march },
  ],
  [
    "and null makes it null",
    { $dateDiff: { startDate: "$d", endDate: march, unit: "day", startOfWeek: null } },
    null,
    { d: march },
  ],
  ["$setField takes a name as it is", { $setField: { field: "a.b", input: "$$ROOT", value: 1 } }, { _id: 0, "a.b": 1 }],
  [
    "$setField takes a dollar",
    { $setField: { field: { $literal: "$a" }, input: {}, value: "$x" } },
    { $a: 5 },
    { x: 5 },
  ],
  [
    "$setField without a value leaves the field out",
    { $setField: { field: "a", input: { a: 1 }, value: "$none" } },
    {},
  ],
  ["$setField into nothing", { $setField: { field: "a", input: null, value: 1 } }, null],
  ["$setField into something else", { $setField: { field: "a", input: 1, value: 1 } }, 4161105],
  ["$setField needs a constant name", { $setField: { field: "$x", input: {}, value: 1 } }, 4161106],
  ["$setField needs a name that is text", { $setField: { field: 1, input: {}, value: 1 } }, 4161107],
  ["$unsetField", { $unsetField: { field: "a.b", input: { $literal: { "a.b": 1, c: 2 } } } }, { c: 2 }],
  ["$getField", { $getField: { field: "a.b", input: { $literal: { "a.b": 1 } } } }, 1],
  ["$getField of the document", { $getField: "x" }, 5, { x: 5 }],
  ["$getField of what is no document", { $getField: { field: "a", input: 1 } }, undefined],
];

describe("expressions", () => {
  test.each(CASES)("%s", async (_, expression, due, document) => {
    expect(await value(expression, document)).toEqual(due);
  });

  test("an expression of constants fails before any document is read", async () => {
    await c.deleteMany({});
    await expect(c.aggregate([{ $set: { v: { $divide: [1, 0] } } }]).toArray()).rejects.toMatchObject({ code: 2 });
    await expect(c.find({ $expr: { $divide: [1, 0] } }).toArray()).rejects.toMatchObject({ code: 2 });
  });
});

describe("stages", () => {
  test.each([
    [[{ $group: { _id: { a: 1 } } }], 17390],
    [[{ $group: { _id: { a: true } } }], 17390],
    [[{ $group: { _id: { a: Decimal128.fromString("1") } } }], 17390],
    [[{ $project: { a: 0, b: "$a" } }], 31310],
    [[{ $project: { a: 0, b: ["$a"] } }], 31310],
    [[{ $project: { a: 0, b: { $add: [1, "$a"] } } }], 31252],
    [[{ $project: { a: 0, b: 1 } }], 31253],
    [[{ $facet: { x: [{ $out: "y" }] } }], 40600],
    [[{ $facet: { x: [{ $collStats: {} }] } }], 40600],
    [[{ $sort: { a: Decimal128.fromString("1.5") } }], 15975],
    [[{ $sort: { $natural: 1 } }], 16410],
    [[{ $limit: 2 ** 63 }], 5107201],
    [[{ $skip: 2 ** 63 }], 5107200],
    [[{ $lookup: { from: "x", localField: "$a", foreignField: "b", as: "c" } }], 16410],
    [[{ $lookup: { from: "x", localField: "a", foreignField: "b", as: "$c" } }], 16410],
    [[{ $lookup: { from: "x", localField: "a", foreignField: "b", as: "c", let: { v: 1 } } }], 9],
    [[{ $lookup: { from: "x", pipeline: [], as: "c", let: { V: 1 } } }], 9],
  ])("%j is refused with code %i", async (stages, code) => {
    await expect(c.aggregate(stages).toArray()).rejects.toMatchObject({ code });
  });

  test("a place within what is no document gives way to a document", async () => {
    await c.deleteMany({});
    await c.insertOne({ _id: 0 as never, a: [7], b: 1 });
    const index = { $unwind: { path: "$a", includeArrayIndex: "b.i" } };
    expect(await c.aggregate([index]).toArray()).toEqual([{ _id: 0, a: 7, b: { i: 0 } }]);
    const joined = { $lookup: { from: "none", localField: "a", foreignField: "b", as: "b.found" } };
    expect(await c.aggregate([joined]).toArray()).toEqual([{ _id: 0, a: [7], b: { found: [] } }]);
  });

  test("a sort direction loses its fraction, a decimal one is rounded", async () => {
    await c.deleteMany({});
    await c.insertMany([{ a: 1 }, { a: 2 }] as Document[]);
    for (const way of [-1.9, Decimal128.fromString("-1.49"), Long.fromNumber(-1), new Int32(-1)]) {
      const found = await c.aggregate([{ $sort: { a: way } }]).toArray();
      expect(found.map((d) => d.a)).toEqual([2, 1]);
    }
  });
});

describe("let", () => {
  test("its values are expressions, worked out before any document", async () => {
    await c.deleteMany({});
    await c.insertMany([{ a: 5 }, { a: 6 }] as Document[]);
    const found = c.find({ $expr: { $eq: ["$a", "$$x"] } }, { let: { x: { $add: [2, 3] } }, projection: { _id: 0 } });
    expect(await found.toArray()).toEqual([{ a: 5 }]);
    await c.updateMany({ a: 6 }, [{ $set: { t: "$$t" } }], { let: { t: { $literal: "$a" } } });
    expect(await c.findOne({ a: 6 }, { projection: { _id: 0 } })).toEqual({ a: 6, t: "$a" });
  });

  test.each([
    [{ x: "$a" }, 4890500],
    [{ x: "$$ROOT" }, 4890500],
    [{ X: 1 }, 9],
  ])("%j is refused with code %i", async (given, code) => {
    await expect(c.find({}, { let: given }).toArray()).rejects.toMatchObject({ code });
  });
});
