/** Date expressions: parts, text, truncation, addition, difference; in UTC or a time zone of the IANA list. */
import { isNullish } from "./compare";
import { StoreError } from "./errors";
import type { Compiler, Evaluate, Operator } from "./expression-kit";
import { type Civil, civilOf, dayNumber, instantOf, UNITS, type Unit, type Zone, zoneNamed } from "./time-zones";
import {
  BsonDate,
  Decimal128,
  type Doc,
  int32,
  isDoc,
  isNumber,
  ObjectId,
  Timestamp,
  toNumber,
  toWhole,
  typeName,
  typeNameOrMissing,
  type Value,
} from "./values";

/** Dates, timestamps and object ids all say when; undefined for anything else. */
function millisOf(v: Value | undefined): number | undefined {
  if (v instanceof BsonDate) return v.ms;
  if (v instanceof Timestamp) return Number(v.value >> 32n) * 1000;
  return v instanceof ObjectId ? v.bytes.readInt32BE(0) * 1000 : undefined;
}

function zoneOf(v: Value | undefined): Zone | null {
  if (isNullish(v)) return null;
  if (typeof v !== "string") throw new StoreError(40517, `timezone must evaluate to a string, found ${typeName(v!)}`);
  return zoneNamed(v);
}

/**
 * As MongoDB's optimizer reads constants beside a date that is none: they are checked before any document is read, and
 * one that is null makes the whole expression null. Says whether it is.
 */
function alwaysNull(operand: Value, c: Compiler, checks: Record<string, (v: Value) => unknown>): boolean {
  if (!isDoc(operand) || [...operand.values()].every((v) => c.compileKnown(v).constant)) return false;
  return Object.entries(checks).some(([key, check]) => {
    const { constant } = operand.has(key) ? c.compileKnown(operand.get(key)!) : { constant: undefined };
    if (!constant) return false;
    if (isNullish(constant.value)) return true;
    check(constant.value!);
    return false;
  });
}

/** Named arguments, compiled; `required` ones must be present. */
function args(
  operand: Value,
  c: Compiler,
  name: string,
  spec: { all: readonly string[]; required: readonly string[]; code: number; missing: number; unknown: number },
): Record<string, Evaluate | undefined> {
  if (!isDoc(operand)) throw new StoreError(spec.code, `${name} only supports an object as its argument`);
  for (const key of operand.keys())
    if (!spec.all.includes(key)) throw new StoreError(spec.unknown, `Unrecognized argument to ${name}: ${key}`);
  for (const key of spec.required)
    if (!operand.has(key)) throw new StoreError(spec.missing, `Missing '${key}' parameter to ${name}`);
  return Object.fromEntries(spec.all.map((k) => [k, operand.has(k) ? c.compile((operand as Doc).get(k)!) : undefined]));
}

const part =
  (pick: (t: Civil, zone: Zone, ms: number) => number): Operator =>
  (operand, c, name) => {
    const options = isDoc(operand) && operand.size > 0 && !operand.keys().next().value!.startsWith("$");
    const list = Array.isArray(operand) ? operand : [operand];
    if (list.length !== 1)
      throw new StoreError(
        40536,
        `${name} accepts exactly one argument if given an array, but was given ${list.length}`,
      );
    const a = options
      ? args(operand, c, name, {
          all: ["date", "timezone"],
          required: ["date"],
          code: 40539,
          missing: 40539,
          unknown: 40535,
        })
      : { date: c.compile(list[0]!) };
    const when = a.date!;
    const zone = a.timezone;
    return (s) => {
      const v = when(s);
      const z = zone ? zoneOf(zone(s)) : zoneNamed("UTC");
      if (isNullish(v) || z === null) return null;
      const ms = millisOf(v);
      if (ms === undefined) throw new StoreError(16006, `can't convert from BSON type ${typeName(v!)} to Date`);
      return int32(pick(civilOf(ms, z), z, ms));
    };
  };

const dayOfYear = (t: Civil): number => dayNumber(t.year, t.month, t.day) - dayNumber(t.year, 1, 1) + 1;
/** 0 for Sunday. */
const weekday = (t: Civil): number => (((dayNumber(t.year, t.month, t.day) + 4) % 7) + 7) % 7;

/** The ISO week of a day, and the year that week belongs to. */
function isoWeek(t: Civil): { week: number; year: number } {
  const day = dayNumber(t.year, t.month, t.day);
  const thursday = day - ((weekday(t) + 6) % 7) + 3;
  const year = civilOf(thursday * 86_400_000, zoneNamed("UTC")).year;
  return { year, week: Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1 };
}

