import type { ClaimedFollowUp, Outbox } from "../domain/ports";
import { type FollowUp, NotNow } from "./follow-up";
import { createLane, type Held, type Lane } from "./lane";

export interface FollowUpsOptions {
  outbox: Pick<Outbox, "claim" | "finish" | "fail">;
  followUps: Readonly<Record<string, FollowUp>>;
  now(): Date;
  newId(): string;
  /** A follow-up failed, or the outbox could not be read (`claim`). */
  onFault(followUp: string, error: unknown): void;
  pollMs?: number;
  /** How long a worker may keep what it claimed. After a crash, the work waits this long. */
  leaseMs?: number;
}

export interface FollowUpRunner {
  /** Looks for work at once. */
  wake(): void;
  /** Resolves once nothing is due and nothing is running. */
  drain(): Promise<void>;
  /** Lets what is running finish and gives back the rest. */
  stop(): Promise<void>;
}

/** After so many tries a follow-up is set aside and shown to administrators. */
export const maxTries = 20;
const longestDelayMs = 15 * 60_000;
/** What is claimed at a time. */
const claimSize = 32;

/**
 * Delivers events at least once, in order for each document and follow-up. Every follow-up has a lane of its own, so one
 * that is slow or fails never holds up another.
 */
export function startFollowUps(options: FollowUpsOptions): FollowUpRunner {
  const { outbox, now, onFault, pollMs = 1_000, leaseMs = 30_000 } = options;
  const worker = options.newId();
  const lanes = new Map<string, Lane>();
  for (const [name, followUp] of Object.entries(options.followUps))
    lanes.set(name, createLane(followUp, { now, settle, onRoom: () => wake() }));
  let stopped = false;
  let again = false;
  let claiming: Promise<number> | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** Claims until nothing is due or every lane is full. Resolves with how many it claimed. */
  async function claimAll(): Promise<number> {
    let total = 0;
    while (!stopped && [...lanes.values()].some((lane) => lane.hasRoom())) {
      const leaseUntil = new Date(now().getTime() + leaseMs);
      const claimed = await outbox.claim(worker, now(), leaseUntil, claimSize);
      if (claimed.length === 0) break;
      total += claimed.length;
      for (const work of claimed) await place({ work, leaseUntil });
    }
    return total;
  }

  async function place(held: Held): Promise<void> {
    const { work } = held;
    const lane = lanes.get(work.followUp);
    if (!lane) await settle([work], new Error(`there is no follow-up called ${work.followUp}`));
    else if (work.tries > maxTries) await settle([work], new Error("its worker died again and again"));
    else if (!lane.hasRoom()) await settle([work], new NotNow("its lane is full", 5_000));
    else lane.add(held);
  }

  /** Writes down how it went. When even that fails, the lease runs out and the work is done again. */
  async function settle(works: readonly ClaimedFollowUp[], error?: unknown): Promise<void> {
    for (const work of works) {
      try {
        if (error === undefined) await outbox.finish(work, worker);
        else await giveBack(work, error);
      } catch (fault) {
        onFault(work.followUp, fault);
      }
    }
  }

  async function giveBack(work: ClaimedFollowUp, error: unknown): Promise<void> {
    if (error instanceof NotNow) {
      const retryAt = new Date(now().getTime() + error.retryAfterMs);
      await outbox.fail({ ...work, tries: work.tries - 1 }, worker, retryAt, error.message);
      return;
    }
    onFault(work.followUp, error);
    const delayMs = Math.min(1_000 * 2 ** (work.tries - 1), longestDelayMs);
    const retryAt = work.tries < maxTries ? new Date(now().getTime() + delayMs) : undefined;
    // The kind of error only: its message could quote what somebody wrote.
    await outbox.fail(work, worker, retryAt, error instanceof Error ? error.name : typeof error);
  }

  /** One claim at a time; asked for meanwhile, it goes round once more. */
  function claimOnce(): Promise<number> {
    claiming ??= claimAll().finally(() => {
      claiming = undefined;
    });
    return claiming;
  }

  function wake(): void {
    if (stopped) return;
    again = true;
    if (claiming) return;
    clearTimeout(timer);
    void turn();
  }

  async function turn(): Promise<void> {
    try {
      while (again && !stopped) {
        again = false;
        await claimOnce();
      }
    } catch (error) {
      onFault("claim", error);
    }
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(wake, pollMs).unref();
  }

  wake();
  return {
    wake,
    async drain() {
      const all = [...lanes.values()];
      let claimed = 0;
      do {
        await Promise.all(all.map((lane) => lane.idle()));
        // A claim begun before the lanes were idle may have missed what they left behind.
        await claiming?.catch(() => 0);
        claimed = await claimOnce();
      } while (claimed > 0 || all.some((lane) => lane.isBusy()));
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await claiming?.catch(() => 0);
      const left = [...lanes.values()].flatMap((lane) => lane.empty());
      await settle(left, new NotNow("its worker stopped", 0));
      await Promise.all([...lanes.values()].map((lane) => lane.idle()));
    },
  };
}
