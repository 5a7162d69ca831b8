import { describe, expect, test } from "vitest";
import { breadthBySide, countedReports, effectiveRaisers, type Report, ranked } from "../../app/domain/breadth";
import { directionBalance, quietVoices, type Voice, wilsonRange } from "../../app/domain/voices";
import { seeded } from "../support/issues";

const report = (raiser: string, issue: string, change: Partial<Report> = {}): Report => ({
  raiser,
  issue,
  side: "practice",
  at: new Date("2026-05-12T10:00:00Z"),
  harm: "none",
  ...change,
});
/** So many reports of one practice, each of an issue of its own. */
const reportsOf = (raiser: string, count: number, change: Partial<Report> = {}) =>
  Array.from({ length: count }, (_, i) => report(raiser, `${raiser}-${i}`, change));
const breadth = (reports: readonly Report[], footprint = 100) =>
  breadthBySide(reports, { practice: footprint, service: 40 }).practice;

describe("breadth", () => {
  test("14.17 forty reports from one practice count as one, nine practices with two each as nine", () => {
    expect(breadth(reportsOf("N81001", 40)).effective).toBe(1);
    expect(breadth(Array.from({ length: 9 }, (_, i) => reportsOf(`N8100${i}`, 2)).flat()).effective).toBe(9);
    // 3, 2 and 1 of 6: 36 / 14.
    expect(effectiveRaisers([3, 2, 1])).toBeCloseTo(36 / 14, 12);
    expect(effectiveRaisers([])).toBe(0);
  });

  test("14.17 effective raisers lie between one and how many there are, and are most when all speak alike", () => {
    const random = seeded(17);
    for (let round = 0; round < 200; round++) {
      const counts = Array.from({ length: 1 + random.below(30) }, () => 1 + random.below(50));
      const effective = effectiveRaisers(counts);
      expect(effective).toBeGreaterThanOrEqual(1);
      expect(effective).toBeLessThanOrEqual(counts.length + 1e-9);
      expect(effectiveRaisers(counts.map(() => 7))).toBeCloseTo(counts.length, 9);
      expect(effectiveRaisers(counts.map((each) => each * 3))).toBeCloseTo(effective, 9);
    }
  });

  test("14.18 a practice counts once for an issue in a month, by the calendar of London", () => {
    const at = (iso: string) => report("N81001", "one", { at: new Date(iso) });
    const reports = [at("2026-05-20T09:00:00Z"), at("2026-05-01T09:00:00Z"), at("2026-06-30T22:30:00Z")];
    expect(countedReports([...reports, at("2026-06-30T23:30:00Z")]).map((each) => each.at.toISOString())).toEqual([
      "2026-05-01T09:00:00.000Z",
      "2026-06-30T22:30:00.000Z",
      // Half past midnight on 1 July in London.
      "2026-06-30T23:30:00.000Z",
    ]);
    expect(countedReports([report("N81001", "one"), report("N81002", "one"), report("N81001", "two")]).length).toBe(3);
  });

  test("14.19 the rank is mean severity weight times effective raisers by footprint", () => {
    // Two practices, one report each, moderate (4) and none (1): 2.5 x 2 / 100.
    const mixed = [report("N81001", "a", { harm: "moderate" }), report("N81002", "b")];
    expect(breadth(mixed)).toMatchObject({
      reports: 2,
      issues: 2,
      raisers: 2,
      meanSeverity: 2.5,
      share: 0.02,
      rank: 0.05,
    });
    const weight = (harm: Report["harm"]) => breadth([report("N81001", "a", { harm })]).meanSeverity;
    expect((["none", "not-known", "low", "moderate", "severe", "fatal"] as const).map(weight)).toEqual([
      1, 1, 2, 4, 8, 16,
    ]);
  });

  test("14.19 harm is an issue's: an issue that many join weighs once", () => {
    const joined = ["N81001", "N81002", "N81003"].map((raiser) => report(raiser, "a", { harm: "severe" }));
    expect(breadth([...joined, report("N81004", "b")])).toMatchObject({ reports: 4, issues: 2, meanSeverity: 4.5 });
  });

  test("14.19 the weights are a setting", () => {
    const flat = { none: 1, "not-known": 1, low: 1, moderate: 1, severe: 1, fatal: 1 };
    const fatal = [report("N81001", "a", { harm: "fatal" })];
    expect(breadthBySide(fatal, { practice: 10, service: 1 }, flat).practice.rank).toBe(0.1);
  });

  test("14.19 nine practices with two reports each come before one practice with forty", () => {
    const loud = { id: "loud", breadth: breadth(reportsOf("N81001", 40)) };
    const wide = { id: "wide", breadth: breadth(Array.from({ length: 9 }, (_, i) => reportsOf(`W${i}`, 2)).flat()) };
    const same = { id: "same", breadth: loud.breadth };
    expect(ranked([same, loud, wide]).map((theme) => theme.id)).toEqual(["wide", "loud", "same"]);
  });

  test("14.20 what trusts say is counted by service and apart, over their own footprint", () => {
    const services = ["RBL-stroke", "RBL-pharmacy"].map((raiser, i) => report(raiser, `s${i}`, { side: "service" }));
    const both = breadthBySide([...reportsOf("N81001", 5), ...services], { practice: 100, service: 40 });
    expect(both.practice).toMatchObject({ reports: 5, effective: 1, footprint: 100 });
    expect(both.service).toMatchObject({ reports: 2, effective: 2, footprint: 40, share: 0.05 });
  });

  test("14.21 one voice: ten reports or more from fewer than three raisers in effect", () => {
    expect(breadth(reportsOf("N81001", 40))).toMatchObject({ oneVoice: true, loudestShare: 1 });
    expect(breadth(reportsOf("N81001", 9)).oneVoice).toBe(false);
    const two = [...reportsOf("N81001", 9), ...reportsOf("N81002", 1)];
    expect(breadth(two)).toMatchObject({ oneVoice: true, loudestShare: 0.9 });
    expect(breadth(["A", "B", "C"].flatMap((raiser) => reportsOf(raiser, 4))).oneVoice).toBe(false);
  });

  test("14.19 nothing said, and no footprint, rank nowhere instead of failing", () => {
    expect(breadth([])).toMatchObject({ effective: 0, meanSeverity: 0, rank: 0, oneVoice: false, loudestShare: 0 });
    expect(breadth(reportsOf("N81001", 2), 0).rank).toBe(0);
  });
});