const pad = (n: number, width: number): string => String(n).padStart(width, "0");
const MONTHS = "January February March April May June July August September October November December".split(" ");

const FORMATS: Record<string, (t: Civil, offset: number) => string> = {
  Y: (t) => pad(t.year, 4),
  m: (t) => pad(t.month, 2),
  d: (t) => pad(t.day, 2),
  H: (t) => pad(t.hour, 2),
  M: (t) => pad(t.minute, 2),
  S: (t) => pad(t.second, 2),
  L: (t) => pad(t.millisecond, 3),
  j: (t) => pad(dayOfYear(t), 3),
  w: (t) => String(weekday(t) + 1),
  u: (t) => String(weekday(t) || 7),
  U: (t) => pad(Math.floor((dayOfYear(t) + 6 - weekday(t)) / 7), 2),
  V: (t) => pad(isoWeek(t).week, 2),
  G: (t) => pad(isoWeek(t).year, 4),
  b: (t) => MONTHS[t.month - 1]!.slice(0, 3),
  B: (t) => MONTHS[t.month - 1]!,
  z: (_, offset) =>
    `${offset < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(offset) / 60), 2)}${pad(Math.abs(offset) % 60, 2)}`,
  Z: (_, offset) => String(offset),
  "%": () => "%",
};

function checkFormat(text: string): void {
  for (const [, letter] of text.matchAll(/%([\s\S]?)/g)) {
    if (letter === "") throw new StoreError(18535, "Unmatched '%' at end of format string");
    if (!Object.hasOwn(FORMATS, letter!))
      throw new StoreError(18536, `Invalid format character '%${letter}' in format string`);
  }
}

/** Writes an instant by a format that was checked. */
function format(text: string, ms: number, zone: Zone): string {
  const t = civilOf(ms, zone);
  if (t.year < 0 || t.year > 9999) throw new StoreError(18537, "$dateToString is only defined on year 0-9999");
  const offset = Math.trunc((instantOf(t, zoneNamed("UTC")) - ms) / 60_000);
  return text.replace(/%([\s\S])/g, (_, letter: string) => FORMATS[letter]!(t, offset));
}

const dateToString: Operator = (operand, c, name) => {
  const a = args(operand, c, name, {
    all: ["date", "format", "timezone", "onNull"],
    required: ["date"],
    code: 18629,
    missing: 18628,
    unknown: 18534,
  });
  return (s) => {
    const v = a.date!(s);
    const pattern = a.format ? a.format(s) : undefined;
    if (a.format && !isNullish(pattern)) {
      if (typeof pattern !== "string")
        throw new StoreError(18533, `$dateToString requires that 'format' be a string, found: ${typeName(pattern!)}`);
      checkFormat(pattern);
    }
    const zone = a.timezone ? zoneOf(a.timezone(s)) : zoneNamed("UTC");
    if (isNullish(v)) return a.onNull ? a.onNull(s) : null;
    const ms = millisOf(v);
    if (ms === undefined) throw new StoreError(16006, `can't convert from BSON type ${typeName(v!)} to Date`);
    if ((a.format && isNullish(pattern)) || zone === null) return null;
    const suffix = zone.kind === "offset" && zone.ms === 0 ? "Z" : "";
    return format(typeof pattern === "string" ? pattern : `%Y-%m-%dT%H:%M:%S.%L${suffix}`, ms, zone);
  };
};

function unitOf(v: Value): Unit {
  if (typeof v !== "string") throw new StoreError(5439013, `requires 'unit' to be a string, but got ${typeName(v)}`);
  if (!UNITS.includes(v as Unit)) throw new StoreError(9, `unknown time unit value: ${v}`);
  return v as Unit;
}

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

function startOfWeek(v: Value | undefined): number {
  if (typeof v !== "string")
    throw new StoreError(5439015, `requires 'startOfWeek' to be a string, but got ${typeNameOrMissing(v)}`);
  const name = v.toLowerCase();
  const i = WEEKDAYS.findIndex((d) => d === name || d.slice(0, 3) === name);
  if (i < 0) throw new StoreError(5439016, `unknown day of week value: ${v}`);
  return i;
}

function safeDate(ms: number): BsonDate {
  if (!Number.isSafeInteger(ms)) throw new StoreError(5976500, "date overflow");
  return new BsonDate(ms);
}

const MS: Partial<Record<Unit, number>> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 };

