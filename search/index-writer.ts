import { createHash } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import type { EnqueuedTaskPromise, Meilisearch, Task } from "meilisearch";
import type { Directory } from "../app/domain/directory";
import type { IndexEntry, StoredVector, VectorStore } from "../app/domain/ports";
import { encode, encoderVersion } from "./encoder";
import { type Engine, EngineRefusal } from "./engine";
import { type IssueDocument, toDocument } from "./index-document";
import { indexSettings } from "./index-settings";

export interface IndexWriter {
  /** Makes the index if it is missing and applies its settings. */
  prepare(): Promise<"created" | "kept">;
  /** Forgets that the index was prepared: the engine said that it is not as it should be. */
  doubt(): void;
  put(entries: readonly IndexEntry[]): Promise<void>;
  /**
   * Fills a new index while the old one answers, then puts it in its place. What is put through this writer meanwhile
   * is not lost; what other processes put into the old index is theirs to put again. One at a time: asked again while
   * one runs, it is the one that runs.
   */
  rebuild(batches: AsyncIterable<readonly IndexEntry[]>, onProgress?: (done: number) => void): Promise<void>;
}

export interface IndexWriterOptions {
  engine: Engine;
  name: string;
  directory: Directory;
  vectors: VectorStore;
  /** Told when a put found no index and made one, empty but for itself: time for a rebuild. */
  onEmptied?: () => void;
}

/** Longest wait for the engine to take a change in; large batches on a slow machine take a minute. */
const takenInWithinMs = 120_000;
/** Batches sent while earlier ones are taken in: the engine takes several in one go. */
const batchesAtOnce = 6;
const waitOptions = { timeout: takenInWithinMs, interval: 25 };

export function createIndexWriter(options: IndexWriterOptions): IndexWriter {
  const { engine, name } = options;
  let preparing: Promise<"created" | "kept"> | undefined;
  let rebuilding: Promise<void> | undefined;
  /** What was put while a rebuild runs: the new index gets it too, at the end. */
  let putMeanwhile: Map<string, IssueDocument> | undefined;

  const prepare = () => {
    preparing ??= prepareIndex(engine, name).catch((fault) => {
      preparing = undefined;
      throw fault;
    });
    return preparing;
  };
  return {
    prepare,
    doubt() {
      preparing = undefined;
    },
    async put(entries) {
      if (entries.length === 0) return;
      const documents = await documentsFor(entries, options);
      for (const document of documents) putMeanwhile?.set(document.id, document);
      const isFirst = preparing === undefined;
      const made = await prepare();
      await addDocuments(engine, name, documents);
      if (isFirst && made === "created") options.onEmptied?.();
    },
    rebuild(batches, onProgress) {
      rebuilding ??= rebuild(batches, onProgress).finally(() => {
        rebuilding = undefined;
      });
      return rebuilding;
    },
  };

  async function rebuild(
    batches: AsyncIterable<readonly IndexEntry[]>,
    onProgress?: (done: number) => void,
  ): Promise<void> {
    const next = `${name}-next`;
    await prepare();
    await deleteIndex(engine, next);
    await prepareIndex(engine, next);
    const meanwhile = new Map<string, IssueDocument>();
    putMeanwhile = meanwhile;
    try {
      await fill(next, batches, onProgress);
      await finish(engine, (client) => client.swapIndexes([{ indexes: [name, next], rename: false }]));
      await addDocuments(engine, name, [...meanwhile.values()]);
    } finally {
      putMeanwhile = undefined;
    }
    await deleteIndex(engine, next);
  }

  async function fill(
    into: string,
    batches: AsyncIterable<readonly IndexEntry[]>,
    onProgress?: (done: number) => void,
  ): Promise<void> {
    let done = 0;
    const underWay = new Set<Promise<void>>();
    try {
      for await (const entries of batches) {
        const documents = await documentsFor(entries, options);
        const taken = addDocuments(engine, into, documents).then(() => {
          done += entries.length;
          onProgress?.(done);
          underWay.delete(taken);
        });
        // Thrown by the waits below; until then nobody listens.
        taken.catch(() => undefined);
        underWay.add(taken);
        if (underWay.size >= batchesAtOnce) await Promise.race(underWay);
      }
      await Promise.all(underWay);
    } finally {
      await Promise.allSettled(underWay);
    }
  }
}

async function prepareIndex(engine: Engine, name: string): Promise<"created" | "kept"> {
  const made = await task(engine, (client) => client.createIndex(name, { primaryKey: "id" }));
  if (made.status !== "succeeded" && made.error?.code !== "index_already_exists") throw refusal(made);
  await finish(engine, (client) => client.index(name).updateSettings(indexSettings()));
  return made.status === "succeeded" ? "created" : "kept";
}

async function deleteIndex(engine: Engine, name: string): Promise<void> {
  const gone = await task(engine, (client) => client.deleteIndex(name));
  if (gone.status !== "succeeded" && gone.error?.code !== "index_not_found") throw refusal(gone);
}

/** One document the engine refuses must not hold up the others: after a refusal each is tried by itself. */
async function addDocuments(engine: Engine, name: string, documents: readonly IssueDocument[]): Promise<void> {
  if (documents.length === 0) return;
  const add = (some: readonly IssueDocument[]) =>
    finish(engine, (client) => client.index<IssueDocument>(name).addDocuments([...some]));
  try {
    await add(documents);
  } catch (fault) {
    if (!(fault instanceof EngineRefusal) || documents.length === 1) throw fault;
    const faults: unknown[] = [];
    for (const document of documents) await add([document]).catch((cause) => faults.push(cause));
    if (faults.length > 0)
      throw new AggregateError(faults, `The search engine refused ${faults.length} of ${documents.length} issues.`);
  }
}

/** Runs a change to its end; throws when the engine refused it. */
async function finish(engine: Engine, change: (client: Meilisearch) => EnqueuedTaskPromise): Promise<void> {
  const finished = await task(engine, change);
  if (finished.status !== "succeeded") throw refusal(finished);
}

function task(engine: Engine, change: (client: Meilisearch) => EnqueuedTaskPromise): Promise<Task> {
  return engine.change((client) => change(client).waitTask(waitOptions));
}

function refusal(failed: Task): EngineRefusal {
  return new EngineRefusal(failed.error?.code ?? failed.status);
}

/** Entries as documents with their vectors, which are made again only where the text or the encoder changed. */
async function documentsFor(
  entries: readonly IndexEntry[],
  { directory, vectors }: Pick<IndexWriterOptions, "directory" | "vectors">,
): Promise<IssueDocument[]> {
  const stored = await vectors.ofIssues(entries.map((entry) => entry.issue.id));
  const known = new Map(stored.map((vector) => [vector.issue, vector]));
  const documents: Promise<IssueDocument>[] = [];
  for (const [at, entry] of entries.entries()) {
    // A third of a millisecond each: in a long batch others get their turn.
    if (at % 20 === 19) await breathe();
    const made = vectorFor(entry, known.get(entry.issue.id), vectors);
    documents.push(made.then((vector) => toDocument(entry, directory, vector)));
  }
  return Promise.all(documents);
}

async function vectorFor(
  { issue }: IndexEntry,
  stored: StoredVector | undefined,
  vectors: VectorStore,
): Promise<Float32Array | undefined> {
  const textHash = createHash("sha256").update(`${issue.title}\0${issue.body}`).digest("base64url");
  if (stored && stored.textHash === textHash && stored.encoder === encoderVersion) return stored.values;
  const values = encode({ title: issue.title, text: issue.body });
  if (values) await vectors.put({ issue: issue.id, textHash, encoder: encoderVersion, values });
  return values;
}
