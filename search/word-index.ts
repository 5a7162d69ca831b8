import type { TextRun } from "../app/domain/ports";
import { exactWords, searchSynonyms } from "./glossary";
import { wordsOf } from "./words";

/**
 * Words of a few thousand short texts, in memory: whole words, beginnings of words, typing errors and abbreviations in
 * both directions, as the engine takes them, so that the directory is found the same way with and without it.
 */
export interface WordIndex {
  /** Entries that hold every word of a text, the best first; `order` gives each entry's place among equals. */
  find(text: string): { entry: number; words: ReadonlySet<string> }[];
}

/** A word of the text, and what may stand for it: words as they are in the entries, each with how well it fits. */
interface Slot {
  /** Any one of these alternatives; of each, every word. */
  alternatives: { words: readonly string[]; fit: number }[];
}

interface Posting {
  entry: number;
  /** 1 for the first text of the entry, less for those after it. */
  weight: number;
}

/** Texts a word is looked for in weigh less the later they stand: a name before what is said of it. */
const weightOfText = [1, 0.5, 0.4, 0.3, 0.3];
const mostWords = 10;
const longestPhrase = 6;

const synonyms = searchSynonyms();
const exact: ReadonlySet<string> = new Set(exactWords());

/** `entries`: the texts of each entry, in the order of what they say about it. */
export function createWordIndex(entries: readonly (readonly string[])[]): WordIndex {
  const postings = new Map<string, Posting[]>();
  entries.forEach((texts, entry) => {
    const weights = new Map<string, number>();
    texts.forEach((text, at) => {
      const weight = weightOfText[at] ?? 0.3;
      for (const word of wordsOf(text)) weights.set(word, Math.max(weights.get(word) ?? 0, weight));
    });
    for (const [word, weight] of weights) postings.set(word, [...(postings.get(word) ?? []), { entry, weight }]);
  });
  const vocabulary = [...postings.keys()];
  const find = (words: readonly string[], withTypos: boolean) =>
    found(
      slotsOf(words).map((slot) => widened(slot, vocabulary, withTypos)),
      postings,
    );
  return {
    find(text) {
      const words = wordsOf(text).slice(0, mostWords);
      if (words.length === 0) return [];
      const asWritten = find(words, false);
      return asWritten.length > 0 ? asWritten : find(words, true);
    },
  };
}

/** Takes the text apart: the longest phrases that the glossary knows, and single words between them. */
function slotsOf(words: readonly string[]): (Slot & { open?: string })[] {
  const slots: (Slot & { open?: string })[] = [];
  for (let at = 0; at < words.length; ) {
    const length = phraseAt(words, at);
    const own = words.slice(at, at + length);
    const others = (synonyms[own.join(" ")] ?? []).map((form) => ({ words: form.split(" "), fit: 0.6 }));
    const [single] = own;
    if (length === 1 && single) slots.push({ alternatives: others, open: single });
    else slots.push({ alternatives: [{ words: own, fit: 1 }, ...others] });
    at += length;
  }
  return slots;
}

/** How many words from here the glossary knows as one thing. */
function phraseAt(words: readonly string[], at: number): number {
  for (let length = Math.min(longestPhrase, words.length - at); length > 1; length--)
    if (Object.hasOwn(synonyms, words.slice(at, at + length).join(" "))) return length;
  return 1;
}

/** A single word also stands for words that begin with it, and, asked so, for those a slip or two away. */
function widened(slot: Slot & { open?: string }, vocabulary: readonly string[], withTypos: boolean): Slot {
  const { open } = slot;
  if (open === undefined) return slot;
  const fitting = vocabulary.flatMap((word) => {
    const fit = fitOf(open, word, withTypos);
    return fit > 0 ? [{ words: [word], fit }] : [];
  });
  return { alternatives: [...fitting, ...slot.alternatives] };
}

function fitOf(asked: string, word: string, withTypos: boolean): number {
  if (word === asked) return 1;
  if (word.startsWith(asked)) return 0.8;
  if (!withTypos) return 0;
  const slips = slipsForgiven(asked);
  if (slips === 0 || word[0] !== asked[0]) return 0;
  const away = Math.min(slipsBetween(asked, word, slips), slipsBetween(asked, word.slice(0, asked.length), slips));
  return away <= slips ? 0.5 / away : 0;
}

/** As many as the engine forgives: none in numbers, abbreviations and short words. */
function slipsForgiven(word: string): number {
  if (word.length < 5 || /\d/.test(word) || exact.has(word)) return 0;
  return word.length < 9 ? 1 : 2;
}

/** Letters put in, left out, changed or swapped between two words; more than `most` is `most + 1`. */
function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : most + 1;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, swapped));
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

/** Entries in which every slot is filled, best first. */
function found(slots: readonly Slot[], postings: ReadonlyMap<string, readonly Posting[]>) {
  let kept: Map<number, { score: number; words: Set<string> }> | undefined;
  for (const slot of slots) {
    const filled = entriesFilling(slot, postings);
    const both = new Map<number, { score: number; words: Set<string> }>();
    for (const [entry, here] of filled) {
      const earlier = kept ? kept.get(entry) : { score: 0, words: new Set<string>() };
      if (earlier)
        both.set(entry, { score: earlier.score + here.score, words: new Set([...earlier.words, ...here.words]) });
    }
    kept = both;
  }
  return [...(kept ?? [])]
    .sort(([first, a], [second, b]) => b.score - a.score || first - second)
    .map(([entry, { words }]) => ({ entry, words }));
}

function entriesFilling(slot: Slot, postings: ReadonlyMap<string, readonly Posting[]>) {
  const entries = new Map<number, { score: number; words: Set<string> }>();
  for (const { words, fit } of slot.alternatives) {
    for (const [entry, weight] of holdingAll(words, postings)) {
      const known = entries.get(entry) ?? { score: 0, words: new Set<string>() };
      known.score = Math.max(known.score, fit * weight);
      for (const word of words) known.words.add(word);
      entries.set(entry, known);
    }
  }
  return entries;
}

/** Entries that hold all these words, with the weight of the weakest. */
function holdingAll(words: readonly string[], postings: ReadonlyMap<string, readonly Posting[]>): Map<number, number> {
  let kept: Map<number, number> | undefined;
  for (const word of words) {
    const here = new Map((postings.get(word) ?? []).map(({ entry, weight }) => [entry, weight]));
    kept = kept
      ? new Map(
          [...kept].flatMap(([entry, weight]) => {
            const other = here.get(entry);
            return other === undefined ? [] : [[entry, Math.min(weight, other)] as const];
          }),
        )
      : here;
  }
  return kept ?? new Map();
}

/** A text in runs, with these words (in lower case) marked wherever they stand. */
export function markWords(text: string, words: ReadonlySet<string>): TextRun[] {
  const runs: TextRun[] = [];
  const add = (part: string, marked: boolean) => {
    const last = runs.at(-1);
    if (part === "") return;
    if (last && last.marked === marked) last.text += part;
    else runs.push({ text: part, marked });
  };
  let at = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:['\u2019&][\p{L}\p{N}]+)*/gu)) {
    add(text.slice(at, match.index), false);
    const word = wordsOf(match[0]).join("");
    add(match[0], words.has(word));
    at = match.index + match[0].length;
  }
  add(text.slice(at), false);
  return runs;
}
