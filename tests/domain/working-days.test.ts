import { describe, expect, test } from "vitest";
import { clockFrom, clockWhenRaised, isDueToday, isOverdue } from "../../app/domain/clock";
import {
  addWorkingDays,
  bankHolidays,
  endOfLondonDay,
  isWorkingDay,
  londonDay,
  workingDaysBetween,
} from "../../app/domain/working-days";
import { seeded } from "../support/issues";

/** Bank holidays of England and Wales as published on gov.uk. */
const published: Readonly<Record<number, readonly string[]>> = {
  2020: ["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"],
  2021: ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"],
  2022: ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"],
  2023: ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"],
  2024: ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"],
  2025: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
  2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
  2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
};
const years = Object.keys(published).map(Number);
const holidays = new Set(years.flatMap((year) => (published[year] ?? []).map((day) => `${year}-${day}`)));

describe("working days in England", () => {
  test.each(years)("2.1 the bank holidays of %i are those published", (year) => {
    const weekdays = [...bankHolidays(year)].filter((day) => new Date(`${day}T12:00:00Z`).getUTCDay() % 6 !== 0);
    expect(weekdays.sort()).toEqual([...holidays].filter((day) => day.startsWith(`${year}`)));
  });

  test("2.1 a holiday that falls on a weekend moves to the next weekday that is none", () => {
    expect(isWorkingDay("2026-12-28")).toBe(false);
    expect(isWorkingDay("2026-12-29")).toBe(true);
    expect([isWorkingDay("2027-12-27"), isWorkingDay("2027-12-28"), isWorkingDay("2027-12-29")]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test.each([
    ["over a weekend", "2026-11-06T15:00:00Z", 2, "2026-11-10"],
    ["from a Saturday", "2026-11-07T10:00:00Z", 2, "2026-11-10"],
    ["over Easter", "2026-04-02T09:00:00Z", 1, "2026-04-07"],
    ["over Christmas and New Year", "2026-12-24T09:00:00Z", 3, "2026-12-31"],
    ["into the new year", "2026-12-24T09:00:00Z", 4, "2027-01-04"],
    ["of none: the same day", "2026-11-07T10:00:00Z", 0, "2026-11-07"],
    ["late on a summer evening, already the next day in London", "2026-07-01T23:30:00Z", 1, "2026-07-03"],
  ])("2.2 counts %s", (_, from, days, due) => {
    expect(addWorkingDays(new Date(from), days)).toEqual(endOfLondonDay(due));
  });

  test("2.2 agrees with counting days one by one on the published list", () => {
    const random = seeded(2026);
    for (let i = 0; i < 500; i++) {
      const from = new Date(Date.UTC(2020, 0, 1) + random.below(7 * 365 * 24) * 3_600_000);
      const days = random.below(30);
      let day = londonDay(from);
      for (let left = days; left > 0; ) {
        day = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
        const weekend = new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
        if (!weekend && !holidays.has(day)) left--;
      }
      const due = addWorkingDays(from, days);
      expect(londonDay(due)).toBe(day);
      expect(workingDaysBetween(from, due)).toBe(days);
      if (days > 0) expect(workingDaysBetween(due, from)).toBe(-days);
    }
  });

  test.each([
    ["2026-01-15", "2026-01-15T23:59:59.999Z"],
    ["2026-07-15", "2026-07-15T22:59:59.999Z"],
    ["2026-03-28", "2026-03-28T23:59:59.999Z"],
    ["2026-03-29", "2026-03-29T22:59:59.999Z"],
    ["2026-10-24", "2026-10-24T22:59:59.999Z"],
    ["2026-10-25", "2026-10-25T23:59:59.999Z"],
  ])("2.3 the day %s ends in London at %s", (day, end) => {
    const last = endOfLondonDay(day);
    expect(last.toISOString()).toBe(end);
    expect(londonDay(last)).toBe(day);
    expect(londonDay(new Date(last.getTime() + 1))).not.toBe(day);
  });
});

describe("the clock of an issue", () => {
  const monday = new Date("2026-11-02T09:00:00Z");

  test.each(["none", "low", "not-known"] as const)(
    "2.4 with harm %s it is to be acknowledged in 2 working days",
    (harm) => {
      expect(clockWhenRaised(harm, monday)).toEqual({ kind: "acknowledge", dueAt: endOfLondonDay("2026-11-04") });
    },
  );

  test.each(["moderate", "severe", "fatal"] as const)("2.4 with harm %s it is looked at the same day", (harm) => {
    expect(clockWhenRaised(harm, monday)).toEqual({ kind: "safety", dueAt: endOfLondonDay("2026-11-02") });
  });

  test.each([
    ["first-reply", "2026-11-16"],
    ["resolve", "2026-11-30"],
    ["answer-outcome", "2026-11-16"],
  ] as const)("2.4 %s is due by the end of %s", (kind, day) => {
    expect(clockFrom(kind, monday)).toEqual({ kind, dueAt: endOfLondonDay(day) });
  });

  test("2.5 is overdue once its day has ended, and due today until then", () => {
    const clock = { kind: "acknowledge" as const, dueAt: endOfLondonDay("2026-11-04") };
    const during = new Date("2026-11-04T12:00:00Z");
    const after = new Date("2026-11-05T00:00:00Z");
    expect([isOverdue(clock, during), isDueToday(clock, during)]).toEqual([false, true]);
    expect([isOverdue(clock, after), isDueToday(clock, after)]).toEqual([true, false]);
    expect([isOverdue(undefined, after), isDueToday(undefined, after)]).toEqual([false, false]);
  });
});
