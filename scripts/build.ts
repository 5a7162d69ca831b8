import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** Every bundle the server side needs, by the name it gets in `build/`. Workers and children are entries of their own. */
const entries = {
  server: "app/server/main.ts",
  demo: "scripts/demo-main.ts",
  "embedded-store-worker": "app/storage/embedded/worker.ts",
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

/** Builds pages and server into `build/`, unless what is there was made from these very sources. */
export async function buildAll(say: (line: string) => void): Promise<void> {
  const stamp = sourceStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  rmSync(stampFile, { force: true });
  say("Building the pages (about half a minute) ...");
  const remix = spawnSync(process.execPath, ["node_modules/@remix-run/dev/dist/cli.js", "vite:build"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production" },
    encoding: "utf8",
  });
  if (remix.status !== 0) throw new Error(`the pages did not build:\n${remix.stdout}\n${remix.stderr}`);
  say("Building the server ...");
  await build({
    entryPoints: entries,
    outdir: "build",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "error",
  });
  mkdirSync("build", { recursive: true });
  writeFileSync(stampFile, stamp);
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
