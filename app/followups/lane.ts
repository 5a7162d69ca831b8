import type { ClaimedFollowUp } from "../domain/ports";
import { type FollowUp, NotNow } from "./follow-up";

/** Claimed work and until when it is ours. */
export interface Held {
  work: ClaimedFollowUp;
  leaseUntil: Date;
}

export interface Lane {
  hasRoom(): boolean;
  add(held: Held): void;
  /** Takes out what has not begun. */
  empty(): ClaimedFollowUp[];
  isBusy(): boolean;
  /** Resolves once nothing waits and nothing runs. */
  idle(): Promise<void>;
}

export interface LaneOptions {
  now(): Date;
  settle(works: readonly ClaimedFollowUp[], error?: unknown): Promise<void>;
  /** Called when a full lane has room again. */
  onRoom(): void;
}

/** Runs side by side in a lane that takes its work one by one. Batches run alone: what comes meanwhile is the next one. */
const widest = 2;
/** Waiting in one lane. */
const longestQueue = 100;
/** A run that takes longer counts as failed, so that a hanging server cannot hold its lane. */
const longestRunMs = 20_000;

/** The queue of one follow-up. Work that failed before runs alone, so that a bad event fails nobody else's. */
export function createLane(followUp: FollowUp, { now, settle, onRoom }: LaneOptions): Lane {
  const queue: Held[] = [];
  const width = followUp.atOnce > 1 ? 1 : widest;
  let running = 0;
  let closedUntil = 0;
  let waiters: (() => void)[] = [];
  const isBusy = () => running > 0 || queue.length > 0;

  function next(): ClaimedFollowUp[] {
    const batch: ClaimedFollowUp[] = [];
    while (batch.length < followUp.atOnce) {
      const first = queue[0];
      if (!first || (batch.length > 0 && first.work.tries > 1)) break;
      queue.shift();
      // Once the lease is over somebody else may have it: leave it to them.
      if (first.leaseUntil <= now()) continue;
      batch.push(first.work);
      if (first.work.tries > 1) break;
    }
    return batch;
  }

  async function run(batch: readonly ClaimedFollowUp[]): Promise<void> {
    if (now().getTime() < closedUntil)
      return settle(batch, new NotNow("what it needs is away", closedUntil - now().getTime()));
    try {
      await within(followUp.run(batch), longestRunMs);
    } catch (error) {
      if (error instanceof NotNow) closedUntil = now().getTime() + error.retryAfterMs;
      return settle(batch, error);
    }
    await settle(batch);
  }

  function pump(): void {
    while (running < width) {
      const batch = next();
      if (batch.length === 0) break;
      running++;
      void run(batch).finally(() => {
        running--;
        pump();
        onRoom();
      });
    }
    if (isBusy()) return;
    for (const done of waiters) done();
    waiters = [];
  }

  return {
    hasRoom: () => queue.length < longestQueue,
    add(held) {
      queue.push(held);
      // After this turn, so that what was claimed together can run together.
      queueMicrotask(pump);
    },
    empty: () => queue.splice(0).map((held) => held.work),
    isBusy,
    idle: () => (isBusy() ? new Promise((resolve) => waiters.push(resolve)) : Promise.resolve()),
  };
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it took too long")), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
