import { type EncodedText, idfOf, weightsOf } from "./encoder";
import { read } from "./glossary";

/**
 * How alike two texts are, word by word. The engine finds candidates by vectors of 512 numbers, in which words fall on
 * each other now and then; the few that come back are compared exactly.
 */
export interface Closeness {
  /** (1 + cosine) / 2. */
  score: number;
  /** Words both share, at most 4, the most telling first, as the first text writes them. */
  shared: string[];
}

/** Long texts are compared by their beginning, where people say what it is about. */
const comparedCharacters = 4_000;
const sharedAtMost = 4;
/** Words in about one text of five and more tell nothing: "patient", "letter", "please". */
const tellingFrom = 2.6;

export interface ReadText {
  weights: Map<string, number>;
  length: number;
  written: Map<string, string>;
}

/** A text taken apart once, to be compared with several. */
export function readText(of: EncodedText): ReadText {
  const text = of.text.slice(0, comparedCharacters);
  const weights = weightsOf({ ...of, text });
  let squares = 0;
  for (const weight of weights.values()) squares += weight * weight;
  return { weights, length: Math.sqrt(squares), written: read(`${of.title ?? ""}\n${text}`).written };
}

export function closeness(one: ReadText, other: ReadText): Closeness {
  let product = 0;
  const both: { word: string; weight: number }[] = [];
  for (const [feature, weight] of one.weights) {
    const theirs = other.weights.get(feature);
    if (theirs === undefined) continue;
    product += weight * theirs;
    const word = one.written.get(feature);
    if (word && /\p{L}/u.test(word) && idfOf(feature) >= tellingFrom) both.push({ word, weight: weight * theirs });
  }
  const lengths = one.length * other.length;
  return { score: lengths === 0 ? 0.5 : (1 + product / lengths) / 2, shared: heaviest(both) };
}

function heaviest(words: readonly { word: string; weight: number }[]): string[] {
  const sorted = [...words].sort((a, b) => b.weight - a.weight).map((each) => sentenceCased(each.word));
  return [...new Set(sorted)].slice(0, sharedAtMost);
}

/** A word that begins a sentence is shown as it stands inside one; an abbreviation stays as it is. */
function sentenceCased(word: string): string {
  return /^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word;
}
