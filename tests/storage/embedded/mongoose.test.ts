import mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testStore } from "./support";

const { server, db, faults } = await testStore();

interface Thing {
  _id: string;
  title: string;
  version: number;
  tags: string[];
  items: { key: string; n: number }[];
  email?: string;
}
const connection = mongoose.createConnection(server.uri, { dbName: "mongoose" });
const schema = new mongoose.Schema<Thing>(
  {
    _id: String,
    title: String,
    version: { type: Number, default: 1 },
    tags: [String],
    items: [{ _id: false, key: String, n: Number }],
    email: String,
  },
  { timestamps: true },
);
schema.index({ email: 1 }, { unique: true, partialFilterExpression: { email: { $exists: true } } });
const Things = connection.model<Thing>("Thing", schema);

beforeAll(async () => {
  await Things.init();
});
afterAll(async () => {
  await connection.close();
  expect(faults).toEqual([]);
});

describe("mongoose, unmodified", () => {
  test("creates, reads, changes and removes a document", async () => {
    await Things.create({ _id: "a", title: "first", tags: ["x"] });
    const found = (await Things.findById("a"))!;
    expect(found.title).toBe("first");
    found.title = "changed";
    found.tags.push("y");
    await found.save();
    expect((await Things.findById("a").lean())!.tags).toEqual(["x", "y"]);
    expect((await Things.deleteOne({ _id: "a" })).deletedCount).toBe(1);
    expect(await Things.findById("a")).toBeNull();
  });

  test("an update decided on an old version changes nothing", async () => {
    await Things.create({ _id: "v", title: "t" });
    const change = (version: number) =>
      Things.findOneAndUpdate(
        { _id: "v", version },
        { $set: { title: `t${version}` }, $inc: { version: 1 } },
        { returnDocument: "after" },
      );
    const both = await Promise.all([change(1), change(1)]);
    expect(both.filter((x) => x !== null)).toHaveLength(1);
    expect((await Things.findById("v"))!.version).toBe(2);
  });

  test("a duplicate in a unique index names the index and the value", async () => {
    await Things.create({ _id: "e1", title: "t", email: "a@example.org" });
    const error = await Things.create({ _id: "e2", title: "t", email: "a@example.org" }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 11000, keyPattern: { email: 1 }, keyValue: { email: "a@example.org" } });
    await Things.create({ _id: "e3", title: "no address" });
    await Things.create({ _id: "e4", title: "none either" });
  });

  test("insertMany unordered stores all but the duplicates", async () => {
    const error = await Things.insertMany(
      [
        { _id: "m1", title: "1" },
        { _id: "m1", title: "again" },
        { _id: "m2", title: "2" },
      ],
      { ordered: false },
    ).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 11000 });
    expect(await Things.countDocuments({ _id: { $in: ["m1", "m2"] } })).toBe(2);
  });

  test("insertMany ordered stops at the duplicate", async () => {
    await Things.insertMany([
      { _id: "o1", title: "1" },
      { _id: "o1", title: "x" },
      { _id: "o2", title: "2" },
    ]).catch(() => {});
    expect(await Things.countDocuments({ _id: { $in: ["o1", "o2"] } })).toBe(1);
  });

  test("array operators: $push with $each, $slice, $position, $sort; $addToSet; $pull; arrayFilters", async () => {
    await Things.create({
      _id: "arr",
      title: "t",
      tags: ["b"],
      items: [
        { key: "k1", n: 1 },
        { key: "k2", n: 2 },
      ],
    });
    await Things.updateOne({ _id: "arr" }, { $push: { tags: { $each: ["c", "a"], $sort: 1, $slice: -2 } } });
    expect((await Things.findById("arr").lean())!.tags).toEqual(["b", "c"]);
    await Things.updateOne({ _id: "arr" }, { $push: { tags: { $each: ["z"], $position: 0 } } });
    await Things.updateOne({ _id: "arr" }, { $addToSet: { tags: { $each: ["z", "q"] } } });
    await Things.updateOne({ _id: "arr" }, { $pull: { tags: { $in: ["b"] } } });
    expect((await Things.findById("arr").lean())!.tags).toEqual(["z", "c", "q"]);
    await Things.updateOne({ _id: "arr" }, { $inc: { "items.$[e].n": 10 } }, { arrayFilters: [{ "e.key": "k2" }] });
    await Things.updateOne({ _id: "arr", "items.key": "k1" }, { $set: { "items.$.n": 7 } });
    expect((await Things.findById("arr").lean())!.items).toEqual([
      { key: "k1", n: 7 },
      { key: "k2", n: 12 },
    ]);
  });

  test("an upsert inserts once, with $setOnInsert, however many ask at the same time", async () => {
    const ask = () =>
      Things.updateOne(
        { _id: "up" },
        { $setOnInsert: { title: "made" }, $inc: { version: 1 } },
        { upsert: true, setDefaultsOnInsert: false },
      );
    await Promise.all(Array.from({ length: 20 }, ask));
    expect(await Things.findById("up").lean()).toMatchObject({ title: "made", version: 20 });
  });

  test("bulkWrite mixes inserts, updates and deletes", async () => {
    const result = await Things.bulkWrite([
      { insertOne: { document: { _id: "b1", title: "1", version: 1, tags: [], items: [] } } },
      { updateOne: { filter: { _id: "b1" }, update: { $set: { title: "2" } } } },
      { updateOne: { filter: { _id: "b2" }, update: { $set: { title: "3" } }, upsert: true } },
      { deleteOne: { filter: { _id: "b1" } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
  });

  test("a result larger than a batch comes through getMore, complete and once", async () => {
    const c = db.collection("many");
    await c.insertMany(Array.from({ length: 350 }, (_, i) => ({ i })));
    const seen = await c
      .find({}, { batchSize: 30 })
      .map((d) => d.i as number)
      .toArray();
    expect(seen).toEqual(Array.from({ length: 350 }, (_, i) => i));
    expect(
      await c
        .find()
        .sort({ i: -1 })
        .skip(5)
        .limit(2)
        .map((d) => d.i)
        .toArray(),
    ).toEqual([344, 343]);
  });

  test("documents of a megabyte and more are stored and found", async () => {
    const c = db.collection<{ _id: string; bytes: Buffer }>("large");
    await c.insertOne({ _id: "L", bytes: Buffer.alloc(3_000_000, 7) });
    expect((await c.findOne({ _id: "L" }, { promoteBuffers: true }))!.bytes.length).toBe(3_000_000);
    await expect(c.insertOne({ _id: "XL", bytes: Buffer.alloc(17_000_000) })).rejects.toThrow();
  });

  test("populate, distinct, count and aggregation answer together", async () => {
    const c = db.collection("agg");
    await c.insertMany([
      { _id: 1 as never, kind: "a", n: 1, tags: ["x", "y"] },
      { _id: 2 as never, kind: "a", n: 2, tags: ["y"] },
      { _id: 3 as never, kind: "b", n: 5, tags: [] },
    ]);
    expect(await c.distinct("tags")).toEqual(["x", "y"]);
    const groups = await c
      .aggregate([{ $group: { _id: "$kind", total: { $sum: "$n" }, mean: { $avg: "$n" } } }, { $sort: { _id: 1 } }])
      .toArray();
    expect(groups).toEqual([
      { _id: "a", total: 3, mean: 1.5 },
      { _id: "b", total: 5, mean: 5 },
    ]);
    const joined = await c
      .aggregate([
        { $match: { kind: "b" } },
        { $lookup: { from: "agg", localField: "n", foreignField: "n", as: "all" } },
        { $unwind: { path: "$tags", preserveNullAndEmptyArrays: true } },
        { $project: { size: { $size: "$all" } } },
      ])
      .toArray();
    expect(joined).toEqual([{ _id: 3, size: 1 }]);
    expect(await c.aggregate([{ $unwind: "$tags" }, { $sortByCount: "$tags" }]).toArray()).toEqual([
      { _id: "y", count: 2 },
      { _id: "x", count: 1 },
    ]);
  });
});

describe("sessions and transactions", () => {
  test("a session is accepted, a transaction refused", async () => {
    const { client } = { client: connection.getClient() };
    await expect(
      client.withSession((session) => session.withTransaction(() => db.collection("t").insertOne({}, { session }))),
    ).rejects.toThrow();
  });
});
