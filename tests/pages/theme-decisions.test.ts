import { describe, expect, test } from "vitest";
import { decisionLines } from "../../app/components/themes/decision-view";
import type { Decided, ThemeDecision } from "../../app/domain/theme-decision";
import { author } from "../support/issues";
import { testDay } from "../support/small-directory";

const by = { ...author("P1-gp"), name: "Sam Lee" };
const made = (theme: string, version: number, decided: Decided): ThemeDecision => {
  return { ...decided, theme, themeName: `Theme ${theme}`, version, by, at: new Date(testDay.getTime() + version) };
};
const decisions = [
  made("A", 1, { kind: "name", name: "Late" }),
  made("A", 2, { kind: "undo", of: 1 }),
  made("A", 3, { kind: "move", issue: "seen", into: "B", intoName: "Theme B" }),
  made("A", 4, { kind: "move", issue: "hidden", into: "B", intoName: "Theme B" }),
  made("A", 5, { kind: "undo", of: 4 }),
];
const issues = new Map([["seen", { reference: "CT-7K3QX", title: "Summary late" }]]);
const linesOf = (theme: string) => decisionLines(theme, decisions, issues, testDay);

describe("The page of a theme", () => {
  test("21.8 lists who decided what, the newest first, and what was undone", () => {
    expect(linesOf("A").map(({ what, isUndone, undo }) => [what, isUndone, undo])).toEqual([
      ["moved an issue to “Theme B”", false, 3],
      ["undid: named it “Late”", false, undefined],
      ["named it “Late”", true, undefined],
    ]);
    expect(linesOf("A")[0]?.who).toBe("Sam Lee, Today 09:00");
  });

  test("21.8 names a moved issue only to those who may read it, on both themes’ pages", () => {
    expect(linesOf("A")[0]?.issue?.reference).toBe("CT-7K3QX");
    expect(linesOf("B").map(({ what, issue, undo }) => [what, issue?.reference, undo])).toEqual([
      ["moved an issue here from “Theme A”", "CT-7K3QX", undefined],
    ]);
    expect(decisionLines("B", decisions, new Map(), testDay)).toEqual([]);
  });
});
