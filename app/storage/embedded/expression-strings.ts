/** String expressions. Positions count code points; case changes only A-Z, as MongoDB's do. */
import { isNullish } from "./compare";
import { outsideSubset, StoreError } from "./errors";
import { fixed, named, type Operator, ranged, untilNull } from "./expression-kit";
import { toRegExp } from "./regex";
import { formatDate, shortNumberText, timestampText } from "./value-text";
import {
  BsonDate,
  BsonSymbol,
  Code,
  int32,
  isNumber,
  Regex,
  Timestamp,
  toWhole,
  typeName,
  typeNameOrMissing,
  type Value,
} from "./values";

/** Text of the values that string operators take: text, numbers and dates; "" for nothing. */
function coerce(v: Value | undefined): string {
  if (isNullish(v)) return "";
  if (typeof v === "string") return v;
  if (v instanceof BsonSymbol) return v.value;
  if (isNumber(v)) return shortNumberText(v);
  if (v instanceof BsonDate) return formatDate(v);
  if (v instanceof Code && !v.scope) return v.code;
  if (v instanceof Timestamp) return timestampText(v);
  throw new StoreError(16007, `can't convert from BSON type ${typeName(v!)} to String`);
}

const concat = untilNull(
  () => "",
  (text, v) => {
    if (typeof v !== "string") throw new StoreError(16702, `$concat only supports strings, not ${typeName(v)}`);
    return text + v;
  },
  (text) => text,
);

