import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";
import { checkStore } from "../../../app/storage/embedded/check";
import { damageOf } from "../../../app/storage/embedded/lmdb-file";
import { MappedMemory } from "../../../app/storage/embedded/mapped-memory";
import { serveEmbeddedStore } from "../../../app/storage/embedded/server";
import { startEmbeddedStore } from "../../../app/storage/embedded/start";
import { openStore } from "../../../app/storage/embedded/store";
import type { Value } from "../../../app/storage/embedded/values";
import { temporaryDirectory, testStore } from "./support";

const rounds = process.env.LONG ? 300 : 20;
const writer = bundledWriter();

interface Run {
  child: ChildProcess;
  inserted: number[];
  updated: number[];
  wrote(n: number): Promise<void>;
}

/** One file, so that a round does not spend most of its time on reading TypeScript. */
function bundledWriter(): string {
  const cache = fileURLToPath(new URL("../../../.cache", import.meta.url));
  mkdirSync(cache, { recursive: true });
  const outfile = join(cache, `writer-child-${process.pid}.mjs`);
  const entry = fileURLToPath(new URL("./writer-child.ts", import.meta.url));
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
  afterAll(() => rmSync(outfile, { force: true }));
  return outfile;
}

/** Every other writer closes and opens its file all the time, as a large store does now and then. */
function startWriter(dataDir: string, round: number): Run {
  const socket = join(temporaryDirectory(), "w.sock");
  const args = [writer, dataDir, socket, String(round * 100_000), round % 2 === 0 ? "steady" : "reopening"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const run: Run = { child, inserted: [], updated: [], wrote: () => Promise.resolve() };
  let wake = () => {};
  createInterface({ input: child.stdout! }).on("line", (line) => {
    if (line.startsWith("u")) run.updated.push(Number(line.slice(1)));
    else if (line !== "ready") run.inserted.push(Number(line));
    wake();
  });
  run.wrote = (n) =>
    new Promise((resolve, reject) => {
      child.once("exit", () => reject(new Error("the writer ended by itself")));
      wake = () => run.inserted.length >= n && resolve();
    });
  return run;
}

async function killed(run: Run): Promise<void> {
  await new Promise<void>((resolve) => {
    run.child.removeAllListeners("exit");
    run.child.once("close", () => resolve());
    run.child.kill("SIGKILL");
  });
}

describe("kill -9 while eight writers write", () => {
  test(
    `${rounds} rounds lose no acknowledged write and leave indexes equal to data`,
    async () => {
      const dataDir = temporaryDirectory();
      const inserted: number[] = [];
      const updated: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const run = startWriter(dataDir, round);
        await run.wrote(20 + ((round * 13) % 250));
        await killed(run);
        inserted.push(...run.inserted);
        updated.push(...run.updated);
        const opened = await openStore(dataDir);
        const found = await checkStore(opened.store);
        expect(found.problems).toEqual([]);
        await opened.close();
      }
      const server = await serveEmbeddedStore({ dataDir, socketPath: join(temporaryDirectory(), "r.sock") });
      const { MongoClient } = await import("mongodb");
      const client = await new MongoClient(server.uri).connect();
      const c = client.db("kill").collection<{ _id: number; keys: string[]; text: string }>("docs");
      const stored = new Map((await c.find().toArray()).map((d) => [d._id, d]));
      expect(inserted.filter((id) => stored.get(id)?.text.length !== id % 3000)).toEqual([]);
      expect(updated.filter((id) => !stored.get(id)?.keys.includes("changed"))).toEqual([]);
      expect(await c.countDocuments({ keys: "changed" })).toBe(
        [...stored.values()].filter((d) => d.keys.includes("changed")).length,
      );
      await client.close();
      await server.close();
    },
    rounds * 20_000,
  );
});

