import type { Document } from "mongodb";
import { beforeAll, describe, expect, test } from "vitest";
import { random, testStore } from "./support";

const { db } = await testStore();
const rounds = process.env.LONG ? 5000 : 500;
const issues = db.collection<Document & { _id: string }>("issues");
const r = random(5);
const documents = Array.from({ length: 3000 }, (_, i) => ({
  _id: `id${String(i).padStart(5, "0")}`,
  boardKeys: Array.from({ length: 12 }, (_, k) => `k${k}:${r.below(9)}`),
  state: r.pick(["new", "accepted", "resolved"]),
  boardOrder: r.below(400),
  pending: i % 100 === 0 ? [{ dueAt: new Date(i) }] : [],
  email: i % 2 ? `e${i}` : undefined,
}));

beforeAll(async () => {
  await issues.createIndexes([
    { key: { boardKeys: 1, state: 1, boardOrder: 1, _id: 1 }, name: "board" },
    { key: { "pending.dueAt": 1 }, name: "due", sparse: true },
    { key: { email: 1 }, name: "email", unique: true, partialFilterExpression: { email: { $exists: true } } },
  ]);
  await issues.insertMany(documents, { ignoreUndefined: true });
});

const keys = ["k1:3", "k2:4", "k3:5", "k1:4"];
const inOrder = (a: (typeof documents)[0], b: (typeof documents)[0]) =>
  a.boardOrder - b.boardOrder || (a._id < b._id ? -1 : 1);
const matching = documents.filter((d) => d.state === "new" && d.boardKeys.some((k) => keys.includes(k))).sort(inOrder);

interface Stats {
  totalKeysExamined: number;
  totalDocsExamined: number;
  nReturned: number;
}
const statsOf = (explained: Document): Stats => explained.executionStats as Stats;

describe("the board's lists", () => {
  test("pages follow each other by cursor, complete and in order, each reading little more than it shows", async () => {
    const seen: string[] = [];
    let after: { boardOrder: number; _id: string } | undefined;
    for (;;) {
      const from = after
        ? {
            $or: [{ boardOrder: { $gt: after.boardOrder } }, { boardOrder: after.boardOrder, _id: { $gt: after._id } }],
          }
        : {};
      const find = () =>
        issues
          .find({ boardKeys: { $in: keys }, state: "new", ...from })
          .sort({ boardOrder: 1, _id: 1 })
          .limit(21);
      const page = await find().toArray();
      if (page.length === 0) break;
      const stats = statsOf(await find().explain("executionStats"));
      expect(stats.totalKeysExamined).toBeLessThanOrEqual(70);
      expect(stats.nReturned).toBe(page.length);
      seen.push(...page.map((d) => d._id));
      after = page.at(-1) as typeof after;
    }
    expect(seen).toEqual(matching.map((d) => d._id));
  });

  test("the same page backwards", async () => {
    const page = await issues
      .find({ boardKeys: { $in: keys }, state: "new", boardOrder: { $lt: 200 } })
      .sort({ boardOrder: -1, _id: -1 })
      .limit(15)
      .toArray();
    expect(page.map((d) => d._id)).toEqual(
      matching
        .filter((d) => d.boardOrder < 200)
        .reverse()
        .slice(0, 15)
        .map((d) => d._id),
    );
  });

  test("an empty $in and a contradiction read nothing", async () => {
    const stats = statsOf(await issues.find({ boardKeys: { $in: [] }, state: "new" }).explain("executionStats"));
    expect(stats).toMatchObject({ totalKeysExamined: 0, totalDocsExamined: 0, nReturned: 0 });
  });

  test("a count with a limit is answered from keys alone, each document once", async () => {
    const query = { boardKeys: { $in: keys }, state: "new" };
    expect(await db.command({ count: "issues", query })).toMatchObject({ n: matching.length });
    expect(await db.command({ count: "issues", query, limit: 101 })).toMatchObject({ n: 101 });
    expect(await issues.countDocuments(query)).toBe(matching.length);
    expect(await issues.countDocuments(query, { limit: 50 })).toBe(50);
    const stats = statsOf(
      await db.command({ explain: { count: "issues", query, limit: 101 }, verbosity: "executionStats" }),
    );
    expect(stats.totalDocsExamined).toBe(0);
    expect(stats.totalKeysExamined).toBeLessThan(300);
  });

  test("explain names the index and the merge", async () => {
    const plan = (
      await issues
        .find({ boardKeys: { $in: keys }, state: "new" })
        .sort({ boardOrder: 1, _id: 1 })
        .limit(21)
        .explain()
    ).queryPlanner;
    expect(JSON.stringify(plan)).toContain('"SORT_MERGE"');
    expect(JSON.stringify(plan)).toContain('"indexName":"board"');
    const scan = (await issues.find({ nothing: 1 }).explain()).queryPlanner;
    expect(JSON.stringify(scan)).toContain("COLLSCAN");
  });

  test("aggregate explains what it read", async () => {
    const explained = await issues
      .aggregate([{ $match: { boardKeys: "k1:3", state: "new" } }, { $group: { _id: "$state", n: { $sum: 1 } } }])
      .explain("executionStats");
    expect(explained.stages[0].$cursor.executionStats.totalKeysExamined).toBeLessThan(300);
  });
});

