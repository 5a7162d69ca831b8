import { describe, expect, test } from "vitest";
import { type XmrInput, xmr } from "../../app/domain/xmr";
import {
  alertOf,
  assuranceIcon,
  chartSettings,
  isTrial,
  periodWeeks,
  rebaseDatesOf,
  shownLimits,
  sumPeriods,
  variationIcon,
} from "../../app/domain/xmr-display";

const weeks = (count: number) =>
  Array.from({ length: count }, (_, i) => new Date(Date.UTC(2026, 0, 5 + 7 * i)).toISOString().slice(0, 10));
const calm = (count: number) => Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 4 : 6));
const chart = (values: readonly number[], options: Partial<XmrInput> = {}) =>
  xmr({ values, dates: weeks(values.length), improvement: "neutral", ...chartSettings, ...options });

describe("what a control chart shows", () => {
  test("14.9 under 12 points limits are a trial: no icon, no alert, no assurance", () => {
    const eleven = chart([...calm(10), 60], { improvement: "increase", target: 1 });
    expect(isTrial(eleven)).toBe(true);
    expect([variationIcon(eleven), assuranceIcon(eleven), alertOf(eleven)]).toEqual([null, null, null]);
    const twelve = chart([...calm(11), 60], { improvement: "increase", target: 1 });
    expect(isTrial(twelve)).toBe(false);
    expect([variationIcon(twelve)?.kind, alertOf(twelve)]).toEqual(["improvement", "Above UCL"]);
  });

  test("14.9 after a rebase the points since then count", () => {
    const result = chart([...calm(20), 60], { rebaseDates: [weeks(21)[15] ?? ""] });
    expect([isTrial(result), alertOf(result)]).toEqual([true, null]);
  });

  test("14.10 a count's lower limit is shown at 0 or above, and limits on the mean are not drawn", () => {
    const [point] = chart(calm(12)).points;
    if (!point) throw new Error("no point");
    expect(point.lpl).toBeCloseTo(-0.32, 9);
    expect(shownLimits(point, "count")).toEqual({ kind: "limits", mean: 5, lower: 0, upper: point.upl });
    expect(shownLimits(point, "other")).toMatchObject({ lower: point.lpl });
    const [flat] = chart(new Array(12).fill(5)).points;
    expect(flat && shownLimits(flat, "count")).toEqual({ kind: "none", mean: 5 });
  });

  test.each([
    ["increase", 30, { kind: "improvement", colour: "blue", letter: "H" }],
    ["increase", -30, { kind: "concern", colour: "orange", letter: "L" }],
    ["decrease", 30, { kind: "concern", colour: "orange", letter: "H" }],
    ["decrease", -30, { kind: "improvement", colour: "blue", letter: "L" }],
    ["neutral", 30, { kind: "neutral", colour: "purple", letter: "H" }],
    ["neutral", -30, { kind: "neutral", colour: "purple", letter: "L" }],
    ["increase", 5, { kind: "common-cause", colour: "grey", letter: "" }],
  ] as const)("14.11 where %s is the direction, a last point of %i has its icon", (improvement, last, icon) => {
    expect(variationIcon(chart([...calm(12), last], { improvement }))).toEqual(icon);
  });

  test.each([
    [11, "consistently-failing", "F"],
    [-1, "consistently-passing", "P"],
    [5, "hit-or-miss", "?"],
  ])("14.11 against a target of %i the icon is %s", (target, kind, letter) => {
    expect(assuranceIcon(chart(calm(12), { improvement: "increase", target }))).toMatchObject({ kind, letter });
  });

  test("14.11 only the newest point's special cause is told", () => {
    expect(alertOf(chart([...calm(12), 30]))).toBe("Above UCL");
    expect(alertOf(chart([...calm(12), 30, 5]))).toBeNull();
  });

  test("14.12 a mean of about one or less widens the period, and far less is no chart", () => {
    expect([3, 1.01, 1, 0.3, 0.25, 0.1, 0.05, 0].map(periodWeeks)).toEqual([1, 1, 4, 4, 12, 12, null, null]);
    const weekly = weeks(10).map((date, i) => ({ date, value: i }));
    expect(sumPeriods(weekly, 4)).toEqual([
      { date: weekly[2]?.date, value: 2 + 3 + 4 + 5 },
      { date: weekly[6]?.date, value: 6 + 7 + 8 + 9 },
    ]);
    expect(sumPeriods(weekly, 1)).toEqual(weekly);
  });

  test("14.13 limits begin anew at the first point after a named change, and never without a cause", () => {
    const dates = weeks(4);
    const named = (date: string) => ({ date, cause: "Electronic letters began" });
    expect(rebaseDatesOf([named("2026-01-13"), named("2026-01-19"), named("2026-03-01")], dates)).toEqual([
      "2026-01-19",
    ]);
    expect(() => rebaseDatesOf([{ date: "2026-01-13", cause: " " }], dates)).toThrow("names no cause");
  });
});
