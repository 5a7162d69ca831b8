import { describe, expect, it } from "vitest";
import { exportedTables } from "../../app/components/export-link";
import { heatTwin, practicesTwin, quietTwin, rankingTwin, seriesTwin } from "../../app/components/theme-tables";
import { type ThemeQuery, wholeThemeQuery } from "../../app/domain/theme-query";
import type { FlowView, PartRow, Series } from "../../app/domain/theme-views";
import { endOfPoint, readSpan } from "../../app/routes/themes.$id/read-span";
import {
  factsOf,
  outcomesSaid,
  placesSaid,
  placesTitle,
  storyTitle,
  trendSaid,
  trendTitle,
} from "../../app/routes/themes.$id/story-words";
import { balanceTitle, flowSaid, flowTitle, ribbonsTitle } from "../../app/routes/themes.flow/flow-words";
import { heatSaid, heatTitle } from "../../app/routes/themes.places/places-words";
import { quietSaid, quietTitle } from "../../app/routes/themes.quiet/quiet-words";
import { askedFor, quietLine, reportTitle, whereTitle } from "../../app/routes/themes.report/report-words";
import { themeWorld } from "../support/theme-world";

const world = themeWorld({ issues: 1_500 });
const director = world.actor("QYG:icb-medical-director");
const gp = world.actor("N81001:gp");
const wirral: ThemeQuery = { ...wholeThemeQuery, place: "wirral" };

async function firstStory(query: ThemeQuery = wholeThemeQuery, actor = director) {
  const { practice } = await world.reader.explorer(director, wholeThemeQuery);
  const view = await world.reader.story(actor, practice[0]?.id ?? "", query);
  if (!view) throw new Error("the first theme has no story");
  return view;
}

const withheld = { kind: "withheld" } as const;
const part = (name: string, funnel: PartRow["funnel"]): PartRow => {
  const rate = {
    count: 20,
    listSize: 100_000,
    per10000: 2,
    range95: { low: 1, high: 3 },
    range998: { low: 1, high: 4 },
  };
  return funnel === null
    ? { id: name, name, reports: withheld, rate: null, funnel }
    : { id: name, name, reports: { kind: "exact", value: 20 }, rate, funnel };
};

describe("a theme's story", () => {
  it("20.1 says nothing in a title that its chart does not show", async () => {
    const { series, theme } = await firstStory();
    const last = series?.points.at(-1);
    if (!series || !last) throw new Error("the first theme has no chart");
    const isUsual = last.specialCauseType === "Common Cause";
    expect(storyTitle(theme.name, series).endsWith("reports steady")).toBe(isUsual);
    expect(trendTitle(series).includes("vary as they usually do")).toBe(isUsual);
    expect(trendSaid(series).says).toContain("all points included");
    const trial: Series = { ...series, points: series.points.slice(0, 5), isTrial: true, variation: null };
    expect(storyTitle(theme.name, trial)).toContain("too few periods to judge");
    expect(trendSaid(trial).says).toContain("5 ");
  });

  it("20.2 gives each figure a sentence, and what it does not mean", async () => {
    const { practice, outcomes } = await firstStory();
    if (!practice || !outcomes) throw new Error("the first theme says nothing");
    const facts = factsOf(practice);
    expect(facts.map(({ figure }) => figure)).toContain(practice.rate?.per10000.toFixed(2));
    for (const { said } of facts) expect([said.says, said.notMeans].every((text) => text.endsWith("."))).toBe(true);
    const all = Object.values(outcomes).reduce((sum, each) => sum + each, 0);
    expect(outcomesSaid(outcomes).title).toMatch(new RegExp(`^${outcomes.open} of ${all} still open`));
  });

  it("20.3 leads from a point of the chart to the issues of its days, and from no other day", async () => {
    const { series, theme } = await firstStory();
    const point = series?.points.findLast((each) => each.value > 0);
    if (!series || !point) throw new Error("the first theme has no chart");
    const date = point.date.slice(0, 10);
    const span = readSpan(new URLSearchParams({ point: date }), series);
    expect(span).toMatchObject({ date, until: endOfPoint(date, series.period) });
    expect(readSpan(new URLSearchParams({ point: "1999-01-01" }), series)).toBeNull();
    const asked = { ...wholeThemeQuery, from: span?.date, until: span?.until };
    const behind = await world.reader.story(director, theme.id, asked);
    const days = world.issues.filter(({ id }) => behind?.issues.includes(id));
    expect(days.length).toBeGreaterThan(0);
    expect(days.every((issue) => world.themeOf(issue) === theme.id)).toBe(true);
    expect([endOfPoint("2026-12-01", "month"), endOfPoint("2026-01-05", 4)]).toEqual(["2027-01-01", "2026-02-02"]);
  });

  it("20.4 names the Places that chance does not explain, and counts those withheld", () => {
    const places = [part("Wirral", "above"), part("Halton", "within"), part("Sefton", "below"), part("Knowsley", null)];
    expect(placesTitle(places)).toBe("Wirral stands above what chance allows; Sefton stands below");
    expect(placesSaid(places).says).toContain("1 Place is withheld");
    expect(placesTitle([part("Halton", "within")])).toBe("No Place stands outside what chance allows");
    expect(placesTitle([part("Knowsley", null)])).toBe("Rates by Place are withheld");
  });
});

