import { monotonicFactory } from "ulid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bindCommands } from "../../app/commands/bind-commands";
import type { Ports } from "../../app/domain/ports";
import { isListed, type Theme } from "../../app/domain/theme";
import { applyDecisions } from "../../app/domain/theme-decision";
import { buildIssue } from "../support/issues";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";
import { storeDesk } from "../support/theme-desk";

let store: TestStore;
let commands: ReturnType<typeof bindCommands>;
let shown: ReturnType<typeof storeDesk>["shown"];
const unknown = new Set<string>();
const newId = monotonicFactory();

beforeAll(async () => {
  store = await openTestStore();
  const made = storeDesk(store, unknown);
  shown = made.shown;
  const ports: Pick<Ports, "now" | "issues" | "themeDesk"> = {
    now: () => testDay,
    issues: store.issues,
    themeDesk: made.desk,
  };
  commands = bindCommands(ports as Ports);
});
afterAll(() => store.drop());

const who = (person: string) => actorOf(store.knownPeople, person);
const director = () => who("QYG-icb-medical-director");

async function given(label: string): Promise<string> {
  const id = newId();
  const found = { foundAt: testDay, lastFoundAt: testDay, gone: false, formerNames: [], words: [] };
  const region = { x: 0, y: 0, radius: 5 };
  const theme: Theme = { id, version: 1, group: "g", label, region, ...found };
  const centroid = Float32Array.from([1, 0]);
  await store.themes.insertTheme(theme, { centroid, edge: 0.5, encoder: "words-1" });
  return id;
}

async function issueIn(theme: string, over: Parameters<typeof buildIssue>[0] = {}) {
  const issue = buildIssue(over);
  await store.issues.insert(issue, []);
  await store.themes.putMember({ issue: issue.id, theme, closeness: 1, by: "nearest", at: testDay, x: 0, y: 0 });
  return issue;
}

const at = async (id: string) => {
  const theme = await store.themes.theme(id);
  if (!theme) throw new Error("there is no such theme");
  return theme;
};
const themeOf = async (issue: { id: string }) => (await store.themes.memberOf(issue.id))?.theme;

let one: string;
let other: string;
beforeEach(async () => {
  one = await given("Summaries: late");
  other = await given("Bloods: asked of us");
});