const split = fixed(2, ([text, by]) => {
  if (isNullish(text) || isNullish(by)) return null;
  if (typeof text !== "string")
    throw new StoreError(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(text!)}`,
    );
  if (by instanceof Regex) throw outsideSubset("$split by a regular expression");
  if (typeof by !== "string")
    throw new StoreError(
      10503900,
      `$split requires an expression that evaluates to a string or a regex as a second argument, found: ${typeName(by!)}`,
    );
  if (by === "") throw new StoreError(40087, "$split requires a non-empty separator");
  return text.split(by);
});

const changeCase = (upper: boolean): Operator =>
  fixed(1, ([v]) =>
    coerce(v).replace(upper ? /[a-z]+/g : /[A-Z]+/g, (m) => (upper ? m.toUpperCase() : m.toLowerCase())),
  );

const substrCP = fixed(3, ([v, from, count]) => {
  const text = coerce(v);
  const start = codePoints(from, "starting index", 34450, 34451);
  const length = codePoints(count, "length", 34452, 34453);
  if (length < 0) throw new StoreError(34454, "$substrCP: length must be a nonnegative integer.");
  if (start < 0) throw new StoreError(34455, "$substrCP: the starting index must be nonnegative integer.");
  return [...text].slice(start, start + length).join("");
});

function codePoints(v: Value | undefined, what: string, notNumber: number, notWhole: number): number {
  if (!isNumber(v))
    throw new StoreError(notNumber, `$substrCP: ${what} must be a numeric type (is BSON type ${typeNameOrMissing(v)})`);
  const n = toWhole(v);
  if (n === undefined || n > 2147483647 || n < -2147483648)
    throw new StoreError(notWhole, `$substrCP: ${what} cannot be represented as a 32-bit integral value`);
  return n;
}

const regexMatch: Operator = (operand, c, name) => {
  const d = named(operand, name, ["input", "regex", "options"], { notDoc: 51103, unknown: 31024 });
  if (!d.has("input")) throw new StoreError(31022, "$regexMatch requires 'input' parameter");
  if (!d.has("regex")) throw new StoreError(31023, "$regexMatch requires 'regex' parameter");
  const input = c.compile(d.get("input")!);
  const regex = c.compile(d.get("regex")!);
  const options = d.has("options") ? c.compile(d.get("options")!) : () => undefined;
  return (s) => {
    const text = input(s);
    const pattern = regex(s);
    const flags = options(s);
    if (isNullish(text) || isNullish(pattern)) return false;
    if (typeof text !== "string") throw new StoreError(51104, "$regexMatch needs 'input' to be of type string");
    if (typeof pattern !== "string" && !(pattern instanceof Regex))
      throw new StoreError(51105, "$regexMatch needs 'regex' to be of type string or regex");
    if (!isNullish(flags) && typeof flags !== "string")
      throw new StoreError(51106, "$regexMatch needs 'options' to be of type string");
    const own = typeof pattern === "string" ? "" : pattern.options;
    if (own !== "" && flags)
      throw new StoreError(51107, "$regexMatch found regex option(s) specified in both 'regex' and 'options' fields");
    return toRegExp(
      new Regex(typeof pattern === "string" ? pattern : pattern.pattern, own || String(flags ?? "")),
    ).test(text);
  };
};

const trim =
  (left: boolean, right: boolean): Operator =>
  (operand, c, name) => {
    const d = named(operand, name, ["input", "chars"], { notDoc: 50696, unknown: 50694 });
    if (!d.has("input")) throw new StoreError(50695, `${name} requires an 'input' field`);
    const input = c.compile(d.get("input")!);
    const chars = d.has("chars") ? c.compile(d.get("chars")!) : undefined;
    return (s) => {
      const text = input(s);
      const set = chars?.(s);
      if (isNullish(text)) return null;
      if (typeof text !== "string")
        throw new StoreError(50699, `${name} requires its input to be a string, got ${typeName(text!)}`);
      if (chars && isNullish(set)) return null;
      if (chars && typeof set !== "string") throw new StoreError(50700, `${name} requires 'chars' to be a string`);
      return trimText(text, typeof set === "string" ? new Set(set) : undefined, left, right);
    };
  };

const WHITESPACE = new Set(
  "\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a",
);

function trimText(text: string, chars: Set<string> | undefined, left: boolean, right: boolean): string {
  const all = [...text];
  const set = chars ?? WHITESPACE;
  let from = 0;
  let to = all.length;
  while (left && from < to && set.has(all[from]!)) from++;
  while (right && to > from && set.has(all[to - 1]!)) to--;
  return all.slice(from, to).join("");
}

const indexOfCP = ranged(2, 4, ([text, part, from, to]) => {
  if (isNullish(text)) return null;
  if (typeof text !== "string")
    throw new StoreError(40093, `$indexOfCP requires a string as the first argument, found: ${typeName(text!)}`);
  if (typeof part !== "string")
    throw new StoreError(
      40094,
      `$indexOfCP requires a string as the second argument, found: ${typeNameOrMissing(part)}`,
    );
  const all = [...text];
  const start = from === undefined ? 0 : indexArgument(from);
  const stop = to === undefined ? all.length : Math.min(indexArgument(to), all.length);
  const wanted = [...part];
  for (let i = start; i + wanted.length <= stop; i++) if (wanted.every((ch, j) => all[i + j] === ch)) return int32(i);
  return int32(-1);
});

function indexArgument(v: Value): number {
  const n = toWhole(v);
  if (n === undefined)
    throw new StoreError(40096, `$indexOfCP requires an integral index, found a value of type: ${typeName(v)}`);
  if (n < 0) throw new StoreError(40097, `$indexOfCP requires a nonnegative index, found: ${n}`);
  return n;
}

export const STRINGS: Record<string, Operator> = {
  $concat: concat,
  $split: split,
  $toLower: changeCase(false),
  $toUpper: changeCase(true),
  $substrCP: substrCP,
  $strLenCP: fixed(1, ([v]) => {
    if (typeof v !== "string")
      throw new StoreError(34471, `$strLenCP requires a string argument, found: ${typeNameOrMissing(v)}`);
    return int32([...v].length);
  }),
  $indexOfCP: indexOfCP,
  $regexMatch: regexMatch,
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
};
