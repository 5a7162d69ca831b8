/** Reads everything: every record's checksum, and that indexes hold exactly what the documents say. */
import { decode } from "./bson";
import { after, u32 } from "./bytes";
import type { Collection, Index } from "./catalogue";
import { documentKey, entryKey, recordOf } from "./collection";
import type { Store } from "./commands/context";
import { open } from "./records";

export interface Findings {
  collections: number;
  documents: number;
  entries: number;
  /** What is wrong, without anything people wrote. */
  problems: string[];
}

const CHUNK = 512;

export async function checkStore(store: Store): Promise<Findings> {
  const findings: Findings = { collections: 0, documents: 0, entries: 0, problems: [] };
  for (const c of store.catalogue.all()) {
    findings.collections++;
    const expected = new Map(c.indexes.map((i) => [i.id, 0]));
    const counted = await checkDocuments(store, c, expected, findings);
    if (counted !== c.count) findings.problems.push(`${c.ns}: ${counted} documents, but its count says ${c.count}`);
    for (const index of c.indexes) await checkEntries(store, c, index, expected.get(index.id) ?? 0, findings);
  }
  return findings;
}

async function checkDocuments(
  store: Store,
  c: Collection,
  expected: Map<number, number>,
  findings: Findings,
): Promise<number> {
  let lo = u32(c.id);
  const hi = after(lo);
  let counted = 0;
  for (;;) {
    const entries = store.engine.entries("docs", lo, hi, CHUNK);
    for (const { key, value } of entries) {
      counted++;
      checkDocument(store, c, recordOf(key), value, expected, findings);
    }
    const last = entries.at(-1);
    if (!last || entries.length < CHUNK) break;
    lo = documentKey(c, recordOf(last.key) + 1);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  findings.documents += counted;
  return counted;
}

function checkDocument(
  store: Store,
  c: Collection,
  record: number,
  value: Buffer,
  expected: Map<number, number>,
  findings: Findings,
): void {
  try {
    const d = decode(open(value));
    for (const index of c.indexes) {
      const { keys } = store.collections.keysFor(index, d);
      expected.set(index.id, (expected.get(index.id) ?? 0) + keys.length);
      for (const key of keys) {
        if (store.engine.get("index", entryKey(index, key, record)) === undefined) {
          findings.problems.push(`${c.ns}: record ${record} is missing from index ${index.name}`);
        }
      }
    }
  } catch {
    findings.problems.push(`${c.ns}: record ${record} is damaged`);
  }
}

async function checkEntries(
  store: Store,
  c: Collection,
  index: Index,
  expected: number,
  findings: Findings,
): Promise<void> {
  let lo = u32(index.id);
  const hi = after(lo);
  let counted = 0;
  for (;;) {
    const keys = store.engine.keys("index", lo, hi, CHUNK);
    counted += keys.length;
    const last = keys.at(-1);
    if (!last || keys.length < CHUNK) break;
    lo = Buffer.concat([last, Buffer.alloc(1)]);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  findings.entries += counted;
  if (counted !== expected)
    findings.problems.push(`${c.ns}: index ${index.name} has ${counted} entries, its documents say ${expected}`);
}
