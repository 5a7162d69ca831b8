import { Decimal128, type Document, Double, Int32, Long, ObjectId } from "mongodb";
import { describe, expect, test } from "vitest";
import { testStore } from "./support";

const { client, db, faults } = await testStore();
const c = db.collection<Record<string, unknown>>("ops");
const id = new ObjectId("65f000000000000000000001");

async function matches(filter: object, documents: object[]): Promise<string> {
  await c.deleteMany({});
  await c.insertMany(documents.map((d, i) => ({ _id: i as never, ...d })));
  const found = new Set((await c.find(filter).toArray()).map((d) => Number(d._id)));
  return documents.map((_, i) => (found.has(i) ? "1" : "0")).join("");
}

/** Which of the documents a filter finds, as MongoDB documents it. */
const MATCHES: [string, object, object[], string][] = [
  [
    "null finds null and absent, not other things",
    { a: null },
    [{ a: null }, {}, { a: 0 }, { a: [] }, { a: [null] }],
    "11001",
  ],
  [
    "null behind a path",
    { "a.b": null },
    [{ a: { b: null } }, { a: {} }, {}, { a: 5 }, { a: [{ b: 1 }, {}] }, { a: [1] }],
    "111110",
  ],
  [
    "equality is by type and value",
    { a: 1 },
    [{ a: 1 }, { a: new Long(1) }, { a: new Double(1) }, { a: Decimal128.fromString("1.0") }, { a: true }, { a: "1" }],
    "111100",
  ],
  [
    "int64 beyond 2^53 is compared exactly",
    { a: Long.fromString("9007199254740993") },
    [{ a: Long.fromString("9007199254740993") }, { a: 9007199254740992 }],
    "10",
  ],
  [
    "documents are equal field by field in order",
    { a: { x: 1, y: 2 } },
    [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }, { a: { x: 1 } }],
    "100",
  ],
  ["arrays match whole or by element", { a: [1, 2] }, [{ a: [1, 2] }, { a: [2, 1] }, { a: [[1, 2]] }], "101"],
  ["an element does not reach into nested arrays", { a: 1 }, [{ a: [1] }, { a: [[1]] }], "10"],
  [
    "ranges keep to one type",
    { a: { $gt: 1 } },
    [{ a: 2 }, { a: "2" }, { a: null }, { a: [0, 5] }, { a: new Date() }],
    "10010",
  ],
  ["NaN is found by equality, never by a range", { a: { $lt: 1 } }, [{ a: Number.NaN }, { a: 0 }], "01"],
  ["two bounds may be met by two elements", { a: { $gt: 5, $lt: 3 } }, [{ a: [1, 9] }, { a: [4] }], "10"],
  [
    "$elemMatch wants one element",
    { a: { $elemMatch: { $gt: 5, $lt: 8 } } },
    [{ a: [1, 9] }, { a: [6] }, { a: 6 }],
    "010",
  ],
  [
    "$elemMatch on documents",
    { a: { $elemMatch: { u: id, r: "x" } } },
    [
      { a: [{ u: id, r: "x" }] },
      {
        a: [
          { u: id, r: "y" },
          { u: 1, r: "x" },
        ],
      },
    ],
    "10",
  ],
  ["$ne and $nin find absent fields", { a: { $nin: [1, null] } }, [{ a: 1 }, {}, { a: 2 }, { a: [1, 2] }], "0010"],
  ["$in takes patterns", { a: { $in: [/^x/, 3] } }, [{ a: "xy" }, { a: "yx" }, { a: 3 }, { a: ["q", "xx"] }], "1011"],
  ["$exists", { "a.0": { $exists: true } }, [{ a: [1] }, { a: [] }, { a: { 0: 1 } }, {}], "1010"],
  [
    "$type",
    { a: { $type: ["int", "objectId"] } },
    [{ a: 1 }, { a: 1.5 }, { a: id }, { a: [1] }, { a: new Long(1) }],
    "10110",
  ],
  ["$size", { a: { $size: 0 } }, [{ a: [] }, {}, { a: [1] }], "100"],
  ["$all on a scalar and on elements", { a: { $all: ["x"] } }, [{ a: "x" }, { a: ["y", "x"] }, { a: ["y"] }], "110"],
  ["$mod with a negative", { a: { $mod: [3, -1] } }, [{ a: -4 }, { a: 4 }], "10"],
  ["$not of a range finds absent fields", { a: { $not: { $gt: 1 } } }, [{ a: 2 }, { a: 1 }, {}], "011"],
  ["$nor", { $nor: [{ a: 1 }, { b: 1 }] }, [{ a: 1 }, { b: 1 }, { c: 1 }], "001"],
  ["$expr distinguishes null from absent", { $expr: { $eq: ["$a", null] } }, [{ a: null }, {}], "10"],
  ["$regex with options", { a: { $regex: "^X.y$", $options: "is" } }, [{ a: "x\ny" }, { a: "axy" }], "10"],
  [
    "lines end at a newline only, a dot takes everything else, white space is ASCII",
    { a: { $regex: "^b.$|q\\sq", $options: "m" } },
    [{ a: "a\nb\r" }, { a: "a\rbx" }, { a: "q\u00a0q" }, { a: "q q" }, { a: "b\u2028" }],
    "10011",
  ],
  [
    "a pattern used many times gives the same answer each time",
    { a: /x/ },
    [{ a: "x" }, { a: "x" }, { a: "x" }],
    "111",
  ],
];