describe("the file's pages in memory", () => {
  const text = (i: number): string => `${i} `.repeat(i % 7 === 0 ? 20_000 : 300);

  test("are let go of while the file is read and written, and every answer stays right", async () => {
    const { db, server, client, dataDir } = await testStore({ mostMappedBytes: 0 });
    const c = db.collection<{ _id: number; k: number; text: string }>("c");
    await c.createIndex({ k: 1 });
    const all = Array.from({ length: 200 }, (_, i) => ({ _id: i, k: i % 10, text: text(i) }));
    await c.insertMany(all);
    const cursor = c.find({}, { batchSize: 7 });
    const write = async (w: number): Promise<void> => {
      for (let i = w; i < 200; i += 4) await c.updateOne({ _id: i }, { $inc: { k: 100 } });
    };
    const [seen] = await Promise.all([cursor.toArray(), ...[0, 1, 2, 3].map(write)]);
    expect(seen.map((d) => [d._id, d.text])).toEqual(all.map((d) => [d._id, d.text]));
    expect(await c.find({ k: 103 }).project({ _id: 1 }).toArray()).toHaveLength(20);
    await client.close();
    await server.close();
    const opened = await openStore(dataDir);
    expect(await checkStore(opened.store)).toMatchObject({ documents: 200, problems: [] });
    await opened.close();
  });

  test.runIf(process.platform === "linux")("do not add up, however much is read", async () => {
    const mapped = new MappedMemory();
    const { db } = await testStore({ mostMappedBytes: 4_000_000 });
    const c = db.collection<{ _id: number; text: string }>("c");
    for (let i = 0; i < 40; i++) {
      await c.insertMany(Array.from({ length: 25 }, (_, j) => ({ _id: i * 25 + j, text: "x".repeat(60_000) })));
    }
    const before = mapped.bytes();
    expect(await c.countDocuments({ text: /y$/ })).toBe(0);
    expect(mapped.bytes() - before).toBeLessThan(20_000_000);
  });
});

describe("a store that was closed", () => {
  test("is not opened again by a scan that was under way", async () => {
    const dataDir = temporaryDirectory();
    const { store, close } = await openStore(dataDir, { mostMappedBytes: 0 });
    const c = await store.engine.write(() => store.catalogue.ensure("x", "c"));
    await close();
    expect(() => store.collections.read(c, 1)).toThrow("shut down");
    await expect(store.engine.write(() => 1)).rejects.toMatchObject({ code: 91 });
    expect(existsSync(join(dataDir, "store.lock"))).toBe(false);
  });
});

describe("one process per data directory", () => {
  test("a second one is refused and told who has it; after the first has closed it may open", async () => {
    const dataDir = temporaryDirectory();
    const first = await openStore(dataDir);
    await expect(openStore(dataDir)).rejects.toThrow(`in use by process ${process.pid}`);
    await first.close();
    await (await openStore(dataDir)).close();
  });

  test("a lock left behind by a process that is gone, or whose number was given to another, does not hold", async () => {
    const dataDir = temporaryDirectory();
    await (await openStore(dataDir)).close();
    const first = await openStore(dataDir);
    const lock = JSON.parse(readFileSync(join(dataDir, "store.lock"), "utf8"));
    await first.close();
    for (const stale of [
      { ...lock, pid: 2 ** 22 + 1 },
      { ...lock, started: "1" },
    ]) {
      writeFileSync(join(dataDir, "store.lock"), JSON.stringify(stale));
      await (await openStore(dataDir)).close();
    }
    writeFileSync(join(dataDir, "store.lock"), "");
    await (await openStore(dataDir)).close();
  });
});

