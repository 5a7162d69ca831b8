/** Replies that carry stored documents: assembled from their bytes, never decoded. */
import { encode } from "./bson-write";
import { type Doc, doc } from "./values";

/** A reply body ready for the wire. */
export type Reply = Doc | Buffer;

/** {cursor: {id, ns, firstBatch|nextBatch: [...]}, ok: 1} around documents that are already BSON. */
export function cursorReply(
  field: "firstBatch" | "nextBatch",
  documents: readonly Buffer[],
  id: bigint,
  ns: string,
): Buffer {
  const heads: Buffer[] = [];
  let size = 5;
  for (const [i, d] of documents.entries()) {
    const head = Buffer.from(`\x03${i}\0`, "latin1");
    heads.push(head);
    size += head.length + d.length;
  }
  const array = Buffer.allocUnsafeSlow(size);
  array.writeInt32LE(size, 0);
  let p = 4;
  for (const [i, d] of documents.entries()) {
    p += heads[i]!.copy(array, p);
    p += d.copy(array, p);
  }
  array[p] = 0;
  const tail = encode(doc({ id, ns })).subarray(4);
  const cursor = wrap([Buffer.from(`\x04${field}\0`, "latin1"), array, tail]);
  return wrap([Buffer.from("\x03cursor\0", "latin1"), cursor, encode(ok({})).subarray(4)]);
}

/** A document from the bytes of its elements; the last part brings the closing zero. */
function wrap(parts: Buffer[]): Buffer {
  const length = Buffer.allocUnsafe(4);
  length.writeInt32LE(4 + parts.reduce((n, p) => n + p.length, 0), 0);
  return Buffer.concat([length, ...parts]);
}

/** Adds `ok: 1` (a double, as MongoDB has it). */
export function ok(fields: Parameters<typeof doc>[0]): Doc {
  const d = doc(fields);
  d.set("ok", 1);
  return d;
}
