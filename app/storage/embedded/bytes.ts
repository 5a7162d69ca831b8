/** Key bytes and their neighbours. */

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
