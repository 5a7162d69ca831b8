import { describe, expect, test } from "vitest";
import {
  countedWindow,
  guarded,
  type Part,
  roundedCount,
  type Shown,
  type ShownPart,
  seesExactly,
  sightOf,
  sumShown,
} from "../../app/domain/suppression";
import { seeded } from "../support/issues";

const withheld = { kind: "withheld" };
const rounded = (value: number) => ({ kind: "rounded", value });
const exact = (value: number) => ({ kind: "exact", value });

/** The whole with so many in each part, some of them seen exactly. */
function whole(counts: readonly number[], seen: readonly number[] = []): Part {
  const parts = counts.map((count, i) => ({ id: `p${i}`, count, exact: seen.includes(i) }));
  return { id: "all", count: counts.reduce((sum, each) => sum + each, 0), exact: true, parts };
}
const shownParts = (part: ShownPart) => part.parts.map((each) => each.shown);

describe("who sees what exactly", () => {
  const actor = (role: "gp" | "place-lead" | "icb-medical-director" | "commissioner") =>
    sightOf({ role, organisation: "OWN", places: ["wirral"] });

  test("14.24 ICB leads see all exactly, Place leads their own Place, everyone their own organisation", () => {
    const practice = { organisation: "N81001", places: ["wirral"] };
    const trust = { organisation: "RBL", places: ["wirral", "cheshire-west"] };
    const own = { organisation: "OWN", places: ["halton"] };
    const sees = (role: Parameters<typeof actor>[0]) =>
      [{ places: ["wirral"] }, { places: ["halton"] }, practice, trust, own].map((part) =>
        seesExactly(actor(role), part),
      );
    expect(sees("icb-medical-director")).toEqual([true, true, true, true, true]);
    expect(sees("place-lead")).toEqual([true, false, true, false, true]);
    expect(sees("gp")).toEqual([false, false, false, false, true]);
    expect(sees("commissioner")).toEqual(sees("gp"));
  });

  test("14.24 a guest sees no part exactly, and what lies in no Place is nobody's own", () => {
    const guest = sightOf({ places: [] });
    expect(seesExactly(guest, { organisation: "OWN", places: ["wirral"] })).toBe(false);
    expect(seesExactly(guest, { places: [] })).toBe(false);
  });
});

