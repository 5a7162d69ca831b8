import { describe, expect, test } from "vitest";
import { endOfLondonDay } from "../../app/domain/working-days";
import { memoryBoard } from "../support/memory-ports";

const changed = "Summaries go out within 24 hours.";
const forWhom = "All practices on the Wirral";
type Board = ReturnType<typeof memoryBoard>;

/** T1 has offered an outcome to P1; P2 has joined. */
async function offered(): Promise<{ board: Board; issue: string }> {
  const board = memoryBoard();
  const issue = board.given();
  await board.commands.joinIssue(board.who("P2-gp"), { issue, context: "Here too." });
  await board.commands.offerOutcome(board.who("T1-clinician"), { issue, version: 2, changed, forWhom });
  return { board, issue };
}

const answer = (board: Board, person: string, input: object) => board.commands.answerOutcome(board.who(person), input);

describe("accepting", () => {
  test("10.1 the owner's side says it will work on it; the next clock is its first reply, from when it was raised", async () => {
    const board = memoryBoard();
    const issue = board.given({ raisedAt: new Date("2026-10-30T09:00:00Z") });
    const outcome = await board.commands.acceptIssue(board.who("T1-clinician"), { issue, version: 1 });
    expect(outcome).toEqual({ ok: true, value: { reference: issue } });
    expect(board.issue(issue)).toMatchObject({
      state: "accepted",
      clock: { kind: "first-reply", dueAt: endOfLondonDay("2026-11-13") },
      followers: ["P1-gp", "T1-clinician"],
    });
  });

  test("10.1 twice it is in the wrong state; by the raiser it is not theirs to do", async () => {
    const board = memoryBoard();
    const issue = board.given({ state: "in-progress" });
    const accept = (person: string) => board.commands.acceptIssue(board.who(person), { issue, version: 1 });
    expect(await accept("T1-clinician")).toMatchObject({ problem: { kind: "wrong-state", state: "in-progress" } });
    expect(await accept("P1-gp")).toEqual({ ok: false, problem: { kind: "not-allowed", action: "accept" } });
  });
});