describe("damage", () => {
  async function filled(): Promise<string> {
    const { db, client, server, dataDir } = await testStore();
    await db
      .collection("c")
      .insertMany(Array.from({ length: 500 }, (_, i) => ({ i, text: `needle${i} ${"x".repeat(200)}` })));
    await client.close();
    await server.close();
    const copy = temporaryDirectory();
    for (const f of ["store.lmdb", "store.format"]) cpSync(join(dataDir, f), join(copy, f));
    return copy;
  }

  test("a file that was cut short is refused, and the message says how to restore", async () => {
    const dir = await filled();
    truncateSync(join(dir, "store.lmdb"), 20_000);
    await expect(openStore(dir)).rejects.toThrow(/shorter than it says.*npm run store -- restore/s);
    expect(existsSync(join(dir, "store.lock"))).toBe(false);
  });

  test("a file cut only slightly is refused; one that merely lacks free pages at its end is not", async () => {
    const dir = await filled();
    const file = join(dir, "store.lmdb");
    const bytes = readFileSync(file);
    const claimMore = Buffer.from(bytes);
    for (const meta of [0, 4096]) claimMore.writeBigUInt64LE(claimMore.readBigUInt64LE(meta + 144) + 50n, meta + 144);
    writeFileSync(file, claimMore);
    expect(damageOf(file)).toBeUndefined();
    let cut = bytes.length;
    while (damageOf(file) === undefined) {
      cut -= 4096;
      truncateSync(file, cut);
    }
    await expect(openStore(dir)).rejects.toThrow(/shorter than it says/);
    expect(bytes.length - cut).toBeLessThan(100 * 4096);
  });

  test("damaged meta pages are refused", async () => {
    const dir = await filled();
    const bytes = readFileSync(join(dir, "store.lmdb"));
    bytes.fill(0x55, 0, 8192);
    writeFileSync(join(dir, "store.lmdb"), bytes);
    await expect(openStore(dir)).rejects.toThrow(/damaged.*restore/s);
  });

  test("a changed byte in a document is noticed when it is read, and by the check", async () => {
    const dir = await filled();
    const bytes = readFileSync(join(dir, "store.lmdb"));
    const at = bytes.indexOf("needle250 ");
    for (let i = at; i >= 0; i = bytes.indexOf("needle250 ", i + 1)) bytes[i + 1] = "E".charCodeAt(0);
    writeFileSync(join(dir, "store.lmdb"), bytes);
    const { db, server, client } = await testStore({ dataDir: dir });
    await expect(
      db
        .collection("c")
        .find({ i: { $gte: 0 } })
        .toArray(),
    ).rejects.toThrow(/checksum/);
    await client.close();
    await server.close();
    const opened = await openStore(dir);
    expect((await checkStore(opened.store)).problems.length).toBeGreaterThan(0);
    await opened.close();
  });

  test("data written by a newer version is refused", async () => {
    const dir = await filled();
    writeFileSync(join(dir, "store.format"), "999\n");
    await expect(openStore(dir)).rejects.toThrow(/newer version/);
  });
});

/** A small file system of its own, where this user may make one. */
function smallDisk(): string | undefined {
  const dir = temporaryDirectory();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", dir]).status === 0;
  if (!mounted) return undefined;
  afterAll(() => {
    spawnSync("umount", [dir]);
  });
  return dir;
}

describe("a full disk", () => {
  const disk = smallDisk();
  const dataDir = join(disk ?? temporaryDirectory(), "data");
  // Without the right to mount, any disk is made to look full after a few megabytes.
  const room = (): number => {
    const { bavail, bsize } = statfsSync(disk ?? tmpdir());
    return bavail * bsize;
  };
  const reserveBytes = disk ? 8 * 1024 * 1024 : room() - 6 * 1024 * 1024;

  test(`refuses what finds no room, clearly, loses nothing, and still lets things be deleted (${disk ? "tmpfs" : "reserve"})`, async () => {
    const opened = await openStore(dataDir, { reserveBytes });
    const { store } = opened;
    const c = await store.engine.write(() => store.catalogue.ensure("x", "c"));
    const insert = (id: number, size: number) =>
      store.engine.write(() =>
        store.collections.insert(
          c,
          new Map<string, Value>([
            ["_id", id],
            ["t", "x".repeat(size)],
          ]),
        ),
      );
    const stored: number[] = [];
    let refused: unknown;
    for (let id = 0; id < 20_000 && !refused; id++) {
      await insert(id, 5000).then(
        () => stored.push(id),
        (e: unknown) => {
          refused = e;
        },
      );
    }
    expect(refused).toMatchObject({ code: 14031 });
    expect(stored.length).toBeGreaterThan(100);
    await expect(insert(90_000, 10)).rejects.toMatchObject({ code: 14031 });
    expect(c.count).toBe(stored.length);
    await store.engine.write(() => {
      const row = { record: 1, bytes: store.collections.read(c, 1)! };
      store.collections.remove(c, row);
    }, true);
    await opened.close();
    const again = await openStore(dataDir);
    expect(await checkStore(again.store)).toMatchObject({ documents: stored.length - 1, problems: [] });
    await again.close();
  });
});

