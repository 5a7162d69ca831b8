import { londonDay } from "../domain/working-days";

const zone = "Europe/London";
const clockTime = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
const dayMonth = new Intl.DateTimeFormat("en-GB", { timeZone: zone, day: "numeric", month: "long" });
const dayMonthYear = new Intl.DateTimeFormat("en-GB", {
  timeZone: zone,
  day: "numeric",
  month: "long",
  year: "numeric",
});
const weekdayDate = new Intl.DateTimeFormat("en-GB", {
  timeZone: zone,
  weekday: "long",
  day: "numeric",
  month: "long",
});
const weekday = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "long" });

const dayMs = 86_400_000;

/** "Tuesday 24 November". */
export function todayWords(now: Date): string {
  return weekdayDate.format(now).replace(",", "");
}

/** "10:42". */
export function timeOfDay(at: Date): string {
  return clockTime.format(at);
}

/** The day as people say it: "Today", "Yesterday", "Monday", "3 November", "3 November 2024". */
export function dayWords(at: Date, now: Date): string {
  const day = londonDay(at);
  if (day === londonDay(now)) return "Today";
  if (day === londonDay(new Date(now.getTime() - dayMs))) return "Yesterday";
  const age = now.getTime() - at.getTime();
  if (age > 0 && age < 6 * dayMs) return weekday.format(at);
  return day.slice(0, 4) === londonDay(now).slice(0, 4) ? dayMonth.format(at) : dayMonthYear.format(at);
}

/** "Today 10:31", "3 November 09:14". */
export function momentWords(at: Date, now: Date): string {
  return `${dayWords(at, now)} ${timeOfDay(at)}`;
}
