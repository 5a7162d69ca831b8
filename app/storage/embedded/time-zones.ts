/** Calendar dates and clock times in a time zone, both ways. */
import { StoreError } from "./errors";

export const UNITS = ["year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond"] as const;
export type Unit = (typeof UNITS)[number];

export interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

export type Zone = { kind: "offset"; ms: number } | { kind: "named"; format: Intl.DateTimeFormat };

const zones = new Map<string, Zone>();
let known: Set<string> | undefined;

/** A zone by IANA name ("Europe/London") or offset ("+05:30", "+0530", "-03"). */
export function zoneNamed(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    zone = makeZone(name);
    if (zones.size > 500) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

function makeZone(name: string): Zone {
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(name);
  if (offset && !name.endsWith(":")) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return { kind: "offset", ms: minutes * 60_000 * (offset[1] === "-" ? -1 : 1) };
  }
  if (["UTC", "GMT", "Etc/UTC", "Etc/GMT", "Z"].includes(name)) return { kind: "offset", ms: 0 };
  known ??= new Set(Intl.supportedValuesOf("timeZone"));
  if (!known.has(name) && !isAlias(name)) throw new StoreError(40485, `unrecognized time zone identifier: "${name}"`);
  return { kind: "named", format: formatFor(name) };
}

/** Names that Intl resolves but does not list, in the spelling of the IANA list (MongoDB minds the case). */
function isAlias(name: string): boolean {
  if (!/^[A-Z][A-Za-z_+-]*\d*(\/[A-Z][A-Za-z_+-]*\d*)*$/.test(name)) return false;
  try {
    formatFor(name);
    return true;
  } catch {
    return false;
  }
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const two = "2-digit" as const;
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
}

/** Days since 1970-01-01 of a date in the Gregorian calendar; months and days may run over. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = year + Math.floor((month - 1) / 12);
  const m = ((((month - 1) % 12) + 12) % 12) + 1;
  const shifted = m <= 2 ? y - 1 : y;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5);
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468 +
    day -
    1
  );
}

function offsetAt(ms: number, zone: Zone): number {
  if (zone.kind === "offset") return zone.ms;
  const p: Record<string, string> = {};
  for (const { type, value } of zone.format.formatToParts(clampDate(ms))) p[type] = value;
  const year = p.era === "BC" ? 1 - Number(p.year) : Number(p.year);
  const shown =
    dayNumber(year, Number(p.month), Number(p.day)) * 86_400_000 +
    Number(p.hour) * 3_600_000 +
    Number(p.minute) * 60_000 +
    Number(p.second) * 1000;
  return shown - Math.floor(clampDate(ms) / 1000) * 1000;
}

const MAX_DATE = 8.64e15;
function clampDate(ms: number): number {
  return Math.max(-MAX_DATE, Math.min(MAX_DATE, ms));
}

export function civilOf(ms: number, zone: Zone): Civil {
  const local = ms + offsetAt(ms, zone);
  const days = Math.floor(local / 86_400_000);
  const rest = local - days * 86_400_000;
  return {
    ...dateOf(days),
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: rest % 1000,
  };
}

/** The inverse of dayNumber. */
function dateOf(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}

/** The instant at which the zone's clock shows this; where it does so twice, the first; where never, moved on. */
export function instantOf(t: Civil, zone: Zone): number {
  const local =
    dayNumber(t.year, t.month, t.day) * 86_400_000 +
    t.hour * 3_600_000 +
    t.minute * 60_000 +
    t.second * 1000 +
    t.millisecond;
  if (zone.kind === "offset") return local - zone.ms;
  const early = local - offsetAt(local - 86_400_000, zone);
  if (early + offsetAt(early, zone) === local) return early;
  const late = local - offsetAt(local + 86_400_000, zone);
  return late + offsetAt(late, zone) === local ? late : early;
}
