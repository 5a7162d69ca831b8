import { describe, expect, it } from "vitest";
import type { IssueSummary } from "../../app/domain/ports";
import { nextStepOf } from "../../app/routes/_index/next-step";
import { issueView } from "../../app/web/issue-view";
import { buildIssue } from "../support/issues";
import { actorOf, smallDirectory, testDay } from "../support/small-directory";

const directory = smallDirectory();
const summary = (over: Partial<IssueSummary> = {}): IssueSummary => ({ ...buildIssue(), affected: ["P1"], ...over });
const turn = (person: string, issue: IssueSummary) => nextStepOf(issue, actorOf(directory, person))?.act ?? null;

describe("The home page asks the side whose turn it is", () => {
  it("the owner's side to accept, reply and work, and nobody else", () => {
    expect(turn("T1-interface-lead", summary())).toBe("Accept");
    expect(turn("T1-clinician", summary({ state: "accepted" }))).toBe("Reply");
    expect(turn("P1-gp", summary())).toBeNull();
    expect(turn("T2-clinician", summary())).toBeNull();
  });

  it("the side that did not offer the outcome to answer it", () => {
    const offered = (side: "raising" | "owning") =>
      summary({ state: "outcome-offered", outcome: { changed: "x", forWhom: "y", side } });
    expect(turn("P1-gp", offered("owning"))).toBe("Agree or not");
    expect(turn("T1-interface-lead", offered("owning"))).toBeNull();
    expect(turn("T1-interface-lead", offered("raising"))).toBe("Agree or not");
    expect(turn("P1-gp", offered("raising"))).toBeNull();
  });

  it("nobody once it is closed, and never an auditor", () => {
    expect(turn("T1-interface-lead", summary({ state: "resolved" }))).toBeNull();
    expect(turn("QYG-auditor", summary({ owner: { ...summary().owner, organisation: "QYG" } }))).toBeNull();
  });
});

describe("A card", () => {
  const board = { directory, now: () => testDay };

  it("counts practices by breadth and names both sides", () => {
    const view = issueView(
      summary({ affected: ["P1", "P2", "T2"], about: { organisation: "T1", service: "T1-pharmacy" } }),
      board,
    );
    expect(view).toMatchObject({ affected: "2 practices", others: 2 });
    expect(view.from).toEqual({ name: "Practice P1", side: "practice" });
    expect(view.about).toEqual({ name: "Pharmacy, T One", side: "trust" });
    expect(view.owner).toEqual({ name: "Person of T1:interface-lead", side: "trust" });
  });

  it("says so when nobody holds the owning post, and when it is restricted", () => {
    const owner = { post: "T1:nobody", organisation: "T1", since: testDay, why: "" };
    expect(issueView(summary({ owner, visibility: "organisations" }), board)).toMatchObject({
      owner: null,
      restricted: "organisations",
    });
  });
});
