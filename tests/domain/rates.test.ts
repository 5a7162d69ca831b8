import { describe, expect, test } from "vitest";
import { gammaAbove, gammaBelow, gammaQuantile, lnGamma, poissonAtLeast, poissonAtMost } from "../../app/domain/gamma";
import { funnelPlace, funnelRange, poissonRange, rateOf, rateOfAll } from "../../app/domain/rates";
import { seeded } from "../support/issues";

/** Exact limits of a Poisson count as tables give them (Garwood 1936; Dobson et al. 1991), to 1e-6. */
const published = [
  [0, 0.95, 0, 3.688879454114],
  [1, 0.95, 0.02531780798429, 5.571643390938898],
  [2, 0.95, 0.242209278543965, 7.22468766772396],
  [5, 0.95, 1.623486390118421, 11.66833207932267],
  [10, 0.95, 4.795388696132433, 18.39035604201778],
  [20, 0.95, 12.21651958540395, 30.8883779026746],
  [100, 0.95, 81.36399125092315, 121.6267937924264],
  [10_000, 0.95, 9804.952467260184, 10197.95162466147],
  [0, 0.998, 0, 6.907755278982137],
  [1, 0.998, 0.001000500333583535, 9.233413476451585],
  [5, 0.998, 0.7393717319178327, 16.4547452036801],
  [20, 0.998, 8.958213267626013, 38.04188135385001],
  [100, 0.998, 71.9213974950004, 134.9243190612644],
  [1000, 0.998, 905.1207909349766, 1101.626943879031],
] as const;

describe("rates", () => {
  test.each(published)(
    "14.14 the exact limits of a count of %i at %d are those published",
    (count, level, low, high) => {
      const range = poissonRange(count, level);
      expect(Math.abs(range.low - low)).toBeLessThan(1e-6);
      expect(Math.abs(range.high - high)).toBeLessThan(1e-6);
    },
  );

  test("14.14 a count at its own limit is as rare as the level says", () => {
    const random = seeded(14);
    for (let round = 0; round < 50; round++) {
      const count = 1 + random.below(400);
      const { low, high } = poissonRange(count, 0.95);
      expect(poissonAtLeast(count, low)).toBeCloseTo(0.025, 10);
      expect(poissonAtMost(count, high)).toBeCloseTo(0.025, 10);
    }
  });

  test("14.14 what is no count has no limits", () => {
    expect(() => poissonRange(-1, 0.95)).toThrow("not a count");
    expect(() => poissonRange(2.5, 0.95)).toThrow("not a count");
  });

  test("14.15 a rate is for each 10,000 registered patients, with its ranges", () => {
    // By hand: 10 among 8,000 patients: 12.5; limits 4.795389 and 18.390356 times 1.25.
    const rate = rateOf(10, 8000);
    expect(rate?.per10000).toBe(12.5);
    expect(rate?.range95.low).toBeCloseTo(5.994236, 5);
    expect(rate?.range95.high).toBeCloseTo(22.987945, 5);
    expect(rate && rate.range998.low < rate.range95.low && rate.range998.high > rate.range95.high).toBe(true);
  });

  test("14.15 without a list size there is no rate, nor for a sum one of whose parts has none", () => {
    expect([rateOf(10, undefined), rateOf(10, null), rateOf(10, 0)]).toEqual([null, null, null]);
    expect(rateOfAll([{ count: 3, listSize: 5000 }, { count: 4 }])).toBeNull();
    const both = [
      { count: 3, listSize: 5000 },
      { count: 7, listSize: 3000 },
    ];
    expect(rateOfAll(both)).toEqual(rateOf(10, 8000));
  });

  test("14.16 the funnel is what chance allows round the overall rate, narrower for more patients", () => {
    // 2 per 10,000 among 100,000 patients: 20 expected; Poisson quantiles 12 and 29, 8 and 35.
    expect(funnelRange(2, 100_000, 0.95)).toEqual({ low: 1.2, high: 2.9 });
    expect(funnelRange(2, 100_000, 0.998)).toEqual({ low: 0.8, high: 3.5 });
    expect(funnelRange(2, 2_000_000, 0.998)).toEqual({ low: 1.7, high: 2.315 });
    expect(funnelRange(2, 1500, 0.998)).toEqual({ low: 0, high: 20 });
  });

  test("14.16 a rate stands out only beyond the 99.8 % funnel", () => {
    const place = (count: number) => {
      const rate = rateOf(count, 100_000);
      return rate && funnelPlace(rate, 2);
    };
    expect([7, 8, 20, 35, 36].map(place)).toEqual(["below", "within", "within", "within", "above"]);
    expect(poissonAtLeast(36, 20)).toBeLessThan(0.001);
    expect(poissonAtMost(7, 20)).toBeLessThan(0.001);
  });

  test("14.14 the gamma function is that of the tables", () => {
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
    expect(lnGamma(101)).toBeCloseTo(363.73937555556347, 9);
    const shares = [
      [0.5, 0.2, 0.4729107431344619],
      [3, 5, 0.8753479805169189],
      [50, 40, 0.0703350741],
      [500, 530, 0.9083305],
    ] as const;
    for (const [a, x, share] of shares) expect(Math.abs(gammaBelow(a, x) - share)).toBeLessThan(1e-7);
    // Chi-square of 1, 5 and 10 degrees of freedom at 95 %, 99 % and 2.5 %: 3.841459, 15.086272, 3.246973.
    const chiSquare = (p: number, degrees: number) => 2 * gammaQuantile(p, degrees / 2);
    expect(chiSquare(0.95, 1)).toBeCloseTo(3.84145882, 7);
    expect(chiSquare(0.99, 5)).toBeCloseTo(15.08627247, 7);
    expect(chiSquare(0.025, 10)).toBeCloseTo(3.24697278, 7);
    const random = seeded(41);
    for (let round = 0; round < 200; round++) {
      const a = 0.5 + random.below(1000) / 4;
      const x = random.below(2000) / 5 + 0.1;
      expect(gammaBelow(a, x) + gammaAbove(a, x)).toBeCloseTo(1, 12);
    }
  });
});