describe("a statement that fails", () => {
  test("leaves nothing behind: not the document, not a key, not a count, not a collection's index", async () => {
    const { db, server, client, dataDir } = await testStore();
    const c = db.collection("c");
    await c.createIndexes([{ key: { a: 1 } }, { key: { u: 1 }, unique: true }]);
    await c.insertMany([
      { _id: 1 as never, a: 1, u: 1 },
      { _id: 2 as never, a: 2, u: 2 },
    ]);
    await expect(c.insertOne({ a: 7, u: 2 })).rejects.toMatchObject({ code: 11000 });
    await expect(c.updateOne({ _id: 1 as never }, { $set: { a: 9, u: 2 } })).rejects.toMatchObject({ code: 11000 });
    await expect(c.updateMany({}, { $set: { a: 5, u: 77 } })).rejects.toMatchObject({ code: 11000 });
    await expect(c.updateOne({ _id: 1 as never }, { $set: { a: 9 }, $inc: { nope: "x" } as never })).rejects.toThrow();
    await c.insertOne({ _id: 3 as never, a: 1, u: 3 });
    await expect(c.createIndex({ a: 1 }, { unique: true, name: "bad" })).rejects.toThrow();
    expect(await c.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, a: 1, u: 1 },
      { _id: 2, a: 2, u: 2 },
      { _id: 3, a: 1, u: 3 },
    ]);
    expect(await c.countDocuments({ a: 9 })).toBe(0);
    expect(await c.estimatedDocumentCount()).toBe(3);
    expect((await c.indexes()).map((i) => i.name)).toEqual(["_id_", "a_1", "u_1"]);
    await client.close();
    await server.close();
    const opened = await openStore(dataDir);
    expect((await checkStore(opened.store)).problems).toEqual([]);
    await opened.close();
  });
});

describe("a commit that fails", () => {
  const withFaults = async (times: number) => {
    let left = times;
    const { store, close } = await openStore(temporaryDirectory());
    const c = await store.engine.write(() => store.catalogue.ensure("x", "c"));
    const { beforeCommit } = store.engine;
    store.engine.beforeCommit = () => {
      if (left-- > 0) throw new Error("a passing fault");
      beforeCommit();
    };
    const insert = (id: number) =>
      store.engine.write(() => store.collections.insert(c, new Map<string, Value>([["_id", id]])));
    return { store, close, insert };
  };

  test("is tried again, job by job, in a file opened anew", async () => {
    const { store, close, insert } = await withFaults(1);
    await Promise.all([insert(1), insert(2), insert(3)]);
    expect(await checkStore(store)).toMatchObject({ documents: 3, problems: [] });
    await close();
  });

  test("twice is told to the one whose it is, and nothing of it is stored", async () => {
    const { store, close, insert } = await withFaults(2);
    const outcomes = await Promise.allSettled([insert(1), insert(2)]);
    expect(outcomes.map((o) => o.status)).toEqual(["rejected", "fulfilled"]);
    expect(await checkStore(store)).toMatchObject({ documents: 1, problems: [] });
    await close();
  });
});

describe("a drop that a crash cut short", () => {
  test("leaves no records for the next collection to find", async () => {
    const dataDir = temporaryDirectory();
    const first = await openStore(dataDir);
    const c = await first.store.engine.write(() => first.store.catalogue.ensure("x", "gone"));
    await first.store.engine.write(() => first.store.collections.insert(c, new Map<string, Value>([["_id", 1]])));
    await first.store.engine.write(() => first.store.catalogue.drop(c));
    await first.close();
    const again = await openStore(dataDir);
    const next = await again.store.engine.write(() => again.store.catalogue.ensure("x", "next"));
    expect(again.store.collections.read(next, 1)).toBeUndefined();
    expect(await checkStore(again.store)).toMatchObject({ documents: 0, entries: 0, problems: [] });
    await again.close();
  });
});

describe("in a worker thread", () => {
  test("the store starts, serves, closes and starts again with its data", async () => {
    const dataDir = temporaryDirectory();
    const { MongoClient } = await import("mongodb");
    for (const n of [1, 2]) {
      const store = await startEmbeddedStore({ dataDir });
      const client = await new MongoClient(store.uri).connect();
      await client.db("w").collection("c").insertOne({ n });
      expect(await client.db("w").collection("c").countDocuments()).toBe(n);
      await expect(startEmbeddedStore({ dataDir })).rejects.toThrow(/in use/);
      await client.close();
      await store.close();
    }
  });

  test("documents past their TTL index are removed, others stay", async () => {
    const { db } = await testStore({ sweepEveryMs: 30 });
    const c = db.collection("sessions");
    await c.createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
    await c.insertMany([
      { expires: new Date(Date.now() - 1000) },
      { expires: new Date(Date.now() + 60_000) },
      { expires: "never" },
      { other: 1 },
    ]);
    const { eventually } = await import("./support");
    await eventually(async () => (await c.countDocuments()) === 3);
    expect(await c.countDocuments({ expires: { $lt: new Date() } })).toBe(0);
  });
});
