import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BalanceChart } from "../../app/components/charts/balance-chart";
import { BreadthScatter } from "../../app/components/charts/breadth-scatter";
import { AssuranceMark, VariationMark } from "../../app/components/charts/chart-icon";
import { FlowRibbons } from "../../app/components/charts/flow-ribbons";
import { HeatMap } from "../../app/components/charts/heat-map";
import { BreadthBar, HarmBar, RangeRail } from "../../app/components/charts/row-marks";
import { Sparkline } from "../../app/components/charts/sparkline";
import { ThemeMap } from "../../app/components/charts/theme-map";
import { packMap } from "../../app/components/charts/theme-map-pack";
import { TileMap } from "../../app/components/charts/tile-map";
import { XmrChart } from "../../app/components/charts/xmr-chart";
import { rateOf } from "../../app/domain/rates";
import { directionBalance } from "../../app/domain/voices";
import {
  sampleBreadth,
  sampleFlow,
  sampleMap,
  sampleParts,
  samplePlaces,
  sampleRows,
  sampleSeries,
  withheld,
} from "./samples";

/** One tag a line, so that a change of a drawing can be read. */
function drawn(chart: ReactElement): string {
  return renderToStaticMarkup(chart).replaceAll("><", ">\n<");
}
const ranks = new Map([
  ["a", "1"],
  ["b", "2"],
  ["c", "T1"],
]);
const to = (path: string) => `/issues?${path}`;
const drawings: Record<string, ReactElement> = {
  "control chart, wide": createElement(XmrChart, {
    series: sampleSeries(),
    title: "Reports fell",
    fits: "wide",
    hrefOf: to,
  }),
  "control chart, narrow, with a target": createElement(XmrChart, {
    series: sampleSeries(),
    title: "Reports fell",
    fits: "narrow",
    target: 5,
  }),
  "control chart on trial": createElement(XmrChart, {
    series: sampleSeries(8),
    title: "Too few to judge",
    fits: "wide",
  }),
  sparkline: createElement(Sparkline, { name: "Discharge summary late", series: sampleSeries() }),
  "heat map, wide": createElement(HeatMap, {
    places: samplePlaces,
    rows: sampleRows,
    title: "By Place",
    fits: "wide",
    hrefOf: to,
    themeHref: to,
  }),
  "heat map, narrow": createElement(HeatMap, {
    places: samplePlaces,
    rows: sampleRows,
    title: "By Place",
    fits: "narrow",
    hrefOf: to,
    themeHref: to,
  }),
  tiles: createElement(TileMap, { places: sampleParts, title: "By Place", fits: "wide", hrefOf: to }),
  "breadth against volume": createElement(BreadthScatter, {
    dots: [
      {
        theme: "a",
        name: "Discharge summary late",
        reports: 445,
        effective: 98,
        of: 338,
        oneVoice: false,
        isEmerging: false,
      },
      { theme: "b", name: "No dressings", reports: 62, effective: 1.2, of: 338, oneVoice: true, isEmerging: false },
      { theme: "c", name: "Letters blank", reports: 79, effective: 27, of: 338, oneVoice: false, isEmerging: true },
    ],
    unit: "practices",
    title: "Many raisers",
    fits: "wide",
    chosen: "a",
    hrefOf: to,
  }),
  flow: createElement(FlowRibbons, {
    view: sampleFlow,
    title: "Who about whom",
    fits: "wide",
    hrefOf: (from, about) => to(`${from}-${about}`),
  }),
  balance: createElement(BalanceChart, {
    rows: [
      { id: "a", name: "Acute trusts", balance: directionBalance(163, 22) },
      { id: "b", name: "Ambulance", balance: null },
    ],
    title: "Balance",
    fits: "wide",
  }),
  "breadth bar": createElement(BreadthBar, { breadth: sampleBreadth }),
  "range rail": createElement(RangeRail, { rate: rateOf(445, 2_700_000) ?? never(), most: 2 }),
  "harm bar": createElement(HarmBar, {
    harm: {
      none: { kind: "exact", value: 40 },
      low: { kind: "exact", value: 20 },
      moderateOrWorse: withheld,
      notKnown: { kind: "exact", value: 4 },
    },
  }),
  "theme map, wide": createElement(ThemeMap, {
    map: packMap(sampleMap(), ranks, "a"),
    title: "3 themes",
    fits: "wide",
    chosen: "a",
    hrefOf: to,
  }),
  "theme map, narrow": createElement(ThemeMap, {
    map: packMap(sampleMap(), ranks, "a"),
    title: "3 themes",
    fits: "narrow",
    chosen: "a",
    hrefOf: to,
  }),
  "variation icon": createElement(VariationMark, { icon: { kind: "neutral", colour: "purple", letter: "L" } }),
  "assurance icon": createElement(AssuranceMark, { icon: { kind: "hit-or-miss", colour: "grey", letter: "?" } }),
};

describe("A chart is drawn alike for the same numbers", () => {
  it.each(Object.keys(drawings))("%s", (name) => {
    const chart = drawings[name] ?? never();
    expect(drawn(chart)).toMatchSnapshot();
    expect(drawn(chart)).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("What is withheld", () => {
  it("19.1 is drawn the same whatever is known beside it, and is no link", () => {
    const html = drawn(drawings.tiles ?? never());
    const hidden = html.split("\n").filter((line) => line.includes('class="ct-c-withheld"'));
    const sizes = hidden.map((line) => line.replaceAll(/ [xy]="[^"]*"/g, ""));
    expect(hidden.length).toBe(2);
    expect(new Set(sizes).size).toBe(1);
  });

  it("takes no part in the flow: neither a ribbon nor a sum tells of it", () => {
    const html = drawn(drawings.flow ?? never());
    expect(html).toContain("30 or more about them");
    expect(html).not.toContain("community-practice");
  });

  it("has a width of its own in a bar, whatever it is", () => {
    const bar = (none: number) =>
      drawn(
        createElement(HarmBar, {
          harm: {
            none: { kind: "exact", value: none },
            low: { kind: "exact", value: 5 },
            moderateOrWorse: withheld,
            notKnown: withheld,
          },
        }),
      );
    const hatch = (html: string) => html.split("\n").filter((line) => line.includes("ct-c-withheld"));
    expect(hatch(bar(5))).toEqual(hatch(bar(500)));
  });
});

function never(): never {
  throw new Error("no such drawing");
}
