import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { meanOf, type Xmr, type XmrInput, xmr } from "../../app/domain/xmr";
import { seeded } from "../support/issues";

interface ReferencePoint {
  date: string;
  mean: number;
  lpl: number | null;
  upl: number | null;
  special_cause_type: string;
  point_type: string;
}
interface ReferenceCase {
  note: string;
  options: {
    improvement_direction: XmrInput["improvement"];
    target: number | null;
    rebase: string[] | null;
    fix_after_n_points: number | null;
    screen_outliers: boolean;
  };
  input: { date: string; value: number }[];
  expected: { points: ReferencePoint[]; assurance_type: string | null };
}

const folder = "tests/fixtures/spc";
const cases = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as ReferenceCase);

const monthsFrom2024 = (count: number) =>
  Array.from({ length: count }, (_, i) => new Date(Date.UTC(2024, i, 1)).toISOString().slice(0, 10));

/** A chart of values a month apart, neutral and without screening unless told otherwise. */
function chart(values: readonly number[], options: Partial<XmrInput> = {}): Xmr {
  return xmr({
    values,
    dates: monthsFrom2024(values.length),
    improvement: "neutral",
    screenOutliers: false,
    ...options,
  });
}
const causes = (result: Xmr) => result.points.map((point) => point.specialCauseType);
/** 4 and 6 in turn: mean 5, every moving range 2, limits 5 +/- 5.32, near limits 5 +/- 3.5467. */
const calm = (count: number) => Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 4 : 6));

