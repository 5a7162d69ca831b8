import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Directory } from "../../app/domain/directory";
import type { Issue } from "../../app/domain/issue";
import type { CorpusFacts, CorpusStore, IndexEntry, StoredVector, VectorStore } from "../../app/domain/ports";
import { startEmbeddedSearch } from "../../search/embedded";
import { createIssueIndex } from "../../search/issue-index";
import { createIssueVectors } from "../../search/issue-vectors";
import type { Meaning } from "../../search/joined-vector";
import { type EncodedText, startSentenceEncoder } from "../../search/sentence-encoder";
import type { Like } from "../../search/similar";

/** `id`: letters, digits, dashes. */
export interface EvaluatedText {
  id: string;
  title: string;
  body: string;
}

/** The product's own index over the texts of a labelled file, with an engine and an encoder of its own. */
export interface Evaluation {
  fill(texts: readonly EvaluatedText[]): Promise<void>;
  similar(of: EncodedText, limit: number): Promise<Like[]>;
  /** What the product keeps of these texts. */
  meanings(ids: readonly string[]): Promise<ReadonlyMap<string, Meaning>>;
  close(): Promise<void>;
}

const batchSize = 250;
/** Nobody waits for these answers. */
const queryBudgetMs = 60_000;

export async function openEvaluation(say: (line: string) => void): Promise<Evaluation> {
  const dataDir = await mkdtemp(join(tmpdir(), "ct-eval-"));
  const encoder = startSentenceEncoder({ dataDir, threads: 2 });
  const engine = await startEmbeddedSearch({ dataDir });
  const close = async () => {
    await engine.close();
    await encoder.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  const why = engine.unavailable();
  if (why !== undefined) {
    await close();
    throw new Error(`There is no search engine to evaluate: ${why}`);
  }
  await encoder.settled();
  if (encoder.state().state !== "ready")
    say("There is no sentence encoder here: these are the numbers of words alone.");
  const vectors = createIssueVectors({ ...inMemory(), encoder, encodeWithinMs: queryBudgetMs });
  const index = createIssueIndex({
    address: engine.address,
    unofficialRepack: true,
    prefix: "eval",
    directory: new Directory({ places: [], organisations: [], services: [], posts: [], people: [], holdings: [] }),
    vectors,
    queryBudgetMs,
  });
  return {
    async fill(texts) {
      const entries = texts.map(entryOf);
      // Everything is read before the index is built, which learns from it how telling each word is.
      for (let at = 0; at < entries.length; at += batchSize) {
        await vectors.ofEntries(entries.slice(at, at + batchSize), "bulk");
        say(`Read ${Math.min(at + batchSize, entries.length)} of ${entries.length} texts`);
      }
      await index.rebuild(inBatches(entries));
    },
    similar: (of, limit) => index.similar([audience], of, { limit, from: 0 }),
    async meanings(ids) {
      const stored = await vectors.ofIssues(ids);
      return new Map(stored.map((vector) => [vector.issue, vector]));
    },
    close,
  };
}

async function* inBatches(entries: readonly IndexEntry[]): AsyncIterable<IndexEntry[]> {
  for (let at = 0; at < entries.length; at += batchSize) yield entries.slice(at, at + batchSize);
}

const audience = "system";
const day = new Date("2000-01-01T12:00:00Z");
const nobody = { person: "nobody", name: "Nobody", title: "" };

/** A text as an issue that everybody may know of; nothing but its text counts. */
function entryOf({ id, title, body }: EvaluatedText): IndexEntry {
  const issue: Issue = {
    id,
    title,
    body,
    reference: id,
    version: 1,
    category: "",
    harm: "not-known",
    raisedBy: nobody,
    raisedFor: "",
    raisedAt: day,
    about: { organisation: "" },
    owner: { post: "", organisation: "", since: day, why: "" },
    state: "new",
    stateSince: day,
    joined: [],
    pastOutcomes: [],
    actions: [],
    visibility: "system",
    namedPeople: [],
    audience: [audience],
    followers: [],
    declared: [],
    changedAt: day,
    lastChange: { name: "", what: "" },
    history: [],
  };
  return { issue, places: [], organisations: [], names: [], replies: [] };
}

function inMemory(): { vectors: VectorStore; corpora: CorpusStore } {
  const all = new Map<string, StoredVector>();
  let corpus: CorpusFacts | null = null;
  return {
    vectors: {
      put: async (vector) => void all.set(vector.issue, vector),
      ofIssues: async (ids) => ids.flatMap((id) => all.get(id) ?? []),
      madeBy: async () => [],
      async *everyVector() {
        yield [...all.values()];
      },
    },
    corpora: {
      read: async () => corpus,
      async replace(facts) {
        corpus = facts;
      },
    },
  };
}
