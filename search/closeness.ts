import type { WordCounts } from "../app/domain/ports";
import type { Corpus } from "./corpus";
import { centred, type Meaning, product } from "./joined-vector";
import { type FeatureKind, kindOf } from "./text-words";

/**
 * How alike two texts are: the mean of four measures, each 0 for nothing in common and 1 for the same text. Words and
 * pairs (TF-IDF), words weighed for length (BM25, Robertson 1994), letters (TF-IDF of four in a row), and meaning (the
 * sentence encoder's, without what all texts have in common). Each alone is misled by something: by other words for one
 * thing, by long texts, by the same words for another thing; together they did better than any on every set tried.
 */
export interface ReadText {
  words: WordCounts;
  byWords: Weighed;
  byLetters: Weighed;
  /** What BM25 gives this text beside itself. */
  self: number;
  meaning: Float32Array | undefined;
  wordsInAll: number;
}

interface Weighed {
  weights: ReadonlyMap<number, number>;
  length: number;
}

/** Pairs say less than words by themselves. */
const pairShare = 0.25;
/** BM25: how soon a word said again adds nothing, and how much a long text is held against it. */
const saturation = 1.2;
const lengthMatters = 0.75;
/** What meaning comes to, on the whole, where words are this close: for texts the encoder has not read. */
const meaningPerWords = 1.6;

/** A text prepared once, to be compared with several. */
export function readText({ words, sentence }: Meaning, corpus: Corpus): ReadText {
  const wordsInAll = words.features.reduce(
    (sum, feature, at) => sum + (kindOf(feature) === "word" ? (words.times[at] ?? 0) : 0),
    0,
  );
  const read = {
    words,
    wordsInAll,
    byWords: weighed(words, corpus, { word: 1, pair: pairShare }),
    byLetters: weighed(words, corpus, { letters: 1 }),
    meaning: centred(sentence, corpus),
    self: 0,
  };
  return { ...read, self: bm25(read, read, corpus) };
}

/** 0 for nothing in common, 1 for the same text; a little under 0 for opposite meanings. */
export function closeness(one: ReadText, other: ReadText, corpus: Corpus): number {
  const byWords = cosine(one.byWords, other.byWords);
  const byLetters = cosine(one.byLetters, other.byLetters);
  const byBm25 = one.self === 0 ? 0 : Math.min(bm25(one, other, corpus) / one.self, 1);
  const byAllWords = (byWords + byLetters + byBm25) / 3;
  const byMeaning =
    one.meaning && other.meaning ? product(one.meaning, other.meaning) : Math.min(byAllWords * meaningPerWords, 1);
  return (byAllWords * 3 + byMeaning) / 4;
}

/** Words both texts hold, the most telling first. */
export function sharedWords(one: ReadText, other: ReadText, corpus: Corpus): number[] {
  const shared: { feature: number; weight: number }[] = [];
  for (const [feature, weight] of one.byWords.weights) {
    const theirs = other.byWords.weights.get(feature);
    if (theirs === undefined || kindOf(feature) !== "word" || !corpus.isTelling(feature)) continue;
    shared.push({ feature, weight: weight * theirs });
  }
  return shared.sort((a, b) => b.weight - a.weight).map((each) => each.feature);
}

function weighed(words: WordCounts, corpus: Corpus, shares: Partial<Record<FeatureKind, number>>): Weighed {
  const weights = new Map<number, number>();
  let squares = 0;
  words.features.forEach((feature, at) => {
    const share = shares[kindOf(feature)];
    if (share === undefined) return;
    const weight = (1 + Math.log(words.times[at] ?? 1)) * corpus.idf(feature) * share;
    weights.set(feature, weight);
    squares += weight * weight;
  });
  return { weights, length: Math.sqrt(squares) };
}

function cosine(one: Weighed, other: Weighed): number {
  const lengths = one.length * other.length;
  if (lengths === 0) return 0;
  let sum = 0;
  for (const [feature, weight] of one.weights) sum += weight * (other.weights.get(feature) ?? 0);
  return sum / lengths;
}

type Counted = Pick<ReadText, "words" | "wordsInAll">;

function bm25(one: Counted, other: Counted, corpus: Corpus): number {
  const long = saturation * (1 - lengthMatters + (lengthMatters * other.wordsInAll) / corpus.averageWords);
  let sum = 0;
  // Both in rising order: walked side by side.
  const [mine, theirs] = [one.words.features, other.words.features];
  for (let i = 0, j = 0; i < mine.length && j < theirs.length; ) {
    const [a, b] = [mine[i] ?? 0, theirs[j] ?? 0];
    if (a === b) {
      const kind = kindOf(a);
      const times = other.words.times[j] ?? 0;
      const share = kind === "word" ? 1 : kind === "pair" ? pairShare : 0;
      if (share > 0) sum += (share * corpus.weight(a) * times * (saturation + 1)) / (times + long);
    }
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return sum;
}
