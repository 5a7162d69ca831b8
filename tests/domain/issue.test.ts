import { describe, expect, test } from "vitest";
import {
  belongsInLfpse,
  harms,
  organisationsAffected,
  organisationsConcerned,
  titleFrom,
} from "../../app/domain/issue";
import { author, buildIssue, seeded } from "../support/issues";

describe("a title out of what happened", () => {
  test.each([
    ["its first sentence", "Two summaries came late. Both were for new drugs.", "Two summaries came late"],
    ["a question with its mark", "Who chases the scan? Nobody answers.", "Who chases the scan?"],
    ["everything when there is no sentence", "no discharge letter at all", "no discharge letter at all"],
    ["without line ends", "The clinic\n\n  letter was\tlost", "The clinic letter was lost"],
    [
      "past a short opening",
      "Hi. The fit note was for two days only. Again.",
      "Hi. The fit note was for two days only",
    ],
    ["past a number with a point", "Given 2.5 mg instead of 5 mg. Found by us.", "Given 2.5 mg instead of 5 mg"],
  ])("4.1 is %s", (_, body, title) => {
    expect(titleFrom(body)).toBe(title);
  });

  test("4.1 is cut at a word when the sentence is long, and says so", () => {
    const title = titleFrom(`${"The discharge summary for our patients from the acute medical unit ".repeat(4)}.`);
    expect(title).toBe("The discharge summary for our patients from the acute medical unit The discharge…");
  });

  test("4.1 is never empty, never over 90 characters, and never ends in half a character", () => {
    const random = seeded(4);
    const pieces = ["word", " ", "é", "😀", ".", "!", "\n", ",", "9", "averyveryverylongwordindeed"];
    for (let i = 0; i < 2_000; i++) {
      const body = `x${Array.from({ length: random.below(120) }, () => random.pick(pieces)).join("")}`;
      const title = titleFrom(body);
      expect(title.length).toBeGreaterThan(0);
      expect(title.length).toBeLessThanOrEqual(90);
      expect(title).not.toMatch(/\p{Surrogate}/u);
    }
  });
});

describe("organisations of an issue", () => {
  const at = new Date(0);
  const joined = ["P2", "P3", "P2", "T1"].map((organisation) => ({
    id: organisation,
    by: author("P2-gp"),
    organisation,
    context: "Here too.",
    at,
  }));

  test("4.2 those affected raised it or joined, each counted once", () => {
    expect(organisationsAffected(buildIssue({ joined }))).toEqual(["P1", "P2", "P3", "T1"]);
  });

  test("4.2 those concerned are also the one it is about and the owner, each once", () => {
    const issue = buildIssue({ joined, owner: { ...buildIssue().owner, organisation: "QYG" } });
    expect(organisationsConcerned(issue)).toEqual(["P1", "T1", "QYG", "P2", "P3"]);
  });
});

test("4.3 moderate harm or worse belongs in LFPSE; not known yet does not", () => {
  expect(harms.filter(belongsInLfpse)).toEqual(["moderate", "severe", "fatal"]);
});
