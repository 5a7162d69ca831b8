import { describe, expect, it } from "vitest";
import type { Issue } from "../../app/domain/issue";
import type { Shown } from "../../app/domain/suppression";
import {
  readThemeQuery,
  type ThemeQuery,
  themesHref,
  wholeThemeQuery,
  writeThemeQuery,
} from "../../app/domain/theme-query";
import { mostDots, type ThemeRow } from "../../app/domain/theme-views";
import { sampleDots } from "../../search/theme-views/sample-dots";
import { author, buildIssue } from "../support/issues";
import { actorOf, smallDirectory, testDay } from "../support/small-directory";
import { themeWorld, worldDay, worldNow, worldOf } from "../support/theme-world";

const world = themeWorld({ issues: 2_500 });
const icb = world.actor("QYG:icb-medical-director");
const gp = world.actor("N81001:gp");
const row = (rows: readonly ThemeRow[], id: string): ThemeRow => {
  const found = rows.find((each) => each.id === id);
  if (!found) throw new Error(`no row of ${id}`);
  return found;
};
const daysBefore = (days: number) => new Date(worldNow.getTime() - days * 86_400_000).toISOString().slice(0, 10);

describe("the address of a theme page", () => {
  it("14.38 reads back as it was written, and leaves out what cannot be understood", () => {
    const query: ThemeQuery = {
      ...{ place: "wirral", organisation: "RBL", category: "MED.3", harm: ["low", "severe"], period: "month" },
      ...{ from: "2026-01-01", until: "2026-04-01", theme: "01ABC" },
    };
    expect(readThemeQuery(writeThemeQuery(query))).toEqual(query);
    expect(themesHref("/themes", wholeThemeQuery)).toBe("/themes");
    const odd = "place=%20&harm=awful&from=2026-02-30&until=tomorrow&period=decade&organisation=".concat(
      "x".repeat(99),
    );
    expect(writeThemeQuery(readThemeQuery(new URLSearchParams(odd))).toString()).toBe("");
    const backwards = readThemeQuery(new URLSearchParams("from=2026-05-01&until=2026-04-01"));
    expect([backwards.from, backwards.until]).toEqual([undefined, undefined]);
  });
});

describe("what was planted in the demonstration", () => {
  it("14.39 one practice's voice is flagged, and no other theme is", async () => {
    const { practice } = await world.reader.explorer(icb, wholeThemeQuery);
    expect(practice.filter((each) => each.oneVoice).map((each) => each.id)).toEqual(["hospital-tests-sent-to-gp"]);
    expect(row(practice, "hospital-tests-sent-to-gp").breadth?.effective).toBeLessThan(2);
  });

  it("14.40 the surge emerges within a week of its start, with its evidence", async () => {
    const began = new Date(worldNow.getTime() - 2 * 30.4 * 86_400_000);
    const days = [1, 2, 3, 4, 5, 6, 7].map((day) => new Date(began.getTime() + day * 86_400_000));
    const found: boolean[] = [];
    for (const now of days) {
      const until = world.issues
        .filter((issue) => issue.raisedAt <= now)
        .map((issue) => ({ ...issue, joined: issue.joined.filter(({ at }) => at <= now) }));
      const then = worldOf(until, world.directory, { now, themeOf: world.themeOf });
      const { practice } = await then.reader.explorer(icb, wholeThemeQuery);
      const emerging = row(practice, "letters-not-crossing").emerging;
      found.push(emerging !== null);
      if (emerging) expect(emerging.practices).toBeGreaterThanOrEqual(3);
    }
    expect(found).toContain(true);
  });

  it("14.41 the improvement is visible after its marker: limits begin anew there, and lie lower", async () => {
    const date = daysBefore(8 * 30.4);
    const cause = "Discharge checklist asks for fourteen days' supply";
    const change = { id: "I1", theme: "short-supply-on-discharge", date, cause, rebases: true };
    const marked = worldOf(world.issues, world.directory, { themeOf: world.themeOf, interventions: [change] });
    const story = await marked.reader.story(icb, "short-supply-on-discharge", wholeThemeQuery);
    const points = story?.series?.points ?? [];
    const [before, after] = [points[0], points.at(-1)];
    expect(story?.series?.interventions).toEqual([change]);
    expect([before?.stretch, after?.stretch]).toEqual([0, 1]);
    expect(after?.mean).toBeLessThan((before?.mean ?? 0) / 2);
    const without = await world.reader.story(icb, "short-supply-on-discharge", wholeThemeQuery);
    expect(without?.series?.points.some((point) => point.specialCauseType === "7 Points Below CL")).toBe(true);
  });
});