describe("small numbers", () => {
  test("14.25 counts are rounded to the nearest 5 and withheld under 5, none included", () => {
    expect([0, 1, 4].map(roundedCount)).toEqual([withheld, withheld, withheld]);
    expect([5, 7, 8, 12, 13, 48].map(roundedCount)).toEqual([5, 5, 10, 10, 15, 50].map(rounded));
  });

  test("14.25 the whole is exact, parts are rounded, those seen exactly are exact", () => {
    expect(guarded(whole([23, 4, 11, 31], [2]), false)).toEqual({
      id: "all",
      shown: exact(69),
      parts: [
        { id: "p0", shown: rounded(25), parts: [] },
        { id: "p1", shown: withheld, parts: [] },
        { id: "p2", shown: exact(11), parts: [] },
        { id: "p3", shown: rounded(30), parts: [] },
      ],
    });
  });

  test("14.26 totals are summed from rounded cells, exact only when all of them are", () => {
    const of = (shown: readonly object[]) => sumShown(shown as Shown[]);
    expect(of([rounded(10), withheld, rounded(5)])).toEqual(rounded(15));
    expect(of([exact(3), rounded(10)])).toEqual(rounded(13));
    expect(of([exact(3), exact(4)])).toEqual(exact(7));
    expect(of([withheld, withheld])).toEqual(withheld);
  });

  test("14.27 where a part could be reckoned, no other of the row is shown either", () => {
    // 10 stands for 8 to 12: beside a whole of 8 it is all there is.
    expect(shownParts(guarded(whole([8, 0, 0]), false))).toEqual([withheld, withheld, withheld]);
    expect(shownParts(guarded(whole([9, 0, 0]), false))).toEqual([rounded(10), withheld, withheld]);
    // 20 of one's own, 8 stands for 8 to 12 and 28 are all: the last has none, so the other would be known.
    expect(shownParts(guarded(whole([20, 0, 8], [0]), false))).toEqual([exact(20), withheld, withheld]);
    expect(shownParts(guarded(whole([20, 1, 8], [0]), false))).toEqual([exact(20), withheld, rounded(10)]);
    // 5 stands for 5 to 7, and 7 + 7 + 4 are 18: the hidden one would be 4.
    expect(shownParts(guarded(whole([7, 7, 4]), false))).toEqual([withheld, withheld, withheld]);
    expect(shownParts(guarded(whole([7, 7, 3]), false))).toEqual([rounded(5), rounded(5), withheld]);
    // Three of 4 each are all that a whole of 12 can be when none is 5: then it shows no part, whatever they are.
    expect(shownParts(guarded(whole([4, 4, 4]), false))).toEqual([withheld, withheld, withheld]);
    expect(shownParts(guarded(whole([11, 1, 0]), false))).toEqual([withheld, withheld, withheld]);
  });

  test("14.27 an organisation of two services with four reports each does not show the ten it rounds to", () => {
    const service = (id: string, count: number): Part => ({ id, count, exact: false });
    const trust = (id: string, counts: readonly number[]): Part => ({
      id,
      count: counts.reduce((sum, each) => sum + each, 0),
      exact: false,
      parts: counts.map((count, i) => service(`${id}-${i}`, count)),
    });
    const small = trust("RBQ", [4, 4]);
    const large = trust("RBL", [21, 33, 2]);
    const row = guarded({ id: "all", count: 64, exact: true, parts: [small, large] }, false);
    expect(row.parts.map((part) => part.shown)).toEqual([withheld, withheld]);
    const three = guarded({ id: "all", count: 63, exact: true, parts: [trust("RBQ", [4, 3]), large] }, false);
    expect(three.parts.map((part) => part.shown)).toEqual([rounded(5), rounded(55)]);
  });

  test("14.28 with any narrower filter no part is shown but those seen exactly", () => {
    const row = guarded(whole([23, 40, 11, 31], [2]), true);
    expect(row.shown).toEqual(exact(105));
    expect(shownParts(row)).toEqual([withheld, withheld, exact(11), withheld]);
  });

  test("14.28 parts are counted for others over the twelve whole months before this one", () => {
    expect(countedWindow(new Date("2026-11-22T20:00:00Z"))).toEqual({ from: "2025-11-01", until: "2026-11-01" });
    // Already July in London.
    expect(countedWindow(new Date("2026-06-30T23:30:00Z"))).toEqual({ from: "2025-07-01", until: "2026-07-01" });
  });

  test("14.27 the one part that is not one's own takes the whole with it", () => {
    expect(guarded(whole([23, 3], [0]), false)).toMatchObject({
      shown: withheld,
      parts: [{ shown: exact(23) }, { shown: withheld }],
    });
  });

  test("14.25 nothing that was withheld is left in what leaves", () => {
    expect(JSON.stringify(guarded(whole([61, 4, 3]), false))).not.toMatch(/count|61|[^0-9][34][^0-9]/);
  });
});

/** Every way to put `total` into `parts` parts. */
function* divisions(total: number, parts: number): Generator<number[]> {
  if (parts === 1) {
    yield [total];
    return;
  }
  for (let first = 0; first <= total; first++) {
    for (const rest of divisions(total - first, parts - 1)) yield [first, ...rest];
  }
}

/**
 * Parts that have one value in every world that looks like this one to somebody who knows the rules: one of 1 to 4, or
 * all there is besides what they see exactly.
 */
function toldByWorlds(
  worlds: Iterable<number[]>,
  look: (world: number[]) => unknown,
  hidden: readonly number[],
  restOf: (world: readonly number[]) => number,
): string[] {
  const seen = new Map<string, number[][]>();
  for (const world of worlds) {
    const key = JSON.stringify(look(world));
    seen.set(key, [...(seen.get(key) ?? []), world]);
  }
  return [...seen].flatMap(([key, alike]) =>
    hidden
      .filter((i) => alike.every((world) => world[i] === alike[0]?.[i]))
      .filter((i) => [1, 2, 3, 4, restOf(alike[0] ?? []) || 1].includes(alike[0]?.[i] ?? 0))
      .map((i) => `part ${i} of ${key}`),
  );
}

