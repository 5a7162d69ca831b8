import { describe, expect, it } from "vitest";
import {
  type AnalysedIssue,
  type Analysis,
  analyse,
  type EarlierAnalysis,
  placeNew,
} from "../../search/themes/analyse";
import { communitiesOf, graphOf } from "../../search/themes/communities";
import { identify } from "../../search/themes/identity";
import { Honeycomb, placeRegions, radiusFor } from "../../search/themes/map-layout";
import { nearestNeighbours } from "../../search/themes/neighbours";
import { pointsOf, product, rowOf, scaleToOne } from "../../search/themes/points";
import { randomFrom } from "../../search/themes/random";
import { labelOf, typicalWords } from "../../search/themes/typical-words";

const dimensions = 24;

/** A direction with a little of everything else, by a seed. */
function near(direction: number, seed: number, noise = 0.35): Float32Array {
  const random = randomFrom(seed);
  const row = Float32Array.from({ length: dimensions }, () => (random.next() - 0.5) * noise);
  row[direction]! += 1;
  return scaleToOne(row);
}

/** Three subjects of 20 issues, each with a word of its own. */
const subjects = ["discharge", "shared care", "fit note"];
function planted(from = 0, to = 20): AnalysedIssue[] {
  return subjects.flatMap((word, subject) =>
    Array.from({ length: to - from }, (_, at) => ({
      id: `${subject}-${String(from + at).padStart(2, "0")}`,
      vector: near(subject, 1_000 * subject + from + at),
      text: `The ${word} went wrong, case ${from + at}.`,
      kind: subject === 0 ? "Summary late" : undefined,
      isSystemWide: true,
    })),
  );
}

let made = 0;
const newId = () => `theme-${++made}`;
const run = (issues: readonly AnalysedIssue[], earlier?: EarlierAnalysis) => {
  if (!earlier) made = 0;
  return analyse(issues, { seed: 7, newId, ...(earlier ? { earlier } : {}) });
};

function earlierOf({ themes, members }: Analysis): EarlierAnalysis {
  const groupOf = new Map(themes.map((theme) => [theme.id, theme.group]));
  return {
    themeOf: new Map(members.flatMap(({ issue, theme }) => (theme ? [[issue, theme] as const] : []))),
    groupOf: new Map(members.flatMap(({ issue, theme }) => (theme ? [[issue, groupOf.get(theme)!] as const] : []))),
    regions: new Map(themes.map((theme) => [theme.id, theme.region])),
    spots: new Map(members.map((member) => [member.issue, member])),
  };
}

const themeBy = ({ members }: Analysis) => new Map(members.map(({ issue, theme }) => [issue, theme]));

