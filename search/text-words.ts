import type { WordCounts } from "../app/domain/ports";
import { read } from "./glossary";
import type { EncodedText } from "./sentence-encoder";
import { stemOf } from "./words";

/**
 * What a text says as numbers: 32-bit hashes of its stems and abbreviations, of pairs of stems, and of every four
 * letters in a row, each with how often it stands there. Enough to compare texts exactly, whatever is learned later of
 * how rare each is; the words themselves are not kept.
 */
export interface TextWords {
  counts: WordCounts;
  /** How each stem and abbreviation was written where it first stands. */
  written: ReadonlyMap<number, string>;
}

/** Raised when the same text gives other numbers. */
export const wordsVersion = 1;

/** A word; two in a row; four letters in a row, which bring `immunisations` and `imunization` together. */
export type FeatureKind = "word" | "pair" | "letters";
const kinds: readonly FeatureKind[] = ["word", "pair", "letters"];

/** A title says what it is about: it counts as often as this. */
const titleCounts = 2;
const mostTimes = 255;
const lettersInRow = 4;

export function textWords({ title, text }: EncodedText): TextWords {
  const times = new Map<number, number>();
  const written = new Map<number, string>();
  if (title) count(title, titleCounts, times, written);
  count(text, 1, times, written);
  const sorted = [...times].sort(([a], [b]) => a - b);
  return {
    counts: {
      features: Uint32Array.from(sorted, ([feature]) => feature),
      times: Uint8Array.from(sorted, ([, n]) => Math.min(n, mostTimes)),
    },
    written,
  };
}

/** The last two bits say what a feature is, so that each can be weighed as that. */
export function kindOf(feature: number): FeatureKind {
  return kinds[feature & 3] ?? "word";
}

/** The feature of a word, as it is written. */
export function featureOfWord(word: string): number {
  return featureOf(stemOf(word.toLowerCase()), "word");
}

function count(part: string, each: number, times: Map<number, number>, written: Map<number, string>): void {
  const { stems, marks, written: spelled } = read(part);
  const add = (feature: number) => times.set(feature, (times.get(feature) ?? 0) + each);
  stems.forEach((stem, at) => {
    add(featureOf(stem, "word"));
    const next = stems[at + 1];
    if (next) add(featureOf(`${stem} ${next}`, "pair"));
    const framed = `^${stem}$`;
    for (let from = 0; from + lettersInRow <= framed.length; from++)
      add(featureOf(framed.slice(from, from + lettersInRow), "letters"));
  });
  for (const mark of marks) add(featureOf(mark, "word"));
  for (const [stem, as] of spelled) if (!written.has(featureOf(stem, "word"))) written.set(featureOf(stem, "word"), as);
}

function featureOf(text: string, kind: FeatureKind): number {
  return ((hashOf(text) & ~3) | kinds.indexOf(kind)) >>> 0;
}

/** 32-bit FNV-1a with a final mix, so that neighbouring features fall far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