describe("queries", () => {
  test.each(MATCHES)("%s", async (_, filter, documents, expected) => {
    expect(await matches(filter, documents)).toBe(expected);
    for (const index of ["a", "a.b"]) {
      await c.createIndex({ [index]: 1 }).catch(() => {});
      expect(await matches(filter, documents)).toBe(expected);
    }
    await c.dropIndexes();
  });

  test("sorting puts types in MongoDB's order, arrays by their least or greatest element", async () => {
    const values = [new Date(1), true, id, Buffer.from("a"), [9, 1], { x: 1 }, "s", 5, null];
    await c.deleteMany({});
    await c.insertMany(values.map((a, i) => ({ _id: i as never, a })));
    const order = (way: 1 | -1) =>
      c
        .find()
        .sort({ a: way })
        .map((d) => Number(d._id))
        .toArray();
    expect(await order(1)).toEqual([8, 4, 7, 6, 5, 3, 2, 1, 0]);
    expect(await order(-1)).toEqual([0, 1, 2, 3, 5, 6, 4, 7, 8]);
  });
});

type Change = [string, object, object, object | number];

/** [what, document, update, document afterwards or error code] */
const CHANGES: Change[] = [
  ["$set makes documents on its way", { a: 1 }, { $set: { "b.c.d": 1 } }, { a: 1, b: { c: { d: 1 } } }],
  ["$set pads an array", { a: [1] }, { $set: { "a.3": 4 } }, { a: [1, null, null, 4] }],
  ["$set through a scalar is refused", { a: 1 }, { $set: { "a.b": 2 } }, 28],
  ["$set through null is refused", { a: null }, { $set: { "a.b": 2 } }, 28],
  ["$unset in an array leaves null", { a: [1, 2, 3] }, { $unset: { "a.1": "" } }, { a: [1, null, 3] }],
  ["$inc starts from nothing", {}, { $inc: { a: 2 } }, { a: 2 }],
  ["$inc on null is refused", { a: null }, { $inc: { a: 2 } }, 14],
  ["$inc on decimals is refused", { a: Decimal128.fromString("1.5") }, { $inc: { a: 1 } }, 238],
  ["$mul of nothing is zero", {}, { $mul: { a: 5 } }, { a: 0 }],
  [
    "$min and $max compare by MongoDB's order",
    { a: 5, b: 5 },
    { $min: { a: "x" }, $max: { b: "x" } },
    { a: 5, b: "x" },
  ],
  ["$rename", { a: 1 }, { $rename: { a: "b.c" } }, { b: { c: 1 } }],
  ["$rename of what is not there looks no further", { b: [1] }, { $rename: { a: "b.0" } }, { b: [1] }],
  ["$rename past an array by a name is refused", { a: [{ b: 1 }] }, { $rename: { "a.b": "c" } }, 28],
  ["$rename of an element is refused", { a: [1] }, { $rename: { "a.0": "c" } }, 2],
  ["$rename to a name with a null byte is refused", { a: 1 }, { $rename: { a: "\0b" } }, 9867600],
  ["$push to something else is refused", { a: 1 }, { $push: { a: 1 } }, 2],
  ["$push makes the array", {}, { $push: { "a.b": 1 } }, { a: { b: [1] } }],
  [
    "$push sorts by a field",
    { a: [{ n: 2 }] },
    { $push: { a: { $each: [{ n: 3 }, { n: 1 }], $sort: { n: -1 }, $slice: 2 } } },
    { a: [{ n: 3 }, { n: 2 }] },
  ],
  [
    "$addToSet compares whole documents",
    { a: [{ x: 1, y: 1 }] },
    {
      $addToSet: {
        a: {
          $each: [
            { x: 1, y: 1 },
            { y: 1, x: 1 },
          ],
        },
      },
    },
    {
      a: [
        { x: 1, y: 1 },
        { y: 1, x: 1 },
      ],
    },
  ],
  [
    "$pull by condition on documents",
    {
      a: [
        { n: 1, k: 1 },
        { n: 2, k: 1 },
      ],
    },
    { $pull: { a: { n: { $gte: 2 } } } },
    { a: [{ n: 1, k: 1 }] },
  ],
  [
    "$pull by a condition with $or",
    { a: [{ n: 1 }, { n: 2 }, { n: 3 }] },
    { $pull: { a: { $or: [{ n: 1 }, { n: 3 }] } } },
    { a: [{ n: 2 }] },
  ],
  ["$pull takes no $expr", { a: [1] }, { $pull: { a: { $expr: true } } }, 224],
  ["$pop past an array by a name is refused", { a: [1] }, { $pop: { "a.b": 1 } }, 28],
  ["$pullAll", { a: [1, id, "x"] }, { $pullAll: { a: [id, 1] } }, { a: ["x"] }],
  ["$pop", { a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
  ["$bit", { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  ["$[] on every element", { a: [{ n: 1 }, { n: 2 }] }, { $inc: { "a.$[].n": 1 } }, { a: [{ n: 2 }, { n: 3 }] }],
  ["two operators on one path are refused", { a: {} }, { $set: { a: 1 }, $unset: { "a.b": 1 } }, 40],
  ["_id does not change", {}, { $set: { _id: 99 } }, 66],
  ["an unknown operator is refused", {}, { $frob: { a: 1 } }, 9],
  ["a pipeline", { a: 1, b: 2 }, [{ $set: { c: { $add: ["$a", "$b"] } } }, { $unset: "a" }] as object, { b: 2, c: 3 }],
];

describe("updates", () => {
  test.each(CHANGES)("%s", async (_, before, change, after) => {
    await c.deleteMany({});
    await c.insertOne({ _id: 0 as never, ...before });
    const done = c.updateOne({ _id: 0 as never }, change as never);
    if (typeof after === "number") {
      await expect(done).rejects.toMatchObject({ code: after });
      expect(await c.findOne()).toEqual({ _id: 0, ...before });
    } else {
      await done;
      expect(await c.findOne()).toEqual({ _id: 0, ...after });
    }
  });

  test("an update keeps the type of every field it does not touch, and widens as MongoDB does", async () => {
    await c.deleteMany({});
    const typed = {
      l: Long.fromNumber(5),
      d: new Double(5),
      i: new Int32(5),
      dec: Decimal128.fromString("5.00"),
      z: new Double(-0),
      nan: new Double(Number.NaN),
    };
    await c.insertOne({ _id: 0 as never, ...typed, max: new Int32(2147483647) });
    await c.updateOne({ _id: 0 as never }, { $set: { other: 1 }, $inc: { max: 1 } as never });
    const raw = (await c.findOne({}, { promoteValues: false }))!;
    expect([raw.l, raw.d, raw.i, raw.dec].map((v) => (v as { _bsontype: string })._bsontype)).toEqual([
      "Long",
      "Double",
      "Int32",
      "Decimal128",
    ]);
    expect(Object.is((raw.z as Double).value, -0)).toBe(true);
    expect(raw.max).toEqual(Long.fromNumber(2147483648));
    expect(String(raw.dec)).toBe("5.00");
  });

  test("fields keep their order, also those named like positions", async () => {
    await c.deleteMany({});
    await c.insertOne(
      new Map<string, unknown>([
        ["_id", 0],
        ["b", 1],
        ["1", 1],
        ["a", 1],
      ]) as never,
    );
    await c.updateOne({}, { $set: { b: 2, z: 1 } });
    const raw = await c.findOne({}, { raw: true });
    const text = Buffer.from(raw as unknown as Uint8Array).toString("latin1");
    expect([..."b1az"].map((f) => text.indexOf(`\x10${f}\0`))).toEqual(
      [..."b1az"].map((f) => text.indexOf(`\x10${f}\0`)).sort((x, y) => x - y),
    );
  });
});

describe("projections", () => {
  test.each([
    [{ a: 1 }, { _id: 0, a: { x: 1, y: 2 } }],
    [{ "a.x": 1, _id: 0 }, { a: { x: 1 } }],
    [{ a: 0 }, { _id: 0, b: [1, 2, 3], l: [{ k: 1 }, { k: 2 }] }],
    [
      { b: { $slice: -2 }, a: 1 },
      { _id: 0, a: { x: 1, y: 2 }, b: [2, 3] },
    ],
    [{ l: { $elemMatch: { k: 2 } } }, { _id: 0, l: [{ k: 2 }] }],
    [
      { "l.k": 0, a: 0 },
      { _id: 0, b: [1, 2, 3], l: [{}, {}] },
    ],
    [{ sum: { $size: "$b" }, _id: 0 }, { sum: 3 }],
  ])("%j", async (projection, expected) => {
    await c.deleteMany({});
    await c.insertOne({ _id: 0 as never, a: { x: 1, y: 2 }, b: [1, 2, 3], l: [{ k: 1 }, { k: 2 }] });
    expect(await c.findOne({}, { projection: projection as Document })).toEqual(expected);
  });
});

describe("the form of a command", () => {
  test("one malformed statement refuses all of them, before the first runs", async () => {
    await c.deleteMany({});
    await c.insertOne({ _id: 0 as never, a: 1 });
    const good = { q: {}, u: { $set: { a: 2 } } };
    for (const bad of [{ q: 1, u: {} }, { q: {} }, { ...good, collation: { locale: "en" } }, { ...good, more: 1 }]) {
      await expect(db.command({ update: "ops", updates: [good, bad] })).rejects.toThrow();
    }
    const gone = { q: {}, limit: 1 };
    for (const bad of [{ q: {} }, { q: {}, limit: 3 }, { ...gone, more: 1 }]) {
      await expect(db.command({ delete: "ops", deletes: [gone, bad] })).rejects.toThrow();
    }
    expect(await c.find().toArray()).toEqual([{ _id: 0, a: 1 }]);
  });

  test.each([
    { find: "ops", let: null, readConcern: null, collation: null, skip: null, limit: null },
    { insert: "ops", documents: [{}], ordered: null, writeConcern: null, comment: null },
    { count: "ops", query: null },
    { distinct: "ops", key: "a", query: null },
    { findAndModify: "ops", query: null, sort: null, fields: null, remove: true },
  ])("null leaves an option out: %j", async (command) => {
    expect(await db.command(command)).toMatchObject({ ok: 1 });
  });

  test("an index of the same conditions in another order is the same index", async () => {
    const spec = (...both: object[]) => ({
      createIndexes: "signed",
      indexes: [{ key: { a: 1 }, name: "p", partialFilterExpression: { $and: both } }],
    });
    await db.command(spec({ a: 1 }, { b: { $gt: 2 } }));
    expect(await db.command(spec({ b: { $gt: 2 } }, { a: 1 }))).toMatchObject({ note: "all indexes already exist" });
    await expect(db.command(spec({ b: { $gt: 3 } }, { a: 1 }))).rejects.toMatchObject({ code: 86 });
  });
});

describe("lists of collections and indexes", () => {
  test("come in batches of the size that was asked for", async () => {
    const lists = client.db("lists");
    for (const name of ["a", "b", "c"]) await lists.createCollection(name);
    await lists.collection("a").createIndexes([{ key: { x: 1 } }, { key: { y: 1 } }]);
    expect((await lists.listCollections({}, { batchSize: 1 }).toArray()).map((x) => x.name)).toEqual(["a", "b", "c"]);
    expect(await lists.collection("a").listIndexes({ batchSize: 1 }).toArray()).toHaveLength(3);
    const { cursor } = await lists.command({ listCollections: 1, cursor: { batchSize: 2 } });
    expect(cursor.firstBatch).toHaveLength(2);
  });

  test.each([
    [[{ key: { a: 1 }, name: "a", v: 3 }], 67],
    [[{ key: { a: 1 }, name: "a", v: "2" }], 14],
    [[{ key: { a: 1 }, name: "a", collation: 1 }], 14],
    [[{ key: { a: 1 }, name: "a", collation: {} }], 2],
    [[{ key: { a: 1 }, name: "a", more: 1 }], 197],
    [
      [
        { key: { a: 1 }, name: "a" },
        { key: { a: 1 }, name: "a" },
      ],
      96,
    ],
  ])("createIndexes %j is refused with code %i", async (indexes, code) => {
    await expect(db.command({ createIndexes: "x", indexes })).rejects.toMatchObject({ code });
  });

  test("index options that nobody knows are dropped when that is asked for", async () => {
    const indexes = [{ key: { a: 1 }, name: "a", more: 1, v: 1 }];
    await db.command({ createIndexes: "dropped", indexes, ignoreUnknownIndexOptions: true });
    expect(await db.collection("dropped").indexes()).toContainEqual({ v: 1, key: { a: 1 }, name: "a" });
  });

  test("the namespace system belongs to the server", async () => {
    for (const command of [{ create: "system.mine" }, { insert: "system.mine", documents: [{}] }]) {
      await expect(db.command(command)).rejects.toMatchObject({ code: 73 });
    }
  });
});

describe("the edge of the subset", () => {
  const pipeline = (...stages: object[]) => ({ aggregate: "none", pipeline: stages, cursor: {} });
  test.each([
    [{ frobnicate: 1 }, 59],
    [{ mapReduce: "c" }, 59],
    [{ find: "none", filter: { $where: "1" } }, 238],
    [{ find: "none", filter: { $text: { $search: "x" } } }, 238],
    [{ find: "none", filter: { a: { $near: [1, 2] } } }, 238],
    [{ find: "none", filter: { a: { $frob: 1 } } }, 2],
    [{ find: "none", filter: { $frob: 1 } }, 2],
    [{ find: "none", collation: { locale: "en" } }, 238],
    [{ find: "none", tailable: true }, 238],
    [{ find: "none", nonsense: 1 }, 40415],
    [pipeline({ $out: "x" }), 238],
    [pipeline({ $merge: "x" }), 238],
    [pipeline({ $changeStream: {} }), 238],
    [pipeline({ $frob: 1 }), 40324],
    [pipeline({ $project: { a: { $function: {} } } }), 238],
    [pipeline({ $set: { a: { $frob: 1 } } }), 168],
    [pipeline({ $group: { _id: 1, a: { $stdDevPop: "$x" } } }), 238],
    [{ create: "x", capped: true, size: 100 }, 238],
    [{ create: "x", viewOn: "y", pipeline: [] }, 238],
    [{ create: "x", validator: { a: 1 } }, 238],
    [{ createIndexes: "x", indexes: [{ key: { a: "text" }, name: "t" }] }, 238],
    [{ createIndexes: "x", indexes: [{ key: { "$**": 1 }, name: "t" }] }, 238],
    [{ createIndexes: "x", indexes: [{ key: { a: 1 }, name: "t", collation: { locale: "en" } }] }, 238],
    [{ find: "none", readConcern: { level: "snapshot" } }, 238],
    [{ find: "none", readConcern: { level: "linearizable" } }, 123],
    [{ find: "none", readConcern: { level: "loud" } }, 2],
    [{ find: "none", collation: 1 }, 14],
    [{ find: "none", projection: { a: { $elemMatch: { $expr: true } } } }, 2],
    [{ insert: "x", documents: [{}], writeConcern: { w: -1 } }, 9],
    [{ insert: "x", documents: [{}], writeConcern: { w: 2 } }, 2],
    [{ distinct: "none" }, 40414],
    [{ delete: "x", deletes: [{ q: {}, limit: 2 }] }, 9],
    [{ update: "x", updates: [{ q: {}, u: { $set: { a: 1 } }, sort: { a: 1 }, upsert: true }] }, 40415],
  ])("%j is refused with code %i, on a collection that does not exist too", async (command, code) => {
    await expect(db.command(command)).rejects.toMatchObject({ code });
    expect(await db.listCollections({ name: { $in: ["none", "x"] } }).toArray()).toEqual([]);
    expect(faults).toEqual([]);
  });
});
