import { emergingSettings, emergingThemes, type Week } from "./emerging";

/** How often the rule for emerging themes cries wolf, on data in which by construction nothing emerges. */
export interface ThemedReport {
  theme: string;
  practice: string;
  /** Weeks ago: 0 is this week, up to 26. Older ones are left out. */
  weeksAgo: number;
}

export interface FalseAlarms {
  shuffles: number;
  /** Shuffles in which at least one theme was said to emerge. With nothing real, at most 5 % should have one. */
  withAlarm: number;
  /** Themes said to emerge, over all shuffles. */
  alarms: number;
  themes: number;
}

/**
 * Deals the weeks of all reports anew among them, `shuffles` times, and asks each time which themes emerge. Every theme
 * keeps its reports and practices, every week its number of reports; that some belong together in time is gone. `below(n)`
 * draws a whole number under n: seeded, it gives the same answer each time.
 */
export function falseAlarms(
  reports: readonly ThemedReport[],
  shuffles: number,
  below: (n: number) => number,
): FalseAlarms {
  const recent = reports.filter((report) => report.weeksAgo >= 0 && report.weeksAgo <= emergingSettings.weeks);
  const themes = [...new Set(recent.map((report) => report.theme))];
  const weeks = recent.map((report) => report.weeksAgo);
  const found = { shuffles, withAlarm: 0, alarms: 0, themes: themes.length };
  for (let round = 0; round < shuffles; round++) {
    shuffle(weeks, below);
    const alarms = emergingThemes(watchedOf(themes, recent, weeks)).filter((each) => each.emerging).length;
    found.alarms += alarms;
    if (alarms > 0) found.withAlarm++;
  }
  return found;
}

function watchedOf(themes: readonly string[], reports: readonly ThemedReport[], weeks: readonly number[]) {
  const cells = new Map(themes.map((theme) => [theme, emptyWeeks()]));
  reports.forEach((report, i) => {
    const cell = cells.get(report.theme)?.[weeks[i] ?? 0];
    if (!cell) return;
    cell.count++;
    cell.practices.add(report.practice);
  });
  return themes.map((theme) => {
    const [week = { count: 0, practices: 0 }, ...before] = (cells.get(theme) ?? []).map(
      (cell): Week => ({ count: cell.count, practices: cell.practices.size }),
    );
    return { theme, week, before: before.reverse() };
  });
}

function emptyWeeks() {
  return Array.from({ length: emergingSettings.weeks + 1 }, () => ({ count: 0, practices: new Set<string>() }));
}

/** Fisher and Yates, in place. */
function shuffle(values: number[], below: (n: number) => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = below(i + 1);
    const held = values[i] ?? 0;
    values[i] = values[j] ?? 0;
    values[j] = held;
  }
}
