import { londonDay } from "../../app/domain/working-days";

/** London calendar days as numbers: days since 1970-01-01. */
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const dayByHour = new Map<number, number>();

/** London's day of an instant. Asking the calendar costs a microsecond, so each hour is asked once. */
export function dayOf(at: Date): number {
  const hour = Math.floor(at.getTime() / hourMs);
  let day = dayByHour.get(hour);
  if (day === undefined) {
    day = dayNumber(londonDay(at));
    dayByHour.set(hour, day);
  }
  return day;
}

export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

export function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Weeks begin on Monday; 1970-01-01 was a Thursday. */
export function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

export function firstDayOfWeek(week: number): number {
  return week * 7 - 3;
}

/** Months since January 1970. */
export function monthOf(day: number): number {
  const at = new Date(day * dayMs);
  return (at.getUTCFullYear() - 1970) * 12 + at.getUTCMonth();
}

export function firstDayOfMonth(month: number): number {
  return Math.round(Date.UTC(1970, month, 1) / dayMs);
}
