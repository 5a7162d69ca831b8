import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { IssueVectors } from "../../search/issue-vectors";
import { faultFacts, log } from "./log";

export interface ReadingParts {
  vectors: Pick<IssueVectors, "unread">;
  /** Has the encoder read these issues and keeps what it made. */
  read(issues: readonly string[]): Promise<void>;
  /** Puts them into the index as they are now. */
  put(issues: readonly string[]): Promise<void>;
  /** Once it is known whether there is an encoder. */
  settled: Promise<void>;
  /** Nothing is left to read for now. Called each time. */
  onCaughtUp?: () => unknown;
  /** Between looking for more, and before trying again. */
  everyMs?: number;
}

const atOnce = 50;
const everyMinute = 60_000;

/**
 * Has the sentence encoder read what was indexed by words alone: after a rebuild, or while the encoder was starting. A
 * few issues at a time, behind everything that somebody waits for.
 */
export function startReading(parts: ReadingParts): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  /** Read, but not yet in the index, which did not answer. */
  let owed: string[] = [];

  const readAll = async () => {
    let after = "";
    for (;;) {
      if (owed.length > 0) await parts.put(owed);
      owed = await parts.vectors.unread(after, atOnce);
      const last = owed.at(-1);
      if (signal.aborted) return;
      if (last === undefined) return void parts.onCaughtUp?.();
      after = last;
      await parts.read(owed);
    }
  };
  const keepReading = async () => {
    await Promise.race([parts.settled, once(signal, "abort")]);
    while (!signal.aborted) {
      await readAll().catch((error) => signal.aborted || log("reading-failed", faultFacts(error)));
      await wait(parts.everyMs ?? everyMinute, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const running = keepReading();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
