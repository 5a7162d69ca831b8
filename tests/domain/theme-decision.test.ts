import { describe, expect, test } from "vitest";
import type { ThemeMember } from "../../app/domain/theme";
import { applyDecisions, type Decided, replaced, type ThemeDecision, wishesOf } from "../../app/domain/theme-decision";
import { author, seeded } from "../support/issues";
import { testDay } from "../support/small-directory";

const by = author("P1-gp");
const themes = ["A", "B", "C", "D", "E"];

/** Decisions in this order, each on the next version of its theme, a minute apart. */
function decided(...made: readonly (Decided & { theme: string })[]): ThemeDecision[] {
  const versions = new Map<string, number>();
  return made.map((each, at) => {
    const version = (versions.get(each.theme) ?? 0) + 1;
    versions.set(each.theme, version);
    return { ...each, themeName: each.theme, version, by, at: new Date(testDay.getTime() + at * 60_000) };
  });
}

const merge = (theme: string, into: string) => ({ kind: "merge", theme, into, intoName: into }) as const;
const move = (theme: string, issue: string, into: string) =>
  ({ kind: "move", theme, issue, into, intoName: into }) as const;
const undo = (theme: string, of: number) => ({ kind: "undo", theme, of }) as const;

const found = (members: Record<string, string | undefined>) => ({
  members: Object.entries(members).map(([issue, theme]) => ({ issue, theme })),
});
const themesOf = (result: { members: readonly { issue: string; theme?: string | undefined }[] }) =>
  Object.fromEntries(result.members.map(({ issue, theme }) => [issue, theme]));

describe("What people decide about a theme", () => {
  test("21.1 is the newest of each kind that stands; taken back, the one before it holds again", () => {
    const first = { kind: "name", theme: "A", name: "Late" } as const;
    const second = { kind: "name", theme: "A", name: "Later" } as const;
    expect(wishesOf("A", decided(first, second))).toEqual({ name: "Later" });
    expect(wishesOf("A", decided(first, second, undo("A", 2)))).toEqual({ name: "Late" });
    expect(wishesOf("A", decided(first, second, undo("A", 1)))).toEqual({ name: "Later" });
    expect(wishesOf("A", decided(first, second, undo("A", 2), undo("A", 1)))).toEqual({});
    expect(wishesOf("B", decided(first, second))).toEqual({});
  });

  test("21.1 says who and when", () => {
    const made = decided({ kind: "confirm", theme: "A" }, { kind: "dismiss", theme: "A", why: "noise" });
    expect(wishesOf("A", made)).toEqual({
      confirmed: { by, at: made[0]?.at },
      dismissed: { by, at: made[1]?.at, why: "noise" },
    });
  });
});

describe("What an analysis finds, with people's decisions applied", () => {
  test("21.4 a moved issue stays moved, wherever it is found, until that is undone", () => {
    const made = decided(move("A", "1", "B"));
    const wherever = [found({ 1: "A", 2: "A" }), found({ 1: "C", 2: "A" }), found({ 1: undefined, 2: "A" })];
    for (const each of wherever) expect(themesOf(applyDecisions(each, made))).toEqual({ 1: "B", 2: "A" });
    const [moved, other] = applyDecisions(found({ 1: "C", 2: "A" }), made).members;
    expect(moved).toMatchObject({ foundIn: "C", by: "person" });
    expect(other).toMatchObject({ foundIn: "A", by: "analysis" });
    expect(themesOf(applyDecisions(found({ 1: "C" }), decided(move("A", "1", "B"), undo("A", 1))))).toEqual({ 1: "C" });
  });

  test("21.4 of two moves of one issue the later counts", () => {
    const made = decided(move("A", "1", "B"), move("B", "1", "C"));
    expect(themesOf(applyDecisions(found({ 1: "A" }), made))).toEqual({ 1: "C" });
  });

  test("21.5 merged themes stay one when they are found again, also after the one that holds them is merged", () => {
    const issues = found({ 1: "A", 2: "B", 3: "C" });
    expect(themesOf(applyDecisions(issues, decided(merge("A", "B"))))).toEqual({ 1: "B", 2: "B", 3: "C" });
    const both = decided(merge("A", "B"), merge("B", "C"));
    expect(themesOf(applyDecisions(issues, both))).toEqual({ 1: "C", 2: "C", 3: "C" });
    const undone = decided(merge("A", "B"), merge("B", "C"), undo("A", 1));
    expect(themesOf(applyDecisions(issues, undone))).toEqual({ 1: "A", 2: "C", 3: "C" });
  });

  test("21.5 two merged into each other at once are one: the first counts", () => {
    const made = decided(merge("A", "B"), merge("B", "A"));
    expect(themesOf(applyDecisions(found({ 1: "A", 2: "B" }), made))).toEqual({ 1: "B", 2: "B" });
    expect([wishesOf("A", made), wishesOf("B", made)]).toEqual([{ mergedInto: "B" }, {}]);
  });
});

