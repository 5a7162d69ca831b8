import type { TextRun } from "../app/domain/ports";

/**
 * Marks around what matched, from Unicode's private use area: they cannot stand in a document, from which they are
 * taken before it is indexed, so what the engine returns is told apart from what people wrote without any HTML.
 */
export const markBegin = "\ue000";
export const markEnd = "\ue001";

/** A text as the engine takes it: without our marks, without halves of characters, which no JSON reader accepts. */
export function indexable(text: string): string {
  return text.replace(/[\ue000\ue001]/g, " ").replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Runs of a text in which the engine marked what matched, each mark over whole words. */
export function textRuns(marked: string): TextRun[] {
  const runs: TextRun[] = [];
  for (const part of wholeWords(marked).split(markBegin)) {
    const [inside, after] = part.split(markEnd);
    if (after === undefined) {
      add(runs, part, false);
      continue;
    }
    add(runs, inside ?? "", true);
    add(runs, after, false);
  }
  return runs;
}

/**
 * The engine marks as many letters as were typed, which cuts a word that was typed with an error. A mark inside a word
 * goes to its ends, over letters and digits only.
 */
function wholeWords(marked: string): string {
  return marked
    .replace(toEndOfWord, `$1${markEnd}`)
    .replace(toBeginningOfWord, `${markBegin}$1`)
    .replaceAll(markEnd + markBegin, "");
}

const letter = "[\\p{L}\\p{M}\\p{N}]";
const toEndOfWord = new RegExp(`(?<=${letter})${markEnd}(${letter}+)`, "gu");
const toBeginningOfWord = new RegExp(`(?<!${letter})(${letter}+)${markBegin}(?=${letter})`, "gu");

function add(runs: TextRun[], text: string, marked: boolean): void {
  if (text !== "") runs.push({ text, marked });
}