describe("finding themes", () => {
  it("finds each planted subject as one theme, named by its own words", async () => {
    const found = await run(planted());
    expect(found.themes).toHaveLength(3);
    const themes = themeBy(found);
    for (const [subject] of subjects.entries()) {
      const own = planted().filter((issue) => issue.id.startsWith(`${subject}-`));
      expect(new Set(own.map((issue) => themes.get(issue.id))).size).toBe(1);
    }
    expect(found.themes.map((theme) => theme.label).sort()).toEqual(
      ["Fit note", "Shared care", "Summary late: discharge"].sort(),
    );
  });

  it("gives the same themes for the same issues in any order, and the same map", async () => {
    const found = await run(planted());
    const again = await run(planted().reverse());
    expect(again).toEqual(found);
  });

  it("keeps a theme's identity and the places of its dots when issues are added", async () => {
    const found = await run(planted(0, 16));
    const later = await run(planted(), earlierOf(found));
    expect(later.themes.map((theme) => theme.id).sort()).toEqual(found.themes.map((theme) => theme.id).sort());
    expect(later.themes.every((theme) => theme.isKept)).toBe(true);
    const regions = new Map(later.themes.map((theme) => [theme.id, theme.region]));
    const moved = found.members.filter(({ issue, x, y, theme }) => {
      const before = found.themes.find((each) => each.id === theme)!.region;
      const now = regions.get(theme!)!;
      const dot = later.members.find((each) => each.issue === issue)!;
      return Math.hypot(dot.x - now.x - (x - before.x), dot.y - now.y - (y - before.y)) > 1e-6;
    });
    expect(moved).toEqual([]);
  });

  it("lets restricted issues shape nothing: themes, words, middles and places are as without them", async () => {
    const restricted = Array.from({ length: 30 }, (_, at) => ({
      id: `9-${at}`,
      vector: near(at % 2 === 0 ? 0 : 9, 90 + at),
      text: "A secret that only three people may know.",
      isSystemWide: false,
    }));
    const without = await run(planted());
    const found = await run([...planted(), ...restricted]);
    expect(found.themes).toEqual(without.themes);
    expect(found.mean).toEqual(without.mean);
    const open = new Set(planted().map((issue) => issue.id));
    expect(found.members.filter((member) => open.has(member.issue))).toEqual(without.members);
    const discharge = themeBy(found).get("0-00");
    expect(themeBy(found).get("9-0")).toBe(discharge);
    expect(themeBy(found).get("9-1")).toBeUndefined();
  });

  it("counts a text sent twenty times as one text, not as a theme of its own", async () => {
    const copies = Array.from({ length: 20 }, (_, at) => ({
      ...planted()[3]!,
      id: `copy-${String(at).padStart(2, "0")}`,
    }));
    const found = await run([...planted(), ...copies]);
    const themes = themeBy(found);
    const theirs = themes.get("copy-07");
    expect(theirs).toBe(themes.get(planted()[3]!.id));
    expect(planted().filter((issue) => themes.get(issue.id) === theirs).length).toBeGreaterThan(5);
  });

  it("makes no theme of fewer than five issues, and none of nothing", async () => {
    const few = planted().filter((issue) => !issue.id.startsWith("2-") || issue.id < "2-04");
    const found = await run(few);
    expect(themeBy(found).get("0-00")).toBeDefined();
    expect(found.themes.every((theme) => found.members.filter((each) => each.theme === theme.id).length >= 5)).toBe(
      true,
    );
    expect(await run([])).toMatchObject({ themes: [], groups: [], members: [] });
    const [one] = planted();
    expect((await run([one!])).members).toMatchObject([{ issue: "0-00", theme: undefined }]);
  });

  it("puts a new issue into the nearest theme at once, and into none that it is far from", async () => {
    const found = await run(planted());
    const like = placeNew("new", near(1, 555), found.themes, found.mean);
    expect(like.theme).toBe(themeBy(found).get("1-00"));
    const region = found.themes.find((theme) => theme.id === like.theme)!.region;
    expect(Math.hypot(like.x - region.x, like.y - region.y)).toBeLessThan(region.radius);
    expect(placeNew("other", near(15, 556), found.themes, found.mean).theme).toBeUndefined();
    expect(placeNew("new", near(1, 555), found.themes, found.mean)).toEqual(like);
  });
});

describe("nearest neighbours", () => {
  it("are those that comparing every pair finds", async () => {
    const points = pointsOf(Array.from({ length: 60 }, (_, at) => near(at % 7, at, 1.2)));
    const found = await nearestNeighbours(points, 5);
    for (let point = 0; point < points.count; point++) {
      const others = Array.from({ length: points.count }, (_, other) => other).filter((other) => other !== point);
      const cosines = others.map((other) => product(rowOf(points, point), rowOf(points, other)));
      const best = cosines.sort((a, b) => b - a).slice(0, 5);
      expect([...found.closeness.subarray(point * 5, point * 5 + 5)]).toEqual(
        best.map((each) => expect.closeTo(each, 5)),
      );
      expect(found.at.subarray(point * 5, point * 5 + 5)).not.toContain(point);
    }
  });

  it("are fewer where there are fewer others", async () => {
    const found = await nearestNeighbours(pointsOf([near(0, 1), near(0, 2)]), 3);
    expect([...found.at]).toEqual([1, -1, -1, 0, -1, -1]);
  });
});

