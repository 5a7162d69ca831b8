import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { serveEmbeddedStore } from "../../../app/storage/embedded/server";
import { random, temporaryDirectory, testStore } from "./support";

const { db, client } = await testStore();

test("while one command reads everything, others are answered, also writes to what it reads", async () => {
  const c = db.collection("long");
  const r = random(1);
  const batch = () => Array.from({ length: 2000 }, () => ({ n: r.below(1000), text: "x".repeat(400) }));
  for (let i = 0; i < 10; i++) await c.insertMany(batch());
  await db.command({ ping: 1 });
  let scanning = true;
  const scans = Promise.all([
    c.countDocuments({ text: /y+z$/ }),
    c.aggregate([{ $group: { _id: "$n", all: { $sum: 1 } } }]).toArray(),
    c.updateMany({ text: /y+z$/ }, { $set: { n: 0 } }),
  ]).finally(() => {
    scanning = false;
  });
  let answered = 0;
  while (scanning) {
    await client
      .db("other")
      .collection<{ _id: string; n: number }>("c")
      .updateOne({ _id: "c" }, { $inc: { n: 1 } }, { upsert: true });
    if (scanning) answered++;
  }
  const [count, groups] = await scans;
  expect(count).toBe(0);
  expect(groups).toHaveLength(1000);
  expect(answered).toBeGreaterThan(3);
});

test("a command that passes its maxTimeMS is stopped", async () => {
  await expect(db.collection("long").countDocuments({ text: /y+z$/ }, { maxTimeMS: 1 })).rejects.toMatchObject({
    code: 50,
  });
});

test("a cursor goes on after the documents before and behind it have changed", async () => {
  const c = db.collection<{ _id: number; k: number }>("moving");
  await c.createIndex({ k: 1 });
  await c.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i, k: i })));
  const cursor = c.find({ k: { $gte: 0 } }, { batchSize: 50 }).sort({ k: 1 });
  const seen: number[] = [];
  for (let i = 0; i < 60; i++) seen.push((await cursor.next())!._id);
  await c.deleteMany({ _id: { $lt: 100 } });
  await c.insertOne({ _id: 1000, k: 1000 });
  for await (const d of cursor) seen.push(d._id);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((id) => id >= 100)).toEqual([...Array.from({ length: 200 }, (_, i) => i + 100), 1000]);
});

test("a socket left behind by a killed process does not stand in the way", async () => {
  const path = join(temporaryDirectory(), "left.sock");
  const { spawnSync } = await import("node:child_process");
  const leave = `require("net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, "SIGKILL"))`;
  spawnSync(process.execPath, ["-e", leave]);
  expect(existsSync(path)).toBe(true);
  const server = await serveEmbeddedStore({ dataDir: temporaryDirectory(), socketPath: path });
  await new Promise<void>((resolve) => {
    const s = connect(path, () => {
      s.destroy();
      resolve();
    });
  });
  await server.close();
});