/** Decisions as nobody would make them: any theme, any issue, any order, with some taken back. */
function anyDecisions(seed: number): ThemeDecision[] {
  const random = seeded(seed);
  const any = <T>(values: readonly T[]) => values[random.below(values.length)] as T;
  const made: (Decided & { theme: string })[] = [];
  for (let at = 0; at < 3 + random.below(15); at++) {
    const theme = any(themes);
    const before = made.filter((each) => each.theme === theme).length;
    const kind = random.below(4);
    if (kind === 0) made.push(merge(theme, any(themes)));
    else if (kind < 3) made.push(move(theme, String(random.below(12)), any(themes)));
    else if (before > 0) made.push(undo(theme, 1 + random.below(before)));
  }
  return decided(...made);
}

const many = Array.from({ length: 400 }, (_, seed) => seed);
const everyIssue = (seed: number) => {
  const random = seeded(seed + 1);
  return found(
    Object.fromEntries(Array.from({ length: 12 }, (_, at) => [at, [...themes, undefined][random.below(6)]])),
  );
};

describe("Whatever is decided", () => {
  test("21.6 no issue is lost or doubled, none is in a theme that was taken in, and twice is as once", () => {
    for (const seed of many) {
      const decisions = anyDecisions(seed);
      const issues = everyIssue(seed);
      const once = applyDecisions(issues, decisions);
      expect(once.members.map(({ issue }) => issue)).toEqual(issues.members.map(({ issue }) => issue));
      for (const { theme } of once.members)
        if (theme) expect([seed, wishesOf(theme, decisions).mergedInto]).toEqual([seed, undefined]);
      expect(themesOf(applyDecisions(once, decisions))).toEqual(themesOf(once));
      expect(applyDecisions(issues, [...decisions].reverse())).toEqual(once);
    }
  });

  test("21.6 with everything undone, what was found is what there is", () => {
    for (const seed of many) {
      const decisions = anyDecisions(seed);
      const gone = decisions.flatMap(({ theme, version }, at): ThemeDecision[] => {
        const undoing = {
          kind: "undo",
          theme,
          of: version,
          themeName: theme,
          version: 1000 + at,
          by,
          at: testDay,
        } as const;
        return [undoing];
      });
      const issues = everyIssue(seed);
      expect(themesOf(applyDecisions(issues, [...decisions, ...gone]))).toEqual(themesOf(issues));
      for (const theme of themes) expect(wishesOf(theme, [...decisions, ...gone])).toEqual({});
    }
  });

  test("21.6 issues put right at once stand where the next analysis puts them", () => {
    for (const seed of many) {
      const decisions = anyDecisions(seed);
      const issues = everyIssue(seed);
      const members = issues.members.map(({ issue, theme }): ThemeMember => {
        const kept = { issue, closeness: 1, by: "analysis", at: testDay, x: 0, y: 0 } as const;
        return theme ? { ...kept, theme, foundIn: theme } : kept;
      });
      let now = new Map(members.map((member) => [member.issue, member]));
      // One decision after the other, as they are made.
      for (let made = 1; made <= decisions.length; made++) {
        const changed = replaced([...now.values()], decisions.slice(0, made));
        now = new Map([...now, ...changed.map((member) => [member.issue, member] as const)]);
      }
      expect(themesOf({ members: [...now.values()] })).toEqual(themesOf(applyDecisions(issues, decisions)));
    }
  });
});
