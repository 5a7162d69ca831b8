import { afterAll, beforeAll, expect, test } from "vitest";
import { wholeFindQuery } from "../../app/domain/find-query";
import type { Theme } from "../../app/domain/theme";
import { createFinder } from "../../search/finder";
import { createDirectoryFinder } from "../../search/finder-directory";
import { themeMarks } from "../../search/theme-marks";
import { author, buildIssue } from "../support/issues";
import { openTestIndex, type TestIndex } from "../support/search";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
let search: TestIndex;

const late = buildIssue({ title: "Wombat summaries arrive late" });
const again = buildIssue({ title: "Wombat summaries late again" });
const secret = buildIssue({ title: "Wombat in confidence", visibility: "people", namedPeople: ["guest"] });

const theme = (id: string, over: Partial<Theme> = {}): Theme => ({
  id,
  version: 1,
  group: "g",
  label: "Summaries: late",
  words: [],
  region: { x: 0, y: 0, radius: 5 },
  foundAt: testDay,
  lastFoundAt: testDay,
  gone: false,
  formerNames: [],
  ...over,
});
const put = (issue: { id: string }, of: string | undefined) =>
  store.themes.putMember({
    issue: issue.id,
    ...(of ? { theme: of } : {}),
    closeness: 1,
    by: "analysis",
    at: testDay,
    x: 0,
    y: 0,
  });

beforeAll(async () => {
  store = await openTestStore();
  search = await openTestIndex({ directory: store.knownPeople, themes: themeMarks(store.themes) });
  for (const issue of [late, again, secret]) await store.issues.insert(issue, []);
  await store.themes.insertTheme(theme("t-late"));
  await store.themes.insertTheme(theme("t-gone", { dismissed: { by: author("P1-gp"), at: testDay, why: "noise" } }));
});
afterAll(async () => {
  await search.drop();
  await store.drop();
});

const found = async (themes: string[] = []) => {
  const finder = createFinder({
    index: search.index,
    issues: store.issues,
    searches: store.searches,
    directory: store.knownPeople,
    inDirectory: createDirectoryFinder({ directory: store.knownPeople, now: () => testDay }),
    themes: themeMarks(store.themes),
    referencePrefix: "CT",
    onExport: () => undefined,
  });
  return finder.find(actorOf(store.knownPeople, "P1-gp"), { ...wholeFindQuery, text: "wombat", theme: themes });
};

test("17.12 issues are counted and narrowed by listed themes, under the viewer's rights, before and after they move", async () => {
  await put(late, "t-late");
  await put(secret, "t-late");
  await put(again, "t-gone");
  await search.add(late, again, secret);
  expect((await found()).facets.theme).toMatchObject([{ value: "t-late", label: "Summaries: late", count: 1 }]);
  expect((await found(["t-late"])).hits.map((hit) => hit.kind === "issues" && hit.summary.id)).toEqual([late.id]);

  await put(again, "t-late");
  await search.index.putThemes([
    { issue: again.id, theme: "t-late" },
    { issue: "01NEVERINDEXED", theme: "t-late" },
  ]);
  expect((await found()).facets.theme).toMatchObject([{ value: "t-late", count: 2 }]);
  const state = await search.index.state();
  expect(state).toMatchObject({ documents: 3 });

  await search.add(again);
  expect((await found(["t-late"])).total).toBe(2);
  await search.index.putThemes([{ issue: late.id }]);
  expect((await found(["t-late"])).hits.map((hit) => hit.kind === "issues" && hit.summary.id)).toEqual([again.id]);
});
