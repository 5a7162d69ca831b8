/**
 * Looks at an LMDB file before it is mapped into memory, because reading past the end of a cut file would end the
 * process. The layout is LMDB's own (data version 2, 64 bits, little endian).
 */
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";

const MAGIC = 0xbeefc0de;
const PAGE_HEADER = 24;
const BRANCH = 0x01;
const LEAF = 0x02;
const NODE_HEADER = 8;
const BIG_DATA = 0x01;
const SUB_TABLE = 0x02;
const NO_PAGE = 0xffff_ffff_ffff_ffffn;

interface Meta {
  pageSize: number;
  roots: bigint[];
  lastPage: bigint;
  transaction: bigint;
}

/** What is wrong with the file, or undefined when it can be opened. */
export function damageOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const fd = openSync(file, "r");
  try {
    const size = fstatSync(fd).size;
    if (size === 0) return undefined;
    const first = readMeta(fd, 0);
    const second = first && readMeta(fd, first.pageSize);
    if (!first || !second) return "a meta page cannot be read";
    const newest = first.transaction > second.transaction ? first : second;
    if ((newest.lastPage + 1n) * BigInt(newest.pageSize) <= BigInt(size)) return undefined;
    // The last pages may never have been written, when they were free again before their first commit.
    return reachesBeyond(fd, newest, size) ? "it is shorter than it says" : undefined;
  } finally {
    closeSync(fd);
  }
}

/** Page header; then magic, version, address, map size, two tables of 48 bytes, last page, transaction. */
function readMeta(fd: number, at: number): Meta | undefined {
  const b = Buffer.alloc(168);
  if (readSync(fd, b, 0, b.length, at) < b.length || b.readUInt32LE(PAGE_HEADER) !== MAGIC) return undefined;
  const tables = PAGE_HEADER + 24;
  return {
    pageSize: b.readUInt32LE(tables),
    roots: [b.readBigUInt64LE(tables + 40), b.readBigUInt64LE(tables + 88)],
    lastPage: b.readBigUInt64LE(tables + 96),
    transaction: b.readBigUInt64LE(tables + 104),
  };
}

/** True when the trees use a page that the file does not have. */
function reachesBeyond(fd: number, meta: Meta, size: number): boolean {
  const has = BigInt(Math.floor(size / meta.pageSize));
  const waiting = meta.roots.filter((r) => r !== NO_PAGE);
  const page = Buffer.alloc(meta.pageSize);
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at >= has || readSync(fd, page, 0, meta.pageSize, Number(at) * meta.pageSize) < meta.pageSize) return true;
    for (const used of pagesUsedBy(page, meta.pageSize)) {
      if (used.last >= has) return true;
      if (used.tree) waiting.push(used.first);
    }
  }
  return false;
}

interface Used {
  first: bigint;
  last: bigint;
  /** A page of a tree, to be looked at in turn; otherwise a long value. */
  tree: boolean;
}

/** The pages that a page of a tree points to. */
function* pagesUsedBy(page: Buffer, pageSize: number): Generator<Used> {
  const flags = page.readUInt16LE(18);
  if ((flags & (BRANCH | LEAF)) === 0) return;
  const count = page.readUInt16LE(20) >> 1;
  for (let i = 0; i < count; i++) {
    const node = page.readUInt16LE(PAGE_HEADER + 2 * i) + PAGE_HEADER;
    if (node + NODE_HEADER > pageSize) return;
    const low = BigInt(page.readUInt32LE(node));
    const nodeFlags = page.readUInt16LE(node + 4);
    const data = node + NODE_HEADER + page.readUInt16LE(node + 6);
    if (flags & BRANCH) {
      const child = low | (BigInt(nodeFlags) << 32n);
      yield { first: child, last: child, tree: true };
    } else if (nodeFlags & BIG_DATA) {
      const first = page.readBigUInt64LE(data);
      yield { first, last: first + (low + BigInt(PAGE_HEADER) - 1n) / BigInt(pageSize), tree: false };
    } else if (nodeFlags & SUB_TABLE) {
      const root = page.readBigUInt64LE(data + 40);
      if (root !== NO_PAGE) yield { first: root, last: root, tree: true };
    }
  }
}
