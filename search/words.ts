/**
 * Words as similarity sees them: lower case, without endings, without those that say nothing. Good enough to bring
 * "referral", "referred" and "referrals" together; not a dictionary.
 */

const stopWords: ReadonlySet<string> = new Set(
  `a about after again all also am an and any are as at be because been before being both but by can cannot cant could
  did didnt do does doesnt doing dont down each even ever every few for from get gets getting go goes going gone got
  had has have having he her here hers him his how i if in into is isnt it its ive just me might more most much my no
  nor not now of off on once one only or other our ours out over own per put said same say says see seen she should so
  some still such take taken than that thats the their them then there these they this those through to too under
  until up us very was wasnt we well went were what when where which while who whom whose why will with without wont
  would yes yet you your`.split(/\s+/),
);

const numberWords: ReadonlyMap<string, string> = new Map(
  "two three four five six seven eight nine ten eleven twelve"
    .split(" ")
    .map((word, index) => [word, String(index + 2)] as const),
);

/** Longest text that is taken apart; what people can send is shorter. */
const longestText = 20_000;

/** Words of a text in order, in lower case. `A&E` is one word, `e-RS` two, an apostrophe is nothing. */
export function wordsOf(text: string): string[] {
  return spelledWordsOf(text).map((word) => word.toLowerCase());
}

/** Words of a text as they were written. */
export function spelledWordsOf(text: string): string[] {
  const plain = text
    .slice(0, longestText)
    .normalize("NFKC")
    .replace(/['\u2019]/g, "");
  return plain.match(/[\p{L}\p{N}]+(?:&[\p{L}\p{N}]+)*/gu) ?? [];
}

/** Whether a word (lower case) says nothing by itself. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word) || (word.length === 1 && !/\d/.test(word));
}

/** A word (lower case) without its endings. Number words up to twelve become digits. */
export function stemOf(word: string): string {
  const number = numberWords.get(word);
  if (number) return number;
  if (word.length < 4 || /[\d&]/.test(word)) return word;
  return withoutLastE(withoutDerivation(withoutTense(withoutPlural(word))));
}

function withoutPlural(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is)$/.test(word)) return word;
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

function withoutTense(word: string): string {
  if (word.endsWith("ied")) return `${word.slice(0, -3)}y`;
  for (const ending of ["ing", "ed"]) {
    const rest = word.slice(0, -ending.length);
    if (word.endsWith(ending) && rest.length >= 3 && /[aeiouy]/.test(rest)) return undoubled(rest);
  }
  return word;
}

function withoutDerivation(word: string): string {
  for (const ending of ["ation", "ment", "ness", "ally", "ly", "al"]) {
    const rest = word.slice(0, -ending.length);
    if (word.endsWith(ending) && rest.length >= 4) return undoubled(rest);
  }
  return word;
}

function undoubled(word: string): string {
  return /([bdfgmnprt])\1$/.test(word) ? word.slice(0, -1) : word;
}

function withoutLastE(word: string): string {
  if (word.length > 3 && word.endsWith("e")) return word.slice(0, -1);
  return word.length > 3 && word.endsWith("y") ? `${word.slice(0, -1)}i` : word;
}
