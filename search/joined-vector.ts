import type { WordCounts } from "../app/domain/ports";
import type { Corpus } from "./corpus";
import { sentenceDimensions } from "./sentence-model";
import { kindOf } from "./text-words";

/** What is kept of a text: what it means, as far as the encoder has read it, and what it says. */
export interface Meaning {
  /** Empty when the sentence encoder has not read it. */
  sentence: Float32Array;
  words: WordCounts;
}

/**
 * One vector for the engine, by which it finds candidates under the viewer's rights: meaning joined to hashed words.
 * A text the encoder has not read has noughts for its meaning and is found by its words, in the same index.
 */
const wordDimensions = 512;
export const dimensions = sentenceDimensions + wordDimensions;

/**
 * Raised when vectors made before cannot be compared with vectors made now. Another corpus does not make it so: the
 * same word falls on the same number, with a little more or less weight.
 */
export const layoutVersion = 1;

/** What meaning is of a cosine, the rest being words: as in the mean of the four exact measures. */
const shareOfMeaning = 0.25;

/** The vector, of length one; undefined when there is nothing to go by. `share`: of meaning, against words. */
export function joinedVector(
  { sentence, words }: Meaning,
  corpus: Corpus,
  share = shareOfMeaning,
): Float32Array | undefined {
  const joined = new Float32Array(dimensions);
  const meaning = centred(sentence, corpus);
  if (meaning) addScaled(joined, meaning, Math.sqrt(share), 0);
  const hashed = hashedWords(words, corpus);
  if (hashed) addScaled(joined, hashed, Math.sqrt(1 - share), sentenceDimensions);
  return ofLengthOne(joined);
}

/** A sentence vector without what all texts have in common, of length one. */
export function centred(sentence: Float32Array, corpus: Corpus): Float32Array | undefined {
  if (sentence.length === 0) return undefined;
  return ofLengthOne(sentence.map((value, at) => value - (corpus.meanSentence[at] ?? 0)));
}

export function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

/** TF-IDF of single words, each on a place its hash says, with a sign, so that clashes cancel out on the whole. */
function hashedWords({ features, times }: WordCounts, corpus: Corpus): Float32Array | undefined {
  const hashed = new Float32Array(wordDimensions);
  features.forEach((feature, i) => {
    if (kindOf(feature) !== "word") return;
    const at = (feature >>> 2) % wordDimensions;
    const weight = (1 + Math.log(times[i] ?? 1)) * corpus.idf(feature);
    hashed[at] = (hashed[at] ?? 0) + (feature >>> 31 ? weight : -weight);
  });
  return ofLengthOne(hashed);
}

function ofLengthOne(vector: Float32Array): Float32Array | undefined {
  const length = Math.sqrt(product(vector, vector));
  return length === 0 ? undefined : vector.map((value) => value / length);
}

function addScaled(into: Float32Array, vector: Float32Array, scale: number, from: number): void {
  for (let at = 0; at < vector.length; at++) into[from + at] = (vector[at] ?? 0) * scale;
}
