import { describe, expect, it } from "vitest";
import { heatStep } from "../../app/components/charts/heat-scale";
import { fitText, textWidth, wrapText } from "../../app/components/charts/measure-text";
import { pointCard, spanWords, trendInShort } from "../../app/components/charts/point-words";
import { dotsInside, gather } from "../../app/components/charts/theme-map-dots";
import { placeLabels } from "../../app/components/charts/theme-map-labels";
import { packMap } from "../../app/components/charts/theme-map-pack";
import { monthTicks, pointOn, spreadLabels, stretchesOf } from "../../app/components/charts/xmr-layout";
import { sampleMap, sampleSeries } from "./samples";

describe("Text of a chart", () => {
  it("is wrapped to its room, and cut with an ellipsis where a word alone is wider", () => {
    const lines = wrapText("Discharge summary late, or silent on medicines changed", 120, 12.5);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(textWidth(line, 12.5)).toBeLessThanOrEqual(120);
    expect(fitText("Llanfairpwllgwyngyll", 60)).toMatch(/…$/);
    expect(wrapText("one two three four", 40, 12.5, { most: 2 })).toHaveLength(2);
  });
});

describe("A control chart", () => {
  it("has one band for each stretch between named changes, none below zero for a count", () => {
    const stretches = stretchesOf(sampleSeries().points, "count");
    expect(stretches.map(({ from, to }) => [from, to])).toEqual([
      [0, 27],
      [28, 51],
    ]);
    for (const { lower } of stretches) expect(lower ?? 0).toBeGreaterThanOrEqual(0);
  });

  it("draws a change at the first point on or after it, and none outside what is drawn", () => {
    const { points } = sampleSeries();
    expect(pointOn(points, "2026-06-08")).toBe(28);
    expect(pointOn(points, "2020-01-01")).toBeNull();
    expect(pointOn(points, "2030-01-01")).toBeNull();
  });

  it("names each month once, and its year where one begins", () => {
    const ticks = monthTicks(sampleSeries().points, 20);
    expect(ticks[0]).toEqual({ at: 0, isYear: true });
    expect(ticks.filter((tick) => tick.isYear)).toHaveLength(2);
  });

  it("moves labels apart and keeps their order", () => {
    const spread = spreadLabels([{ y: 10 }, { y: 12 }, { y: 60 }], 15).map((label) => label.y);
    expect((spread[1] ?? 0) - (spread[0] ?? 0)).toBeGreaterThanOrEqual(14.9);
    expect(spread[2]).toBe(60);
  });

  it("says of each point what it covers and why it is marked", () => {
    const series = sampleSeries();
    const spike = series.points[7];
    if (!spike) throw new Error("no spike");
    expect(spanWords("2026-01-05", 1)).toBe("Week of 5 January 2026");
    expect(spanWords("2026-01-01", "month")).toBe("January 2026");
    expect(pointCard(spike, series, "report")).toEqual([
      "Week of 12 January 2026: 35 reports",
      expect.stringMatching(/^Special cause: above the upper limit of \d+\.\d\.$/),
    ]);
    expect(trendInShort(sampleSeries(8))).toBe("too few to judge");
    expect(trendInShort(series)).toMatch(/^lower since /);
  });
});

describe("A rate's colour", () => {
  it("changes at fixed rates, whatever else is drawn", () => {
    expect([0, 0.19, 0.2, 0.4, 0.8, 1.5, 2.2, 9].map(heatStep)).toEqual([0, 0, 1, 2, 3, 4, 5, 5]);
  });
});

describe("The theme map", () => {
  const map = packMap(sampleMap(), new Map([["a", "1"]]), "a");

  it("19.2 stays put when the filter changes: regions rule how large it is drawn", () => {
    const view = sampleMap();
    const filtered = packMap({ ...view, dots: view.dots.slice(0, 30) }, new Map(), undefined);
    expect(filtered.regions.map(({ x, y, radius }) => [x, y, radius])).toEqual(
      map.regions.map(({ x, y, radius }) => [x, y, radius]),
    );
  });

  it("holds each dot inside the drawing, with a look of its own for what is chosen, emerging or outside the filter", () => {
    for (const tenths of map.at) expect(tenths / 10).toBeLessThanOrEqual(Math.max(map.width, map.height));
    expect(new Set(map.looks).size).toBeGreaterThanOrEqual(5);
    expect(map.looks).toHaveLength(map.drawn);
  });

  it("19.3 lays no label over another, near or far", () => {
    for (const zoom of [1, 3]) {
      const labels = placeLabels(map.regions, {
        zoom,
        scale: 1,
        width: map.width,
        height: map.height,
        chosen: "a",
        namesOnly: "all",
      });
      const boxes = labels.map((label, at) => {
        const region = map.regions[at];
        return { x: (region?.x ?? 0) * zoom + label.dx, y: (region?.y ?? 0) * zoom + label.dy, ...label };
      });
      for (const one of boxes)
        for (const other of boxes) {
          if (one === other) continue;
          const over =
            one.x < other.x + other.width &&
            other.x < one.x + one.width &&
            one.y < other.y + other.height &&
            other.y < one.y + one.height;
          expect(over).toBe(false);
        }
      expect(labels).toEqual(
        placeLabels(map.regions, {
          zoom,
          scale: 1,
          width: map.width,
          height: map.height,
          chosen: "a",
          namesOnly: "all",
        }),
      );
    }
  });

  it("finds the dots inside a loop, however it is drawn, and gathers them", () => {
    const region = map.regions[0];
    if (!region) throw new Error("no region");
    const [x, y, r] = [region.x, region.y, region.radius * 1.1];
    const loop: [number, number][] = [
      [x - r, y - r],
      [x + r, y - r],
      [x + r, y + r],
      [x - r, y + r],
    ];
    const inside = dotsInside(map, loop);
    expect([...inside].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at));
    expect(dotsInside(map, [...loop].reverse())).toEqual(inside);
    expect(dotsInside(map, loop.slice(0, 2)).size).toBe(0);
    expect(gather(map, inside).looks.slice(0, 40)).toBe("3".repeat(40));
  });
});
