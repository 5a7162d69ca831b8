import type { BoardIndex } from "../../search/issue-index";
import type { Storage } from "../storage/connect";
import { startCatchUp } from "./catch-up";
import { type IndexSource, keepRestoring, putIssues, rebuildIndex, restoreIndex } from "./fill-index";
import { faultFacts, log } from "./log";

export interface KeptIndex {
  /** Builds it only if the engine lost it. Never throws: the product runs without, and tries again. */
  restore(): Promise<void>;
  /** Whether it is known to lack issues: what it answers is then not the whole. */
  lacking(): boolean;
  /** Begins to look for what other nodes followed up, and tidies up after versions that are gone. */
  start(): void;
  stop(): void;
}

/** Keeps the index whole: restored when the engine lost it, caught up with what other nodes did, old ones deleted. */
export function keepIndex(
  index: BoardIndex,
  source: IndexSource & { storage: Pick<Storage, "outbox"> },
  /** Why there is no engine while this process runs, when that is so. */
  unavailable: () => string | undefined,
): KeptIndex {
  const restoring = keepRestoring(async () => {
    if (unavailable() !== undefined) return;
    await restoreIndex(index, source, {
      now: source.now(),
      onLacking: () => restoring.lacks(),
      onProgress: (done) => log("index-restored", { issues: done }),
    });
  });
  let catchingUp: { stop(): void } | undefined;
  return {
    restore: restoring.now,
    lacking: restoring.lacking,
    start() {
      if (unavailable() !== undefined) return;
      catchingUp ??= startCatchUp({
        events: source.storage.events,
        index,
        put: (issues) => putIssues(index, source, issues),
        clock: source.now,
        onFarBehind: () => void rebuildIndex(index, source).catch((error) => log("rebuild-failed", faultFacts(error))),
      });
      index.dropOld(source.now()).then(
        (names) => names.length > 0 && log("old-indexes-deleted", { indexes: names.length }),
        (error) => log("old-indexes-kept", faultFacts(error)),
      );
    },
    stop() {
      restoring.stop();
      catchingUp?.stop();
    },
  };
}
