import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Db, MongoClient, type MongoClientOptions } from "mongodb";
import { afterAll } from "vitest";
import { type EmbeddedStoreServer, serveEmbeddedStore } from "../../../app/storage/embedded/server";

export function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), "store-test-"));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export interface TestStore {
  db: Db;
  client: MongoClient;
  server: EmbeddedStoreServer;
  dataDir: string;
  faults: Error[];
}

/** A store of its own on a socket, and a driver connected to it; both closed after the file's tests. */
export async function testStore(
  options: { dataDir?: string; sweepEveryMs?: number; mostMappedBytes?: number; driver?: MongoClientOptions } = {},
): Promise<TestStore> {
  const dataDir = options.dataDir ?? temporaryDirectory();
  const faults: Error[] = [];
  const server = await serveEmbeddedStore({
    dataDir,
    socketPath: join(temporaryDirectory(), "s.sock"),
    sweepEveryMs: options.sweepEveryMs ?? 60_000,
    ...(options.mostMappedBytes === undefined ? {} : { mostMappedBytes: options.mostMappedBytes }),
    onFault: (e) => faults.push(e),
  });
  const client = await new MongoClient(server.uri, options.driver ?? {}).connect();
  afterAll(async () => {
    await client.close();
    await server.close();
  });
  return { db: client.db("test"), client, server, dataDir, faults };
}

/** A small random number generator with a fixed seed: the same numbers in every run. */
export function random(seed: number): { below(n: number): number; pick<T>(list: readonly T[]): T } {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
  return { below, pick: (list) => list[below(list.length)]! };
}

/** Waits for something to become true. */
export async function eventually(holds: () => Promise<boolean> | boolean, withinMs = 10_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error("it did not become true in time");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
