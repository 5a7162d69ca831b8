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
  /**
   * Everything known of these texts, made and stored where it is missing. `later`: what the encoder has not read is
   * left to `unread`, so that many texts are not waited for.
   */
  ofEntries(entries: readonly Pick<IndexEntry, "issue">[], urgency: Urgency | "later"): Promise<StoredVector[]>;
  ofIssues(ids: readonly string[]): Promise<StoredVector[]>;
  /** A text that is not stored: its words at once, its meaning if the encoder answers in time. */
  ofText(of: EncodedText): Promise<Meaning & Pick<TextWords, "written">>;
  /** What is known of all texts together, as it was last learned. */
  corpus(): Promise<Corpus>;
  /** Learns it anew from what is stored. */
  learnCorpus(): Promise<void>;
  /** Issues whose text the encoder has not read, by their ids after `after`. None while there is no encoder. */
  unread(after: string, limit: number): Promise<string[]>;
}

export interface IssueVectorsOptions {
  vectors: VectorStore;
  corpora: CorpusStore;
  encoder: SentenceEncoder;
  /** Longest a question waits for the encoder. */
  encodeWithinMs?: number;
  /** Told of every issue as it is now, with its vector, before the engine is. */
  onRead?: (issue: IndexEntry["issue"], vector: StoredVector, corpus: Corpus) => void;
}

/** Longest a question waits for the encoder: what it has read by then has to do, or words alone. */
const waitAtMostMs = 100;
/** Another process may have learned the corpus anew; what it says changes little. */
const corpusForMs = 60_000;

export function createIssueVectors(options: IssueVectorsOptions): IssueVectors {
  const { vectors, corpora, encoder, onRead } = options;
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
  /** What is stored, where it was made of this text and there is nothing better to be had now. */
  const stillGood = (known: StoredVector, now: boolean): boolean => {
    if (wordsNameOf(known) !== wordsName) return false;
    if (encoder.state().state !== "ready" || known.encoder === encoderName(encoder)) return true;
    return !now && known.encoder === wordsName;
  };
  const read = async (
    entry: Pick<IndexEntry, "issue">,
    stored: StoredVector | undefined,
    urgency: Urgency | "later",
  ) => {
    const { id: issue, title, body: text } = entry.issue;
    const textHash = createHash("sha256").update(`${title}\0${text}`).digest("base64url");
    const known = stored?.textHash === textHash ? stored : undefined;
    if (known && stillGood(known, urgency !== "later")) return known;
    const words = known && wordsNameOf(known) === wordsName ? known.words : textWords({ title, text }).counts;
    const sentence = urgency === "later" ? undefined : await encoder.encode({ title, text }, urgency);
    const vector: StoredVector = {
      issue,
      textHash,
      encoder: urgency === "later" ? wordsName : encoderName(encoder),
      sentence: sentence ?? new Float32Array(),
      words,
    };
    await vectors.put(vector);
    return vector;
  };
  return {
    async ofEntries(entries, urgency) {
      const stored = await vectors.ofIssues(entries.map((entry) => entry.issue.id));
      const known = new Map(stored.map((vector) => [vector.issue, vector]));
      const made: Promise<StoredVector>[] = [];
      for (const [at, entry] of entries.entries()) {
        // A third of a millisecond each for the words: in a long batch others get their turn.
        if (at % 20 === 19) await breathe();
        made.push(read(entry, known.get(entry.issue.id), urgency));
      }
      const all = await Promise.all(made);
      if (onRead) {
        const now = await corpus();
        for (const [at, { issue }] of entries.entries()) if (all[at]) onRead(issue, all[at], now);
      }
      return all;
    },
    ofIssues: (ids) => vectors.ofIssues(ids),
    async ofText(of) {
      const sentence = encoder.encode(of, "query", options.encodeWithinMs ?? waitAtMostMs);
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
    unread: async (after, limit) => (encoder.state().state === "ready" ? vectors.madeBy(wordsName, after, limit) : []),
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
