import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { build } from "esbuild";

/** Every bundle the server side needs, by the name it gets in `build/`. Workers and children are entries of their own. */
const entries = {
  server: "app/server/main.ts",
  demo: "scripts/demo-main.ts",
  "embedded-store-worker": "app/storage/embedded/worker.ts",
  "sentence-worker": "search/sentence-worker.ts",
  "theme-analysis-child": "app/server/theme-analysis-child.ts",
};

const sources = [
  "app",
  "realtime",
  "search",
  "scripts",
  "data",
  "public",
  "package-lock.json",
  "vite.config.ts",
  "remix.config.js",
];
const stampFile = "build/.stamp";
const aside = "build.next";
const lockFile = ".cache/build.lock";

/**
 * Builds pages and server into `build/`, unless what is there was made from these very sources. One build at a time;
 * it is made aside and put in place whole.
 */
export async function buildAll(say: (line: string) => void): Promise<void> {
  if (isFresh(sourceStamp())) return;
  await takeLock();
  try {
    const stamp = sourceStamp();
    if (isFresh(stamp)) return;
    rmSync(aside, { recursive: true, force: true });
    say("Building the pages (about half a minute) ...");
    buildPages();
    say("Building the server ...");
    await buildServer();
    writeFileSync(join(aside, ".stamp"), stamp);
    rmSync("build", { recursive: true, force: true });
    renameSync(aside, "build");
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function isFresh(stamp: string): boolean {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}

/** Waits for another build to end. A lock whose process is gone is nobody's. */
async function takeLock(): Promise<void> {
  mkdirSync(".cache", { recursive: true });
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    if (isHeld()) await wait(300);
    else rmSync(lockFile, { force: true });
  }
}

/** Whether the process that wrote the lock still runs. */
function isHeld(): boolean {
  try {
    const pid = Number(readFileSync(lockFile, "utf8"));
    // Empty for the moment between making the file and writing into it.
    return pid === 0 || isRunning(pid);
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function buildPages(): void {
  const remix = spawnSync(process.execPath, ["node_modules/@remix-run/dev/dist/cli.js", "vite:build"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", BUILD_DIR: aside },
    encoding: "utf8",
  });
  if (remix.status !== 0) throw new Error(`the pages did not build:\n${remix.stdout}\n${remix.stderr}`);
}

async function buildServer(): Promise<void> {
  await build({
    entryPoints: entries,
    outdir: aside,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "error",
  });
}

/** A hash over name, size and time of every source file: a changed file means a new build. */
function sourceStamp(): string {
  const hash = createHash("sha256");
  const walk = (path: string) => {
    if (!existsSync(path)) return;
    const stat = statSync(path);
    if (!stat.isDirectory()) {
      hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(path).sort()) walk(join(path, name));
  };
  for (const source of sources) walk(source);
  return hash.digest("hex");
}

if (process.argv[1]?.endsWith("build.ts")) await buildAll((line) => console.log(line));
