import { describe, expect, test } from "vitest";
import { memoryBoard } from "../support/memory-ports";

const pairs = (board: ReturnType<typeof memoryBoard>) =>
  board.judgements().map(({ issues, verdict, by }) => [...issues, verdict, by.person]);

describe("what is said of likeness", () => {
  test("16.1 is one verdict for each pair and person: the later one stays, and can be taken back", async () => {
    const board = memoryBoard();
    const [issue, other] = [board.given(), board.given()];
    const judge = (person: string, one: string, two: string, verdict: string) =>
      board.commands.judgeLikeness(board.who(person), { issue: one, other: two, verdict });
    await judge("P1-gp", issue, other, "different");
    await judge("P2-gp", issue, other, "different");
    await judge("P1-gp", other, issue, "same");
    const ids = [board.issue(issue).id, board.issue(other).id].sort();
    expect(pairs(board)).toEqual([
      [...ids, "same", "P1-gp"],
      [...ids, "different", "P2-gp"],
    ]);
    expect(board.judgements()[0]).toMatchObject({
      by: { organisation: "P1" },
      shown: { score: 0.8, encoder: "test" },
      at: board.state.now,
    });
    await judge("P1-gp", issue, other, "none");
    expect(pairs(board)).toEqual([[...ids, "different", "P2-gp"]]);
  });

  test("16.2 is not said of an issue one may not read, which looks like one that is not there", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const hidden = board.given({ visibility: "people", namedPeople: ["guest"] });
    const judge = (one: string, two: string) =>
      board.commands.judgeLikeness(board.who("P1-gp"), { issue: one, other: two, verdict: "different" });
    const missing = { ok: false, problem: { kind: "not-found" } };
    for (const [one, two] of [
      [issue, hidden],
      [hidden, issue],
      [issue, "CT-00000"],
      [issue, issue],
    ] as const)
      expect(await judge(one, two)).toEqual(missing);
    expect(board.judgements()).toEqual([]);
  });

  test("3.4 an auditor says nothing of it", async () => {
    const board = memoryBoard();
    const input = { issue: board.given(), other: board.given(), verdict: "same" };
    expect(await board.commands.judgeLikeness(board.who("QYG-auditor"), input)).toMatchObject({
      problem: { kind: "not-allowed" },
    });
  });

  test("16.3 counts for all on the threads its writer looks after", async () => {
    const board = memoryBoard();
    const ours = board.given();
    const theirs = board.given({ about: { organisation: "T2" }, owner: board.issue(board.given()).owner });
    const elsewhere = board.given({
      about: { organisation: "T2" },
      owner: { post: "T2:interface-lead", organisation: "T2", since: board.state.now, why: "because" },
    });
    const lead = board.who("T1-interface-lead");
    await board.commands.judgeLikeness(lead, { issue: ours, other: elsewhere, verdict: "different" });
    expect(board.judgements()[0]?.decides).toEqual([board.issue(ours).id]);
    await board.commands.judgeLikeness(board.who("P1-gp"), { issue: ours, other: theirs, verdict: "different" });
    expect(board.judgements()[1]?.decides).toEqual([]);
  });

  const raised = {
    organisation: "T1",
    body: "Summaries reach us after the first appointment.",
    category: "DIS.1",
    harm: "low",
  };

  test("16.4 what was put aside while writing is said of the issue once it is raised, however often it is sent", async () => {
    const board = memoryBoard();
    const [one, two] = [board.given(), board.given()];
    const hidden = board.given({ visibility: "people", namedPeople: ["guest"] });
    const id = "01J00000000000000000000AAA";
    const send = () =>
      board.commands.raiseIssue(board.who("P2-gp"), { ...raised, id, notTheSame: [one, hidden, two, "CT-00000"] });
    await send();
    await send();
    expect(pairs(board)).toEqual(
      [one, two].map((each) => [...[id, board.issue(each).id].sort(), "different", "P2-gp"]),
    );
    expect(JSON.stringify(board.judgements())).not.toContain("Summaries");
  });

  test("16.4 nothing is said of what was not sent", async () => {
    const board = memoryBoard();
    const other = board.given();
    const input = { ...raised, harm: undefined, notTheSame: [other] };
    expect(await board.commands.raiseIssue(board.who("P2-gp"), input)).toMatchObject({ ok: false });
    expect(board.judgements()).toEqual([]);
  });

  test("16.4 “us too” instead of sending says that the draft is the same, and keeps no word of it", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const draft = "01J00000000000000000000BBB";
    const input = { issue, context: "Here too.", draft, text: "Summaries come late to us." };
    expect(await board.commands.joinIssue(board.who("P2-gp"), input)).toMatchObject({ ok: true });
    expect(pairs(board)).toEqual([[...[draft, board.issue(issue).id].sort(), "same", "P2-gp"]]);
    expect(JSON.stringify(board.judgements())).not.toContain("Summaries");
  });

  test("16.4 “us too” from the thread of another issue says that the two are the same, and only if both may be read", async () => {
    const board = memoryBoard();
    const [issue, like] = [board.given(), board.given()];
    const hidden = board.given({ visibility: "people", namedPeople: ["guest"] });
    await board.commands.joinIssue(board.who("P2-gp"), { issue, context: "Here too.", like });
    await board.commands.joinIssue(board.who("P3-gp"), { issue, context: "Here too.", like: hidden });
    expect(pairs(board)).toEqual([[...[board.issue(issue).id, board.issue(like).id].sort(), "same", "P2-gp"]]);
  });

  test("16.4 “us too” that is refused says nothing", async () => {
    const board = memoryBoard();
    const input = { issue: board.given(), context: "Here too.", draft: "01J00000000000000000000CCC", text: "" };
    await board.commands.joinIssue(board.who("P1-gp"), input);
    expect(board.judgements()).toEqual([]);
  });
});
