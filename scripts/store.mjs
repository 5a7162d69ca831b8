// `npm run store`: runs scripts/store.ts as one bundled file, made anew when a source of it has changed. Reading seventy
// files of TypeScript at every start would take half a second and the memory of a compiler.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

// Garbage of short life is collected at 1 MB rather than 16: most of what this process keeps is one message long.
setFlagsFromString("--semi-space-growth-factor=1");

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, ".cache", "store");
const sources = [fileURLToPath(import.meta.url), join(root, "scripts/store.ts"), join(root, "app/storage/embedded")];
const bundle = join(folder, `${stamp()}.mjs`);
if (!existsSync(bundle)) await makeBundle();
await import(bundle);

/** Changes with the name, size and time of every source. */
function stamp() {
  const hash = createHash("sha256");
  const add = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  for (const source of sources) add(source);
  return hash.digest("hex").slice(0, 16);
}

async function makeBundle() {
  const { buildSync } = await import("esbuild");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const making = join(folder, `${process.pid}.mjs`);
  buildSync({
    entryPoints: [join(root, "scripts/store.ts")],
    outfile: making,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  renameSync(making, bundle);
}