describe("small numbers", () => {
  const exactly = (shown: Shown | undefined) => (shown?.kind === "exact" ? shown.value : undefined);
  const small = (shown: Shown | undefined) => shown?.kind === "exact" && shown.value > 0 && shown.value < 5;

  it("14.42 nobody but who leads it sees a part exactly, under any filter; what is withheld is in no field", async () => {
    for (const filter of [
      { place: "wirral" },
      { organisation: "RBL" },
      { place: "wirral", category: "MED" },
    ] as const) {
      const { seen, practice, service, totals } = await world.reader.explorer(gp, { ...wholeThemeQuery, ...filter });
      expect(seen).toBe("category" in filter ? "withheld" : "rounded");
      for (const each of [...practice, ...service]) {
        expect(exactly(each.reports)).toBeUndefined();
        if (each.reports.kind === "rounded") expect(each.reports.value % 5).toBe(0);
        else expect([each.breadth, each.rate]).toEqual([null, null]);
        expect([each.series, each.harm, each.emerging, each.oneVoice]).toEqual([null, null, null, false]);
      }
      expect(exactly(totals.reports)).toBeUndefined();
      expect((await world.reader.explorer(icb, { ...wholeThemeQuery, ...filter })).seen).toBe("exact");
    }
  });

  it("14.43 from answers one filter apart no count of one to four of a part can be told", async () => {
    const whole = await world.reader.explorer(gp, wholeThemeQuery);
    const places = world.directory.places.map((place) => place.id);
    const kinds = ["MED", "DIS", "LET", "REF"];
    const answers = await Promise.all(places.map((place) => world.reader.explorer(gp, { ...wholeThemeQuery, place })));
    const truths = await Promise.all(
      places.map((place) => world.reader.explorer(icb, { ...wholeThemeQuery, place, ...countedDates() })),
    );
    const { from, until } = countedDates();
    const wholeThen = await world.reader.explorer(gp, { ...wholeThemeQuery, from, until });
    let checked = 0;
    for (const theme of wholeThen.practice) {
      const total = exactly(theme.reports) ?? 0;
      const cells = answers.map((answer) => row(answer.practice, theme.id).reports);
      // Where none of a row is shown, any of its parts may be anything.
      const allWithheld = cells.every((cell) => cell.kind === "withheld");
      const range = (cell: Shown) => (allWithheld ? ([0, total] as const) : rangeOf(cell));
      cells.forEach((cell, at) => {
        const truth = exactly(truths[at]?.practice.find((each) => each.id === theme.id)?.reports) ?? 0;
        if (truth === 0 || truth > 4) return;
        checked++;
        // What the whole and all other Places leave of this one, at its least and most.
        const others = cells.filter((_, other) => other !== at).map(range);
        const [low, high] = range(cell);
        const least = Math.max(low, total - others.reduce((sum, [, most]) => sum + most, 0));
        const most = Math.min(high, total - others.reduce((sum, [few]) => sum + few, 0));
        expect(least < most, `${theme.id} in ${places[at]}`).toBe(true);
      });
    }
    expect(checked).toBeGreaterThan(50);
    for (const place of places)
      for (const category of kinds) {
        const narrowed = await world.reader.explorer(gp, { ...wholeThemeQuery, place, category });
        expect(narrowed.practice.every((each) => each.reports.kind === "withheld")).toBe(true);
      }
    expect(whole.practice.some((each) => small(each.reports))).toBe(true);
  });

  it("14.44 Places, flow and a theme's page withhold the same", async () => {
    const places = await world.reader.places(gp, wholeThemeQuery);
    for (const each of places.rows)
      for (const cell of each.cells) {
        expect(cell.reports.kind).not.toBe("exact");
        if (cell.reports.kind === "withheld") expect([cell.rate, cell.funnel]).toEqual([null, null]);
      }
    const flow = await world.reader.flow(gp, wholeThemeQuery);
    expect(flow.ribbons.filter((ribbon) => ribbon.reports.kind === "exact")).toEqual([]);
    const story = await world.reader.story(gp, "hospital-tests-sent-to-gp", wholeThemeQuery);
    const parts = story?.places.flatMap((place) => [place, ...place.practices]) ?? [];
    expect(parts.filter((part) => small(part.reports) && part.id !== gp.organisation)).toEqual([]);
    expect(story?.about.filter((part) => part.reports.kind === "exact")).toEqual([]);
    const map = await world.reader.map(gp, { ...wholeThemeQuery, place: "wirral" });
    expect(map.marksWithheld).toBe(true);
    expect(map.dots.every((dot) => dot.matches)).toBe(true);
  });

  it("14.45 quiet voices are named only to who leads their Place, as calls by name", async () => {
    const lead = world.actor("QYG-WIR:place-lead");
    const quiet = await world.reader.quiet(lead, wholeThemeQuery);
    for (const { place, practices } of quiet.places) expect(practices.names !== null).toBe(place.id === "wirral");
    const all = await world.reader.quiet(icb, wholeThemeQuery);
    const names = all.places.flatMap(({ practices }) => practices.names ?? []);
    const heard = new Set(
      world.issues.flatMap((issue) => [issue.raisedFor, ...issue.joined.map((j) => j.organisation)]),
    );
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter(({ id }) => heard.has(id) && spokeLately(id))).toEqual([]);
  });

  function spokeLately(code: string): boolean {
    const from = new Date(`${daysBefore(360)}T00:00:00Z`);
    return world.issues.some((issue) => issue.raisedFor === code && issue.raisedAt > from);
  }
  function rangeOf(shown: Shown): [number, number] {
    if (shown.kind === "withheld") return [0, 4];
    return shown.kind === "exact" ? [shown.value, shown.value] : [Math.max(5, shown.value - 2), shown.value + 2];
  }
  function countedDates() {
    const until = `${worldDay.slice(0, 7)}-01`;
    return { from: `${Number(until.slice(0, 4)) - 1}${until.slice(4)}`, until };
  }
});

