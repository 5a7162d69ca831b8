import type { Corpus } from "./corpus";
import { centred, type Meaning, product } from "./joined-vector";
import { type FeatureKind, kindOf } from "./text-words";

/**
 * How alike two texts are: the mean of four measures, each 0 for nothing in common and 1 for the same text. Words and
 * pairs (TF-IDF), words weighed for length (BM25, Robertson 1994), letters (TF-IDF of four in a row), and meaning (the
 * sentence encoder's, without what all texts have in common). Each alone is misled by something: by other words for one
 * thing, by long texts, by the same words for another thing; together they did better than any on every set tried.
 */
export interface ReadText extends Meaning {
  /** What each feature weighs by TF-IDF, in the order of the features. */
  weights: Float32Array;
  /** Lengths of the two vectors that those make. */
  lengths: Record<"words" | "letters", number>;
  /** Of the sentence vector, what is not in every text. */
  meaning: Float32Array | undefined;
  /** How many words it has. */
  wordsInAll: number;
  /** What BM25 gives this text beside itself. */
  self: number;
}

/** Pairs say less than words by themselves. */
const shares: Readonly<Record<FeatureKind, number>> = { word: 1, pair: 0.25, letters: 1 };
/** BM25: how soon a word said again adds nothing, and how much a long text is held against it. */
const saturation = 1.2;
const lengthMatters = 0.75;
/** What meaning comes to, on the whole, where words are this close: for texts the encoder has not read. */
const meaningPerWords = 1.4;

/** A text prepared once, to be compared with several. */
export function readText({ words, sentence }: Meaning, corpus: Corpus): ReadText {
  const { features, times } = words;
  const weights = new Float32Array(features.length);
  let [wordSquares, letterSquares, wordsInAll] = [0, 0, 0];
  for (let at = 0; at < features.length; at++) {
    const feature = features[at] ?? 0;
    const kind = kindOf(feature);
    const weight = (1 + Math.log(times[at] ?? 1)) * corpus.idf(feature) * shares[kind];
    weights[at] = weight;
    if (kind === "letters") letterSquares += weight * weight;
    else wordSquares += weight * weight;
    if (kind === "word") wordsInAll += times[at] ?? 0;
  }
  const lengths = { words: Math.sqrt(wordSquares), letters: Math.sqrt(letterSquares) };
  const read = { words, sentence, weights, lengths, wordsInAll, meaning: centred(sentence, corpus), self: 0 };
  return { ...read, self: inCommon(read, read, corpus).bm25 };
}

/** 0 for nothing in common, 1 for the same text; a little under 0 for opposite meanings. */
export function closeness(one: ReadText, other: ReadText, corpus: Corpus): number {
  const common = inCommon(one, other, corpus);
  const byWords = ratio(common.words, one.lengths.words * other.lengths.words);
  const byLetters = ratio(common.letters, one.lengths.letters * other.lengths.letters);
  const byAllWords = (byWords + byLetters + Math.min(ratio(common.bm25, one.self), 1)) / 3;
  const byMeaning =
    one.meaning && other.meaning ? product(one.meaning, other.meaning) : Math.min(byAllWords * meaningPerWords, 1);
  return (byAllWords * 3 + byMeaning) / 4;
}

/** Words both texts hold, the most telling first. */
export function sharedWords(one: ReadText, other: ReadText, corpus: Corpus): number[] {
  const shared: { feature: number; weight: number }[] = [];
  eachCommon(one, other, (feature, mine, theirs) => {
    if (kindOf(feature) !== "word" || !corpus.isTelling(feature)) return;
    shared.push({ feature, weight: (one.weights[mine] ?? 0) * (other.weights[theirs] ?? 0) });
  });
  return shared.sort((a, b) => b.weight - a.weight).map((each) => each.feature);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** What two texts have in common, each measure before it is set against how much there is in all. */
function inCommon(one: ReadText, other: ReadText, corpus: Corpus): { words: number; letters: number; bm25: number } {
  const long = saturation * (1 - lengthMatters + (lengthMatters * other.wordsInAll) / corpus.averageWords);
  let [words, letters, bm25] = [0, 0, 0];
  eachCommon(one, other, (feature, mine, theirs) => {
    const product = (one.weights[mine] ?? 0) * (other.weights[theirs] ?? 0);
    const kind = kindOf(feature);
    if (kind === "letters") {
      letters += product;
      return;
    }
    words += product;
    const times = other.words.times[theirs] ?? 0;
    bm25 += (shares[kind] * corpus.weight(feature) * times * (saturation + 1)) / (times + long);
  });
  return { words, letters, bm25 };
}

/** Features of both, with their places: both lists rise and are walked side by side. */
function eachCommon(
  one: ReadText,
  other: ReadText,
  visit: (feature: number, mine: number, theirs: number) => void,
): void {
  const [a, b] = [one.words.features, other.words.features];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i] ?? 0;
    const y = b[j] ?? 0;
    if (x === y) visit(x, i, j);
    if (x <= y) i++;
    if (y <= x) j++;
  }
}
