import { describe, expect, test } from "vitest";
import { Directory } from "../../app/domain/directory";
import { memoryBoard } from "../support/memory-ports";
import { smallFacts } from "../support/small-directory";

describe("sending an issue on", () => {
  const reason = "Pharmacy moved to Trust Two.";

  test("11.1 hands it to another post, where it is new with a clock of its own", async () => {
    const board = memoryBoard();
    const issue = board.given({ state: "in-progress", visibility: "organisations", waitsForInvitation: true });
    const input = { issue, version: 1, post: "T2:interface-lead", reason };
    await board.commands.redirectIssue(board.who("T1-interface-lead"), input);
    const after = board.issue(issue);
    expect(after).toMatchObject({
      state: "new",
      owner: { post: "T2:interface-lead", organisation: "T2", since: board.state.now },
      clock: { kind: "acknowledge" },
      audience: ["org:P1", "org:T1", "org:T2"],
      followers: ["P1-gp", "T1-interface-lead"],
      history: [{ type: "issue-redirected", from: "T1:interface-lead", to: "T2:interface-lead", reason }],
    });
    expect(after).not.toHaveProperty("waitsForInvitation");
  });

  test("11.1 an offer that was not answered is put by", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const texts = { changed: "Fixed.", forWhom: "All" };
    await board.commands.offerOutcome(board.who("T1-clinician"), { issue, version: 1, ...texts });
    const input = { issue, version: 2, post: "T2:interface-lead", reason };
    await board.commands.redirectIssue(board.who("T1-interface-lead"), input);
    expect(board.issue(issue)).toMatchObject({ state: "new", pastOutcomes: [{ changed: "Fixed." }] });
    expect(board.issue(issue)).not.toHaveProperty("outcome");
  });

  test.each([
    ["a post nobody knows", "T9:clinician", /^Choose who/],
    ["the post that owns it", "T1:interface-lead", /already owns it/],
    ["a post nobody holds today", "T2:clinician", /Nobody holds/],
  ])("11.2 not to %s", async (_, post, message) => {
    const holdings = smallFacts.holdings.filter((holding) => holding.post !== "T2:clinician");
    const board = memoryBoard(new Directory({ ...smallFacts, holdings }));
    const issue = board.given();
    const input = { issue, version: 1, post, reason };
    expect(await board.commands.redirectIssue(board.who("T1-interface-lead"), input)).toEqual({
      ok: false,
      problem: { kind: "invalid", fields: [{ field: "post", message: expect.stringMatching(message) }] },
    });
  });
});

describe("actions", () => {
  const action = { text: "Ask IT for the list.", owner: "T1-clinician", dueOn: "2026-11-27" };

  test("11.3 have an owner and a day, and both people follow", async () => {
    const board = memoryBoard();
    const issue = board.given();
    await board.commands.addAction(board.who("P1-practice-manager"), { issue, ...action });
    expect(board.issue(issue)).toMatchObject({
      actions: [{ text: action.text, dueOn: "2026-11-27", owner: { person: "T1-clinician" } }],
      followers: ["P1-gp", "P1-practice-manager", "T1-clinician"],
      state: "new",
    });
  });

  test.each([
    ["no text", { text: "" }, "text"],
    ["no owner", { owner: "" }, "owner"],
    ["an owner nobody knows", { owner: "stranger" }, "owner"],
    ["an owner who may not know of the issue", { owner: "guest" }, "owner"],
    ["no day", { dueOn: "" }, "dueOn"],
    ["a day that is none", { dueOn: "2026-02-30" }, "dueOn"],
    ["a day that is past", { dueOn: "2026-11-01" }, "dueOn"],
  ])("11.3 not with %s", async (_, input, field) => {
    const board = memoryBoard();
    const issue = board.given();
    const outcome = await board.commands.addAction(board.who("P1-gp"), { issue, ...action, ...input });
    expect(outcome).toMatchObject({ problem: { kind: "invalid", fields: [{ field }] } });
    expect(board.issue(issue).actions).toEqual([]);
  });

  test("11.4 are done once, by whom and when", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const added = await board.commands.addAction(board.who("P1-gp"), { issue, ...action });
    const id = added.ok ? added.value.action : "";
    await board.commands.completeAction(board.who("T1-clinician"), { issue, action: id });
    expect(board.issue(issue).actions[0]?.done).toMatchObject({ by: { person: "T1-clinician" }, at: board.state.now });
    expect(await board.commands.completeAction(board.who("P1-gp"), { issue, action: id })).toMatchObject({
      problem: { kind: "already-done", what: "Person of T1:clinician already marked it done" },
    });
    expect(await board.commands.completeAction(board.who("P1-gp"), { issue, action: "none" })).toMatchObject({
      problem: { kind: "not-found" },
    });
  });

  test("11.4 two people adding one at once both add it", async () => {
    const board = memoryBoard();
    const issue = board.given();
    board.state.beforeSave = async () => {
      await board.commands.addAction(board.who("T1-clinician"), { issue, ...action, text: "First." });
    };
    await board.commands.addAction(board.who("P1-gp"), { issue, ...action, text: "Second." });
    expect(board.issue(issue).actions.map(({ text }) => text)).toEqual(["First.", "Second."]);
  });

  test("1.4 an NHS number in the text stops it", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const outcome = await board.commands.addAction(board.who("P1-gp"), { issue, ...action, text: "Ring 9434765919" });
    expect(outcome).toMatchObject({ problem: { kind: "identifier", field: "text" } });
  });
});

describe("naming a person", () => {
  test("11.5 lets them know of the issue and work on it, whatever organisation they are in", async () => {
    const board = memoryBoard();
    const issue = board.given({ visibility: "organisations" });
    const reply = () =>
      board.commands.postReply(board.who("guest"), { issue, text: "I can help.", audience: "shared" });
    expect(await reply()).toMatchObject({ problem: { kind: "not-found" } });
    await board.commands.namePerson(board.who("T1-clinician"), { issue, person: "guest" });
    expect(board.issue(issue)).toMatchObject({ namedPeople: ["guest"], followers: ["P1-gp", "guest"] });
    expect(board.issue(issue).audience).toContain("person:guest");
    expect(await reply()).toMatchObject({ ok: true });
  });

  test("11.5 once, and only somebody the directory knows", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const name = (person: string) => board.commands.namePerson(board.who("P1-gp"), { issue, person });
    await name("guest");
    expect(await name("guest")).toMatchObject({ problem: { kind: "already-done", what: "A guest is already here" } });
    expect(await name("stranger")).toMatchObject({ problem: { kind: "invalid", fields: [{ field: "person" }] } });
  });
});
