import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { backupStore, checkDirectory, restoreStore } from "../../../app/storage/embedded/backup";
import { temporaryDirectory, testStore } from "./support";

const script = fileURLToPath(new URL("../../../scripts/store.mjs", import.meta.url));
const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });

test("a backup made by another process while the store is written to is whole, and can be restored", async () => {
  const { db, client, server, dataDir } = await testStore();
  const c = db.collection("c");
  await c.createIndex({ k: 1 });
  await c.insertMany(Array.from({ length: 2000 }, (_, i) => ({ k: i % 10, text: "x".repeat(300) })));
  let writing = true;
  const writer = (async () => {
    let n = 0;
    while (writing) await c.insertOne({ k: n++ % 10 });
    return n;
  })();
  const backup = join(temporaryDirectory(), "backup");
  const made = await new Promise<{ status: number | null; out: string }>((resolve) => {
    import("node:child_process").then(({ spawn }) => {
      const child = spawn(process.execPath, [script, "backup", dataDir, backup]);
      let out = "";
      child.stdout.on("data", (d) => (out += d));
      child.stderr.on("data", (d) => (out += d));
      child.on("close", (status) => resolve({ status, out }));
    });
  });
  writing = false;
  const during = await writer;
  expect(made.out).toContain("No problems.");
  expect(made.status).toBe(0);
  await client.close();
  await server.close();
  const copy = await checkDirectory(backup);
  expect(copy.documents).toBeGreaterThanOrEqual(2000);
  expect(copy.documents).toBeLessThanOrEqual(2000 + during);

  const { kept } = await restoreStore(backup, dataDir, new Date("2026-01-02T03:04:05Z"));
  expect(kept).toContain("before-2026-01-02T030405");
  expect(await checkDirectory(dataDir)).toEqual(copy);
}, 60_000);

test("a backup does not overwrite, a damaged backup is not restored, a store in use is not replaced", async () => {
  const { db, dataDir } = await testStore();
  await db
    .collection("c")
    .insertMany(Array.from({ length: 300 }, (_, i) => ({ text: `needle${i} ${"y".repeat(100)}` })));
  await expect(backupStore(dataDir, dataDir)).rejects.toThrow("not empty");
  const backup = join(temporaryDirectory(), "b");
  const made = run("backup", dataDir, backup);
  expect(made.stderr + made.stdout).toContain("No problems.");
  await expect(restoreStore(backup, dataDir, new Date())).rejects.toThrow("in use");
  const file = join(backup, "store.lmdb");
  const bytes = readFileSync(file);
  bytes.write("X", bytes.indexOf("needle77 "));
  writeFileSync(file, bytes);
  await expect(restoreStore(backup, temporaryDirectory(), new Date())).rejects.toThrow("damaged");
  const checked = run("check", backup);
  expect(checked.status).toBe(1);
  expect(checked.stderr).toContain("is damaged");
  expect(checked.stderr).not.toContain("needle");
}, 60_000);

test("serve refuses to listen anywhere but on loopback", () => {
  const refused = run("serve", "--data", temporaryDirectory(), "--port", "0", "--host", "0.0.0.0");
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain("127.0.0.1 only");
});