describe("what is counted", () => {
  const directory = smallDirectory();
  const restricted: Partial<Issue> = { visibility: "organisations", raisedBy: author("P2-gp"), raisedFor: "P2" };
  const issues = [buildIssue(), buildIssue(), buildIssue(restricted)];
  const small = worldOf(issues, directory, { now: testDay, themeOf: () => "late summaries" });

  it("14.46 counts a restricted issue only for those who may know of it", async () => {
    const seenBy = async (person: string) => {
      const { practice, totals } = await small.reader.explorer(actorOf(directory, person), wholeThemeQuery);
      return [practice[0]?.reports, totals.issues];
    };
    const [two, three] = [2, 3].map((value) => ({ kind: "exact", value }));
    expect(await seenBy("P1-gp")).toEqual([two, two]);
    expect(await seenBy("P2-gp")).toEqual([three, three]);
    expect(await seenBy("T1-clinician")).toEqual([three, three]);
    expect(await seenBy("T2-clinician")).toEqual([two, two]);
    expect((await small.reader.explorer(actorOf(directory, "guest"), wholeThemeQuery)).practice).toEqual([]);
    expect(await small.reader.story(actorOf(directory, "guest"), "late summaries", wholeThemeQuery)).toBeNull();
    expect((await small.reader.map(actorOf(directory, "P1-gp"), wholeThemeQuery)).dots).toHaveLength(2);
  });

  it("14.47 what practices say and what trusts say are two rankings, each over its own footprint", async () => {
    const { practice, service } = await world.reader.explorer(icb, wholeThemeQuery);
    expect(new Set(practice.map((each) => `${each.side} of ${each.breadth?.of} ${each.breadth?.unit}`))).toEqual(
      new Set(["practice of 338 practices"]),
    );
    expect(new Set(service.map((each) => each.breadth?.unit))).toEqual(new Set(["services"]));
    for (const rows of [practice, service]) {
      const values = rows.map((each) => each.breadth?.value ?? 0);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(rows.map((each) => each.rank)).toEqual(rows.map((_, at) => at + 1));
    }
  });
});

describe("dots of the map", () => {
  const candidates = Array.from({ length: 20_000 }, (_, issue) => {
    return {
      issue,
      theme: issue % 3 === 0 ? 0 : 1 + (issue % 40),
      matches: issue % 50 === 7,
      order: (issue * 7919) % 20_011,
    };
  });

  it("14.48 at most 5,000, evenly by theme, none inside the filter lost; the same every time", () => {
    const drawn = sampleDots(candidates, mostDots);
    expect(drawn).toHaveLength(mostDots);
    expect(drawn.filter((dot) => dot.matches)).toHaveLength(400);
    const share = (dots: typeof drawn, theme: number) => dots.filter((dot) => dot.theme === theme).length / dots.length;
    const outside = drawn.filter((dot) => !dot.matches);
    const all = candidates.filter((dot) => !dot.matches);
    for (let theme = 0; theme <= 40; theme++) expect(share(outside, theme)).toBeCloseTo(share(all, theme), 3);
    expect(
      sampleDots([...candidates].reverse(), mostDots)
        .map((dot) => dot.issue)
        .sort(),
    ).toEqual(drawn.map((dot) => dot.issue).sort());
  });
});
