import abbreviations from "../data/abbreviations.json";
import { isStopWord, spelledWordsOf, stemOf, wordsOf } from "./words";

/** Abbreviations of the NHS and what they stand for, for search in both directions and for similarity. */

interface Row {
  abbreviation: string;
  expansion: string;
}

/** Further ways to write what the list holds; the first of an abbreviation gives the words it is read as. */
const otherWordings: readonly Row[] = [
  { abbreviation: "TTO", expansion: "discharge medicines" },
  { abbreviation: "TTO", expansion: "to take out" },
  { abbreviation: "TTO", expansion: "TTA" },
  { abbreviation: "TTA", expansion: "to take away" },
  { abbreviation: "2WW", expansion: "two week rule" },
  { abbreviation: "2WW", expansion: "2 week wait" },
  { abbreviation: "EDS", expansion: "electronic discharge summary" },
  { abbreviation: "EDS", expansion: "discharge summary" },
  { abbreviation: "TCI", expansion: "to come in" },
  { abbreviation: "e-RS", expansion: "e-referral" },
  { abbreviation: "A&E", expansion: "ED" },
  { abbreviation: "DNA", expansion: "missed appointment" },
];

/** Abbreviations that are also everyday words: read as abbreviations only where they stand in capitals. */
const alsoWords: ReadonlySet<string> = new Set(
  "cats cues des doc dos ed gi hes int la les mar mesh mo nice ned op pals pas rag salt sar sea sop spa sus toc us".split(
    " ",
  ),
);

const listed: readonly Row[] = abbreviations.rows.flatMap(([abbreviation, expansion]) =>
  abbreviation && expansion ? [{ abbreviation, expansion }] : [],
);
const ambiguous: ReadonlySet<string> = new Set(abbreviations.ambiguous.map((each) => each.toLowerCase()));

/** Two-way synonyms for the engine, which takes them one way: every form of a thing names all its other forms. */
export function searchSynonyms(): Record<string, string[]> {
  const things = new Map<string, Set<string>>();
  for (const { abbreviation, expansion } of [...listed, ...otherWordings]) {
    const forms = things.get(markOf(abbreviation)) ?? new Set();
    things.set(markOf(abbreviation), forms.add(engineForm(abbreviation)).add(engineForm(expansion)));
  }
  const synonyms = new Map<string, Set<string>>();
  for (const forms of things.values())
    for (const form of forms) synonyms.set(form, new Set([...(synonyms.get(form) ?? []), ...forms]));
  return Object.fromEntries([...synonyms].map(([form, all]) => [form, [...all].filter((each) => each !== form)]));
}

/** Words for which one letter more or less is another word: typing errors are not forgiven in them. */
export function exactWords(): string[] {
  return [...new Set([...listed, ...otherWordings].flatMap((row) => wordsOf(row.abbreviation)))];
}

/** `A&E` stays one word (the engine is told so); every other mark divides. */
function engineForm(text: string): string {
  return wordsOf(text).join(" ");
}

/** What a stretch of text is about: stems, and `#` marks for abbreviations however they were written. */
export interface Reading {
  /** Content words in order, as stems; an abbreviation gives those of its expansion. */
  stems: string[];
  /** One mark for each abbreviation, written short or in full. */
  marks: string[];
  /** How each stem and mark was written where it first stands. */
  written: Map<string, string>;
}

interface Phrase {
  words: readonly string[];
  mark: string;
  stems: readonly string[];
}

/** Different abbreviations of one thing. */
const sameThing: Readonly<Record<string, string>> = { tta: "tto", twr: "2ww", ers: "e rs", ed: "a&e", scp: "sca" };

const { single, several } = buildPhrases();
const expansions = buildExpansions();
const oneWord = /[\p{L}\p{N}]+(?:&[\p{L}\p{N}]+)*/gu;