describe("attack: all divisions that look alike", () => {
  test.each([2, 3, 4])("14.29 of %i parts none can be told, by one who knows these rules", (parts) => {
    const indices = Array.from({ length: parts }, (_, i) => i);
    for (let total = 0; total <= (parts === 4 ? 26 : 45); total++) {
      const told = toldByWorlds(
        divisions(total, parts),
        (world) => guarded(whole(world), false),
        indices,
        () => total,
      );
      expect(told).toEqual([]);
    }
  });

  test("14.29 nor beside a part that one sees exactly", () => {
    for (let total = 0; total <= 30; total++) {
      expect(
        toldByWorlds(
          divisions(total, 4),
          (world) => guarded(whole(world, [1]), false),
          [0, 2, 3],
          ([, own = 0]) => total - own,
        ),
      ).toEqual([]);
    }
  });

  test("14.29 nor a service within a trust", () => {
    const tree = ([a = 0, b = 0, c = 0, d = 0]: number[]): Part => ({
      id: "all",
      count: a + b + c + d,
      exact: true,
      parts: [
        { id: "x", count: a + b, exact: false, parts: [leaf("a", a), leaf("b", b)] },
        { id: "y", count: c + d, exact: false, parts: [leaf("c", c), leaf("d", d)] },
      ],
    });
    const leaf = (id: string, count: number): Part => ({ id, count, exact: false });
    for (let total = 0; total <= 24; total++) {
      const worlds = [...divisions(total, 4)].map((world) => {
        const [a = 0, b = 0, c = 0, d = 0] = world;
        return [...world, a + b, c + d];
      });
      expect(
        toldByWorlds(
          worlds,
          (world) => guarded(tree(world), false),
          [0, 1, 2, 3, 4, 5],
          () => total,
        ),
      ).toEqual([]);
    }
  });
});

/** Filters over four dimensions: a value, or all. A report lies in 16 cells. */
const dimensions = { place: 4, theme: 3, harm: 3, month: 3 } as const;
type Dimension = keyof typeof dimensions;
const names = Object.keys(dimensions) as Dimension[];
type Filter = Readonly<Record<Dimension, number | "all">>;
type Answers = (filter: Filter) => Shown;

/** Bounds of every cell from all answers together: each sum over a dimension tightens its parts and its total. */
function reckon(answer: Answers): Map<string, { filter: Filter; low: number; high: number }> {
  const cells = new Map<string, { filter: Filter; low: number; high: number }>();
  for (const filter of allFilters()) {
    const shown = answer(filter);
    const [low, high] = reading(shown);
    cells.set(JSON.stringify(filter), { filter, low, high });
  }
  const cell = (filter: Filter) =>
    cells.get(JSON.stringify(filter)) ?? { filter, low: 0, high: Number.POSITIVE_INFINITY };
  for (let changed = true; changed; ) {
    changed = false;
    for (const total of cells.values()) {
      for (const name of names.filter((each) => total.filter[each] === "all")) {
        const parts = Array.from({ length: dimensions[name] }, (_, i) => cell({ ...total.filter, [name]: i }));
        changed = tighten(total, parts) || changed;
      }
    }
  }
  return cells;
}

function tighten(total: { low: number; high: number }, parts: { low: number; high: number }[]): boolean {
  const before = JSON.stringify([total.low, total.high, parts.map((part) => [part.low, part.high])]);
  const sum = (end: "low" | "high", but?: object) =>
    parts.reduce((all, part) => (part === but ? all : all + part[end]), 0);
  total.low = Math.max(total.low, sum("low"));
  total.high = Math.min(total.high, sum("high"));
  for (const part of parts) {
    part.low = Math.max(part.low, total.low - sum("high", part));
    part.high = Math.min(part.high, total.high - sum("low", part));
  }
  return before !== JSON.stringify([total.low, total.high, parts.map((part) => [part.low, part.high])]);
}

function reading(shown: Shown): [number, number] {
  if (shown.kind === "withheld") return [0, Number.POSITIVE_INFINITY];
  return shown.kind === "exact" ? [shown.value, shown.value] : [Math.max(5, shown.value - 2), shown.value + 2];
}

