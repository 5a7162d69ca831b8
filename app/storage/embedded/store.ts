/** Opens a data directory: lock, format version, damage check, engine, catalogue. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Catalogue } from "./catalogue";
import { Collections } from "./collection";
import type { Store } from "./commands/context";
import { Cursors } from "./cursors";
import { Engine } from "./engine";
import { damageOf } from "./lmdb-file";
import { lockDirectory } from "./lock";
import { clearOrphans } from "./orphans";

export const FORMAT_VERSION = 1;
export const DATA_FILE = "store.lmdb";
export const FORMAT_FILE = "store.format";
/** Address space, not disk: the most the store can grow to. */
const MAP_BYTES = 256 * 2 ** 30;

/** More than the largest message and its index entries can take. */
const RESERVE_BYTES = 64 * 1024 * 1024;

/** Enough for the upper pages of every tree and a batch of work; the system's cache keeps the rest at hand. */
const MOST_MAPPED_BYTES = 32 * 1024 * 1024;

export interface OpenOptions {
  now?: (() => number) | undefined;
  /** With less room than this left on the disk, writes are refused. */
  reserveBytes?: number | undefined;
  /** With more of the file than this in the process's memory, it is closed and opened again. */
  mostMappedBytes?: number | undefined;
}

export interface OpenStore {
  store: Store;
  close(): Promise<void>;
}

/** Opens or creates a store. Throws, naming what to do, when it is in use, of another version, or damaged. */
export async function openStore(dataDir: string, options: OpenOptions = {}): Promise<OpenStore> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = await lockDirectory(dataDir);
  try {
    checkFormat(dataDir);
    const damage = damageOf(join(dataDir, DATA_FILE));
    if (damage) throw new Error(`${join(dataDir, DATA_FILE)} is damaged: ${damage}. ${restoreHint(dataDir)}`);
    const engine = Engine.open(join(dataDir, DATA_FILE), {
      mapBytes: MAP_BYTES,
      reserveBytes: options.reserveBytes ?? RESERVE_BYTES,
      mostMappedBytes: options.mostMappedBytes ?? MOST_MAPPED_BYTES,
    });
    const catalogue = new Catalogue(engine);
    await clearOrphans(engine, catalogue);
    const store: Store = {
      engine,
      catalogue,
      collections: new Collections(engine, catalogue),
      cursors: new Cursors(),
      now: options.now ?? Date.now,
    };
    return {
      store,
      async close() {
        await engine.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function restoreHint(dataDir: string): string {
  return `Restore a backup: npm run store -- restore BACKUP_DIR ${dataDir}`;
}

function checkFormat(dataDir: string): void {
  const file = join(dataDir, FORMAT_FILE);
  if (!existsSync(file)) {
    if (existsSync(join(dataDir, DATA_FILE))) throw new Error(`${file} is missing. ${restoreHint(dataDir)}`);
    writeFileSync(file, `${FORMAT_VERSION}\n`, { mode: 0o600 });
    return;
  }
  const version = Number(readFileSync(file, "utf8").trim());
  if (version === FORMAT_VERSION) return;
  if (version > FORMAT_VERSION) {
    throw new Error(
      `the data in ${dataDir} was written by a newer version (format ${version}, this one reads ${FORMAT_VERSION}): use that version`,
    );
  }
  throw new Error(`${file} does not name a format this version reads. ${restoreHint(dataDir)}`);
}