describe("voices", () => {
  test("14.22 the share each side raised has Wilson's range", () => {
    // Newcombe (Statistics in Medicine 1998), table I: 81 of 263 and 15 of 148, 0 of 20, 1 of 29.
    const newcombe = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [part, whole, low, high] of newcombe) {
      const range = wilsonRange(part, whole);
      expect([range.low.toFixed(4), range.high.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)]);
    }
    expect(() => wilsonRange(3, 2)).toThrow("no share: 3 of 2");
    expect(() => wilsonRange(0, 0)).toThrow("no share");
  });

  test("14.22 an equal voice is ruled out only when half lies outside the range", () => {
    expect(directionBalance(300, 20)).toMatchObject({ trustShare: 0.0625, mayBeEqual: false });
    expect(directionBalance(6, 4).mayBeEqual).toBe(true);
    expect(directionBalance(0, 0)).toMatchObject({ trustShare: null, range95: null, mayBeEqual: true });
  });

  test("14.23 who is not heard from is listed by Place and name, whatever the order they came in", () => {
    const voice = (id: string, name: string, place: string, side: Voice["side"] = "practice"): Voice => ({
      id,
      name,
      place,
      side,
    });
    const voices = [
      voice("N3", "Vale Surgery 10", "Wirral"),
      voice("N2", "Vale Surgery 9", "Wirral"),
      voice("N1", "Abbey Practice", "Wirral"),
      voice("S1", "Stroke, Arrowe Park", "Wirral", "service"),
      voice("N9", "Bridge Street", "Halton"),
    ];
    const names = quietVoices(voices, new Set(["N1"])).map((each) => [
      each.place,
      each.of,
      each.quiet.map((v) => v.id),
    ]);
    expect(names).toEqual([
      ["Halton", 1, ["N9"]],
      ["Wirral", 4, ["S1", "N2", "N3"]],
    ]);
    expect(quietVoices([...voices].reverse(), new Set(["N1"]))).toEqual(quietVoices(voices, new Set(["N1"])));
  });
});
