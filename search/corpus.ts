import { createHash } from "node:crypto";
import type { CorpusFacts, WordCounts } from "../app/domain/ports";
import shipped from "./corpus.json";
import { sentenceDimensions } from "./sentence-model";
import { kindOf } from "./text-words";

/**
 * What is known of all texts together: how many hold each word, how long they are, and what they mean on the whole.
 * Learned anew from the issues whenever the index is rebuilt and frozen in between; the product brings a first one,
 * learned from texts of its own.
 */
export interface Corpus {
  readonly version: string;
  /** Inverse document frequency: how telling a word, a pair or four letters are. */
  idf(feature: number): number;
  /** The same as Robertson's BM25 weighs it. */
  weight(feature: number): number;
  /** A word in about one text of five and more tells nothing: "patient", "letter", "please". */
  isTelling(feature: number): boolean;
  readonly averageWords: number;
  /** What all texts have in common, which tells none from another. Length is not one. */
  readonly meanSentence: Float32Array;
}

/** Features of fewer texts are taken to be in one: most of them are never met again. */
const fewestTexts = 2;
const fewestTextsOfPair = 3;
/** The most features kept, those of most texts: 8 bytes each in the store. */
const mostFeatures = 400_000;
/** With fewer issues than this, the shipped texts count among them. */
const enoughTexts = 1_000;
const tellingUnder = 0.2;

export const shippedCorpus: CorpusFacts = {
  version: shipped.version,
  documents: shipped.documents,
  averageWords: shipped.averageWords,
  features: new Uint32Array(bytesOf(shipped.features)),
  counts: new Uint32Array(bytesOf(shipped.counts)),
  meanSentence: new Float32Array(bytesOf(shipped.meanSentence)),
};

function bytesOf(base64: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(base64, "base64")).buffer;
}

export function openCorpus(facts: CorpusFacts): Corpus {
  const counts = new Map<number, number>();
  facts.features.forEach((feature, at) => {
    counts.set(feature, facts.counts[at] ?? 1);
  });
  const countOf = (feature: number) => counts.get(feature) ?? 1;
  // One logarithm for each count, of which there are few.
  const idfs = new Map<number, number>();
  const idfOf = (count: number) => {
    const known = idfs.get(count);
    if (known !== undefined) return known;
    const idf = Math.log((facts.documents + 1) / (count + 1)) + 1;
    idfs.set(count, idf);
    return idf;
  };
  return {
    version: facts.version,
    idf: (feature) => idfOf(countOf(feature)),
    weight: (feature) => Math.log(1 + (facts.documents - countOf(feature) + 0.5) / (countOf(feature) + 0.5)),
    isTelling: (feature) => countOf(feature) <= facts.documents * tellingUnder,
    averageWords: facts.averageWords,
    meanSentence: facts.meanSentence,
  };
}

/** Learns from texts one by one. With few of them, what the product brought counts too. */
export function corpusLearner() {
  const counts = new Map<number, number>();
  const sentences = new Float64Array(sentenceDimensions);
  const total = { documents: 0, words: 0, encoded: 0 };
  return {
    learn(words: WordCounts, sentence: Float32Array): void {
      total.documents += 1;
      words.features.forEach((feature, at) => {
        counts.set(feature, (counts.get(feature) ?? 0) + 1);
        if (kindOf(feature) === "word") total.words += words.times[at] ?? 0;
      });
      if (sentence.length === 0) return;
      total.encoded += 1;
      sentence.forEach((value, at) => {
        sentences[at] = (sentences[at] ?? 0) + value;
      });
    },
    facts(prior: CorpusFacts = shippedCorpus): CorpusFacts {
      const theirs = total.documents < enoughTexts ? prior.documents : 0;
      if (theirs > 0)
        prior.features.forEach((feature, at) => {
          counts.set(feature, (counts.get(feature) ?? 0) + (prior.counts[at] ?? 0));
        });
      const documents = total.documents + theirs;
      const encoded = total.encoded + theirs;
      const mean = (sum: number, at: number) => (sum + (prior.meanSentence[at] ?? 0) * theirs) / encoded;
      return versioned({
        documents,
        averageWords: documents === 0 ? 1 : (total.words + prior.averageWords * theirs) / documents,
        ...kept(counts),
        // Without an encoder nothing is known of what they mean, but what was known before.
        meanSentence: encoded === 0 ? prior.meanSentence : Float32Array.from(sentences, mean),
      });
    },
  };
}

function kept(counts: ReadonlyMap<number, number>): Pick<CorpusFacts, "features" | "counts"> {
  const often = [...counts].filter(
    ([feature, n]) => n >= (kindOf(feature) === "pair" ? fewestTextsOfPair : fewestTexts),
  );
  if (often.length > mostFeatures) often.sort((a, b) => b[1] - a[1]).length = mostFeatures;
  often.sort((a, b) => a[0] - b[0]);
  return {
    features: Uint32Array.from(often, ([feature]) => feature),
    counts: Uint32Array.from(often, ([, n]) => n),
  };
}

function versioned(facts: Omit<CorpusFacts, "version">): CorpusFacts {
  const version = createHash("sha256")
    .update(`${facts.documents} ${facts.averageWords}`)
    .update(facts.features)
    .update(facts.counts)
    .update(facts.meanSentence)
    .digest("hex")
    .slice(0, 8);
  return { version, ...facts };
}
