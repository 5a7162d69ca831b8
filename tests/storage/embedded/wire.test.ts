import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { serialize } from "bson";
import { MongoClient } from "mongodb";
import { describe, expect, test } from "vitest";
import { serveEmbeddedStore } from "../../../app/storage/embedded/server";
import { Framer, readMessage } from "../../../app/storage/embedded/wire";
import { random, temporaryDirectory, testStore } from "./support";

const { server, db, faults } = await testStore();
const socketPath = decodeURIComponent(server.uri.slice("mongodb://".length).split("/?")[0]!);

function message(body: Record<string, unknown>, flags = 0): Buffer {
  const bytes = Buffer.from(serialize(body));
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + bytes.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(2013, 12);
  head.writeUInt32LE(flags, 16);
  return Buffer.concat([head, bytes]);
}

const ping = message({ ping: 1, $db: "test" });

/** Sends bytes and ends its side; resolves with what came back once the server has closed. */
function exchange(bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const got: Buffer[] = [];
    const socket: Socket = connect(socketPath);
    socket.on("data", (d) => got.push(d));
    socket.on("error", () => {});
    socket.on("close", () => resolve(Buffer.concat(got)));
    socket.end(bytes);
  });
}

function nested(depth: number): Record<string, unknown> {
  let d: Record<string, unknown> = { x: 1 };
  for (let i = 0; i < depth; i++) d = { d };
  return d;
}

describe("malformed input", () => {
  test.each([
    ["a length below the header", Buffer.from([3, 0, 0, 0, ...Buffer.alloc(20)])],
    ["a negative length", Buffer.from([255, 255, 255, 255, ...Buffer.alloc(20)])],
    ["a huge length", Buffer.from([255, 255, 255, 127, ...Buffer.alloc(20)])],
    ["an unknown kind of message", Buffer.concat([Buffer.from([16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 9, 0, 0])])],
    ["unknown flags", message({ ping: 1, $db: "t" }, 8)],
    ["no database", message({ ping: 1 })],
    ["a truncated body", ping.subarray(0, ping.length - 3)],
    ["nesting beyond the limit", message({ ping: 1, $db: "t", comment: nested(200) })],
  ])("%s ends that connection and no other", async (_, bytes) => {
    expect((await exchange(bytes)).length).toBe(0);
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  test("a string that is not UTF-8 ends the connection", async () => {
    const bytes = message({ insert: "c", $db: "t", documents: [{ s: "aaaa" }] });
    bytes.write("\xff\xfe", bytes.indexOf("aaaa"), "latin1");
    expect((await exchange(bytes)).length).toBe(0);
  });

  test("messages cut anywhere arrive whole, several at once in order", () => {
    const all = Buffer.concat([ping, message({ hello: 1, $db: "admin" }), ping]);
    for (let step = 1; step < 40; step++) {
      const framer = new Framer();
      const found: Buffer[] = [];
      for (let i = 0; i < all.length; i += step) found.push(...framer.push(all.subarray(i, i + step)));
      expect(found.map((m) => readMessage(m).command.keys().next().value)).toEqual(["ping", "hello", "ping"]);
    }
  });

  test("thousands of damaged messages leave the store serving and its data whole", async () => {
    const r = random(99);
    const c = db.collection("kept");
    await c.insertMany(Array.from({ length: 50 }, (_, i) => ({ i })));
    const seeds = [
      ping,
      message({ find: "kept", filter: { i: { $gt: 3 }, s: /x/ }, sort: { i: 1 }, $db: "test" }),
      message({ insert: "other", documents: [{ a: [1, { b: 2 }], d: new Date(5) }], $db: "test" }),
      message({ update: "other", updates: [{ q: { a: 1 }, u: { $set: { "a.0": 5 } } }], $db: "test" }),
      message({ aggregate: "kept", pipeline: [{ $group: { _id: "$i" } }], cursor: {}, $db: "test" }),
    ];
    const rounds = process.env.LONG ? 40_000 : 2000;
    for (let i = 0; i < rounds; i += 20) {
      const batch = Array.from({ length: 20 }, () => {
        const bytes = Buffer.from(r.pick(seeds));
        for (let n = r.below(6); n >= 0; n--) bytes[16 + r.below(bytes.length - 16)] = r.below(256);
        return r.below(4) === 0 ? bytes.subarray(0, r.below(bytes.length)) : bytes;
      });
      await Promise.all(batch.map(exchange));
    }
    expect(await c.countDocuments({ i: { $gte: 0 } })).toBe(50);
    expect(faults).toEqual([]);
  }, 120_000);
});

describe("the door", () => {
  test("a socket path that would be cut is refused, and so is a name that does not end in .sock", async () => {
    const dataDir = temporaryDirectory();
    await expect(serveEmbeddedStore({ dataDir, socketPath: join(dataDir, `${"x".repeat(120)}.sock`) })).rejects.toThrow(
      "107 bytes",
    );
    await expect(serveEmbeddedStore({ dataDir, socketPath: join(dataDir, "s") })).rejects.toThrow(".sock");
  });

  test("a port is opened on loopback only", async () => {
    const onPort = await serveEmbeddedStore({ dataDir: temporaryDirectory(), port: 0 });
    expect(onPort.uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\//);
    const client = await new MongoClient(onPort.uri).connect();
    expect(await client.db("x").command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
    await onPort.close();
  });

  test("it greets as a standalone server without sessions or transactions", async () => {
    const hello = await db.admin().command({ hello: 1 });
    expect(hello).toMatchObject({ isWritablePrimary: true, maxWireVersion: 21, ok: 1 });
    for (const field of ["setName", "logicalSessionTimeoutMinutes", "topologyVersion"])
      expect(hello).not.toHaveProperty(field);
    await expect(db.command({ insert: "c", documents: [{}], lsid: { id: 1 }, txnNumber: 1 })).rejects.toMatchObject({
      code: 20,
    });
    expect(await db.command({ ping: 1, lsid: { id: 1 } })).toMatchObject({ ok: 1 });
  });
});
