/** Opens a data directory: lock, format version, damage check, engine, catalogue. */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Catalogue } from "./catalogue";
import { Collections } from "./collection";
import type { Store } from "./commands/context";
import { Cursors } from "./cursors";
import { Engine } from "./engine";
import { lockDirectory } from "./lock";

export const FORMAT_VERSION = 1;
export const DATA_FILE = "store.lmdb";
export const FORMAT_FILE = "store.format";
/** Address space, not disk: the most the store can grow to. */
const MAP_BYTES = 256 * 2 ** 30;

export interface OpenStore {
  store: Store;
  close(): Promise<void>;
}

/** Opens or creates a store. Throws, naming what to do, when it is in use, of another version, or damaged. */
export async function openStore(dataDir: string, now: () => number = Date.now): Promise<OpenStore> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = await lockDirectory(dataDir);
  try {
    checkFormat(dataDir);
    checkFile(join(dataDir, DATA_FILE));
    const engine = Engine.open(join(dataDir, DATA_FILE), MAP_BYTES);
    const catalogue = new Catalogue(engine);
    const store: Store = {
      engine,
      catalogue,
      collections: new Collections(engine, catalogue),
      cursors: new Cursors(),
      now,
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

const LMDB_MAGIC = 0xbeefc0de;
const PAGE = 4096;

/** Reading past a cut file would end the process, so its length is compared with what its newest meta page says. */
function checkFile(file: string): void {
  if (!existsSync(file)) return;
  const fd = openSync(file, "r");
  try {
    const size = fstatSync(fd).size;
    if (size === 0) return;
    const metas = [0, 1].map((i) => readMeta(fd, i)).filter((m) => m !== undefined);
    if (metas.length === 0)
      throw new Error(`${file} is damaged: neither of its meta pages can be read. ${restoreHint(join(file, ".."))}`);
    const newest = metas.reduce((a, b) => (b.transaction > a.transaction ? b : a));
    if ((newest.lastPage + 1n) * BigInt(PAGE) > BigInt(size)) {
      throw new Error(`${file} is damaged: it is shorter than it says. ${restoreHint(join(file, ".."))}`);
    }
  } finally {
    closeSync(fd);
  }
}

interface Meta {
  lastPage: bigint;
  transaction: bigint;
}

/** Page header 24 bytes; then magic, version, address, map size, two tables of 48 bytes, last page, transaction. */
function readMeta(fd: number, page: number): Meta | undefined {
  const b = Buffer.alloc(168);
  if (readSync(fd, b, 0, b.length, page * PAGE) < b.length) return undefined;
  if (b.readUInt32LE(24) !== LMDB_MAGIC) return undefined;
  return { lastPage: b.readBigUInt64LE(144), transaction: b.readBigUInt64LE(152) };
}
