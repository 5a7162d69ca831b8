import { describe, expect, test } from "vitest";
import { buildIssue } from "../support/issues";
import { memoryBoard } from "../support/memory-ports";

const context = "It shows here on Fridays.";

describe("us too", () => {
  test("9.1 adds the organisation with its line, and its writer follows", async () => {
    const board = memoryBoard();
    const issue = board.given();
    expect(await board.commands.joinIssue(board.who("P2-gp"), { issue, context })).toMatchObject({ ok: true });
    expect(board.issue(issue)).toMatchObject({
      version: 2,
      joined: [{ organisation: "P2", context, by: { person: "P2-gp" } }],
      followers: ["P1-gp", "P2-gp"],
      lastChange: { name: "Person of P2:gp", what: "said “us too”" },
      history: [{ type: "issue-joined", organisation: "P2", version: 2 }],
    });
  });

  test("9.1 an organisation that joins one for the organisations concerned is concerned from then on", async () => {
    const board = memoryBoard();
    const issue = board.given({ visibility: "organisations", namedPeople: ["P2-gp"] });
    await board.commands.joinIssue(board.who("P2-gp"), { issue, context });
    expect(board.issue(issue).audience).toContain("org:P2");
  });

  test.each(["P1-gp", "P2-practice-manager"])("9.2 an organisation joins once: not %s after that", async (person) => {
    const board = memoryBoard();
    const issue = board.given();
    await board.commands.joinIssue(board.who("P2-gp"), { issue, context });
    expect(await board.commands.joinIssue(board.who(person), { issue, context })).toMatchObject({
      problem: { kind: "already-done" },
    });
    expect(board.issue(issue).joined).toHaveLength(1);
  });

  test("9.2 two people of one organisation joining at once join once", async () => {
    const board = memoryBoard();
    const issue = board.given();
    board.state.beforeSave = async () => {
      await board.commands.joinIssue(board.who("P2-practice-manager"), { issue, context });
    };
    expect(await board.commands.joinIssue(board.who("P2-gp"), { issue, context })).toMatchObject({
      problem: { kind: "already-done" },
    });
    expect(board.issue(issue).joined).toHaveLength(1);
  });

  test("9.2 two organisations joining at once both join", async () => {
    const board = memoryBoard();
    const issue = board.given();
    board.state.beforeSave = async () => {
      await board.commands.joinIssue(board.who("P3-gp"), { issue, context });
    };
    expect(await board.commands.joinIssue(board.who("P2-gp"), { issue, context })).toMatchObject({ ok: true });
    expect(board.issue(issue).joined.map(({ organisation }) => organisation)).toEqual(["P3", "P2"]);
  });

  test.each([
    ["the owner", "T1-clinician"],
    ["a guest who was named", "guest"],
    ["who oversees", "QYG-icb-medical-director"],
    ["an auditor", "QYG-auditor"],
  ])("9.3 is not for %s", async (_, person) => {
    const board = memoryBoard();
    const issue = board.given({ namedPeople: ["guest"] });
    expect(await board.commands.joinIssue(board.who(person), { issue, context })).toEqual({
      ok: false,
      problem: { kind: "not-allowed", action: "join" },
    });
    expect(board.issue(issue).joined).toEqual([]);
  });

  test("9.3 is not for an issue that is closed", async () => {
    const board = memoryBoard();
    const issue = board.given({ state: "resolved" });
    expect(await board.commands.joinIssue(board.who("P2-gp"), { issue, context })).toEqual({
      ok: false,
      problem: { kind: "wrong-state", state: "resolved", wanted: "join" },
    });
  });

  test("1.4 an NHS number in the line stops it", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const outcome = await board.commands.joinIssue(board.who("P2-gp"), { issue, context: "Same for 9434765919" });
    expect(outcome).toMatchObject({ problem: { kind: "identifier", field: "context" } });
  });
});

