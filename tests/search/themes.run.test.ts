import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { createThemeAnalysis, isDue } from "../../app/server/theme-analysis";
import { textWords } from "../../search/text-words";
import { buildIssue, seeded } from "../support/issues";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;

/** Twelve tellings each of three troubles, in words of their own. */
const troubles = [
  { category: "DIS.1", words: "summary discharge arrived week late ward medicines home appointment fax typed missing" },
  {
    category: "MED.1",
    words: "shared care prescribe specialist drug agreement blood monitoring dose letter start pathway",
  },
  {
    category: "FIT.1",
    words: "note sick work operation surgeon employer certificate weeks sign statement fitness pay",
  },
];
const random = seeded(3);
const issues = troubles.flatMap(({ category, words }, trouble) =>
  Array.from({ length: 12 }, (_, at) => {
    const own = words.split(" ").filter(() => random.chance(0.6));
    const body = `${own.join(" ")} as told by nobody${trouble}x${at} on day${at}`;
    return buildIssue({ title: `About ${own.slice(0, 2).join(" and ")}`, body, category });
  }),
);
const restricted = buildIssue({
  title: issues[0]!.title,
  body: issues[0]!.body,
  category: "DIS.1",
  visibility: "people",
  namedPeople: ["guest"],
});

beforeAll(async () => {
  store = await openTestStore();
  for (const issue of [...issues, restricted]) {
    await store.issues.insert(issue, []);
    const words = textWords({ title: issue.title, text: issue.body }).counts;
    const sentence = new Float32Array();
    await store.vectors.put({ issue: issue.id, textHash: "", encoder: "words-1", sentence, words });
  }
});
afterAll(() => store.drop());

const analysis = () =>
  createThemeAnalysis({
    uri: store.uri,
    database: store.database,
    now: () => new Date(),
    lastFinished: async () => (await store.themes.latestRun())?.finishedAt,
    onDone: () => undefined,
    onFault: (fault) => {
      throw fault;
    },
  });

describe("the theme analysis, in its own process", () => {
  test("reads what the store has, saves the themes it finds, and finds the same ones again", async () => {
    expect(await analysis().now()).toEqual({ issues: 37, themes: 3 });
    const themes = await store.themes.themes();
    expect(themes.map((theme) => theme.label.split(":")[0]).sort()).toEqual([
      "Fit note not issued",
      "Shared care not agreed",
      "Summary late or missing",
    ]);
    for (const [trouble] of troubles.entries()) {
      const own = issues.slice(trouble * 12, trouble * 12 + 12).map((issue) => issue.id);
      const members = await store.themes.membersOf(own);
      expect(members).toHaveLength(12);
      expect(new Set(members.map((member) => member.theme)).size).toBe(1);
    }
    const first = await store.themes.memberOf(issues[0]!.id);
    expect((await store.themes.memberOf(restricted.id))?.theme).toBe(first?.theme);
    expect(await store.themes.latestRun()).toMatchObject({ issues: 37, themes: 3 });

    await analysis().now();
    const again = await store.themes.themes();
    expect(again.map((theme) => theme.id).sort()).toEqual(themes.map((theme) => theme.id).sort());
    expect(await store.themes.memberOf(issues[0]!.id)).toMatchObject({ x: first!.x, y: first!.y });
  });

  test("asked twice runs once, and says why when it cannot be done", async () => {
    const one = analysis();
    expect(one.now()).toBe(one.now());
    await one.now();
    const nowhere = createThemeAnalysis({
      uri: "mongodb://127.0.0.1:1/?directConnection=true",
      database: "none",
      now: () => new Date(),
      lastFinished: async () => undefined,
      onDone: () => undefined,
      onFault: () => undefined,
    });
    await expect(nowhere.now()).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe("the night's analysis is due", () => {
  const at = (time: string) => new Date(`2026-11-20T${time}:00Z`);
  it("where there was none", () => {
    expect(isDue(undefined, at("12:00"))).toBe(true);
  });
  it("after three in the morning, once", () => {
    expect(isDue(at("02:00"), at("02:59"))).toBe(false);
    expect(isDue(at("02:00"), at("03:01"))).toBe(true);
    expect(isDue(at("03:02"), at("23:59"))).toBe(false);
    expect(isDue(new Date("2026-11-19T14:00:00Z"), at("03:30"))).toBe(true);
  });
  it("by London's clock", () => {
    expect(isDue(new Date("2026-07-01T01:00:00Z"), new Date("2026-07-01T02:05:00Z"))).toBe(true);
    expect(isDue(new Date("2026-07-01T01:00:00Z"), new Date("2026-07-01T01:55:00Z"))).toBe(false);
  });
});
