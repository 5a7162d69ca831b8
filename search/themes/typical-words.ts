import type { TypicalWord } from "../../app/domain/theme";
import { isStopWord, spelledWordsOf, stemOf } from "../words";

/** A word counts as typical when at least this many texts of a theme hold it, and this share of them. */
const fewestTexts = 3;
const fewestShare = 0.1;
const wordsAtMost = 8;
const labelWords = 3;
/** Added to what is counted elsewhere, so that a word found nowhere else is not typical without bounds. */
const smoothing = 1;

/** How often each term was written which way, and in how many texts it stands. */
interface TermCounts {
  texts: number;
  terms: Map<string, number>;
}

/**
 * Words and pairs of words that set each theme apart from all other texts: by how many of its texts hold them, against
 * how many of the others do (document frequencies, so that one long text does not speak for all).
 */
export function typicalWords(texts: readonly string[], themeOf: Int32Array, themes: number): TypicalWord[][] {
  const written = new Map<string, Map<string, number>>();
  const all: TermCounts = { texts: texts.length, terms: new Map() };
  const each: TermCounts[] = Array.from({ length: themes }, () => ({ texts: 0, terms: new Map() }));
  texts.forEach((text, at) => {
    const terms = termsOf(text, written);
    const theme = each[themeOf[at]!];
    if (theme) theme.texts++;
    for (const term of terms) {
      all.terms.set(term, (all.terms.get(term) ?? 0) + 1);
      theme?.terms.set(term, (theme.terms.get(term) ?? 0) + 1);
    }
  });
  return each.map((theme) =>
    mostTypical(theme, all).map(({ term, times }) => ({ word: mostOften(written, term), times })),
  );
}

/**
 * A name for as long as nobody has given one: the kind most of its issues are of, where there is such a kind, and the
 * words that set it apart: "Discharge summaries: eleven days, acute medicine".
 */
export function labelOf(words: readonly TypicalWord[], kinds: readonly (string | undefined)[]): string {
  const kind = mostCommon(kinds);
  const few = words.slice(0, kind ? labelWords - 1 : labelWords).map((each) => each.word);
  const label = kind ? [kind, few.join(", ")].filter(Boolean).join(": ") : few.join(", ");
  return label === "" ? "Various" : `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
}

function mostCommon(kinds: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const kind of kinds) if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return first && first[1] * 2 >= kinds.length ? first[0] : undefined;
}

function mostTypical(theme: TermCounts, all: TermCounts): { term: string; times: number }[] {
  const elsewhere = all.texts - theme.texts;
  const candidates = [...theme.terms].flatMap(([term, n]) => {
    const share = n / theme.texts;
    if (n < fewestTexts || share < fewestShare) return [];
    const other = ((all.terms.get(term) ?? n) - n + smoothing) / (elsewhere + 2 * smoothing);
    const times = share / other;
    // Telling, and before that held by many: what one text says in its own way is no name for all.
    const weight = share ** 1.5 * Math.log(times);
    return times > 1.5 ? [{ term, times, weight }] : [];
  });
  // A pair as telling as its words says more than either.
  candidates.sort(
    (a, b) => b.weight - a.weight || b.term.split(" ").length - a.term.split(" ").length || (a.term < b.term ? -1 : 1),
  );
  const chosen: typeof candidates = [];
  for (const candidate of candidates) {
    if (chosen.length === wordsAtMost) break;
    if (!chosen.some((other) => saysTheSame(other.term, candidate.term))) chosen.push(candidate);
  }
  return chosen;
}

/** Whether two terms share a word. */
function saysTheSame(one: string, other: string): boolean {
  const words = new Set(one.split(" "));
  return other.split(" ").some((word) => words.has(word));
}

/** Stems of a text and pairs of neighbouring ones, each once; how they were written is noted beside. */
function termsOf(text: string, written: Map<string, Map<string, number>>): Set<string> {
  const terms = new Set<string>();
  let before: { stem: string; word: string } | undefined;
  const add = (term: string, as: string) => {
    terms.add(term);
    const forms = written.get(term) ?? new Map<string, number>();
    written.set(term, forms.set(as, (forms.get(as) ?? 0) + 1));
  };
  for (const spelled of spelledWordsOf(text)) {
    const word = /^\p{Lu}\p{Ll}+$/u.test(spelled) ? spelled.toLowerCase() : spelled;
    const lower = word.toLowerCase();
    if (isStopWord(lower) || !/\p{L}/u.test(word)) {
      before = undefined;
      continue;
    }
    const stem = stemOf(lower);
    add(stem, word);
    if (before && before.stem !== stem) add(`${before.stem} ${stem}`, `${before.word} ${word}`);
    before = { stem, word };
  }
  return terms;
}

function mostOften(written: ReadonlyMap<string, ReadonlyMap<string, number>>, term: string): string {
  const forms = [...(written.get(term) ?? [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return forms[0]?.[0] ?? term;
}
