import { describe, expect, test } from "vitest";
import { breadthBySide, type Report } from "../../app/domain/breadth";
import { assuranceWords, type Charted, limitsWords, periodWords, trendWords } from "../../app/domain/chart-words";
import { emergingThemes } from "../../app/domain/emerging";
import { type Rate, rateOf } from "../../app/domain/rates";
import { guarded, type Shown } from "../../app/domain/suppression";
import * as words from "../../app/domain/theme-words";
import { directionBalance, quietVoices } from "../../app/domain/voices";
import { type XmrInput, xmr } from "../../app/domain/xmr";
import { chartSettings } from "../../app/domain/xmr-display";

const exact = (value: number): Shown => ({ kind: "exact", value });
const rounded = (value: number): Shown => ({ kind: "rounded", value });
function breadth(raisers: readonly string[]): words.SeenBreadth {
  const found = breadthBySide(
    raisers.map((raiser, i): Report => {
      return { raiser, issue: `${i}`, side: "practice", at: new Date("2026-05-12"), harm: "none" };
    }),
    { practice: 338, service: 140 },
  ).practice;
  return { ...found, reports: exact(found.reports), raisers: exact(found.raisers) };
}
const rate = (count: number, listSize: number): Rate => {
  const found = rateOf(count, listSize);
  if (!found) throw new Error("no rate");
  return found;
};

describe("sentences", () => {
  test("14.36 a count is said as exactly as it may be seen", () => {
    expect(words.shownWords({ kind: "exact", value: 1234 })).toBe("1,234");
    expect(words.shownWords({ kind: "rounded", value: 35 })).toBe("about 35");
    const row = guarded({ id: "all", count: 40, exact: true, parts: [part("a", 3), part("b", 37)] }, false);
    expect(row.parts.map((each) => words.shownWords(each.shown))).toEqual(["withheld", "about 35"]);
    expect(words.withheldWords.notMeans).toContain("not none");
  });

  test("14.36 the loudest share is said in words, never as a figure", () => {
    const said = [1, 58 / 62, 0.9, 0.76, 0.75, 0.51, 0.5].map((share) => words.loudestWords(share, "practice"));
    expect(said).toEqual([
      "over nine in ten from one practice",
      "over nine in ten from one practice",
      "over three quarters from one practice",
      "over three quarters from one practice",
      "over half from one practice",
      "over half from one practice",
      null,
    ]);
  });

  test("14.36 breadth says how many it counts as, and one voice that it may be right", () => {
    const nine = breadth(Array.from({ length: 18 }, (_, i) => `N${i % 9}`));
    expect(words.breadthWords(nine, "practice").says).toBe(
      "18 reports from 9 practices count as 9.0 of 338 practices.",
    );
    expect(words.breadthWords(breadth(["N1"]), "service").says).toBe(
      "1 report from 1 service counts as 1.0 of 338 services.",
    );
    const loud = breadth(new Array(40).fill("N1"));
    expect(words.oneVoiceWords(loud, "practice")).toEqual({
      says: "Its 40 reports, over nine in ten from one practice, count as 1.0, not 40.",
      notMeans: "One voice is not a wrong voice: go and ask.",
    });
    const two = breadth([...new Array(10).fill("N1"), ...new Array(10).fill("N2")]);
    expect(words.oneVoiceWords(two, "practice").says).toBe("Its 20 reports, from few practices, count as 2.0, not 20.");
  });

  test("14.36 where counts are rounded, so is what is said of them", () => {
    const seen = { effective: 8.7, footprint: 46, loudestShare: 1, reports: rounded(35), raisers: rounded(20) };
    expect(words.breadthWords(seen, "practice").says).toBe(
      "About 35 reports from about 20 practices count as about 9 of 46 practices.",
    );
    expect(words.oneVoiceWords({ ...seen, effective: 1.2 }, "practice").says).toBe(
      "Its about 35 reports, over nine in ten from one practice, count as about 1, not about 35.",
    );
    const hidden = { ...seen, raisers: { kind: "withheld" as const } };
    expect(words.breadthWords(hidden, "practice")).toBe(words.withheldWords);
    expect(words.oneVoiceWords({ ...hidden, reports: hidden.raisers }, "practice")).toBe(words.withheldWords);
  });

  test("14.36 a rate is said with its range, and against chance", () => {
    expect(words.rateWords(rate(10, 8000)).says).toBe(
      "12.5 for each 10,000 registered patients (95 % range 6.0 to 23.0).",
    );
    expect(words.rateWords(rate(5, 100_000)).says).toMatch(
      /^0\.50 for each 10,000 registered patients \(95 % range 0\.16 to 1\.2\)/,
    );
    const wirral = (count: number) => words.funnelWords("Wirral", rate(count, 100_000), 2);
    expect(wirral(36).says).toBe(
      "Wirral: 3.6 for each 10,000 (95 % range 2.5 to 5.0), above what chance allows round the overall 2.0.",
    );
    expect(wirral(36).notMeans).toBe(words.moreMayBeBetter);
    expect(wirral(20).says).toContain("within what chance allows");
    expect(wirral(20).notMeans).toContain("do not rank");
    expect(wirral(7).says).toContain("below what chance allows");
    expect(wirral(7).notMeans).toContain("not proof of good care");
  });

  test("14.36 an emerging theme is said with its evidence", () => {
    const steady = new Array(26).fill({ count: 2, practices: 2 });
    const [found] = emergingThemes([{ theme: "a", week: { count: 9, practices: 7 }, before: steady }]);
    if (!found) throw new Error("no evidence");
    const chance = found.chance ?? 1;
    expect(chance > 1 / 350 && chance < 1 / 150).toBe(true);
    expect(words.emergingWords(found).says).toMatch(
      /^9 reports from 7 practices in the last seven days, where 2\.0 from 2\.0 are usual\. If nothing had changed, a week like this would come about once in [23]00 weeks\.$/,
    );
    expect(words.emergingWords({ ...found, chance: 1e-12 }).says).toContain("less than once in 100,000 weeks");
    expect(words.emergingWords({ ...found, chance: 0.7 }).says).toContain("nothing unusual");
    expect(words.emergingWords({ ...found, chance: null }).says).not.toContain("If nothing");
    expect(words.emergingWords({ ...found, busier: 1.4 }).says).toContain("1.4 times their usual is allowed for");
  });

  test("14.36 direction and silence are said without blame", () => {
    expect(words.balanceWords(directionBalance(300, 20)).says).toBe(
      "Trusts raised 20 of the 320 issues between them and practices, 6 % (95 % range 4 % to 9 %): the voice is not equal.",
    );
    expect(words.balanceWords(directionBalance(6, 4)).says).toContain("an equal voice cannot be ruled out");
    expect(words.balanceWords(directionBalance(0, 0)).says).toContain("nothing about each other");
    const voices = [
      { id: "a", name: "Abbey", side: "practice" as const, place: "Wirral" },
      { id: "b", name: "Bridge", side: "practice" as const, place: "Halton" },
      { id: "c", name: "Stroke", side: "service" as const, place: "Halton" },
    ];
    expect(words.quietWords(quietVoices(voices, new Set(["a"]))).says).toBe(
      "1 practice and 1 service, of 3 together, have raised and joined nothing.",
    );
    expect(words.quietWords(quietVoices(voices, new Set(["a", "b", "c"]))).says).toContain("All 3");
  });
});

