import { randomBytes } from "node:crypto";
import type { Directory } from "../app/domain/directory";
import type { IndexEntry } from "../app/domain/ports";
import type { Engine } from "./engine";
import { addDocuments, changeThemes, deleteIndex, prepareIndex, swapIndexes } from "./index-changes";
import { type IssueDocument, toDocument } from "./index-document";
import type { IssueVectors } from "./issue-vectors";
import { joinedVector } from "./joined-vector";
import type { ThemeMarks } from "./theme-marks";

export interface IndexWriter {
  /** Makes the index if it is missing and applies its settings. */
  prepare(): Promise<"created" | "kept">;
  /** Forgets that the index was prepared: the engine said that it is not as it should be. */
  doubt(): void;
  put(entries: readonly IndexEntry[]): Promise<void>;
  /** Says which theme indexed issues are in now, and changes nothing else of them. */
  putThemes(members: readonly ThemeMark[]): Promise<void>;
  /**
   * Fills a new index while the old one answers, then puts it in its place. What is put through this writer meanwhile
   * is not lost; what other processes put into the old index is theirs to put again. One at a time: asked again while
   * one runs, it is the one that runs.
   */
  rebuild(batches: AsyncIterable<readonly IndexEntry[]>, onProgress?: (done: number) => void): Promise<Rebuilt>;
}

export interface ThemeMark {
  issue: string;
  theme?: string;
}

export interface Rebuilt {
  /** Issues that can be found. */
  done: number;
  /** Issues that could not be indexed: they held up none of the others. */
  without: number;
}

export interface IndexWriterOptions {
  engine: Engine;
  name: string;
  directory: Directory;
  vectors: IssueVectors;
  /** Where themes are sought: which one each issue is in. */
  themes?: Pick<ThemeMarks, "of">;
  /** Told when a put found no index and made one, empty but for itself: time for a rebuild. */
  onEmptied?: () => void;
}

/** Batches sent while earlier ones are taken in: the engine takes several in one go. */
const batchesAtOnce = 6;

export function createIndexWriter(options: IndexWriterOptions): IndexWriter {
  const { engine, name } = options;
  let preparing: Promise<"created" | "kept"> | undefined;
  let rebuilding: Promise<Rebuilt> | undefined;
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
      const { documents, without } = await documentsOfMost(entries, "issue", options);
      for (const document of documents) putMeanwhile?.set(document.id, document);
      const isFirst = preparing === undefined;
      const made = await prepare();
      const refused = [...without, ...(await addDocuments(engine, name, documents))];
      if (isFirst && made === "created") options.onEmptied?.();
      if (refused.length > 0) throw new Error(`${refused.length} of ${entries.length} issues could not be indexed.`);
    },
    async putThemes(members) {
      const marks = members.map(({ issue, theme }) => ({ id: issue, theme: theme ?? null }));
      for (const { id, theme } of marks) {
        const document = putMeanwhile?.get(id);
        if (document) document.theme = theme;
      }
      await prepare();
      await changeThemes(engine, name, marks);
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
  ): Promise<Rebuilt> {
    // A name of its own: two nodes may rebuild at once.
    const next = `${name}-next-${randomBytes(4).toString("hex")}`;
    await prepare();
    await options.vectors.learnCorpus();
    await prepareIndex(engine, next);
    const meanwhile = new Map<string, IssueDocument>();
    putMeanwhile = meanwhile;
    try {
      const rebuilt = await fill(next, batches, onProgress);
      await addDocuments(engine, next, [...meanwhile.values()]);
      await swapIndexes(engine, name, next);
      // Once more, for what was put while those were taken in.
      await addDocuments(engine, name, [...meanwhile.values()]);
      await deleteIndex(engine, next);
      return rebuilt;
    } finally {
      putMeanwhile = undefined;
    }
  }

  async function fill(
    into: string,
    batches: AsyncIterable<readonly IndexEntry[]>,
    onProgress?: (done: number) => void,
  ): Promise<Rebuilt> {
    const rebuilt = { done: 0, without: 0 };
    const underWay = new Set<Promise<void>>();
    try {
      for await (const entries of batches) {
        const { documents, without } = await documentsOfMost(entries, "later", options);
        const taken = addDocuments(engine, into, documents).then((refused) => {
          rebuilt.done += documents.length - refused.length;
          rebuilt.without += without.length + refused.length;
          onProgress?.(rebuilt.done);
          underWay.delete(taken);
        });
        // Thrown by the waits below; until then nobody listens.
        taken.catch(() => undefined);
        underWay.add(taken);
        if (underWay.size >= batchesAtOnce) await Promise.race(underWay);
      }
      await Promise.all(underWay);
      return rebuilt;
    } finally {
      await Promise.allSettled(underWay);
    }
  }
}

/** An issue that changed is read by the sentence encoder at once; in a rebuild the encoder keeps nobody waiting. */
type Reading = "issue" | "later";

/** Documents of these entries; one that cannot be made holds up none of the others. */
async function documentsOfMost(
  entries: readonly IndexEntry[],
  reading: Reading,
  options: DocumentOptions,
): Promise<{ documents: IssueDocument[]; without: string[] }> {
  try {
    return { documents: await documentsFor(entries, reading, options), without: [] };
  } catch (fault) {
    if (entries.length <= 1) throw fault;
    const made = await Promise.allSettled(entries.map((entry) => documentsFor([entry], reading, options)));
    const documents = made.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
    if (documents.length === 0) throw fault;
    return {
      documents,
      without: entries.flatMap(({ issue }, at) => (made[at]?.status === "rejected" ? issue.id : [])),
    };
  }
}

type DocumentOptions = Pick<IndexWriterOptions, "directory" | "vectors" | "themes">;

/** Entries as documents with their vectors and themes. */
async function documentsFor(
  entries: readonly IndexEntry[],
  reading: Reading,
  { directory, vectors, themes }: DocumentOptions,
): Promise<IssueDocument[]> {
  const [stored, corpus, themeOf] = await Promise.all([
    vectors.ofEntries(entries, reading),
    vectors.corpus(),
    themes?.of(entries.map((entry) => entry.issue.id)),
  ]);
  const known = new Map(stored.map((vector) => [vector.issue, vector]));
  return entries.map((entry) => {
    const vector = known.get(entry.issue.id);
    return toDocument(entry, directory, vector && joinedVector(vector, corpus), themeOf?.get(entry.issue.id));
  });
}
