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

/** What people and programs put between the digits: spaces, dots, dashes, and marks that cannot be seen. */
const between = "[\\s.\\-\\u2010-\\u2015\\u2212\\u00ad\\u200b-\\u200d\\u2060]{0,3}";

/**
 * Ten digits, perhaps grouped. No digit may touch either end, nor more digits joined on by a hyphen (as in a long phone
 * number): a longer run is another kind of number. One digit before it is the number of a list: `1-943 476 5919`.
 */
const tenDigits = new RegExp(`(?<!\\p{Nd})(?<!\\p{Nd}{2}-)\\p{Nd}(?:${between}\\p{Nd}){9}(?!-?\\p{Nd})`, "gu");

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

/**
 * Every span of `text` that could be a patient's NHS number, in order. Spans can overlap: in `2026 943 476 5919` both
 * readings of ten digits are looked at, so that a number before it hides nothing.
 */
export function findIdentifiers(text: string): IdentifierFind[] {
  const finds: IdentifierFind[] = [];
  tenDigits.lastIndex = 0;
  for (let match = tenDigits.exec(text); match; match = tenDigits.exec(text)) {
    const [span] = match;
    const start = match.index;
    const end = start + span.length;
    if (isNhsNumber(asciiDigits(span)) && !isDayAndHour(text, start, end))
      finds.push({ kind: "nhs-number", start, end, span });
    tenDigits.lastIndex = start + String.fromCodePoint(span.codePointAt(0) ?? 0).length;
  }
  return finds;
}

/** A day beside a time (`2026-11-02 14:30`) holds ten digits too, day and hour or minutes and day. */
function isDayAndHour(text: string, start: number, end: number): boolean {
  const span = text.slice(start, end);
  const before = text[start - 1] === ":";
  const after = text[end] === ":";
  return (
    (after && /^(?:\d{4}-\d{2}-\d{2}|\d{2}[-.]\d{2}[-.]\d{4}) \d{2}$/.test(span)) ||
    (before && /^\d{2} (?:\d{4}-\d{2}-\d{2}|\d{2}[-.]\d{2}[-.]\d{4})$/.test(span))
  );
}

/** Whether a declaration says anything: three characters or more. */
export function isReason(reason: string): boolean {
  return reason.trim().length >= 3;
}

/** The finds that nobody has declared, with a reason, to be something else. */
export function undeclaredIdentifiers(text: string, declared: readonly IdentifierDeclaration[]): IdentifierFind[] {
  const excused = new Set(declared.filter((each) => isReason(each.reason)).map((each) => each.span));
  return findIdentifiers(text).filter((find) => !excused.has(find.span));
}

/** Digits only, with digits of other scripts (full-width, Arabic-Indic, mathematical) as 0-9. */
function asciiDigits(span: string): string {
  let digits = "";
  for (const char of span.normalize("NFKC")) {
    if (/\p{Nd}/u.test(char)) digits += decimalValue(char);
  }
  return digits;
}

/** A script's ten digits stand in order: the value is how far its zero is, which no digit stands before. */
function decimalValue(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}