describe("a reply", () => {
  test("9.4 is shared with both sides, or internal to the writer's organisation", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const text = "We are looking into it.";
    for (const audience of ["shared", "internal"])
      await board.commands.postReply(board.who("T1-clinician"), { issue, text, audience });
    expect(board.replies()).toMatchObject([
      { issue: board.issue(issue).id, text, audience: { kind: "shared" }, by: { organisation: "T1" } },
      { audience: { kind: "organisation", organisation: "T1" } },
    ]);
    expect(board.state.woken).toBe(2);
  });

  test("9.4 a guest who was named replies to both sides, and has no organisation to write an internal note for", async () => {
    const board = memoryBoard();
    const issue = board.given({ namedPeople: ["guest"] });
    const post = (audience: string) =>
      board.commands.postReply(board.who("guest"), { issue, text: "Seen here as well.", audience });
    expect(await post("shared")).toMatchObject({ ok: true });
    expect(await post("internal")).toEqual({
      ok: false,
      problem: { kind: "not-allowed", action: "reply-internally" },
    });
  });

  test("9.5 the same form sent twice is one reply", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const form = { id: "01J9ZZZZZZZZZZZZZZZZZZZZZZ", issue, text: "Thank you.", audience: "shared" };
    const first = await board.commands.postReply(board.who("P1-gp"), form);
    expect(await board.commands.postReply(board.who("P1-gp"), form)).toEqual(first);
    expect(board.replies()).toHaveLength(1);
  });

  test("9.5 with other words, another audience or by somebody else it is another reply", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const form = { id: "01J9ZZZZZZZZZZZZZZZZZZZZZZ", issue, text: "Thank you.", audience: "shared" };
    await board.commands.postReply(board.who("P1-gp"), form);
    await board.commands.postReply(board.who("P1-gp"), { ...form, text: "Thank you. Next week then." });
    await board.commands.postReply(board.who("P1-gp"), { ...form, audience: "internal" });
    await board.commands.postReply(board.who("T1-clinician"), form);
    expect(board.replies()).toMatchObject([
      { id: form.id },
      { text: "Thank you. Next week then." },
      { audience: { kind: "organisation" } },
      { by: { person: "T1-clinician" } },
    ]);
  });

  test("3.3 an issue one may not know of looks like one that is not there", async () => {
    const board = memoryBoard();
    const hidden = board.given({ visibility: "organisations" });
    const reply = (issue: string) =>
      board.commands.postReply(board.who("P2-gp"), { issue, text: "Hello", audience: "shared" });
    const refused = { ok: false, problem: { kind: "not-found" } };
    expect(await reply(hidden)).toEqual(refused);
    expect(await reply("CT-NONE0")).toEqual(refused);
    expect(board.replies()).toEqual([]);
  });

  test.each(["shared", "internal"])("1.4 an NHS number in a %s reply stops it", async (audience) => {
    const board = memoryBoard();
    const issue = board.given();
    const outcome = await board.commands.postReply(board.who("P1-gp"), { issue, text: "943 476 5919", audience });
    expect(outcome).toMatchObject({ problem: { kind: "identifier", field: "text" } });
    expect(board.replies()).toEqual([]);
  });

  test("9.6 the first shared one from the owner's side starts the work; one from the raiser does not", async () => {
    const board = memoryBoard();
    const given = buildIssue();
    const issue = board.given(given);
    const { id, raisedBy } = board.issue(issue);
    await board.unattended.startWork(id, raisedBy);
    expect(board.issue(issue)).toMatchObject({ state: "new", version: 1 });
    const clinician = { person: "T1-clinician", name: "C", title: "clinician", organisation: "T1" };
    await board.unattended.startWork(id, clinician);
    await board.unattended.startWork(id, clinician);
    expect(board.issue(issue)).toMatchObject({
      state: "in-progress",
      version: 2,
      clock: { kind: "resolve" },
      followers: ["P1-gp", "T1-clinician"],
      history: [{ type: "work-started" }],
    });
  });
});
