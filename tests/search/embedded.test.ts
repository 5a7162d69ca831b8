import { type ChildProcess, spawn } from "node:child_process";
import { appendFile, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { type EmbeddedSearch, startEmbeddedSearch } from "../../search/embedded";
import { engineVersion } from "../../search/engine-binary";
import { eventually } from "../support/eventually";

let dataDir: string;
const running: EmbeddedSearch[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "ct-engine-"));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const engine of running.splice(0)) await engine.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<Parameters<typeof startEmbeddedSearch>[0]> = {}): Promise<EmbeddedSearch> {
  const engine = await startEmbeddedSearch({ dataDir, ...options });
  running.push(engine);
  return engine;
}

async function answers(url: string | undefined, key = ""): Promise<number> {
  try {
    return (await fetch(`${url}/indexes`, { headers: { authorization: `Bearer ${key}` } })).status;
  } catch {
    return 0;
  }
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("The engine of one machine", () => {
  test("answers on loopback to nobody without its key, and ends when it is closed", async () => {
    const engine = await start();
    const address = engine.address();
    expect(engine.unavailable()).toBeUndefined();
    expect(address?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await answers(address?.url, address?.key)).toBe(200);
    expect(await answers(address?.url, "guess")).toBe(403);
    expect((await stat(join(dataDir, "bin", `meilisearch-${engineVersion}`))).mode & 0o777).toBe(0o700);
    await engine.close();
    expect(await answers(address?.url)).toBe(0);
  });

  test("is started again at the same address, with its data, when it dies", async () => {
    const faults: string[] = [];
    const engine = await start({
      onFault: (fault) => faults.push(fault.message),
      backoffMs: { shortest: 10, longest: 100 },
    });
    const { url = "", key = "" } = engine.address() ?? {};
    await fetch(`${url}/indexes`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ uid: "kept", primaryKey: "id" }),
    });
    await eventually(() => hasIndex(url, key, "kept"));
    const before = engine.pid();
    process.kill(before ?? 0, "SIGKILL");
    await eventually(() => engine.pid() !== before);
    await eventually(() => hasIndex(url, key, "kept"));
    expect(faults).toEqual(["The search engine ended with code 137."]);
  });

  test("does not run when the file is not the one that was pinned, and the product is told why", async () => {
    await (await start()).close();
    const file = join(dataDir, "bin", `meilisearch-${engineVersion}`);
    // A changed copy is replaced by the packaged file.
    await appendFile(file, "changed");
    const engine = await start();
    expect(engine.unavailable()).toBeUndefined();
    expect(await answers(engine.address()?.url, engine.address()?.key)).toBe(200);
  });

  test("is unavailable, with the reason, on another platform", async () => {
    vi.stubGlobal("process", { ...process, platform: "darwin", arch: "arm64" });
    const engine = await startEmbeddedSearch({ dataDir });
    expect(engine.unavailable()).toBe("No search engine is packaged for darwin on arm64.");
    expect(engine.address()).toBeUndefined();
  });

  test("is unavailable when its folder cannot be made, and throws nothing", async () => {
    await writeFile(join(dataDir, "search"), "a file where the folder should be");
    const engine = await start();
    expect(engine.unavailable()).toContain("search");
  });

  test("ends when the process that runs it is killed, and the next start finds the folder free", async () => {
    const owner = await ownerProcess();
    expect(isAlive(owner.pid)).toBe(true);
    owner.process.kill("SIGKILL");
    await eventually(() => !isAlive(owner.pid));
    const engine = await start();
    expect(engine.unavailable()).toBeUndefined();
  });

  test("leaves a folder alone that another living process uses, and takes it over once that has ended", async () => {
    const owner = await ownerProcess();
    const faults: string[] = [];
    const engine = await start({
      onFault: (fault) => faults.push(fault.message),
      backoffMs: { shortest: 20, longest: 100 },
    });
    expect(faults[0]).toBe("Another process runs the search engine on this data folder.");
    expect([engine.address(), engine.unavailable()]).toEqual([undefined, undefined]);
    expect(isAlive(owner.pid)).toBe(true);
    owner.process.kill("SIGKILL");
    await eventually(() => engine.address() !== undefined);
    expect(await answers(engine.address()?.url, engine.address()?.key)).toBe(200);
    expect(isAlive(owner.pid)).toBe(false);
  });

  test("starts from an empty index after a time without it, because nobody told it what happened then", async () => {
    const first = await start();
    const { url = "", key = "" } = first.address() ?? {};
    await fetch(`${url}/indexes`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ uid: "old", primaryKey: "id" }),
    });
    await eventually(() => hasIndex(url, key, "old"));
    await first.close();
    vi.stubGlobal("process", { ...process, platform: "darwin", arch: "arm64" });
    expect((await startEmbeddedSearch({ dataDir })).unavailable()).toBeDefined();
    vi.unstubAllGlobals();
    const again = await start();
    expect(await hasIndex(again.address()?.url ?? "", again.address()?.key ?? "", "old")).toBe(false);
  });

  test("is not fooled by the folder's note when the process numbers in it belong to others by now", async () => {
    const folder = join(dataDir, "search", engineVersion);
    await mkdir(folder, { recursive: true });
    const stranger = { pid: process.ppid, startedAt: "1" };
    await writeFile(join(folder, "engine.json"), JSON.stringify({ engine: stranger, owner: stranger }));
    const engine = await start();
    expect(engine.unavailable()).toBeUndefined();
    expect(isAlive(process.ppid)).toBe(true);
  });
});

async function hasIndex(url: string, key: string, uid: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/indexes/${uid}`, { headers: { authorization: `Bearer ${key}` } })).ok;
  } catch {
    return false;
  }
}

const ownerSchema = z.object({ url: z.string(), key: z.string(), pid: z.number() });

async function ownerProcess(): Promise<z.infer<typeof ownerSchema> & { process: ChildProcess }> {
  const args = ["--import", "tsx", "tests/support/run-engine-until-killed.ts", dataDir];
  const owner = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: owner.stdout });
  for await (const line of lines) return { ...ownerSchema.parse(JSON.parse(line)), process: owner };
  throw new Error("The process ended before it said anything.");
}
