import { Transform } from "node:stream";

/**
 * A page on its way out. React 18 writes its whole buffer where a character of several bytes no longer fits at its end,
 * and the rest of the buffer is zeros, in the middle of what people wrote. No character of a page has a zero byte.
 */
export function withoutZeroBytes(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk);
    },
  });
}
