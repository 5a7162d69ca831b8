import { addWorkingDays, isWorkingDay, londonDay } from "../../app/domain/working-days";
import type { Random } from "./random";
import type { DemoTheme } from "./texts";

/** How a planted theme runs over the months. */
export type ThemeShape = "steady" | "surge" | "single-voice" | "improved";

export interface PlannedTheme {
  theme: DemoTheme;
  shape: ThemeShape | "background";
  /** Issues expected a month, oldest month first. */
  monthly: number[];
}

/** Planted themes that do not run evenly. */
const shapes: Readonly<Record<string, ThemeShape>> = {
  "letters-not-crossing": "surge",
  "hospital-tests-sent-to-gp": "single-voice",
  "short-supply-on-discharge": "improved",
};

/** The demonstration covers this many months up to its as-of day. */
export const months = 18;

/**
 * How many issues of each theme to expect each month: at least 15 planted themes of 3 to 15 a month, among them one
 * that surges in the last two months, one voiced by a single practice, and one that fell after an intervention; the
 * rest of `count` is spread thinly over all other themes.
 */
export function planThemes(themes: readonly DemoTheme[], count: number, random: Random): PlannedTheme[] {
  const planted = themes.filter((theme) => theme.planted);
  if (planted.length < 15) throw new Error(`only ${planted.length} planted themes: at least 15 are wanted`);
  const scale = count / 2500;
  for (const name of Object.keys(shapes)) {
    if (!planted.some((theme) => theme.theme === name)) throw new Error(`no planted theme is called ${name}`);
  }
  const plan: PlannedTheme[] = planted.map((theme) => {
    const shape = shapes[theme.theme] ?? "steady";
    return { theme, shape, monthly: shapeOf(shape, 3 + random.next() * 0.9).map((rate) => rate * scale) };
  });
  const plantedTotal = plan.flatMap((each) => each.monthly).reduce((sum, rate) => sum + rate, 0);
  const others = themes.filter((theme) => !theme.planted);
  const left = Math.max(count - plantedTotal, 0);
  const weights = others.map(() => 0.5 + random.next());
  const sum = weights.reduce((total, weight) => total + weight, 0);
  for (const [i, theme] of others.entries()) {
    const rate = (left * (weights[i] ?? 0)) / sum / months;
    plan.push({ theme, shape: "background", monthly: Array.from({ length: months }, () => rate) });
  }
  return plan;
}

function shapeOf(shape: ThemeShape, rate: number): number[] {
  return Array.from({ length: months }, (_, month) => {
    switch (shape) {
      case "steady":
        return rate;
      case "surge":
        return month < months - 2 ? 3.2 : 13;
      case "single-voice":
        return 4;
      case "improved":
        return month < 10 ? 9 : 3;
    }
  });
}

/** An instant in the given month before `asOf` (0 is the month that ends on it), in working hours on a working day. */
export function momentIn(monthsAgo: number, asOf: Date, random: Random): Date {
  const dayLength = 86_400_000;
  const end = asOf.getTime() - monthsAgo * 30.4 * dayLength;
  let at = new Date(end - random.next() * 30.4 * dayLength);
  while (!isWorkingDay(londonDay(at))) at = new Date(at.getTime() - dayLength);
  const hour = random.weighted([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18], [2, 4, 5, 5, 6, 5, 4, 4, 4, 3, 2]);
  const start = new Date(`${londonDay(at)}T00:00:00Z`).getTime();
  return new Date(Math.min(start + hour * 3_600_000 + random.between(0, 3_599_999), asOf.getTime() - 60_000));
}

/**
 * A surge begins at once: something broke, and most who write in its first month do so in its first week. The same
 * moment, so much nearer to the first day of that month.
 */
export function nearerToStart(at: Date, monthsAgo: number, asOf: Date): Date {
  const month = 30.4 * 86_400_000;
  const start = asOf.getTime() - (monthsAgo + 1) * month;
  const share = Math.max(0, at.getTime() - start) / month;
  let days = Math.floor((share - share ** 9) * 30.4);
  while (days > 0 && !isWorkingDay(londonDay(new Date(at.getTime() - days * 86_400_000)))) days--;
  return new Date(at.getTime() - days * 86_400_000);
}

/** Some working hours after `from`, a number of working days later. */
export function laterBy(from: Date, workingDays: number, random: Random): Date {
  const day = londonDay(addWorkingDays(from, workingDays));
  const at = new Date(`${day}T00:00:00Z`).getTime() + random.between(8, 17) * 3_600_000 + random.between(0, 3_599_999);
  return new Date(Math.max(at, from.getTime() + random.between(4, 90) * 60_000));
}
