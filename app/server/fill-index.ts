import type { BoardReaderParts } from "../../search/board-parts";
import { EngineDown } from "../../search/engine";
import type { FinderParts } from "../../search/finder-parts";
import type { Rebuilt } from "../../search/index-writer";
import type { BoardIndex } from "../../search/issue-index";
import type { IssueVectors } from "../../search/issue-vectors";
import { type NearRow, nearRow } from "../../search/near-in-memory";
import type { Directory } from "../domain/directory";
import type { IndexEntry } from "../domain/ports";
import { indexEntry } from "../followups/index-issue";
import type { Storage } from "../storage/connect";
import { eventsSince } from "./catch-up";
import { faultFacts, log } from "./log";

const batchSize = 500;
const putAtOnce = 100;

export interface IndexSource {
  storage: Pick<Storage, "issues" | "replies" | "events">;
  directory: Directory;
  now(): Date;
}

/**
 * Builds the index anew from the store, beside the one that answers meanwhile, and swaps. What any process changed in
 * the old one meanwhile is put into the new one after.
 */
export async function rebuildIndex(
  index: BoardIndex,
  source: IndexSource,
  onProgress?: (done: number) => void,
): Promise<Rebuilt> {
  const began = source.now();
  const rebuilt = await index.rebuild(entriesOf(source), onProgress);
  const changed = (await eventsSince(source.storage.events, began, Number.POSITIVE_INFINITY)) ?? [];
  await putIssues(index, source, [...new Set(changed.map((event) => event.issue))]);
  return rebuilt;
}

/** Puts these issues into the index as they are now. */
export async function putIssues(
  index: Pick<BoardIndex, "put">,
  source: IndexSource,
  ids: readonly string[],
): Promise<void> {
  for (let at = 0; at < ids.length; at += putAtOnce)
    await index.put(await entriesOfMost(source, ids.slice(at, at + putAtOnce)));
}

/** Every issue as it is looked for while the engine is away. */
export async function* everyNearRow(
  { issues }: Pick<Storage, "issues">,
  vectors: Pick<IssueVectors, "ofIssues" | "corpus">,
): AsyncIterable<NearRow[]> {
  const corpus = await vectors.corpus();
  for await (const batch of issues.everyIssue(batchSize)) {
    const stored = await vectors.ofIssues(batch.map((issue) => issue.id));
    const known = new Map(stored.map((vector) => [vector.issue, vector]));
    yield batch.flatMap((issue) => {
      const vector = known.get(issue.id);
      return vector ? [nearRow(issue, vector, corpus)] : [];
    });
  }
}

/** Has the sentence encoder read these issues, behind everything else it has to read, and keeps what it made. */
export async function readIssues(
  vectors: Pick<IssueVectors, "ofEntries">,
  source: IndexSource,
  ids: readonly string[],
): Promise<void> {
  await vectors.ofEntries(await entriesOfMost(source, ids), "bulk");
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
  const lacking = total - waiting - (state.state === "ready" ? state.documents : 0);
  if (lacking > total * littleShare) told.onLacking();
  await rebuildIndex(index, source, told.onProgress);
}

/** An index that lacks no more than this is better than none while it is built anew. */
const littleShare = 0.01;

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
  };
}

async function* entriesOf(source: IndexSource): AsyncIterable<IndexEntry[]> {
  for await (const issues of source.storage.issues.everyIssue(batchSize))
    yield entriesOfMost(
      source,
      issues.map((issue) => issue.id),
    );
}

/** One issue that cannot be read holds up none of the others. When none can be, the store is away. */
async function entriesOfMost({ storage, directory }: IndexSource, ids: readonly string[]): Promise<IndexEntry[]> {
  const ports = { issues: storage.issues, replies: storage.replies, directory };
  const read = await Promise.allSettled(ids.map((id) => indexEntry(ports, id)));
  const faults = read.filter((each) => each.status === "rejected");
  if (faults.length > 0 && faults.length === read.length) throw faults[0]?.reason;
  for (const { reason } of faults) log("issue-not-indexed", faultFacts(reason));
  return read.flatMap((each) => (each.status === "fulfilled" && each.value ? [each.value] : []));
}
