import { monotonicFactory } from "ulid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { wholeFindQuery } from "../../app/domain/find-query";
import type { ThemeRunRecord } from "../../app/domain/theme-ports";
import { analyse, placeNew } from "../../search/themes/analyse";
import { author, buildIssue, seeded } from "../support/issues";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

const newId = monotonicFactory(() => 0.5);
const texts = ["discharge summary late from the ward", "bloods asked of the practice", "fit note not issued"];

/** Issues about three matters, each with vectors of its own. */
function matters(count: number) {
  const random = seeded(7);
  return Array.from({ length: count }, (_, at) => {
    const vector = new Float32Array(16).map(() => random.below(1000) / 5000);
    vector[at % 3]! += 1;
    const length = Math.hypot(...vector);
    return {
      id: `01ISSUE${String(at).padStart(19, "0")}`,
      vector: vector.map((value) => value / length),
      text: texts[at % 3]!,
      isSystemWide: true,
    };
  });
}

async function runOf(count: number, over: Partial<ThemeRunRecord> = {}): Promise<ThemeRunRecord> {
  const earlier = await store.themes.earlier();
  const found = await analyse(matters(count), { seed: 1, newId: () => newId(), ...(earlier ? { earlier } : {}) });
  return { id: newId(), startedAt: testDay, finishedAt: testDay, encoder: "words-1", ...found, ...over };
}

it("reads back exactly what an analysis found, and gives the next one what it began from", async () => {
  expect(await store.themes.earlier()).toBeNull();
  expect(await store.themes.centroids()).toBeNull();
  const run = await runOf(90);
  await store.themes.saveRun(run);
  const themes = await store.themes.themes();
  expect(themes.map(({ id, group, label, words, region }) => ({ id, group, label, words, region }))).toEqual(
    [...run.themes]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, group, label, words, region }) => ({ id, group, label, words, region })),
  );
  const middles = await store.themes.centroids();
  expect(middles?.mean).toEqual(run.mean);
  const byId = new Map(run.themes.map((theme) => [theme.id, theme]));
  for (const { id, centroid, edge, region } of middles?.themes ?? []) {
    expect(centroid).toEqual(byId.get(id)?.centroid);
    expect({ edge, region }).toEqual({ edge: byId.get(id)?.edge, region: byId.get(id)?.region });
  }
  const earlier = await store.themes.earlier();
  for (const { issue, theme, x, y } of run.members) {
    expect(earlier?.themeOf.get(issue)).toBe(theme);
    expect(earlier?.spots.get(issue)).toEqual({ x, y });
  }
  const next = await runOf(90);
  expect(next.themes.every((theme) => theme.isKept)).toBe(true);
  const [first] = matters(1);
  if (!first || !middles) throw new Error("nothing was read back");
  expect(placeNew(first.id, first.vector, middles.themes, middles.mean).theme).toBe(earlier?.themeOf.get(first.id));
});

it("writes only members that changed, and marks what was not found again as gone", async () => {
  const before = await store.themes.revision();
  const run = await runOf(90);
  await store.themes.saveRun(run);
  expect((await store.themes.revision()).members).toBe(before.members);
  const [lost, ...left] = run.themes;
  await store.themes.saveRun({ ...run, id: newId(), themes: left });
  expect((await store.themes.theme(lost?.id ?? ""))?.gone).toBe(true);
  await store.themes.saveRun({ ...run, id: newId() });
  expect((await store.themes.theme(lost?.id ?? ""))?.gone).toBe(false);
});

it("keeps what people decided through every later analysis", async () => {
  const [theme, other] = await store.themes.themes();
  if (!theme || !other) throw new Error("there are no themes");
  const by = author("P1-gp");
  const named = { name: "Late summaries", confirmed: { by, at: testDay } };
  expect(await store.themes.saveWishes(theme.id, theme.version, { set: named })).toBe(true);
  expect(await store.themes.saveWishes(theme.id, theme.version, { set: { name: "Too late" } })).toBe(false);
  const [moved = ""] = await store.themes.issuesOf(theme.id);
  const member = await store.themes.memberOf(moved);
  if (!member) throw new Error("the issue is in no theme");
  await store.themes.putMember({ ...member, theme: other.id, by: "person", at: testDay });
  const run = await runOf(90);
  await store.themes.saveRun(run);
  expect(await store.themes.theme(theme.id)).toMatchObject({ ...named, version: theme.version + 1 });
  expect(await store.themes.memberOf(moved)).toMatchObject({ theme: other.id, foundIn: theme.id, by: "person" });
  expect((await store.themes.earlier())?.themeOf.get(moved)).toBe(theme.id);
});

it("tells what changed since a revision, oldest first", async () => {
  const { members } = await store.themes.revision();
  const ids = matters(3).map(({ id }) => id);
  for (const member of await store.themes.membersOf(ids)) await store.themes.putMember({ ...member, closeness: 0.5 });
  const since = await store.themes.membersSince(members, 10);
  expect(since.map(({ member }) => member.issue)).toEqual(ids);
  expect(since.map(({ revision }) => revision)).toEqual([members + 1, members + 2, members + 3]);
});

it("remembers an analysis that runs, one that failed, and the newest that finished", async () => {
  const finished = await store.themes.latestRun();
  const running = { id: newId(), startedAt: new Date(), issues: 90, themes: 0, progress: { step: "near", share: 0.5 } };
  await store.themes.putRun(running);
  expect(await store.themes.runningRun()).toEqual(running);
  await store.themes.putRun({ ...running, failed: "the store went away" });
  expect(await store.themes.runningRun()).toBeNull();
  expect(await store.themes.latestRun()).toEqual(finished);
});

it("reads what themes count of issues, without a word of theirs", async () => {
  const joining = { id: "J1", by: author("P2-gp"), organisation: "P2", context: "Here too.", at: testDay };
  const issue = buildIssue({ joined: [joining], about: { organisation: "T1", service: "T1-pharmacy" } });
  await store.issues.insertMany([issue, buildIssue()]);
  const [facts] = await store.facts.factsOf([issue.id]);
  expect(facts).toEqual({
    id: issue.id,
    reference: issue.reference,
    raisedAt: testDay,
    raisedFor: "P1",
    raisedByPost: "P1:gp",
    about: { organisation: "T1", service: "T1-pharmacy" },
    category: "DIS.1",
    harm: "low",
    state: "new",
    audience: ["system"],
    joined: [{ organisation: "P2", post: "P2:gp", at: testDay }],
  });
  const batches: number[] = [];
  for await (const batch of store.facts.everyFact(1)) batches.push(batch.length);
  expect(batches).toEqual([1, 1]);
});

it("14.51 finds a theme's issues without the search engine, under the viewer's rights", async () => {
  const [shown, hidden] = [buildIssue(), buildIssue({ visibility: "people", namedPeople: ["guest"] })];
  await store.issues.insertMany([shown, hidden, buildIssue()]);
  const spot = { theme: "T", closeness: 1, by: "analysis", at: testDay, x: 0, y: 0 } as const;
  await store.themes.putMembers([shown, hidden].map(({ id }) => ({ issue: id, ...spot })));
  const looked = (person: string) =>
    store.issues.lookedThrough(actorOf(store.knownPeople, person), { ...wholeFindQuery, theme: ["T"] }, 10);
  expect((await looked("P1-gp")).items.map(({ id }) => id)).toEqual([shown.id]);
  expect((await looked("guest")).items.map(({ id }) => id)).toEqual([hidden.id]);
});