describe("communities", () => {
  /** Rings of `size` points, each tied to the next ring by one weak edge. */
  const rings = (count: number, size: number) =>
    graphOf(
      count * size,
      Array.from({ length: count }, (_, ring) =>
        Array.from({ length: size }, (_, at): [number, number, number][] => [
          [ring * size + at, ring * size + ((at + 1) % size), 1],
          [ring * size + at, ring * size + ((at + 2) % size), 1],
          ...(at === 0 ? [[ring * size, ((ring + 1) % count) * size, 0.1] as [number, number, number]] : []),
        ]).flat(),
      ).flat(),
    );

  it("are the rings of a ring of rings", () => {
    const found = communitiesOf(rings(6, 8), 1, randomFrom(1));
    expect([...found]).toEqual(Array.from({ length: 48 }, (_, at) => Math.floor(at / 8)));
  });

  it("stay as they were begun where nothing speaks against it", () => {
    const graph = rings(4, 8);
    const start = Int32Array.from({ length: 32 }, (_, at) => (at < 30 ? Math.floor(at / 8) : -1));
    expect([...communitiesOf(graph, 1, randomFrom(5), start)]).toEqual(
      Array.from({ length: 32 }, (_, at) => Math.floor(at / 8)),
    );
  });

  it("are all points by themselves where nothing ties them", () => {
    expect([...communitiesOf(graphOf(3, []), 1, randomFrom(1))]).toEqual([0, 1, 2]);
  });
});

describe("which theme is which", () => {
  const before = new Map([..."abcdefgh"].map((issue, at) => [issue, at < 5 ? "one" : "two"]));

  it("is said by the issues both analyses saw; new ones count for neither", () => {
    expect([
      ...identify(
        [
          ["a", "b", "c", "d", "x", "y", "z"],
          ["e", "f", "g", "h"],
        ],
        before,
      ),
    ]).toEqual([
      [0, "one"],
      [1, "two"],
    ]);
  });

  it("goes to one group only, and to none that shares too little", () => {
    const names = identify(
      [
        ["a", "b", "c"],
        ["d", "e"],
        ["x", "y"],
      ],
      before,
    );
    expect([...names]).toEqual([[0, "one"]]);
    expect(identify([["a", "f", "g"]], before).get(0)).toBe("two");
  });
});

describe("the map", () => {
  it("puts no region over another and keeps known ones where they were", () => {
    const radii = [8, 5, 6, 4, 7];
    const before = [{ x: 0, y: 0 }, { x: 40, y: 0 }, undefined, undefined, undefined];
    const regions = placeRegions(radii, (a, b) => (Math.abs(a - b) === 1 ? 0.4 : 1.2), before, randomFrom(3));
    expect(regions.slice(0, 2)).toEqual([
      { x: 0, y: 0, radius: 8 },
      { x: 40, y: 0, radius: 5 },
    ]);
    for (const [a, one] of regions.entries())
      for (const [b, other] of regions.entries())
        if (a < b) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.radius + other.radius);
  });

  it("puts each dot on a cell of its own, inside a disc of the size worked out for so many", () => {
    const comb = new Honeycomb();
    const spots = comb.innermost(91);
    expect(new Set(spots.map(({ x, y }) => `${x.toFixed(3)},${y.toFixed(3)}`)).size).toBe(91);
    expect(Math.max(...spots.map(({ x, y }) => Math.hypot(x, y)))).toBeLessThanOrEqual(radiusFor(91));
    for (const spot of spots) expect(comb.keep(spot)).toBe(true);
    const next = comb.take({ x: 0, y: 0 });
    expect(spots).not.toContainEqual(next);
  });
});

describe("typical words", () => {
  const texts = [
    ...Array.from({ length: 6 }, () => "The Warfarin was stopped and the clinic was not told"),
    ...Array.from({ length: 12 }, (_, at) => `The clinic letter came late again, number ${at}`),
  ];
  const themes = Int32Array.from(texts, (_, at) => (at < 6 ? 0 : 1));

  it("are those a theme holds and others do not, as people write them", () => {
    const [first] = typicalWords(texts, themes, 2);
    expect(first!.map((each) => each.word)).toContain("warfarin");
    expect(first!.map((each) => each.word)).not.toContain("clinic");
    expect(first!.every((each) => each.times > 1.5)).toBe(true);
  });

  it("name a theme with the kind most of its issues have, if most have one", () => {
    const words = [{ word: "warfarin", times: 9 }];
    expect(labelOf(words, ["Medicines", "Medicines", undefined])).toBe("Medicines: warfarin");
    expect(labelOf(words, ["Medicines", "Letters", "Tests"])).toBe("Warfarin");
    expect(labelOf([], [])).toBe("Various");
  });
});