describe("sparse and partial indexes", () => {
  test("serve what they hold and never hide what they do not", async () => {
    const due = await issues.find({ "pending.dueAt": { $lte: new Date(500) } }).explain("executionStats");
    expect(JSON.stringify(due.queryPlanner)).toContain('"due"');
    expect(statsOf(due).nReturned).toBe(6);
    expect(await issues.countDocuments({ "pending.dueAt": null })).toBe(0);
    expect(await issues.countDocuments({ "pending.0": { $exists: true } })).toBe(30);
    expect(await issues.countDocuments({ email: null })).toBe(1500);
    expect(JSON.stringify((await issues.find({ email: "e1" }).explain()).queryPlanner)).toContain('"email"');
  });
});

describe("every plan gives the same answer as reading everything", () => {
  const c = db.collection("plans");
  const value = () =>
    r.pick([
      1,
      2,
      2.5,
      "a",
      "b",
      "aa",
      null,
      undefined,
      true,
      [1, 2],
      ["a", 3],
      [],
      { x: 1 },
      [{ x: 1 }, { x: 2 }],
      new Date(5),
    ]);
  const docs = Array.from({ length: 400 }, (_, i) => ({ _id: i as never, a: value(), b: value(), c: value() }));
  const operand = () => r.pick([1, 2, 2.5, "a", "b", "aa", null, true, new Date(5), { x: 1 }]);
  const condition = (): unknown => {
    const ops: (() => unknown)[] = [
      operand,
      () => ({ $in: [operand(), operand()] }),
      () => ({ $gt: operand() }),
      () => ({ $gte: operand(), $lt: operand() }),
      () => ({ $lte: operand() }),
      () => ({ $ne: operand() }),
      () => ({ $exists: r.below(2) === 1 }),
      () => ({ $elemMatch: { $gte: 1, $lt: 3 } }),
      () => ({ $not: { $gt: operand() } }),
      () => /^a/,
      () => ({ $all: [operand()] }),
      () => ({ $size: 2 }),
    ];
    return r.pick(ops)();
  };
  const filter = (): Document => {
    const f: Document = {};
    for (const field of ["a", "b", "c"]) if (r.below(2)) f[r.below(6) === 0 ? `${field}.x` : field] = condition();
    if (r.below(4) === 0) f.$or = [{ a: condition() }, { a: condition(), b: condition() }];
    return f;
  };

  test("over many random filters and sorts, ascending and descending, sparse and partial", async () => {
    await c.insertMany(docs, { ignoreUndefined: true });
    await c.createIndexes([
      { key: { a: 1 } },
      { key: { "a.x": 1, _id: -1 } },
      { key: { c: -1, _id: 1 } },
      { key: { b: 1 }, sparse: true },
      { key: { c: 1 }, name: "partial", partialFilterExpression: { c: { $gt: 1 } } },
    ]);
    const compoundError = await c.createIndex({ a: 1, b: 1 }).catch((e: { code: number }) => e.code);
    expect(compoundError).toBe(171);
    for (let i = 0; i < rounds; i++) {
      const f = filter();
      const sort: Record<string, 1 | -1> = r.below(2)
        ? { [r.pick(["a", "b", "c", "a.x"])]: r.pick([1, -1] as const), _id: 1 }
        : { _id: 1 };
      const planned = await c.find(f).sort(sort).project({ _id: 1 }).toArray();
      const scanned = await c.find(f).sort(sort).hint({ $natural: 1 }).project({ _id: 1 }).toArray();
      expect(planned, JSON.stringify({ f, sort })).toEqual(scanned);
      expect(await c.countDocuments(f), JSON.stringify(f)).toBe(scanned.length);
    }
  }, 120_000);
});
