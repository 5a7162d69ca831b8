/** The floor of a durable update: LMDB alone, given the bytes that such an update changes. */

import { join } from "node:path";
import { open } from "lmdb";

export interface Floor {
  /** Commits a record and one moved index entry. */
  plain(i: number): void;
  /** Commits a record and as many moved index entries as an issue has on boards. */
  move(i: number): void;
  close(): Promise<void>;
}

const BOARD_ENTRIES = 15;
const RECORD = Buffer.alloc(1400, "x");
const NOTHING = Buffer.alloc(1);

/** Fills a scratch file of its own with as many records and board entries first, so that its trees are as deep. */
export async function rawCommit(folder: string, documents: number): Promise<Floor> {
  const env = open<Buffer, Buffer>({
    path: join(folder, `floor-${documents}.lmdb`),
    noSubdir: true,
    encoding: "binary",
    keyEncoding: "binary",
    cache: false,
    overlappingSync: false,
    mapSize: 16 * 2 ** 30,
    maxDbs: 3,
  });
  const docs = env.openDB({ name: "docs", encoding: "binary", keyEncoding: "binary", cache: false });
  const index = env.openDB({ name: "index", encoding: "binary", keyEncoding: "binary", cache: false });
  for (let from = 0; from < documents; from += 5000) {
    env.transactionSync(() => {
      for (let i = from; i < Math.min(documents, from + 5000); i++) {
        docs.put(key(0, i), RECORD);
        for (let k = 0; k < BOARD_ENTRIES; k++) index.put(key(k, i, "a"), NOTHING);
      }
    });
  }
  const commit = (i: number, entries: number): void => {
    env.transactionSync(() => {
      docs.put(key(0, i), RECORD);
      for (let k = 0; k < entries; k++) {
        index.remove(key(k, i, "a"));
        index.put(key(k, i, "b"), NOTHING);
      }
    });
  };
  return { plain: (i) => commit(i, 1), move: (i) => commit(i, BOARD_ENTRIES), close: () => env.close() };
}

/** 40 bytes, near what a board entry takes. */
function key(list: number, i: number, state = ""): Buffer {
  return Buffer.from(`${String(list).padStart(4, "0")}${state}${String((i * 7919) % 1e9).padStart(30, "0")}${i}`);
}
