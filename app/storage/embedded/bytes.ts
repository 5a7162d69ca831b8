/** Key bytes and their neighbours. */

/** An index entry is the number of its index, its key, and the number of its record. */
export const INDEX_BYTES = 4;
export const RECORD_BYTES = 6;

export function u32(n: number): Buffer {
  const b = Buffer.allocUnsafe(4);
  b.writeUInt32BE(n, 0);
  return b;
}

/** The first bytes greater than everything that begins with `prefix`. */
export function after(prefix: Buffer): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  const out = Buffer.from(prefix.subarray(0, end));
  if (end > 0) out[end - 1]!++;
  return out;
}
