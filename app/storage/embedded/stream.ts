/**
 * Results are made on demand by generators that now and then yield TICK instead of a result. Whoever reads them may
 * rest there and let other commands run; inside a write transaction nobody rests.
 */
import { StoreError } from "./errors";

export const TICK = Symbol("tick");
export type Stream<T> = Generator<T | typeof TICK, void>;

/** Work goes on for this long before other commands get a turn. */
const SLICE_MS = 8;

/** Reads a stream without resting. */
export function* withoutTicks<T>(stream: Stream<T>): Generator<T, void> {
  for (const x of stream) if (x !== TICK) yield x as T;
}

export class Pace {
  private since = performance.now();
  /** `deadline` as performance.now() counts; zero for none. */
  constructor(readonly deadline: number) {}

  async rest(): Promise<void> {
    const now = performance.now();
    if (this.deadline > 0 && now > this.deadline) throw new StoreError(50, "operation exceeded time limit");
    if (now - this.since < SLICE_MS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.since = performance.now();
  }
}

/** Reads until `take` returns false or the stream ends; returns whether it ended. */
export async function read<T>(stream: Stream<T>, pace: Pace, take: (x: T) => boolean): Promise<boolean> {
  let n = 0;
  for (;;) {
    const next = stream.next();
    if (next.done) return true;
    if (next.value === TICK || (++n & 31) === 0) await pace.rest();
    if (next.value !== TICK && !take(next.value as T)) return false;
  }
}
