/**
 * Finds what looks like a patient identifier in text that people write. Today: NHS numbers.
 * Nothing is ever altered: a find stops sending until it is taken out or declared to be something else.
 */
export interface IdentifierFind {
  kind: "nhs-number";
  /** Where it stands in the text, in UTF-16 units: [start, end). */
  start: number;
  end: number;
  /** The digits as written, spaces and all. */
  span: string;
}

/** A writer's word that a find is not a patient identifier, and why. Kept with what was sent. */
export interface IdentifierDeclaration {
  span: string;
  reason: string;
}

/**
 * Ten digits, perhaps grouped by single spaces, dots or hyphens (also the non-breaking kinds). A longer run of digits is
 * another kind of number, so no digit may touch either end.
 */
const tenDigits =
  /(?<!\p{Nd})(?<!\p{Nd}[-.])\p{Nd}(?:[\s\u00a0\u2009\u202f.\-\u2010-\u2015]{0,2}\p{Nd}){9}(?![-.]?\p{Nd})/gu;

/**
 * Whether ten digits carry a valid NHS number check digit: weights 10 to 2 on digits 1 to 9, r = sum mod 11,
 * check digit = 11 - r, where 11 becomes 0 and 10 means the number is invalid (NHS Data Dictionary).
 */
export function isNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (10 - i);
  const check = 11 - (sum % 11);
  if (check === 10) return false;
  return (check === 11 ? 0 : check) === Number(digits[9]);
}

/** Every span of `text` that could be a patient's NHS number, in order. */
export function findIdentifiers(text: string): IdentifierFind[] {
  const finds: IdentifierFind[] = [];
  for (const match of text.matchAll(tenDigits)) {
    if (!isNhsNumber(asciiDigits(match[0]))) continue;
    finds.push({ kind: "nhs-number", start: match.index, end: match.index + match[0].length, span: match[0] });
  }
  return finds;
}

/** The finds that nobody has declared, with a reason, to be something else. */
export function undeclaredIdentifiers(text: string, declared: readonly IdentifierDeclaration[]): IdentifierFind[] {
  const excused = new Set(declared.filter((each) => each.reason.trim().length >= 3).map((each) => each.span));
  return findIdentifiers(text).filter((find) => !excused.has(find.span));
}

/** Digits only, with digits of other scripts (full-width, Arabic-Indic) as 0-9. */
function asciiDigits(span: string): string {
  let digits = "";
  for (const char of span) {
    if (!/\p{Nd}/u.test(char)) continue;
    digits += decimalValue(char);
  }
  return digits;
}

/** Decimal digits stand in runs of ten that begin at a multiple found by walking back to the run's zero. */
function decimalValue(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10;
}