describe("an outcome", () => {
  test("10.2 says what changed and for whom, and starts the clock of the answer", async () => {
    const { board, issue } = await offered();
    expect(board.issue(issue)).toMatchObject({
      state: "outcome-offered",
      outcome: { changed, forWhom, side: "owning", by: { organisation: "T1" }, answers: [] },
      clock: { kind: "answer-outcome", dueAt: endOfLondonDay("2026-11-16") },
    });
  });

  test("10.2 is not offered without both", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const outcome = await board.commands.offerOutcome(board.who("T1-clinician"), { issue, version: 1 });
    expect(outcome).toMatchObject({
      problem: { kind: "invalid", fields: [{ field: "changed" }, { field: "forWhom" }] },
    });
  });

  test("10.2 the raiser may offer one too; then the owner's side answers", async () => {
    const board = memoryBoard();
    const issue = board.given();
    await board.commands.offerOutcome(board.who("P1-gp"), { issue, version: 1, changed, forWhom });
    expect(board.issue(issue).outcome?.side).toBe("raising");
    expect(await answer(board, "P1-practice-manager", { issue, version: 2, answer: "agree" })).toMatchObject({
      ok: false,
    });
    expect(await answer(board, "T1-clinician", { issue, version: 2, answer: "agree" })).toMatchObject({ ok: true });
  });

  test("10.3 agreed by the other side, any member of it, it resolves the issue", async () => {
    const { board, issue } = await offered();
    await answer(board, "P1-practice-manager", { issue, version: 3, answer: "agree" });
    const after = board.issue(issue);
    expect(after).toMatchObject({ state: "resolved", resolution: "agreed", closedAt: board.state.now });
    expect(after).not.toHaveProperty("clock");
    expect(after.history.map(({ type }) => type).slice(-2)).toEqual(["outcome-answered", "issue-resolved"]);
  });

  test("10.3 not agreed, it takes the issue back into work and is kept when the next one comes", async () => {
    const { board, issue } = await offered();
    await answer(board, "P1-gp", { issue, version: 3, answer: "disagree", reason: "It still happens at weekends." });
    expect(board.issue(issue)).toMatchObject({ state: "in-progress", clock: { kind: "resolve" } });
    await board.commands.offerOutcome(board.who("T1-clinician"), {
      issue,
      version: 4,
      changed: "Weekends too.",
      forWhom,
    });
    expect(board.issue(issue)).toMatchObject({
      outcome: { changed: "Weekends too.", answers: [] },
      pastOutcomes: [{ changed, answers: [{ answer: "disagree", reason: "It still happens at weekends." }] }],
    });
  });

  test("10.3 disagreeing or dissenting takes a reason", async () => {
    const { board, issue } = await offered();
    for (const [person, said] of [
      ["P1-gp", "disagree"],
      ["P2-gp", "dissent"],
    ] as const)
      expect(await answer(board, person, { issue, version: 3, answer: said, reason: " " })).toMatchObject({
        problem: { kind: "invalid", fields: [{ field: "reason", message: expect.stringMatching(/^Say why/) }] },
      });
  });

  test("10.4 a joined organisation dissents: kept and shown, the answer is still awaited", async () => {
    const { board, issue } = await offered();
    const dissent = (reason: string) => answer(board, "P2-gp", { issue, version: 3, answer: "dissent", reason });
    await dissent("Not for us yet.");
    await dissent("Still not for us.");
    expect(board.issue(issue)).toMatchObject({
      state: "outcome-offered",
      outcome: { answers: [{ organisation: "P2", reason: "Still not for us." }] },
    });
    await answer(board, "P1-gp", { issue, version: 5, answer: "agree" });
    expect(board.issue(issue)).toMatchObject({ state: "resolved", outcome: { answers: [{}, { organisation: "P1" }] } });
  });

  test("10.4 only one who joined dissents, and they do not agree for the raiser", async () => {
    const { board, issue } = await offered();
    const reason = "Not for us.";
    expect(await answer(board, "P3-gp", { issue, version: 3, answer: "dissent", reason })).toMatchObject({
      problem: { kind: "not-allowed", action: "dissent" },
    });
    expect(await answer(board, "P2-gp", { issue, version: 3, answer: "agree" })).toMatchObject({
      problem: { kind: "not-allowed", action: "answer-outcome" },
    });
  });

  test("10.5 unanswered for ten working days, it resolves as not confirmed, once", async () => {
    const { board, issue } = await offered();
    const { id } = board.issue(issue);
    board.state.now = endOfLondonDay("2026-11-16");
    await board.unattended.confirmBySilence(id);
    expect(board.issue(issue).state).toBe("outcome-offered");
    board.state.now = new Date(board.state.now.getTime() + 1);
    await board.unattended.confirmBySilence(id);
    await board.unattended.confirmBySilence(id);
    expect(board.issue(issue)).toMatchObject({
      state: "resolved",
      resolution: "not-confirmed",
      version: 4,
      lastChange: { name: "Common Thread" },
    });
  });
});