describe("control charts", () => {
  test.each(cases)("14.1 gives what the reference gives: $note", ({ options, input, expected }) => {
    const result = xmr({
      values: input.map((each) => each.value),
      dates: input.map((each) => each.date),
      improvement: options.improvement_direction,
      target: options.target,
      rebaseDates: options.rebase,
      fixAfter: options.fix_after_n_points,
      screenOutliers: options.screen_outliers,
    });
    expect(result.assurance).toBe(expected.assurance_type);
    expect(result.points.length).toBe(expected.points.length);
    for (const [i, want] of expected.points.entries()) {
      const point = result.points[i];
      expect(point).toMatchObject({
        date: want.date,
        specialCauseType: want.special_cause_type,
        pointType: want.point_type,
      });
      for (const key of ["mean", "lpl", "upl"] as const) {
        if (want[key] === null) expect(point?.[key]).toBeNull();
        else expect(Math.abs((point?.[key] ?? Number.NaN) - want[key])).toBeLessThan(1e-6);
      }
    }
  });

  test("14.1 limits are the mean and 2.66 times the mean moving range either side", () => {
    // By hand: 3, 5, 4, 8: mean 5; moving ranges 2, 1, 4: mean 7/3; 2.66 x 7/3 = 6.2067.
    const [first] = chart([3, 5, 4, 8]).points;
    expect(first?.mean).toBe(5);
    expect(first?.lpl).toBeCloseTo(-1.206667, 6);
    expect(first?.upl).toBeCloseTo(11.206667, 6);
  });

  test("14.2 screening drops moving ranges of 3.267 times their mean or more, once, and keeps the mean", () => {
    // By hand: ten 10s and 12s in turn, then 40, then 10: moving ranges nine 2s, 28, 30: mean 76/11; x 3.267 = 22.57.
    const values = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 40, 10];
    const mean = 160 / 12;
    const open = chart(values).points[0];
    const screened = chart(values, { screenOutliers: true }).points[0];
    expect([open?.mean, screened?.mean]).toEqual([mean, mean]);
    expect(open?.upl).toBeCloseTo(mean + (2.66 * 76) / 11, 9);
    expect(screened?.upl).toBeCloseTo(mean + 2.66 * 2, 9);
  });

  test("14.2 all values equal have a mean and, screened, no limits; unscreened, limits on the mean", () => {
    expect(chart([7, 7, 7], { screenOutliers: true }).points[1]).toMatchObject({ mean: 7, lpl: null, upl: null });
    expect(chart([7, 7, 7]).points[1]).toMatchObject({ mean: 7, lpl: 7, upl: 7, pointType: "common_cause" });
  });

  test("14.2 one point has a mean and no limits, two have both, none is an empty chart", () => {
    expect(chart([7]).points).toMatchObject([{ mean: 7, lpl: null, upl: null, specialCauseType: "Common Cause" }]);
    expect(chart([1, 3]).points[0]).toMatchObject({ mean: 2, lpl: 2 - 5.32, upl: 2 + 5.32 });
    expect(chart([])).toEqual({ points: [], assurance: null });
  });

  test("14.3 the first special cause that fits is a point's own: limits, trend, two in three, shift", () => {
    // The last calm 6 begins a shift; six more rise and an outside point ends the rise: the trend goes before the shift.
    const rising = chart([...calm(12), 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 12], { fixAfter: 12 });
    expect(causes(rising).slice(11)).toEqual([
      "7 Points Above CL",
      ...new Array(6).fill("7 Point Trend (Increasing)"),
      "Above UCL",
    ]);
    // Near 8.55 to 10.32: two of three there, the third above the mean; and a shift of seven around them.
    const near = chart([...calm(12), 9, 5.5, 9, 5.5, 5.6, 5.5, 5.6, 4], { fixAfter: 12 });
    expect(causes(near).slice(12)).toEqual([
      "2 in 3 Above CL",
      "7 Points Above CL",
      "2 in 3 Above CL",
      "7 Points Above CL",
      "7 Points Above CL",
      "7 Points Above CL",
      "7 Points Above CL",
      "Common Cause",
    ]);
  });

  test("14.3 two near a limit with the third on the other side, or on the mean, are no special cause", () => {
    for (const third of [4.9, 5]) {
      const result = chart([...calm(12), 9, third, 9, 4], { fixAfter: 12 });
      expect(causes(result).every((cause) => cause === "Common Cause")).toBe(true);
    }
    const below = chart([...calm(12), 1, 1, 4.5, 6], { fixAfter: 12 });
    expect(causes(below).slice(12)).toEqual(["2 in 3 Below CL", "2 in 3 Below CL", "Common Cause", "Common Cause"]);
  });

  test("14.3 two values alike break a trend; where a rise meets a fall the turning point falls", () => {
    const tie = [5.1, 5.2, 5.3, 5.3, 5.4, 5.5, 5.6, 4];
    expect(causes(chart([...calm(12), ...tie], { fixAfter: 12 })).join()).not.toContain("Trend");
    const peak = [4.1, 4.4, 4.7, 5, 5.3, 5.6, 5.9, 5.6, 5.3, 5, 4.7, 4.4, 4.1];
    expect(causes(chart([...calm(12), 3.9, ...peak.slice(1)], { fixAfter: 12 })).slice(12)).toEqual([
      ...new Array(6).fill("7 Point Trend (Increasing)"),
      ...new Array(7).fill("7 Point Trend (Decreasing)"),
    ]);
  });

  test("14.3 a trend is of seven points, or of six where that is set", () => {
    const values = [...calm(12), 3, 4.1, 4.4, 5.3, 5.6, 5.9, 4];
    expect(causes(chart(values, { fixAfter: 12 })).join()).not.toContain("Trend");
    expect(causes(chart(values, { fixAfter: 12, trendPoints: 6 })).slice(12)).toEqual([
      ...new Array(6).fill("6 Point Trend (Increasing)"),
      "Common Cause",
    ]);
  });

  test("14.4 up and down are improvement or concern by the agreed direction, high and low where there is none", () => {
    const values = [...calm(12), 30, -30];
    const types = (improvement: XmrInput["improvement"]) =>
      chart(values, { improvement, fixAfter: 12 })
        .points.slice(12)
        .map((point) => point.pointType);
    expect(types("increase")).toEqual(["special_cause_improvement", "special_cause_concern"]);
    expect(types("decrease")).toEqual(["special_cause_concern", "special_cause_improvement"]);
    expect(types("neutral")).toEqual(["special_cause_neutral_high", "special_cause_neutral_low"]);
  });

  test("14.5 a rebase date begins mean, limits and runs anew at its point", () => {
    // Four above 5 before it and four after: seven on one side of the old mean, none of either new one.
    const values = [4, 6, 4, 6, 14, 16, 14, 16];
    const { points } = chart(values, { rebaseDates: ["2024-05-01"] });
    expect(points.map((point) => [point.stretch, point.mean])).toEqual([
      ...new Array(4).fill([0, 5]),
      ...new Array(4).fill([1, 15]),
    ]);
    expect(points[4]).toMatchObject({ lpl: 15 - 5.32, upl: 15 + 5.32 });
    // Three of a run before the date and four after it are no run of seven.
    const run = [4, 6, 4, 6, 4, 5.5, 5.6, 5.5, 5.6, 5.5, 5.6, 5.5, 4, 4, 4, 4, 4];
    const all = causes(chart(run));
    expect(all.filter((cause) => cause === "7 Points Above CL").length).toBe(7);
    expect(causes(chart(run, { rebaseDates: ["2024-09-01"] })).join()).not.toContain("7 Points");
  });

  test("14.5 a rebase date may be a Date, and the first point's changes nothing", () => {
    const values = [4, 6, 4, 6, 14, 16, 14, 16];
    const asText = chart(values, { rebaseDates: ["2024-05-01"] });
    expect(chart(values, { rebaseDates: [new Date("2024-05-01T00:00:00Z")] })).toEqual(asText);
    expect(chart(values, { rebaseDates: ["2024-01-01", "2024-05-01"] })).toEqual(asText);
  });

  test("14.6 limits locked after 12 points stay what the first 12 of each stretch made them", () => {
    const values = [...calm(12), ...new Array(3).fill(20), ...calm(12).map((value) => value + 20), 50];
    const { points } = chart(values, { fixAfter: 12, rebaseDates: ["2025-04-01"] });
    expect(points[14]).toMatchObject({ mean: 5, upl: 5 + 5.32, specialCauseType: "Above UCL" });
    expect(points[27]).toMatchObject({ mean: 25, upl: 25 + 5.32, specialCauseType: "Above UCL" });
  });

  test("14.6 flat locked points have, screened, no limits: shifts are still seen", () => {
    const values = [...new Array(12).fill(5), ...new Array(7).fill(6)];
    const { points } = chart(values, { fixAfter: 12, screenOutliers: true });
    expect(points[18]).toMatchObject({ mean: 5, lpl: null, upl: null, specialCauseType: "7 Points Above CL" });
  });

  test("14.7 the last limits against the target: passing, failing, or hit or miss", () => {
    const assured = (target: number | null, improvement: XmrInput["improvement"]) =>
      chart(calm(12), { target, improvement }).assurance;
    expect(assured(11, "increase")).toBe("consistent_fail");
    expect(assured(11, "decrease")).toBe("consistent_pass");
    expect(assured(-1, "increase")).toBe("consistent_pass");
    expect(assured(-1, "decrease")).toBe("consistent_fail");
    expect(assured(5, "increase")).toBe("inconsistent");
    // Exactly on a limit is not beyond it.
    expect(assured(5 + 2.66 * 2, "increase")).toBe("inconsistent");
    expect(assured(11, "neutral")).toBeNull();
    expect(assured(null, "increase")).toBeNull();
    expect(
      chart([...calm(12), 24, 26], { target: 11, improvement: "increase", rebaseDates: ["2025-01-01"] }).assurance,
    ).toBe("consistent_pass");
  });

  test("14.8 what cannot be charted is refused by what is wrong with it", () => {
    const two = { values: [1, 2], dates: ["2024-01-01", "2024-02-01"], improvement: "neutral", screenOutliers: false };
    const refused = (change: object) => () => xmr({ ...two, ...change } as XmrInput);
    expect(refused({ values: [1] })).toThrow("1 values but 2 dates");
    expect(refused({ values: [1, Number.NaN] })).toThrow("value 2 is not a finite number");
    expect(refused({ dates: ["2024-01-01", "2024-01-01"] })).toThrow("stands twice");
    expect(refused({ dates: ["2024-01-01", "soon"] })).toThrow("not a date: soon");
    expect(refused({ dates: ["2024-01-01", "2024-02-30"] })).toThrow("not a date: 2024-02-30");
    expect(refused({ rebaseDates: ["2024-01-15"] })).toThrow("no point has the rebase date 2024-01-15");
    expect(refused({ fixAfter: 11 })).toThrow("12 points or more, not 11");
    expect(refused({ target: Number.POSITIVE_INFINITY })).toThrow("target");
    expect(refused({ improvement: "sideways" })).toThrow("improvement direction");
  });

  test("14.8 points come back in order of date", () => {
    const values = [4, 6, 4, 6, 5, 9];
    const dates = monthsFrom2024(6);
    const shuffled = [3, 0, 5, 1, 4, 2];
    const result = xmr({
      values: shuffled.map((i) => values[i] ?? 0),
      dates: shuffled.map((i) => dates[i] ?? ""),
      improvement: "neutral",
      screenOutliers: true,
    });
    expect(result).toEqual(chart(values, { screenOutliers: true }));
  });

  test("14.1 the mean of decimals is rounded once, so that a point on it is on it", () => {
    expect(meanOf([0.1, 0.2, 0.3])).toBe(0.2);
    expect(meanOf(new Array(10).fill(0.1))).toBe(0.1);
    expect(meanOf([1e16, 1, -1e16])).toBeCloseTo(1 / 3, 15);
    const random = seeded(5);
    for (let round = 0; round < 200; round++) {
      const hundredths = Array.from({ length: 1 + random.below(60) }, () => random.below(100_000));
      const exact = hundredths.reduce((sum, each) => sum + each, 0) / hundredths.length / 100;
      const mean = meanOf(hundredths.map((each) => each / 100));
      expect(Math.abs(mean - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -52);
    }
  });

  test("14.4 turning values and direction upside down changes high for low and nothing else", () => {
    const random = seeded(11);
    for (let round = 0; round < 100; round++) {
      const values = Array.from({ length: 5 + random.below(50) }, () => random.below(12));
      const screenOutliers = random.chance(0.5);
      const up = chart(values, { screenOutliers, improvement: "increase" });
      const down = chart(
        values.map((value) => -value),
        { screenOutliers, improvement: "decrease" },
      );
      expect(down.points.map((point) => point.pointType)).toEqual(up.points.map((point) => point.pointType));
    }
  });
});
