/** `npm run store -- serve` as a process of its own, and what memory it takes. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface ServedStore {
  uri: string;
  memory(): ReturnType<typeof privateMemory>;
  /** As `kill -9` does; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** As `npm run store` has them: freed memory goes back to the system instead of being kept for later. */
const allocatorSettings = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_TRIM_THRESHOLD_: "131072",
  MALLOC_MMAP_THRESHOLD_: "262144",
};

export async function serveStore(dataDir: string): Promise<ServedStore> {
  const folder = mkdtempSync(join(tmpdir(), "ct-"));
  const args = ["scripts/store.mjs", "serve", "--data", dataDir, "--socket", join(folder, "b.sock")];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...allocatorSettings },
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const uri = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once("line", resolve);
    child.once("exit", () => reject(new Error("the store did not start")));
  });
  return {
    uri,
    memory: () => privateMemory(child.pid!),
    async kill() {
      child.kill("SIGKILL");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Private memory in MB by smaps_rollup; `ownMB` leaves out clean pages of files, which can be dropped and read again. */
export function privateMemory(pid: number): { privateMB: number; ownMB: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const mb = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1]) / 1024;
  const dirty = mb("Private_Dirty");
  return { privateMB: Math.round(mb("Private_Clean") + dirty), ownMB: Math.round(dirty) };
}