const weeks = (count: number) =>
  Array.from({ length: count }, (_, i) => new Date(Date.UTC(2026, 0, 5 + 7 * i)).toISOString().slice(0, 10));
const calm = (count: number) => Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 4 : 6));
const chart = (values: readonly number[], options: Partial<XmrInput> = {}) =>
  xmr({ values, dates: weeks(values.length), improvement: "neutral", ...chartSettings, ...options });
const reports: Charted = { measure: "reports", improvement: "neutral", period: 1 };

describe("what a control chart says", () => {
  test.each([
    [12, "Reports in the latest week, 12, are above the upper limit of 10.3; 5.0 is usual."],
    [-2, "Reports in the latest week, -2, are below the lower limit of -0.3; 5.0 is usual."],
    [5, "Reports vary as they usually do, around 5.0 a week."],
  ])("14.37 with a last point of %i", (last, says) => {
    expect(trendWords(chart([...calm(12), last]), reports).says).toBe(says);
  });

  test("14.37 of a shift, a trend and two in three", () => {
    const says = (values: readonly number[]) => trendWords(chart([...calm(13), ...values]), reports).says;
    expect(says([5.5, 5.6, 5.5, 5.6, 5.5, 5.6, 5.5])).toBe(
      "Reports in the latest week, 5.5: seven points or more in a row lie above the mean of 5.0.",
    );
    expect(says([3.8, 3.6, 3.4, 3.2, 3, 2.8])).toContain("seven points or more in a row have all fallen");
    expect(says([6, 9, 9])).toContain("two of three points in a row lie close to the upper limit");
  });

  test("14.37 too few points say how many more, since a change too", () => {
    expect(trendWords(chart(calm(8)), reports)).toEqual({
      says: "8 weeks so far: too few to judge.",
      notMeans: "The limits are a trial: 4 more before they mean anything.",
    });
    const rebased = chart(calm(20), { rebaseDates: [weeks(20)[15] ?? ""] });
    expect(trendWords(rebased, { ...reports, period: "month" }).says).toBe(
      "5 months since the change: too few to judge.",
    );
    expect(trendWords(chart([]), reports).says).toBe("No reports to draw yet.");
  });

  test("14.37 more reports are never called worse, nor fewer better", () => {
    const notMeant = (last: number, improvement: Charted["improvement"]) =>
      trendWords(chart([...calm(12), last], { improvement }), { ...reports, improvement }).notMeans;
    expect(notMeant(12, "neutral")).toBe(words.moreMayBeBetter);
    expect(notMeant(-2, "neutral")).toBe(words.fewerMayBeSilence);
    expect(notMeant(12, "increase")).toContain("the chart cannot say");
  });

  test("14.37 of the target, the period and how the limits were made", () => {
    const assured = (target: number) =>
      assuranceWords(chart(calm(12), { improvement: "increase", target }), target)?.says ?? null;
    expect(assured(11)).toBe("The target of 11 will be missed each time, unless something changes.");
    expect(assured(-1)).toContain("will be met each time");
    expect(assured(5.5)).toBe("The target of 5.5 will be hit or missed by chance: it lies inside the limits.");
    expect(assuranceWords(chart(calm(12), { target: 5 }), 5)).toBeNull();
    expect(assuranceWords(chart(calm(8), { target: 5, improvement: "increase" }), 5)).toBeNull();
    expect([1, 4, 12].map((period) => periodWords(period as 1 | 4 | 12)?.says ?? null)).toEqual([
      null,
      "Drawn by four weeks, since fewer hold about one report or less.",
      "Drawn by twelve weeks, since fewer hold about one report or less.",
    ]);
    expect(limitsWords(false, 12)).toBe(
      "Limits from the first 12 points since the last named change, then locked, all points included.",
    );
    expect(limitsWords(true, null)).toContain("extreme jumps between points left out");
    expect(trendWords(chart([...calm(13)]), { ...reports, period: 4 }).says).toMatch(
      /around 5\.0 in each four-week period\.$/,
    );
  });
});

function part(id: string, count: number) {
  return { id, count, exact: false };
}
