/**
 * Working days in England: Monday to Friday without bank holidays, by the calendar of Europe/London.
 * Bank holidays of England and Wales are computed, with the substitution rule of the Banking and Financial Dealings
 * Act 1971 (a holiday on a weekend moves to the next weekday that is not itself a holiday), plus those proclaimed once.
 */
const proclaimed: readonly string[] = ["2022-06-03", "2022-09-19", "2023-05-08"];
/** Years whose spring or early May holiday was moved by proclamation. */
const moved: Readonly<Record<string, string>> = { "2020-05-04": "2020-05-08", "2022-05-30": "2022-06-02" };

const london = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The calendar day in London of an instant, as `YYYY-MM-DD`. */
export function londonDay(at: Date): string {
  return london.format(at);
}

/** Whether a calendar day (`YYYY-MM-DD`) is a working day in England. */
export function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !bankHolidays(Number(day.slice(0, 4))).has(day);
}

/** The end (23:59:59.999 London) of the day that is `days` working days after the day of `from`. Zero: the same day. */
export function addWorkingDays(from: Date, days: number): Date {
  let day = londonDay(from);
  let left = days;
  while (left > 0) {
    day = shiftDay(day, 1);
    if (isWorkingDay(day)) left--;
  }
  return endOfLondonDay(day);
}

/** Working days between two instants by London calendar day: positive when `to` is later. */
export function workingDaysBetween(from: Date, to: Date): number {
  const start = londonDay(from);
  const end = londonDay(to);
  if (start > end) return -workingDaysBetween(to, from);
  let count = numberInYear(end) - numberInYear(start);
  for (let year = yearOf(start); year < yearOf(end); year++) count += countsOf(year).at(-1) ?? 0;
  return count;
}

const dayMs = 86_400_000;
const countsByYear = new Map<number, Uint16Array>();

/** How many working days its year has up to and including this day. */
function numberInYear(day: string): number {
  const year = yearOf(day);
  return countsOf(year)[Math.round((Date.parse(`${day}T00:00:00Z`) - Date.UTC(year, 0, 1)) / dayMs)] ?? 0;
}

/** For every day of a year, the working days up to and including it. Counted once a year: boards ask hundreds of times. */
function countsOf(year: number): Uint16Array {
  const known = countsByYear.get(year);
  if (known) return known;
  const first = Date.UTC(year, 0, 1);
  const counts = new Uint16Array(Math.round((Date.UTC(year + 1, 0, 1) - first) / dayMs));
  let count = 0;
  for (let at = 0; at < counts.length; at++) {
    if (isWorkingDay(new Date(first + at * dayMs).toISOString().slice(0, 10))) count++;
    counts[at] = count;
  }
  countsByYear.set(year, counts);
  return counts;
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** The last millisecond of a London calendar day. */
export function endOfLondonDay(day: string): Date {
  const next = shiftDay(day, 1);
  const midnightUtc = new Date(`${next}T00:00:00Z`).getTime();
  // London is at UTC or UTC+1: midnight there is 00:00Z, or 23:00Z of the day before in summer time.
  const summer = london.format(new Date(midnightUtc - 3_600_000)) === next;
  return new Date(midnightUtc - (summer ? 3_600_000 : 0) - 1);
}

const holidaysByYear = new Map<number, Set<string>>();

/** The bank holidays of England and Wales in a year, as calendar days. */
export function bankHolidays(year: number): ReadonlySet<string> {
  const known = holidaysByYear.get(year);
  if (known) return known;
  const days = new Set<string>(proclaimed.filter((day) => day.startsWith(`${year}`)));
  const easter = easterSunday(year);
  for (const day of [
    shiftDay(easter, -2),
    shiftDay(easter, 1),
    firstMonday(year, 5),
    lastMonday(year, 5),
    lastMonday(year, 8),
  ])
    days.add(moved[day] ?? day);
  for (const fixed of [`${year}-01-01`, `${year}-12-25`, `${year}-12-26`]) {
    let day = fixed;
    while (isWeekend(day) || days.has(day)) day = shiftDay(day, 1);
    days.add(day);
  }
  holidaysByYear.set(year, days);
  return days;
}

function shiftDay(day: string, by: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

function isWeekend(day: string): boolean {
  return new Date(`${day}T12:00:00Z`).getUTCDay() % 6 === 0;
}

function firstMonday(year: number, month: number): string {
  let day = `${year}-${String(month).padStart(2, "0")}-01`;
  while (new Date(`${day}T12:00:00Z`).getUTCDay() !== 1) day = shiftDay(day, 1);
  return day;
}

function lastMonday(year: number, month: number): string {
  let day = `${year}-${String(month).padStart(2, "0")}-31`;
  while (new Date(`${day}T12:00:00Z`).getUTCDay() !== 1) day = shiftDay(day, -1);
  return day;
}

/** Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
