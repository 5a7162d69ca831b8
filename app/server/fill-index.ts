import type { BoardReaderParts } from "../../search/board-parts";
import { EngineDown } from "../../search/engine";
import type { FinderParts } from "../../search/finder-parts";
import type { BoardIndex } from "../../search/issue-index";
import type { Directory } from "../domain/directory";
import type { IndexEntry } from "../domain/ports";
import { indexEntry } from "../followups/index-issue";
import type { Storage } from "../storage/connect";
import { faultFacts, log } from "./log";

const batchSize = 500;

export interface IndexSource {
  storage: Pick<Storage, "issues" | "replies">;
  directory: Directory;
}

/** Builds the index anew from the store, beside the one that answers meanwhile, and swaps. */
export async function rebuildIndex(
  index: BoardIndex,
  source: IndexSource,
  onProgress?: (done: number) => void,
): Promise<void> {
  await index.rebuild(entriesOf(source), onProgress);
}

/**
 * Builds the index only when the engine lacks issues that the store has and that no follow-up is about to index.
 * `onLacking` hears of it first: until then what the index answers is not the whole.
 */
export async function restoreIndex(
  index: BoardIndex,
  source: IndexSource & { storage: Pick<Storage, "outbox"> },
  told: { now: Date; onLacking(): void; onProgress(done: number): void },
): Promise<void> {
  await index.prepare();
  const [state, total, { waiting }] = await Promise.all([
    index.state(),
    source.storage.issues.total(),
    source.storage.outbox.state(told.now),
  ]);
  if (state.state === "ready" && state.documents + waiting >= total) return;
  told.onLacking();
  await rebuildIndex(index, source, told.onProgress);
}

const retryAfterMs = 15_000;

/** Restores when told, one at a time, and again later when the engine was away. */
export function keepRestoring(restore: () => Promise<void>) {
  let lacking = false;
  let running: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;
  const now = (): Promise<void> => {
    clearTimeout(retry);
    running ??= restore()
      .then(() => {
        lacking = false;
      })
      .catch((error) => {
        if (stopped) return;
        log("index-not-restored", faultFacts(error));
        retry = setTimeout(() => void now(), retryAfterMs).unref();
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  return {
    now,
    /** Said while restoring: until it is done, what the index answers is not the whole. */
    lacks: () => {
      lacking = true;
    },
    lacking: () => lacking,
    stop: () => {
      stopped = true;
      clearTimeout(retry);
    },
  };
}

/** The index as pages ask it: while it lacks issues it does not answer, and they say that search is basic. */
export function whenWhole(index: BoardIndex, lacking: () => boolean): BoardReaderParts["index"] & FinderParts["index"] {
  const whole = <T>(ask: () => Promise<T>): Promise<T> =>
    lacking() ? Promise.reject(new EngineDown("the index is being filled")) : ask();
  return {
    search: (...asked) => whole(() => index.search(...asked)),
    columns: (...asked) => whole(() => index.columns(...asked)),
    similar: (...asked) => whole(() => index.similar(...asked)),
    find: (...asked) => whole(() => index.find(...asked)),
    suggestCategories: (text) => index.suggestCategories(text),
  };
}

async function* entriesOf({ storage, directory }: IndexSource): AsyncIterable<IndexEntry[]> {
  const ports = { issues: storage.issues, replies: storage.replies, directory };
  for await (const issues of storage.issues.everyIssue(batchSize)) {
    const entries = await Promise.all(issues.map((issue) => indexEntry(ports, issue.id)));
    yield entries.filter((entry) => entry !== null);
  }
}