describe("Decisions about themes", () => {
  test("21.1 a name takes the place of the label, which stays as a former name; undone, the label is back", async () => {
    const named = await commands.nameTheme(director(), { theme: one, version: 1, name: " Late summaries " });
    expect(named).toEqual({ ok: true, value: { theme: one } });
    expect(await at(one)).toMatchObject({ name: "Late summaries", version: 2 });
    expect((await at(one)).formerNames).toEqual([{ name: "Summaries: late", until: testDay }]);
    await commands.undoThemeDecision(director(), { theme: one, version: 2, of: 1 });
    expect((await at(one)).name).toBeUndefined();
    expect((await at(one)).formerNames).toEqual([]);
    expect((await at(one)).version).toBe(3);
  });

  test("21.1 description, confirmation, pin and dismissal each say who and when, and can each be taken back", async () => {
    await commands.describeTheme(director(), { theme: one, version: 1, description: "They come too late." });
    await commands.confirmTheme(director(), { theme: one, version: 2 });
    await commands.pinTheme(director(), { theme: one, version: 3 });
    await commands.dismissTheme(director(), { theme: one, version: 4, why: "Two matters in one" });
    const decided = { by: { person: "QYG-icb-medical-director", organisation: "QYG" }, at: testDay };
    expect(await at(one)).toMatchObject({
      description: "They come too late.",
      confirmed: decided,
      pinned: decided,
      dismissed: { ...decided, why: "Two matters in one" },
    });
    expect(isListed(await at(one))).toBe(false);
    for (const of of [4, 3, 2, 1])
      expect((await commands.undoThemeDecision(director(), { theme: one, version: 9 - of, of })).ok).toBe(true);
    const { description, confirmed, pinned, dismissed } = await at(one);
    expect([description, confirmed, pinned, dismissed]).toEqual([undefined, undefined, undefined, undefined]);
    expect((await store.themeDecisions.all()).filter((each) => each.theme === one)).toHaveLength(8);
  });

  test("21.2 are made by Place leads, the ICB's medical director and commissioners, of themes they may know of", async () => {
    const input = { theme: one, version: 1, name: "Mine" };
    for (const person of ["P1-gp", "T1-interface-lead", "T1-medical-director", "QYG-auditor", "guest"])
      expect([person, await commands.nameTheme(who(person), input)]).toMatchObject([
        person,
        { ok: false, problem: { kind: "not-allowed" } },
      ]);
    unknown.add(one);
    const missing = { ok: false, problem: { kind: "not-found" } };
    expect(await commands.nameTheme(director(), input)).toEqual(missing);
    expect(await commands.mergeThemes(director(), { theme: other, version: 1, into: one })).toMatchObject({
      problem: { kind: "invalid" },
    });
    unknown.delete(one);
    expect(await commands.nameTheme(director(), { ...input, theme: "nowhere" })).toEqual(missing);
    expect((await at(one)).version).toBe(1);
  });

  test("21.3 of two made on the same version the first counts, and the second is told whose that was", async () => {
    const answers = await Promise.all(
      ["One", "Two", "Three"].map((name) => commands.nameTheme(director(), { theme: one, version: 1, name })),
    );
    expect(answers.filter((each) => each.ok)).toHaveLength(1);
    for (const each of answers)
      if (!each.ok)
        expect(each.problem).toMatchObject({
          what: expect.stringContaining("named this theme while you were writing"),
        });
    expect((await at(one)).version).toBe(2);
    expect((await store.themeDecisions.all()).filter((each) => each.theme === one)).toHaveLength(1);
  });

  test("21.3 what was cut off half way is finished by whoever comes next", async () => {
    const by = { person: "QYG-icb-medical-director", name: "A director", title: "Director" };
    const decision = { kind: "name", name: "Cut off", theme: one, themeName: "", version: 1, by, at: testDay } as const;
    await store.themeDecisions.append(decision);
    expect((await commands.pinTheme(director(), { theme: one, version: 1 })).ok).toBe(false);
    expect(await at(one)).toMatchObject({ name: "Cut off", version: 2 });
    expect((await commands.pinTheme(director(), { theme: one, version: 2 })).ok).toBe(true);
  });

  test("21.4 a moved issue goes to the other theme and comes back when that is undone", async () => {
    const issue = await issueIn(one);
    const input = { theme: one, version: 1, issue: issue.reference.toLowerCase(), into: other };
    expect((await commands.moveIssueTheme(director(), input)).ok).toBe(true);
    expect(await store.themes.memberOf(issue.id)).toMatchObject({ theme: other, foundIn: one, by: "person" });
    expect(shown.at(-1)).toMatchObject({ issue: issue.id, theme: other });
    await commands.undoThemeDecision(director(), { theme: one, version: 2, of: 1 });
    expect(await themeOf(issue)).toBe(one);
  });

  test("21.4 only an issue of the theme that one may read is moved", async () => {
    const hidden = await issueIn(one, { visibility: "people", namedPeople: ["guest"] });
    const elsewhere = await issueIn(other);
    for (const { reference } of [hidden, elsewhere, { reference: "CT-00000" }]) {
      const input = { theme: one, version: 1, issue: reference, into: other };
      expect(await commands.moveIssueTheme(director(), input)).toEqual({
        ok: false,
        problem: { kind: "invalid", fields: [{ field: "issue", message: "There is no such issue in this theme" }] },
      });
    }
  });

  test("21.5 a merged theme's issues follow and come back, and new ones like it join the theme that holds it", async () => {
    const [here, there] = [await issueIn(one), await issueIn(other)];
    expect((await commands.mergeThemes(director(), { theme: one, version: 1, into: other })).ok).toBe(true);
    expect([await themeOf(here), await themeOf(there)]).toEqual([other, other]);
    expect(isListed(await at(one))).toBe(false);
    expect((await at(one)).mergedInto).toBe(other);
    await store.themes.saveRun({
      ...{ id: newId(), startedAt: testDay, finishedAt: testDay, encoder: "words-1", mean: Float32Array.from([0, 0]) },
      ...{ themes: [], groups: [], members: [] },
    });
    const middles = (await store.themes.centroids())?.themes.map(({ id }) => id) ?? [];
    expect([middles.includes(one), middles.filter((id) => id === other).length]).toEqual([false, 2]);
    await commands.undoThemeDecision(director(), { theme: one, version: 2, of: 1 });
    expect([await themeOf(here), await themeOf(there)]).toEqual([one, other]);
    expect((await at(one)).mergedInto).toBeUndefined();
  });

  test("21.5 nothing else is decided about a merged or dismissed theme until that is undone", async () => {
    await commands.pinTheme(director(), { theme: one, version: 1 });
    await commands.mergeThemes(director(), { theme: one, version: 2, into: other });
    const first = { ok: false, problem: { kind: "already-done", what: expect.stringContaining("Undo that first") } };
    expect(await commands.nameTheme(director(), { theme: one, version: 3, name: "New" })).toEqual(first);
    expect(await commands.undoThemeDecision(director(), { theme: one, version: 3, of: 1 })).toEqual(first);
    expect(await commands.mergeThemes(director(), { theme: other, version: 1, into: one })).toMatchObject({
      ok: false,
    });
    await commands.dismissTheme(director(), { theme: other, version: 1, why: "Noise" });
    expect(await commands.confirmTheme(director(), { theme: other, version: 2 })).toEqual(first);
  });

  test("21.6 decisions hold through an analysis that finds everything as it was, or does not find the theme at all", async () => {
    const [moved, here] = [await issueIn(one), await issueIn(one)];
    const third = await given("Fit notes");
    await commands.moveIssueTheme(director(), { theme: one, version: 1, issue: moved.reference, into: third });
    await commands.mergeThemes(director(), { theme: one, version: 2, into: other });
    const theme = { id: one, isKept: true, group: "g", label: "Summaries: late", words: [], edge: 0.5 };
    const found = {
      themes: [{ ...theme, region: { x: 0, y: 0, radius: 5 }, centroid: Float32Array.from([1, 0]) }],
      groups: [],
      members: [moved, here].map(({ id }) => ({
        issue: id,
        theme: one as string | undefined,
        closeness: 1,
        x: 0,
        y: 0,
      })),
    };
    const decided = applyDecisions(found, await store.themeDecisions.all());
    const run = { id: newId(), startedAt: testDay, finishedAt: testDay, encoder: "words-1", mean: new Float32Array(2) };
    await store.themes.saveRun({ ...run, ...decided });
    expect([await themeOf(moved), await themeOf(here)]).toEqual([third, other]);
    expect([(await at(one)).mergedInto, isListed(await at(other)), isListed(await at(third))]).toEqual([
      other,
      true,
      true,
    ]);
    expect((await store.themes.earlier())?.themeOf.get(here.id)).toBe(one);
  });

  test("21.7 texts are checked for patient identifiers and for length", async () => {
    const number = "943 476 5919";
    const refusedAt = (field: string) => ({ problem: { kind: "invalid", fields: [{ field }] } });
    const input = { theme: one, version: 1 };
    expect(await commands.nameTheme(director(), { ...input, name: number })).toMatchObject(refusedAt("name"));
    expect(await commands.nameTheme(director(), { ...input, name: " " })).toMatchObject(refusedAt("name"));
    expect(await commands.nameTheme(director(), { ...input, name: "x".repeat(81) })).toMatchObject(refusedAt("name"));
    const describe = { ...input, description: `About ${number}` };
    expect(await commands.describeTheme(director(), describe)).toMatchObject(refusedAt("description"));
    expect(await commands.dismissTheme(director(), { ...input, why: number })).toMatchObject(refusedAt("why"));
    expect(await commands.dismissTheme(director(), input)).toMatchObject(refusedAt("why"));
    expect((await at(one)).version).toBe(1);
  });
});
