/** Shortened words in the official upper-case names, written out. */
const writtenOut: readonly [RegExp, string][] = [
  [/[_\s]+/g, " "],
  [/\bMED(?:ICAL)?[ ./]+(?:CTRE?|CENTRE)\b\.?/g, "MEDICAL CENTRE"],
  [/\bCTRE?\b\.?/g, "CENTRE"],
  [/\bHC\b/g, "HEALTH CENTRE"],
  [/\bRD\b\.?/g, "ROAD"],
  [/\bAVE\b\.?/g, "AVENUE"],
  [/ @ /g, " AT "],
  [/\bST\. ?/g, "ST "],
  [/\bLTD\b\.?/g, "LTD"],
];

const alwaysUpper = new Set([
  "NHS",
  "PCN",
  "GP",
  "ICB",
  "CIC",
  "TCG",
  "IGPC",
  "CHAW",
  "CHOC",
  "SMASH",
  "SWAGGA",
  "GHR",
]);
const lowerInside = new Set(["and", "of", "the", "at", "in", "on", "for", "with", "le"]);
const ownSpelling = new Map([["MACRAE", "MacRae"]]);

/** Names the register itself misspells, as the practice writes them. */
const corrected = new Map([["HOYLAKE RD MET CTR", "HOYLAKE ROAD MEDICAL CENTRE"]]);

/** An official upper-case name in the case and with the words people read: `Audlem Medical Practice`. */
export function readingName(official: string): string {
  let name = corrected.get(official.trim()) ?? official.trim().toUpperCase();
  for (const [short, long] of writtenOut) name = name.replace(short, long);
  return name.trim().replace(/[A-Z][A-Z']*/g, (word, at: number) => cased(word, startsPhrase(name, at)));
}

function startsPhrase(name: string, at: number): boolean {
  return at === 0 || name[at - 1] === "(" || name.slice(0, at).endsWith("- ");
}

function cased(word: string, first: boolean): string {
  const own = ownSpelling.get(word);
  if (own) return own;
  if (alwaysUpper.has(word)) return word;
  const lower = word.toLowerCase();
  if (!first && lowerInside.has(lower)) return lower;
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
