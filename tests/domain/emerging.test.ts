import { describe, expect, test } from "vitest";
import {
  adjustedChances,
  chanceOf,
  dispersionOf,
  emergingThemes,
  type Watched,
  type Week,
} from "../../app/domain/emerging";
import { falseAlarms, type ThemedReport } from "../../app/domain/false-alarms";
import { seeded } from "../support/issues";

const weeks = (counts: readonly number[]): Week[] => counts.map((count) => ({ count, practices: count }));
/** Two a week over 26 weeks, scattered as little as can be. */
const steady = weeks(new Array(26).fill(2));
const watched = (change: Partial<Watched> = {}): Watched => ({
  theme: "discharge",
  week: { count: 9, practices: 7 },
  before: steady,
  ...change,
});
const emerging = (all: readonly Watched[]) =>
  emergingThemes(all)
    .filter((each) => each.emerging)
    .map((each) => each.theme);

/** A Poisson count by Knuth's product of uniform numbers. */
function poisson(mean: number, random: ReturnType<typeof seeded>): number {
  let left = 1;
  for (let count = 0; ; count++) {
    left *= (random.below(2 ** 30) + 0.5) / 2 ** 30;
    if (left < Math.exp(-mean)) return count;
  }
}

describe("emerging themes", () => {
  test("14.30 a week is held against what 26 weeks lead one to expect, uncertainty included", () => {
    // Negative binomial of size a + 1/2 and probability n / (n + 1), by scipy.stats.nbinom.
    expect(chanceOf(5, new Array(26).fill(1), 1, 1)).toBeCloseTo(0.0049258782776076, 12);
    expect(chanceOf(3, new Array(26).fill(0), 1, 1)).toBeCloseTo(1.61021836154e-5, 14);
    expect(chanceOf(9, new Array(26).fill(2), 1, 1)).toBeCloseTo(0.000372782496979, 12);
    expect(chanceOf(6, [...new Array(7).fill(1), 3], 1, 1)).toBeCloseTo(0.004670480652011, 12);
    // A Poisson count of mean 1 known for certain would be 5 or more with 0.00366: an estimate is less sure.
    expect(chanceOf(5, new Array(26).fill(1), 1, 1)).toBeGreaterThan(0.00366);
    expect(chanceOf(0, [1, 2], 1, 1)).toBe(1);
  });

  test("14.30 a week far above the usual emerges, with its evidence", () => {
    const [evidence] = emergingThemes([watched()]);
    expect(evidence).toMatchObject({
      theme: "discharge",
      count: 9,
      practices: 7,
      usual: { count: 2, practices: 2 },
      weeks: 26,
      dispersion: 1,
      emerging: true,
    });
    // Seven practices are less surprising than nine reports: they decide.
    expect(evidence?.chance).toBeCloseTo(chanceOf(7, new Array(26).fill(2), 1, 1), 12);
    expect(emerging([watched({ week: { count: 4, practices: 4 } })])).toEqual([]);
  });

  test("14.30 only the latest 26 weeks count", () => {
    const before = [...weeks(new Array(20).fill(30)), ...steady];
    expect(emergingThemes([watched({ before })])).toEqual(emergingThemes([watched()]));
  });

  test("14.31 fewer than three practices never emerge, nor does one loud practice", () => {
    const before = weeks(new Array(26).fill(0));
    expect(emerging([watched({ before, week: { count: 40, practices: 2 } })])).toEqual([]);
    expect(emerging([watched({ before, week: { count: 3, practices: 3 } })])).toEqual(["discharge"]);
    // Three practices write every week; forty reports from three are nothing new in breadth.
    const usual = weeks(new Array(26).fill(3));
    expect(emerging([watched({ before: usual, week: { count: 40, practices: 3 } })])).toEqual([]);
  });

  test("14.32 the more themes are looked at, the more it takes", () => {
    // Benjamini and Hochberg's own example has 15 chances, of which the first four are kept at 5 %.
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    const adjusted = adjustedChances(p);
    expect(adjusted.filter((each) => each !== null && each <= 0.05).length).toBe(4);
    expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
    expect(adjustedChances([0.04, null, 0.01])).toEqual([0.04, null, 0.02]);
    const calm = Array.from({ length: 60 }, (_, i) =>
      watched({ theme: `calm-${i}`, week: { count: 2, practices: 2 } }),
    );
    const busy = watched({ week: { count: 6, practices: 6 } });
    expect(emerging([busy])).toEqual(["discharge"]);
    expect(emerging([busy, ...calm])).toEqual([]);
  });

  test("14.33 weeks that scatter more than chance need more to stand out", () => {
    expect(dispersionOf([2, 2, 2])).toBe(1);
    expect(dispersionOf([0, 0, 0])).toBe(1);
    // Mean 2, squares 16 and 4 x 4 over 4: variance 8... by hand: (10-2)^2 + 4 x (0-2)^2 = 80, by 4 is 20, by 2 is 10.
    expect(dispersionOf([10, 0, 0, 0, 0])).toBe(10);
    const scattered = weeks(Array.from({ length: 26 }, (_, i) => (i % 13 === 0 ? 14 : 1)));
    expect(emerging([watched({ before: scattered })])).toEqual([]);
    // Size 52.5/26 / (2 x 27/26 - 1), by scipy.stats.nbinom.
    expect(chanceOf(9, new Array(26).fill(2), 2, 1)).toBeCloseTo(0.012223208753925, 12);
  });

  test("14.33 in a week in which everything rises nothing emerges", () => {
    const others = (count: number) =>
      Array.from({ length: 8 }, (_, i) =>
        watched({ theme: `other-${i}`, before: weeks(new Array(26).fill(6)), week: { count, practices: count } }),
      );
    const week = { count: 10, practices: 10 };
    expect(emerging([watched({ week }), ...others(6)])).toEqual(["discharge"]);
    expect(emergingThemes([watched({ week }), ...others(3)])[0]?.busier).toBe(1);
    const [busy] = emergingThemes([watched({ week: { count: 5, practices: 5 } }), ...others(12)]);
    // 96 beside a usual 48, ten added to both.
    expect(busy).toMatchObject({ busier: 106 / 58, emerging: false });
    expect(emerging([watched({ week: { count: 5, practices: 5 } }), ...others(12)])).toEqual([]);
  });

  test("14.34 under eight weeks before there is no judgement, and it is not counted among the themes", () => {
    const [short, long] = emergingThemes([watched({ before: steady.slice(0, 7) }), watched()]);
    expect(short).toMatchObject({ chance: null, adjusted: null, emerging: false, weeks: 7 });
    expect(long?.adjusted).toBe(long?.chance);
    const [alone] = emergingThemes([watched()]);
    expect(emergingThemes([watched({ before: [] })])[0]).toMatchObject({ chance: null, usual: { count: 0 } });
    const [eight] = emergingThemes([watched({ before: steady.slice(0, 8) })]);
    expect(eight?.chance).toBeGreaterThan(alone?.chance ?? 1);
  });

  test("14.35 where nothing emerges, at most about one look in twenty says that something does", () => {
    const random = seeded(35);
    for (const clumps of [1, 3]) {
      // Reports come singly, or in clumps of three: then weeks scatter three times as much.
      let alarms = 0;
      const looks = 400;
      for (let look = 0; look < looks; look++) {
        const themes = Array.from({ length: 20 }, (_, i): Watched => {
          const mean = 0.3 + (i % 5);
          const counts = Array.from({ length: 27 }, () => clumps * poisson(mean / clumps, random));
          const [week = { count: 0, practices: 0 }, ...before] = weeks(counts);
          return { theme: String(i), week, before };
        });
        if (emerging(themes).length > 0) alarms++;
      }
      expect(alarms / looks).toBeLessThan(0.075);
    }
  });

  test("14.35 shuffling the weeks of real reports counts false alarms, the same for the same seed", () => {
    const random = seeded(3);
    const reports = Array.from({ length: 900 }, (): ThemedReport => {
      const theme = Math.min(random.below(12), random.below(12));
      return { theme: `t${theme}`, practice: `N${random.below(120)}`, weeksAgo: random.below(30) };
    });
    const surge = Array.from({ length: 12 }, (_, i) => ({ theme: "t11", practice: `N${i}`, weeksAgo: 0 }));
    const measured = falseAlarms([...reports, ...surge], 300, seeded(1).below);
    expect(measured).toMatchObject({ shuffles: 300, themes: 12 });
    expect(measured.withAlarm / measured.shuffles).toBeLessThan(0.075);
    expect(measured.alarms).toBeGreaterThanOrEqual(measured.withAlarm);
    expect(falseAlarms([...reports, ...surge], 300, seeded(1).below)).toEqual(measured);
  });
});