function addUnits(ms: number, amount: number, unit: Unit, zone: Zone): number {
  const fixedSize = MS[unit];
  if (fixedSize) return ms + amount * fixedSize;
  const t = civilOf(ms, zone);
  if (unit === "day" || unit === "week")
    return instantOf({ ...t, day: t.day + amount * (unit === "week" ? 7 : 1) }, zone);
  const months = amount * { month: 1, quarter: 3, year: 12 }[unit as "month" | "quarter" | "year"];
  const total = t.year * 12 + (t.month - 1) + months;
  const year = Math.floor(total / 12);
  const month = (((total % 12) + 12) % 12) + 1;
  const last = dayNumber(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - dayNumber(year, month, 1);
  return instantOf({ ...t, year, month, day: Math.min(t.day, last) }, zone);
}

const dateAdd =
  (sign: 1 | -1): Operator =>
  (operand, c, name) => {
    const a = args(operand, c, name, {
      all: ["startDate", "unit", "amount", "timezone"],
      required: ["startDate", "unit", "amount"],
      code: 5166400,
      missing: 5166402,
      unknown: 5166401,
    });
    if (alwaysNull(operand, c, { unit: unitOf, timezone: zoneOf })) return () => null;
    return (s) => {
      const [start, unit, amount] = [a.startDate!(s), a.unit!(s), a.amount!(s)];
      if (isNullish(start) || isNullish(unit)) return null;
      const u = unitOf(unit!);
      if (isNullish(amount)) return null;
      const zone = a.timezone ? zoneOf(a.timezone(s)) : zoneNamed("UTC");
      if (zone === null) return null;
      const ms = millisOf(start);
      if (ms === undefined) throw new StoreError(5166403, `${name} requires startDate to be convertible to a date`);
      const n = toWhole(amount);
      if (n === undefined || Math.abs(n) > 2 ** 63)
        throw new StoreError(5166405, `${name} expects integer amount of time units`);
      return safeDate(addUnits(ms, n * sign, u, zone));
    };
  };

/** Which unit an instant lies in, counted from a fixed one. */
function unitIndex(ms: number, unit: Unit, zone: Zone, weekStart: number): number {
  const t = civilOf(ms, zone);
  const day = dayNumber(t.year, t.month, t.day);
  switch (unit) {
    case "year":
      return t.year;
    case "quarter":
      return t.year * 4 + Math.floor((t.month - 1) / 3);
    case "month":
      return t.year * 12 + t.month;
    case "week":
      return Math.floor((day + 4 - weekStart) / 7);
    case "day":
      return day;
    default:
      // Hours and below are counted on the clock of the instant itself: a change of summer time is real time.
      return Math.floor(ms / MS[unit]!);
  }
}

const dateDiff: Operator = (operand, c, name) => {
  const all = ["startDate", "endDate", "unit", "timezone", "startOfWeek"];
  const a = args(operand, c, name, {
    all,
    required: ["startDate", "endDate", "unit"],
    code: 5166301,
    missing: 5166303,
    unknown: 5166302,
  });
  if (alwaysNull(operand, c, { unit: unitOf, startOfWeek, timezone: zoneOf })) return () => null;
  return (s) => {
    const [start, end, unit] = [a.startDate!(s), a.endDate!(s), a.unit!(s)];
    const week = a.startOfWeek ? a.startOfWeek(s) : "sunday";
    if (isNullish(start) || isNullish(end) || isNullish(unit)) return null;
    const u = unitOf(unit!);
    if (u === "week" && isNullish(week)) return null;
    const first = u === "week" ? startOfWeek(week) : 0;
    const zone = a.timezone ? zoneOf(a.timezone(s)) : zoneNamed("UTC");
    if (zone === null) return null;
    const from = millisOf(start);
    const to = millisOf(end);
    if (from === undefined || to === undefined)
      throw new StoreError(5166307, `${name} requires dates, found ${typeName(start!)} and ${typeName(end!)}`);
    return BigInt(differenceIn(from, to, u, zone, first));
  };
};

function differenceIn(from: number, to: number, unit: Unit, zone: Zone, first: number): number {
  const size = MS[unit];
  if (!size || size === 1) return unitIndex(to, unit, zone, first) - unitIndex(from, unit, zone, first);
  // Boundaries of hours and minutes lie where the zone's clock shows them (offsets such as +05:30).
  const offset = instantOf(civilOf(from, zone), zoneNamed("UTC")) - from;
  return Math.floor((to + offset) / size) - Math.floor((from + offset) / size);
}

/** Bins are counted from the first moment of 2000. */
const dateTrunc: Operator = (operand, c, name) => {
  const all = ["date", "unit", "binSize", "timezone", "startOfWeek"];
  const a = args(operand, c, name, {
    all,
    required: ["date", "unit"],
    code: 5439007,
    missing: 5439009,
    unknown: 5439008,
  });
  if (isDoc(operand) && !operand.has("unit")) throw new StoreError(5439010, "Missing 'unit' parameter to $dateTrunc");
  if (alwaysNull(operand, c, { unit: unitOf, startOfWeek, timezone: zoneOf, binSize: binSizeOf })) return () => null;
  return (s) => {
    const [date, unit] = [a.date!(s), a.unit!(s)];
    const bin = a.binSize ? a.binSize(s) : int32(1);
    const week = a.startOfWeek ? a.startOfWeek(s) : "sunday";
    if (isNullish(date) || isNullish(bin)) return null;
    const size = binSizeOf(bin!);
    if (isNullish(unit)) return null;
    const u = unitOf(unit!);
    if (u === "week" && isNullish(week)) return null;
    const first = u === "week" ? startOfWeek(week) : 0;
    const zone = a.timezone ? zoneOf(a.timezone(s)) : zoneNamed("UTC");
    if (zone === null) return null;
    const ms = millisOf(date);
    if (ms === undefined)
      throw new StoreError(5166307, `${name} requires 'date' to be a date, but got ${typeName(date!)}`);
    return safeDate(truncate(ms, u, size, zone, first));
  };
};

function binSizeOf(v: Value): number {
  const size = isNumber(v) && !(v instanceof Decimal128 && Number.isNaN(toNumber(v))) ? toWhole(v) : undefined;
  if (size === undefined || Math.abs(size) >= 2 ** 63)
    throw new StoreError(5439017, `$dateTrunc requires 'binSize' to be a 64-bit integer, but got ${typeName(v)}`);
  if (size <= 0) throw new StoreError(5439018, "$dateTrunc requires 'binSize' to be greater than 0");
  return size;
}

function truncate(ms: number, unit: Unit, size: number, zone: Zone, first: number): number {
  const t = civilOf(ms, zone);
  const midnight = { hour: 0, minute: 0, second: 0, millisecond: 0 };
  const fixedSize = MS[unit];
  if (fixedSize) {
    const origin = instantOf({ year: 2000, month: 1, day: 1, ...midnight }, zone);
    return origin + Math.floor((ms - origin) / (fixedSize * size)) * fixedSize * size;
  }
  if (unit === "day" || unit === "week") {
    const start = dayNumber(2000, 1, 1);
    // 2000-01-01 was a Saturday: the first week begins on the next day named.
    const origin = unit === "week" ? start + ((first - 6 + 7) % 7) : start;
    const length = size * (unit === "week" ? 7 : 1);
    const day = dayNumber(t.year, t.month, t.day);
    const at = origin + Math.floor((day - origin) / length) * length;
    return instantOf({ year: 1970, month: 1, day: 1 + at, ...midnight }, zone);
  }
  const length = size * { month: 1, quarter: 3, year: 12 }[unit as "month" | "quarter" | "year"];
  const months = (t.year - 2000) * 12 + t.month - 1;
  const at = Math.floor(months / length) * length;
  return instantOf({ year: 2000 + Math.floor(at / 12), month: (((at % 12) + 12) % 12) + 1, day: 1, ...midnight }, zone);
}

export const DATES: Record<string, Operator> = {
  $year: part((t) => t.year),
  $month: part((t) => t.month),
  $dayOfMonth: part((t) => t.day),
  $hour: part((t) => t.hour),
  $minute: part((t) => t.minute),
  $second: part((t) => t.second),
  $millisecond: part((t) => t.millisecond),
  $dayOfYear: part(dayOfYear),
  $dayOfWeek: part((t) => weekday(t) + 1),
  $isoDayOfWeek: part((t) => weekday(t) || 7),
  $isoWeek: part((t) => isoWeek(t).week),
  $isoWeekYear: part((t) => isoWeek(t).year),
  $week: part((t) => Math.floor((dayOfYear(t) + 6 - weekday(t)) / 7)),
  $dateToString: dateToString,
  $dateAdd: dateAdd(1),
  $dateSubtract: dateAdd(-1),
  $dateDiff: dateDiff,
  $dateTrunc: dateTrunc,
};
