import { rateOf } from "../../app/domain/rates";
import type { FlowView, MapView, PartRow, PlacesView, Series, ThemeRow } from "../../app/domain/theme-views";
import { xmr } from "../../app/domain/xmr";

/** Fixed numbers for drawings: a series with a spike, a named change, and lower counts after it. */
const counts = [12, 12, 6, 7, 14, 10, 9, 35, 10, 8, 10, 14, 2, 7, 10, 11, 15, 11, 4, 6, 22, 8, 13, 16, 9, 6, 17, 7];
const after = [11, 12, 6, 7, 5, 8, 11, 7, 8, 4, 4, 3, 5, 1, 2, 4, 15, 1, 4, 1, 5, 4, 2, 4];

export function sampleSeries(points = counts.length + after.length): Series {
  const values = [...counts, ...after].slice(0, points);
  const dates = values.map((_, at) => new Date(Date.UTC(2025, 10, 24 + at * 7)).toISOString().slice(0, 10));
  const change = dates[counts.length];
  const result = xmr({
    values,
    dates,
    improvement: "neutral",
    screenOutliers: false,
    fixAfter: points >= 12 ? 12 : null,
    rebaseDates: change ? [change] : [],
  });
  return {
    period: 1,
    points: result.points,
    isTrial: points < 12,
    variation: points < 12 ? null : { kind: "neutral", colour: "purple", letter: "L" },
    assurance: null,
    perPeriod: 9,
    interventions: change
      ? [
          { id: "i1", theme: "t1", date: change, cause: "Medicines-changed box made compulsory", rebases: true },
          { id: "i2", theme: "t1", date: "2026-09-14", cause: "Ward pharmacist checks before sending", rebases: false },
        ]
      : [],
  };
}

export const withheld = { kind: "withheld" } as const;
const exact = (value: number) => ({ kind: "exact", value }) as const;

export function part(id: string, name: string, count: number | null, funnel: PartRow["funnel"] = "within"): PartRow {
  if (count === null) return { id, name, reports: withheld, rate: null, funnel: null };
  return { id, name, reports: exact(count), rate: rateOf(count, 250_000), funnel };
}

const names = [
  "Liverpool",
  "Sefton",
  "Knowsley",
  "St Helens",
  "Halton",
  "Warrington",
  "Wirral",
  "Cheshire West",
  "Cheshire East",
];
export const samplePlaces: PlacesView["places"] = names.map((name, at) => ({
  id: `p${at}`,
  name,
  practices: 30 + at,
  listSize: 250_000,
  listSizeAt: "2021-01-01",
}));
export const sampleParts: PartRow[] = names.map((name, at) =>
  part(`p${at}`, name, at % 4 === 3 ? null : 5 + at * 8, at === 8 ? "above" : "within"),
);
export const sampleRows: PlacesView["rows"] = ["Discharge summary late", "Abnormal result, no owner"].map(
  (name, at) => ({
    theme: `t${at}`,
    name,
    rank: at + 1,
    whole: rateOf(200 - at * 60, 2_250_000),
    reports: exact(200 - at * 60),
    cells: sampleParts,
  }),
);

export const sampleFlow: Pick<FlowView, "kinds" | "ribbons"> = {
  kinds: [
    { id: "practice", name: "GP practices" },
    { id: "acute", name: "Acute trusts" },
    { id: "community", name: "Community services" },
  ],
  ribbons: [
    { from: "practice", to: "acute", reports: exact(160) },
    { from: "practice", to: "community", reports: exact(40) },
    { from: "acute", to: "practice", reports: exact(30) },
    { from: "community", to: "practice", reports: withheld },
  ],
};

export const sampleBreadth: NonNullable<ThemeRow["breadth"]> = {
  effective: 98.2,
  of: 338,
  unit: "practices",
  share: 98.2 / 338,
  meanSeverity: 2.1,
  value: 0.61,
  loudestShare: 0,
};

/** Three themes of dots on a honeycomb, one emerging, one of few. */
export function sampleMap(perTheme = 40): MapView {
  const regions = [
    {
      theme: "a",
      name: "Discharge summary late or silent on medicines",
      x: 0,
      y: 0,
      isEmerging: false,
      oneVoice: false,
    },
    { theme: "b", name: "Letters arriving blank", x: 22, y: 4, isEmerging: true, oneVoice: false },
    { theme: "c", name: "No dressings", x: 8, y: 21, isEmerging: false, oneVoice: true },
  ].map((region) => ({ ...region, radius: 7, group: "g", reports: exact(perTheme), issues: exact(perTheme) }));
  const dots = regions.flatMap((region, which) =>
    Array.from({ length: perTheme }, (_, at) => ({
      id: `${region.theme}${at}`,
      reference: `CT-${which}${String(at).padStart(4, "0")}`,
      x: Math.round((region.x + Math.cos(at * 2.4) * Math.sqrt(at)) * 10) / 10,
      y: Math.round((region.y + Math.sin(at * 2.4) * Math.sqrt(at)) * 10) / 10,
      theme: region.theme,
      harm: at % 7 === 0 ? ("moderate" as const) : ("none" as const),
      matches: at % 11 !== 0,
    })),
  );
  return {
    query: { harm: [], period: "week" },
    seen: "exact",
    window: { from: "2025-11-20", until: "2026-11-20" },
    analysis: null,
    running: null,
    version: 1,
    dots: [...dots, { id: "loose", x: -8, y: 18, theme: null, harm: null, matches: true }],
    density: { size: 4, cells: [{ x: -8, y: 0, count: 3 }] },
    regions,
    marksWithheld: false,
    total: dots.length + 4,
  };
}