function* allFilters(): Generator<Filter> {
  const values = (name: Dimension) => ["all" as const, ...Array.from({ length: dimensions[name] }, (_, i) => i)];
  for (const place of values("place"))
    for (const theme of values("theme"))
      for (const harm of values("harm")) for (const month of values("month")) yield { place, theme, harm, month };
}

type Record4 = Readonly<Record<Dimension, number>>;
const countOf = (records: readonly Record4[], filter: Filter) =>
  records.filter((record) => names.every((name) => filter[name] === "all" || filter[name] === record[name])).length;

/** The answer of the product to somebody who sees place 0 exactly and no other. */
function guardedAnswers(records: readonly Record4[]): Answers {
  return (filter) => {
    const narrowed = filter.harm !== "all" || filter.month !== "all";
    const rowOf = (theme: Filter["theme"]) =>
      guarded(
        {
          id: "all",
          count: countOf(records, { ...filter, theme, place: "all" }),
          exact: true,
          parts: Array.from({ length: dimensions.place }, (_, place) => ({
            id: String(place),
            count: countOf(records, { ...filter, theme, place }),
            exact: place === 0,
          })),
        },
        narrowed,
      );
    const shownIn = (row: ShownPart) => (filter.place === "all" ? row.shown : row.parts[filter.place]?.shown);
    if (filter.theme !== "all") return shownIn(rowOf(filter.theme)) ?? { kind: "withheld" };
    // A total over themes is summed from their cells.
    const rows = Array.from({ length: dimensions.theme }, (_, theme) => rowOf(theme));
    return sumShown(rows.map((row) => shownIn(row) ?? { kind: "withheld" }));
  };
}

/** What looks right and is not: each cell rounded or withheld by itself, at every filter. */
function naiveAnswers(records: readonly Record4[]): Answers {
  return (filter) => {
    const count = countOf(records, filter);
    if (filter.place === "all" || filter.place === 0) return { kind: "exact", value: count };
    return roundedCount(count);
  };
}

/** Sums of rounded cells are no readings of a count: an attacker counts them as no more than the cells they come from. */
const withoutSums =
  (answer: Answers): Answers =>
  (filter) => {
    const shown = answer(filter);
    return filter.theme === "all" && shown.kind === "rounded" ? { kind: "withheld" } : shown;
  };

function randomRecords(seed: number, count: number): Record4[] {
  const random = seeded(seed);
  // Uneven on purpose: small cells beside large ones.
  const uneven = (most: number) => Math.min(random.below(most), random.below(most));
  return Array.from({ length: count }, () => ({
    place: uneven(dimensions.place),
    theme: uneven(dimensions.theme),
    harm: uneven(dimensions.harm),
    month: random.below(dimensions.month),
  }));
}

function told(answer: Answers, records: readonly Record4[]): string[] {
  return [...reckon(answer).values()]
    .filter(({ filter, low, high }) => filter.place !== "all" && filter.place !== 0 && low === high && low > 0)
    .map(({ filter }) => `${JSON.stringify(filter)} is ${countOf(records, filter)}`);
}

describe("attack: all answers put side by side", () => {
  const tables = Array.from({ length: 40 }, (_, seed) => randomRecords(seed, [6, 15, 30, 60, 120][seed % 5] ?? 0));

  test("14.29 no cell can be told from all answers together, with exact wholes and one's own Place", () => {
    for (const records of tables) expect(told(withoutSums(guardedAnswers(records)), records)).toEqual([]);
  });

  test("14.29 the attack is a real one: it breaks cells that are each rounded by themselves", () => {
    const broken = tables.flatMap((records) => told(naiveAnswers(records), records));
    expect(broken.length).toBeGreaterThan(20);
    expect(broken.some((each) => /is [1-4]$/.test(each))).toBe(true);
  });

  test("14.29 two answers one filter apart never differ by a number of one to four", () => {
    for (const records of tables) {
      const answer = guardedAnswers(records);
      for (const filter of allFilters()) {
        if (filter.place === "all" || filter.place === 0) continue;
        for (const name of names.filter((each) => filter[each] !== "all" && each !== "place")) {
          const [narrow, wide] = [answer(filter), answer({ ...filter, [name]: "all" })];
          if (narrow.kind === "withheld" || wide.kind === "withheld") continue;
          expect(Math.abs(wide.value - narrow.value) % 5).toBe(0);
        }
      }
    }
  });
});
