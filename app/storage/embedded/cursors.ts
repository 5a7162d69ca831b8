/** Open cursors: what is left of a result between getMores. */
import { randomBytes } from "node:crypto";
import { StoreError } from "./errors";
import type { Stream } from "./stream";

const IDLE_MS = 10 * 60_000;
const FORGOTTEN_MS = 60_000;
const MOST = 1000;
export const BATCH_BYTES = 15 * 1024 * 1024;

export interface Cursor {
  id: bigint;
  ns: string;
  stream: Stream<Buffer>;
  /** Read from the stream but too large for the last batch. */
  held: Buffer | undefined;
  usedAt: number;
  busy: boolean;
}

export class Cursors {
  private readonly open = new Map<bigint, Cursor>();

  /** Keeps the rest of a result. */
  keep(ns: string, stream: Stream<Buffer>, held: Buffer | undefined): Cursor {
    this.expire();
    if (this.open.size >= MOST) this.closeForgotten();
    if (this.open.size >= MOST) throw new StoreError(96, `embedded store: more than ${MOST} cursors are open`);
    const id = (randomBytes(8).readBigUInt64LE(0) >> 2n) + 1n;
    const cursor: Cursor = { id, ns, stream, held, usedAt: Date.now(), busy: false };
    this.open.set(id, cursor);
    return cursor;
  }

  take(id: bigint, ns: string): Cursor {
    const c = this.open.get(id);
    if (!c) throw new StoreError(43, `cursor id ${id} not found`);
    if (c.ns !== ns)
      throw new StoreError(13, `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace`);
    if (c.busy) throw new StoreError(292, `cursor id ${id} is already in use`);
    c.usedAt = Date.now();
    c.busy = true;
    return c;
  }

  release(c: Cursor): void {
    c.busy = false;
    c.usedAt = Date.now();
  }

  close(id: bigint): boolean {
    const c = this.open.get(id);
    if (!c) return false;
    this.open.delete(id);
    c.stream.return();
    return true;
  }

  /** At the limit, the cursor that was left alone longest gives way, if that is a minute or more. */
  private closeForgotten(): void {
    const idle = [...this.open.values()].filter((c) => !c.busy && Date.now() - c.usedAt > FORGOTTEN_MS);
    const oldest = idle.sort((a, b) => a.usedAt - b.usedAt)[0];
    if (oldest) this.close(oldest.id);
  }

  expire(now = Date.now()): void {
    for (const c of this.open.values()) if (!c.busy && now - c.usedAt > IDLE_MS) this.close(c.id);
  }
}