describe("two people deciding at once", () => {
  test("10.6 one wins; the other is told whose decision stands and what it was", async () => {
    const { board, issue } = await offered();
    const seen = board.issue(issue).version;
    expect(await answer(board, "P1-gp", { issue, version: seen, answer: "agree" })).toMatchObject({ ok: true });
    const second = await answer(board, "P1-practice-manager", {
      issue,
      version: seen,
      answer: "disagree",
      reason: "It still happens.",
    });
    expect(second).toEqual({
      ok: false,
      problem: {
        kind: "out-of-date",
        state: "resolved",
        version: seen + 1,
        byName: "Person of P1:gp",
        at: board.state.now,
        what: "resolved this issue",
      },
    });
    expect(board.issue(issue)).toMatchObject({ state: "resolved", version: seen + 1 });
  });

  test("10.6 in the same moment too", async () => {
    const board = memoryBoard();
    const issue = board.given();
    board.state.beforeSave = async () => {
      await board.commands.declineIssue(board.who("T1-medical-director"), { issue, version: 1, reason: "Not ours." });
    };
    expect(await board.commands.acceptIssue(board.who("T1-clinician"), { issue, version: 1 })).toMatchObject({
      problem: { kind: "out-of-date", state: "declined", what: "declined this issue" },
    });
    expect(board.issue(issue)).toMatchObject({ state: "declined", version: 2 });
  });

  test("10.6 what decides nothing gets in nobody's way", async () => {
    const board = memoryBoard();
    const issue = board.given();
    await board.commands.joinIssue(board.who("P2-gp"), { issue, context: "Here too." });
    expect(await board.commands.acceptIssue(board.who("T1-clinician"), { issue, version: 1 })).toMatchObject({
      ok: true,
    });
    expect(board.issue(issue).version).toBe(3);
  });
});

describe("declining and reopening", () => {
  test("10.7 the owner's side declines with a reason, and those who raised it bring it back with one", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const reason = "This belongs with the ambulance service.";
    expect(await board.commands.declineIssue(board.who("T1-clinician"), { issue, version: 1 })).toMatchObject({
      problem: { kind: "invalid", fields: [{ field: "reason" }] },
    });
    await board.commands.declineIssue(board.who("T1-clinician"), { issue, version: 1, reason });
    expect(board.issue(issue)).toMatchObject({ state: "declined", declinedWhy: reason, closedAt: board.state.now });
    expect(board.issue(issue)).not.toHaveProperty("clock");
    await board.commands.reopenIssue(board.who("P1-gp"), { issue, version: 2, reason: "It was your ward." });
    const after = board.issue(issue);
    expect(after).toMatchObject({ state: "in-progress", clock: { kind: "resolve" } });
    for (const field of ["declinedWhy", "closedAt"]) expect(after).not.toHaveProperty(field);
  });

  test("10.7 a resolved one keeps the outcome it had", async () => {
    const { board, issue } = await offered();
    await answer(board, "P1-gp", { issue, version: 3, answer: "agree" });
    await board.commands.reopenIssue(board.who("P2-gp"), { issue, version: 4, reason: "It is back." });
    const after = board.issue(issue);
    expect(after).toMatchObject({ state: "in-progress", pastOutcomes: [{ changed }] });
    for (const field of ["outcome", "resolution", "closedAt"]) expect(after).not.toHaveProperty(field);
  });

  test.each(["declineIssue", "reopenIssue", "redirectIssue"] as const)(
    "1.4 an NHS number in the reason stops %s",
    async (command) => {
      const board = memoryBoard();
      const issue = board.given({ state: command === "reopenIssue" ? "resolved" : "new" });
      const input = { issue, version: 1, reason: "About 943 476 5919", post: "T2:clinician" };
      expect(await board.commands[command](board.who("T1-clinician"), input)).toMatchObject({
        problem: { kind: "identifier", field: "reason" },
      });
    },
  );

  test("1.4 an NHS number in an outcome or its answer stops it", async () => {
    const { board, issue } = await offered();
    expect(
      await answer(board, "P1-gp", { issue, version: 3, answer: "disagree", reason: "See 943 476 5919" }),
    ).toMatchObject({ problem: { kind: "identifier", field: "reason" } });
    for (const field of ["changed", "forWhom"])
      expect(
        await board.commands.offerOutcome(board.who("T1-clinician"), {
          ...{ issue, version: 3, changed, forWhom },
          [field]: "For 943 476 5919",
        }),
      ).toMatchObject({ problem: { kind: "identifier", field } });
  });
});