describe("tables and files", () => {
  it("20.5 hold what the page of the same person shows, and no count of 1 to 4 of others", async () => {
    const story = await firstStory(wholeThemeQuery, gp);
    const rows = practicesTwin(story.places).rows.filter(([, , reports = ""]) => !reports.startsWith("about"));
    const own = world.directory.organisation("N81001")?.name;
    expect(rows.every(([name]) => name === own)).toBe(true);
    const heat = await world.reader.places(gp, wholeThemeQuery);
    const cells = heatTwin(heat).rows.flatMap((row) => row.slice(1, -1));
    expect(cells.some((cell) => cell === "withheld")).toBe(true);
    expect(cells.every((cell) => cell === "withheld" || cell.includes("about"))).toBe(true);
    expect(quietTwin(await world.reader.quiet(gp, wholeThemeQuery)).rows).toEqual([]);
  });

  it("20.6 have as many cells in each row as heads", async () => {
    const { practice } = await world.reader.explorer(director, wholeThemeQuery);
    const heat = await world.reader.places(director, wirral);
    const { series } = await firstStory();
    if (!series) throw new Error("the first theme has no chart");
    for (const { head, rows } of [rankingTwin(practice, "Themes"), heatTwin(heat), seriesTwin(series)]) {
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every((row) => row.length === head.length)).toBe(true);
      expect(new Set(head).size).toBe(head.length);
    }
    expect(new Set(exportedTables).size).toBe(exportedTables.length);
  });
});

describe("Places, flow and those not heard from", () => {
  it("20.7 the title of Places names cells above the limits only, and the sentence counts what is withheld", async () => {
    const { rows } = await world.reader.places(director, wholeThemeQuery);
    const above = rows.flatMap((row) => row.cells.filter((cell) => cell.funnel === "above"));
    expect(heatTitle(rows).includes("No Place stands above")).toBe(above.length === 0);
    expect(heatTitle(rows.map((row) => ({ ...row, cells: [] })))).toContain("No Place stands above");
    const seenByGp = (await world.reader.places(gp, wholeThemeQuery)).rows;
    const hidden = seenByGp.flatMap((row) => row.cells).filter((cell) => cell.reports.kind === "withheld");
    expect(heatSaid(seenByGp).says).toContain(`${hidden.length} of `);
  });

  it("20.8 the title of flow divides the numbers that are drawn", async () => {
    const view = await world.reader.flow(director, wholeThemeQuery);
    const { balance } = view;
    if (!balance) throw new Error("there is no balance");
    const ratio = (balance.practiceAboutTrust / balance.trustAboutPractice).toFixed(1);
    expect(flowTitle(view)).toContain(`practices raise ${ratio} about trusts`);
    expect(balanceTitle(view)).toMatch(/^In \d+ of \d+ themes|equal/u);
    const nothing: FlowView = { ...view, ribbons: view.ribbons.map((each) => ({ ...each, reports: withheld })) };
    expect(ribbonsTitle(nothing)).toBe("Who raises about whom is withheld");
    expect(flowSaid(nothing).says).toContain("withheld");
  });

  it("20.9 those not heard from are counted for all, and named to who leads the Place alone", async () => {
    const all = await world.reader.quiet(director, wholeThemeQuery);
    const named = all.places.reduce((sum, place) => sum + (place.practices.names?.length ?? 0), 0);
    expect(quietTwin(all).rows.filter(([, kind]) => kind === "Practice").length).toBe(named);
    expect(quietTitle(all.places)).toMatch(new RegExp(`^${named} of |Every practice`));
    expect(quietSaid(all.places).notMeans).toContain("no order of merit");
  });
});

describe("the report for a board", () => {
  it("20.10 is written from the numbers of its own page", async () => {
    const report = await world.reader.report(director, wholeThemeQuery);
    const { places } = await world.reader.quiet(director, wholeThemeQuery);
    const { rows } = await world.reader.places(director, wholeThemeQuery);
    expect(reportTitle(report)).toContain(report.practice[0]?.name);
    expect(askedFor(report, places)[0]).toContain(report.practice[0]?.name);
    expect(rows[0] && whereTitle(rows[0])).toContain(rows[0]?.name);
    expect(quietLine(places)).toContain("Silence is not satisfaction");
    expect(reportTitle({ practice: [], service: [] })).toBe("There is nothing to report in these dates");
  });
});
