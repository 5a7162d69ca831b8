import { createHash } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import type { CorpusFacts, CorpusStore, IndexEntry, StoredVector, VectorStore } from "../app/domain/ports";
import { type Corpus, corpusLearner, openCorpus, shippedCorpus } from "./corpus";
import type { Urgency } from "./encoder-queue";
import type { Meaning } from "./joined-vector";
import type { EncodedText, SentenceEncoder } from "./sentence-encoder";
import { type TextWords, textWords, wordsVersion } from "./text-words";

/** What is kept of each issue's text to find others like it, made again only where the text or the encoder changed. */
export interface IssueVectors {
  /** Everything known of these texts, made and stored where it is missing. */
  ofEntries(entries: readonly IndexEntry[], urgency?: Urgency): Promise<StoredVector[]>;
  ofIssues(ids: readonly string[]): Promise<StoredVector[]>;
  /** A text that is not stored: its words at once, its meaning if the encoder answers in time. */
  ofText(of: EncodedText): Promise<Meaning & Pick<TextWords, "written">>;
  /** What is known of all texts together, as it was last learned. */
  corpus(): Promise<Corpus>;
  /** Learns it anew from what is stored. */
  learnCorpus(): Promise<void>;
  /** Issues whose text the encoder has not read, though it could. */
  unread(batch: number): AsyncIterable<string[]>;
}

export interface IssueVectorsOptions {
  vectors: VectorStore;
  corpora: CorpusStore;
  encoder: SentenceEncoder;
}

/** Longest a question waits for the encoder: after that words alone have to do. */
const encodeWithinMs = 150;
/** Another process may have learned the corpus anew; what it says changes little. */
const corpusForMs = 60_000;

export function createIssueVectors({ vectors, corpora, encoder }: IssueVectorsOptions): IssueVectors {
  let opened: { corpus: Corpus; at: number } | undefined;
  let opening: Promise<Corpus> | undefined;

  const open = (facts: CorpusFacts): Corpus => {
    const corpus = opened?.corpus.version === facts.version ? opened.corpus : openCorpus(facts);
    opened = { corpus, at: performance.now() };
    return corpus;
  };
  const reopen = (): Promise<Corpus> => {
    opening ??= corpora
      .read()
      .then((facts) => open(facts ?? shippedCorpus))
      .finally(() => {
        opening = undefined;
      });
    return opening;
  };
  const corpus = async (): Promise<Corpus> => {
    if (!opened) return reopen();
    // Nobody waits for a newer one, and a store that does not answer leaves the one there is.
    if (performance.now() - opened.at > corpusForMs) reopen().catch(() => undefined);
    return opened.corpus;
  };
  const read = async (entry: IndexEntry, known: StoredVector | undefined, urgency: Urgency): Promise<StoredVector> => {
    const { id: issue, title, body: text } = entry.issue;
    const textHash = createHash("sha256").update(`${title}\0${text}`).digest("base64url");
    const same = known?.textHash === textHash && wordsNameOf(known) === wordsName ? known : undefined;
    if (same && (encoder.state().state !== "ready" || same.encoder === encoderName(encoder))) return same;
    const words = same?.words ?? textWords({ title, text }).counts;
    const sentence = (await encoder.encode({ title, text }, urgency)) ?? new Float32Array();
    const vector = { issue, textHash, encoder: encoderName(encoder), sentence, words };
    await vectors.put(vector);
    return vector;
  };
  return {
    async ofEntries(entries, urgency = "issue") {
      const stored = await vectors.ofIssues(entries.map((entry) => entry.issue.id));
      const known = new Map(stored.map((vector) => [vector.issue, vector]));
      const made: Promise<StoredVector>[] = [];
      for (const [at, entry] of entries.entries()) {
        // A third of a millisecond each for the words: in a long batch others get their turn.
        if (at % 20 === 19) await breathe();
        made.push(read(entry, known.get(entry.issue.id), urgency));
      }
      return Promise.all(made);
    },
    ofIssues: (ids) => vectors.ofIssues(ids),
    async ofText(of) {
      const sentence = encoder.encode(of, "query", encodeWithinMs);
      const { counts: words, written } = textWords(of);
      return { words, written, sentence: (await sentence) ?? new Float32Array() };
    },
    corpus,
    async learnCorpus() {
      const learner = corpusLearner();
      for await (const batch of vectors.everyVector(500)) {
        for (const { words, sentence } of batch) learner.learn(words, sentence);
        await breathe();
      }
      const facts = learner.facts();
      await corpora.replace(facts);
      open(facts);
    },
    async *unread(batch) {
      for await (const some of vectors.everyVector(batch)) {
        const now = encoderName(encoder);
        if (now !== wordsName) yield some.filter((vector) => vector.encoder !== now).map((vector) => vector.issue);
      }
    },
  };
}

const wordsName = `words-${wordsVersion}`;

function wordsNameOf({ encoder }: StoredVector): string | undefined {
  return encoder.split("+")[0];
}

/** What vectors made now are made by. */
function encoderName(encoder: SentenceEncoder): string {
  const state = encoder.state();
  return state.state === "ready" ? `${wordsName}+${state.version}` : wordsName;
}