/** Reads a text with abbreviations and their expansions as the same thing. */
export function read(text: string): Reading {
  const spelled = spelledWordsOf(text);
  const words = spelled.map((word) => word.toLowerCase());
  const wordStems = words.map(stemOf);
  const reading: Reading = { stems: [], marks: [], written: new Map() };
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? "";
    const phrase = severalAt(wordStems, at) ?? singleAt(word, spelled[at] ?? "");
    const length = phrase?.words.length ?? 1;
    const written = spelled.slice(at, at + length).join(" ");
    if (phrase) addPhrase(reading, phrase, written);
    else if (!isStopWord(word)) addStem(reading, wordStems[at] ?? word, written);
    at += length;
  }
  return reading;
}

/** A text with its abbreviations replaced by what they stand for: an encoder of sentences knows few of them. */
export function spelledOut(text: string): string {
  return text.replace(oneWord, (spelled) => {
    const word = spelled.toLowerCase();
    if (isEverydayWord(word, spelled)) return spelled;
    return expansions.get(word) ?? spelled;
  });
}

function addPhrase(reading: Reading, phrase: Phrase, written: string): void {
  reading.marks.push(phrase.mark);
  setOnce(reading.written, phrase.mark, written);
  for (const stem of phrase.stems) addStem(reading, stem, written);
}

function addStem(reading: Reading, stem: string, written: string): void {
  reading.stems.push(stem);
  setOnce(reading.written, stem, written);
}

function severalAt(stems: readonly string[], at: number): Phrase | undefined {
  const candidates = several.get(stems[at] ?? "");
  return candidates?.find((phrase) => phrase.words.every((word, offset) => stems[at + offset] === word));
}

function singleAt(word: string, spelled: string): Phrase | undefined {
  return isEverydayWord(word, spelled) ? undefined : single.get(word);
}

function isEverydayWord(word: string, spelled: string): boolean {
  return alsoWords.has(word) && spelled.slice(0, 2) !== spelled.slice(0, 2).toUpperCase();
}

/** What each abbreviation of one word, and its plural, is spelled out as: the first wording that is not short itself. */
function buildExpansions(): Map<string, string> {
  const expansions = new Map<string, string>();
  for (const { abbreviation, expansion } of [...otherWordings, ...listed]) {
    const words = wordsOf(abbreviation);
    const [word] = words;
    if (!word || words.length > 1 || !expansion.includes(" ") || ambiguous.has(word)) continue;
    setOnce(expansions, word, expansion.toLowerCase());
    setOnce(expansions, `${word}s`, expansion.toLowerCase());
  }
  return expansions;
}

/** Phrases of one word by that word and its plural; of several by the stem of their first, the longest first. */
function buildPhrases(): { single: Map<string, Phrase>; several: Map<string, Phrase[]> } {
  const single = new Map<string, Phrase>();
  const several = new Map<string, Phrase[]>();
  const readAs = new Map<string, string[]>();
  const rows = [...otherWordings, ...listed].filter((row) => !ambiguous.has(row.abbreviation.toLowerCase()));
  for (const row of rows) {
    const mark = markOf(row.abbreviation);
    setOnce(readAs, mark, contentStems(row.expansion));
    const expansionStems = readAs.get(mark) ?? [];
    for (const form of [row.abbreviation, row.expansion]) {
      const words = wordsOf(form);
      const [first] = words;
      // What is written in full keeps its own words, beside those that every form of it is read as.
      const own = form === row.abbreviation ? [] : contentStems(form);
      const stems = [...new Set([...own, ...expansionStems])];
      if (first && words.length === 1) setOnce(single, first, { words, mark, stems });
      if (!first || words.length === 1) continue;
      const phrase = { words: words.map(stemOf), mark, stems };
      several.set(stemOf(first), [...(several.get(stemOf(first)) ?? []), phrase]);
    }
  }
  for (const [word, phrase] of [...single]) setOnce(single, `${word}s`, phrase);
  for (const candidates of several.values()) candidates.sort((a, b) => b.words.length - a.words.length);
  return { single, several };
}

function setOnce<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}

function contentStems(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !isStopWord(word))
    .map(stemOf);
}

function markOf(abbreviation: string): string {
  const form = engineForm(abbreviation);
  return `#${sameThing[form] ?? form}`;
}
