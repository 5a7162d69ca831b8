import type { Document } from "mongodb";
import { afterAll, describe, expect, test } from "vitest";
import { checkStore } from "../../../app/storage/embedded/check";
import { openStore } from "../../../app/storage/embedded/store";
import { random, testStore } from "./support";

const { db, client, server, dataDir, faults } = await testStore();
const c = db.collection<Document & { _id: number }>("model");
const rounds = process.env.LONG ? 20_000 : 1500;

interface Modelled {
  _id: number;
  group: string;
  n: number;
  tags: string[];
  unique?: number;
}

/** What the store should hold: a plain list, searched from the front. */
class Model {
  docs: Modelled[] = [];
  insert(d: Modelled): boolean {
    if (this.docs.some((x) => x._id === d._id || (d.unique !== undefined && x.unique === d.unique))) return false;
    this.docs.push(structuredClone(d));
    return true;
  }
}

afterAll(() => expect(faults).toEqual([]));

describe("random writes against a naive model", () => {
  test("leave the same documents, and indexes equal to data", async () => {
    await c.createIndexes([
      { key: { group: 1, n: -1 } },
      { key: { tags: 1, group: 1, n: 1 } },
      { key: { unique: 1 }, unique: true, sparse: true },
      { key: { n: 1 }, name: "big", partialFilterExpression: { n: { $gte: 50 } } },
    ]);
    const r = random(42);
    const model = new Model();
    const steps: (() => Promise<void>)[] = [
      async () => {
        const d: Modelled = {
          _id: r.below(200),
          group: r.pick(["a", "b", "c"]),
          n: r.below(100),
          tags: [r.pick(["x", "y"]), r.pick(["y", "z"])],
        };
        if (r.below(3) === 0) d.unique = r.below(60);
        const stored = await c.insertOne({ ...d }).then(
          () => true,
          (e: { code: number }) => {
            expect(e.code).toBe(11000);
            return false;
          },
        );
        expect(stored).toBe(model.insert(d));
      },
      async () => {
        const [group, by] = [r.pick(["a", "b", "c"]), r.below(5)];
        const result = await c.updateMany(
          { group, n: { $lt: 50 } },
          { $inc: { n: by }, $addToSet: { tags: `t${by}` } },
        );
        const hit = model.docs.filter((d) => d.group === group && d.n < 50);
        expect(result.matchedCount).toBe(hit.length);
        for (const d of hit) {
          d.n += by;
          if (!d.tags.includes(`t${by}`)) d.tags.push(`t${by}`);
        }
      },
      async () => {
        const tag = r.pick(["x", "y", "z", "t1", "t2"]);
        const before = await c.findOneAndUpdate(
          { tags: tag },
          { $pull: { tags: tag as never }, $set: { group: "c" } },
          { sort: { _id: 1 } },
        );
        const d = model.docs.filter((x) => x.tags.includes(tag)).sort((p, q) => p._id - q._id)[0];
        expect(before?._id).toBe(d?._id);
        if (d) {
          d.tags = d.tags.filter((t) => t !== tag);
          d.group = "c";
        }
      },
      async () => {
        const [id, u] = [r.below(200), r.below(60)];
        const d = model.docs.find((x) => x._id === id);
        const clash = model.docs.some((x) => x.unique === u && x !== d);
        const result = await c.updateOne({ _id: id }, { $set: { unique: u } }).then(
          (x) => x.matchedCount,
          (e: { code: number }) => e.code,
        );
        expect(result).toBe(d === undefined ? 0 : clash ? 11000 : 1);
        if (d && !clash) d.unique = u;
      },
      async () => {
        const n = r.below(120);
        const gone = await c.deleteMany({ n: { $gte: n, $lt: n + 3 } });
        const kept = model.docs.filter((d) => !(d.n >= n && d.n < n + 3));
        expect(gone.deletedCount).toBe(model.docs.length - kept.length);
        model.docs = kept;
      },
      async () => {
        const id = r.below(200);
        const result = await c.updateOne(
          { _id: id },
          { $setOnInsert: { group: "a", tags: [] }, $inc: { n: 1 } },
          { upsert: true },
        );
        const d = model.docs.find((x) => x._id === id);
        expect(result.upsertedCount).toBe(d ? 0 : 1);
        if (d) d.n++;
        else model.docs.push({ _id: id, group: "a", n: 1, tags: [] });
      },
      async () => {
        const group = r.pick(["a", "b", "c"]);
        const found = await c
          .find({ group, n: { $gte: 50 } })
          .sort({ n: -1, _id: 1 })
          .toArray();
        const wanted = model.docs
          .filter((d) => d.group === group && d.n >= 50)
          .sort((p, q) => q.n - p.n || p._id - q._id);
        expect(found.map((d) => d._id)).toEqual(wanted.map((d) => d._id));
      },
    ];
    for (let i = 0; i < rounds; i++) await r.pick(steps)();
    const byId = (p: { _id: number }, q: { _id: number }) => p._id - q._id;
    expect((await c.find().toArray()).sort(byId)).toEqual(model.docs.sort(byId));
    await client.close();
    await server.close();
    const opened = await openStore(dataDir);
    expect((await checkStore(opened.store)).problems).toEqual([]);
    await opened.close();
  }, 120_000);
});
