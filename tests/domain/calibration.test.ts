import { describe, expect, test } from "vitest";
import { type JudgedPair, judgedPairs, precisionFrom, proposeThresholds } from "../../app/domain/calibration";
import { type Judgement, pairOf, type Verdict } from "../../app/domain/likeness";
import { author } from "../support/issues";
import { testDay } from "../support/small-directory";

let seconds = 0;
function judged(other: string, person: string, verdict: Verdict, score?: number, encoder = "four-1"): Judgement {
  return {
    issues: pairOf("A", other),
    by: author(person),
    verdict,
    ...(score === undefined ? {} : { shown: { score, encoder } }),
    decides: [],
    at: new Date(testDay.getTime() + ++seconds * 1_000),
  };
}
const many = (count: number, score: number, same: boolean): JudgedPair[] =>
  Array.from({ length: count }, () => ({ score, same }));

describe("calibration", () => {
  test("16.12 counts a pair once, by what most said of it, with the score last shown by this encoder", () => {
    const said = [
      judged("B", "P1-gp", "same", 0.5),
      judged("B", "P2-gp", "different", 0.6),
      judged("B", "P3-gp", "same", 0.7, "another"),
      judged("C", "P1-gp", "same", 0.5),
      judged("C", "P2-gp", "different", 0.5),
      judged("D", "P1-gp", "different", 0.9, "another"),
      judged("E", "P1-gp", "different"),
    ];
    expect(judgedPairs(said, "four-1")).toEqual({ pairs: [{ score: 0.6, same: true }], undecided: 1, unscored: 2 });
  });

  test("16.12 a threshold's precision is of what it shows", () => {
    const pairs = [...many(3, 0.4, false), ...many(2, 0.6, true), ...many(1, 0.6, false)];
    expect(precisionFrom(pairs, 0.3)).toEqual({ from: 0.3, shown: 6, same: 2 });
    expect(precisionFrom(pairs, 0.6)).toEqual({ from: 0.6, shown: 3, same: 2 });
    expect(precisionFrom(pairs, 0.7)).toEqual({ from: 0.7, shown: 0, same: 0 });
  });

  const current = { alikeFrom: 0.3, likelySameFrom: 0.7 };

  test.each([
    ["few pairs", [...many(20, 0.8, true), ...many(20, 0.4, false)]],
    ["hardly one that is not the same", [...many(90, 0.8, true), ...many(3, 0.4, false)]],
    ["hardly one that is", [...many(3, 0.8, true), ...many(90, 0.4, false)]],
    ["none at all", []],
  ])("16.12 with %s proposes nothing", (_, pairs) => {
    expect(proposeThresholds(pairs, current, 0.3)).toMatchObject({ kind: "too-few", pairs: pairs.length });
  });

  test("16.12 proposes the lowest thresholds at which enough of what is shown is the same", () => {
    const pairs = [
      ...many(40, 0.32, false),
      ...many(20, 0.42, true),
      ...many(20, 0.42, false),
      ...many(40, 0.82, true),
    ];
    const proposal = proposeThresholds(pairs, current, 0.3);
    expect(proposal).toMatchObject({ kind: "change", to: { alikeFrom: 0.3, likelySameFrom: 0.45 } });
    const noisier = [...pairs, ...many(60, 0.32, false)];
    expect(proposeThresholds(noisier, current, 0.3)).toMatchObject({ to: { alikeFrom: 0.35, likelySameFrom: 0.45 } });
  });

  test("16.12 proposes nothing below what was ever shown, nor from a handful of pairs", () => {
    const pairs = [...many(60, 0.5, true), ...many(20, 0.5, false), ...many(5, 0.95, true)];
    const proposal = proposeThresholds(pairs, { alikeFrom: 0.4, likelySameFrom: 0.7 }, 0.4);
    expect(proposal).toMatchObject({ kind: "keep", unreached: true });
    expect("table" in proposal && proposal.table[0]?.from).toBe(0.4);
  });
});
