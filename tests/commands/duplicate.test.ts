import { describe, expect, test } from "vitest";
import type { Issue } from "../../app/domain/issue";
import { memoryBoard } from "../support/memory-ports";

type Board = ReturnType<typeof memoryBoard>;

function mark(board: Board, issue: string, of: string, person = "T1-interface-lead", version = 1) {
  return board.commands.markDuplicate(board.who(person), { issue, of, version });
}
function unmark(board: Board, issue: string, person = "T1-interface-lead", version = 2, reason = "Another ward.") {
  return board.commands.unmarkDuplicate(board.who(person), { issue, version, reason });
}
const originalOf = (board: Board, reference: string): string | undefined => {
  const id = board.issue(reference).duplicateOf?.issue;
  return board.issues().find((each) => each.id === id)?.reference;
};
const onlyFor = (person: string): Partial<Issue> => ({ visibility: "people", namedPeople: [person] });

describe("recording a duplicate", () => {
  test("16.5 links it to its original and leaves state, clock and thread of both as they are", async () => {
    const board = memoryBoard();
    const [issue, original] = [board.given(), board.given({ state: "in-progress" })];
    const before = board.issue(issue);
    expect(await mark(board, issue, ` ${original.toLowerCase()} `)).toMatchObject({ ok: true });
    const { state, clock, owner, audience } = before;
    expect(board.issue(issue)).toMatchObject({
      state,
      clock,
      owner,
      audience,
      version: 2,
      duplicateOf: { issue: board.issue(original).id, by: { person: "T1-interface-lead" }, at: board.state.now },
      history: [{ type: "duplicate-marked", of: board.issue(original).id, by: { person: "T1-interface-lead" } }],
    });
    expect(board.issue(original)).toMatchObject({ state: "in-progress", version: 1 });
    expect(board.judgements()).toMatchObject([{ verdict: "same", by: { person: "T1-interface-lead" } }]);
  });

  test.each(["P1-gp", "T1-clinician", "T2-interface-lead", "QYG-administrator"])(
    "16.5 is not for %s",
    async (person) => {
      const board = memoryBoard();
      const issue = board.given();
      expect(await mark(board, issue, board.given(), person)).toEqual({
        ok: false,
        problem: { kind: "not-allowed", action: "mark-duplicate" },
      });
      expect(board.issue(issue)).not.toHaveProperty("duplicateOf");
      expect(board.judgements()).toEqual([]);
    },
  );

  test("16.7 an original one may not read is answered as one that is not there", async () => {
    const board = memoryBoard();
    const issue = board.given();
    const hidden = board.given(onlyFor("guest"));
    const refused = await mark(board, issue, hidden);
    expect(refused).toMatchObject({ problem: { kind: "invalid", fields: [{ field: "of" }] } });
    expect(await mark(board, issue, "CT-00000")).toEqual(refused);
  });

  test("16.6 an issue is no duplicate of itself, nor of its own duplicate", async () => {
    const board = memoryBoard();
    const [one, two] = [board.given(), board.given()];
    expect(await mark(board, one, one)).toMatchObject({ problem: { kind: "invalid" } });
    await mark(board, two, one);
    expect(await mark(board, one, two)).toMatchObject({
      problem: {
        fields: [{ message: `${two} is recorded as a duplicate of this one: take that back first` }],
      },
    });
  });

  test("16.6 a duplicate of a duplicate is one of its original", async () => {
    const board = memoryBoard();
    const [one, two, three] = [board.given(), board.given(), board.given()];
    await mark(board, two, one);
    await mark(board, three, two);
    expect(originalOf(board, three)).toBe(one);
  });

  test("16.6 once the original has become a duplicate itself, its duplicates move on with it", async () => {
    const board = memoryBoard();
    const [one, two, three] = [board.given(), board.given(), board.given()];
    await mark(board, three, two);
    await mark(board, two, one);
    await board.unattended.settleDuplicates(board.issue(two).id);
    expect([originalOf(board, two), originalOf(board, three)]).toEqual([one, one]);
  });

  test("16.6 two recorded as duplicates of each other at once are parted: the older one stays the original", async () => {
    const board = memoryBoard();
    const [older, newer] = [board.given(), board.given()];
    board.state.beforeSave = async () => void (await mark(board, newer, older));
    await mark(board, older, newer);
    expect([originalOf(board, older), originalOf(board, newer)]).toEqual([newer, older]);
    for (const each of [older, newer, older]) await board.unattended.settleDuplicates(board.issue(each).id);
    expect([originalOf(board, older), originalOf(board, newer)]).toEqual([undefined, older]);
    expect(board.issue(older).history.map(({ type }) => type)).toEqual(["duplicate-marked", "duplicate-unmarked"]);
  });

  test("16.7 nobody is led past what they may read: where not all may follow, the line stays as it is", async () => {
    const board = memoryBoard();
    const secret = board.given({ ...onlyFor("QYG-icb-medical-director") });
    const [two, three] = [board.given(), board.given()];
    await mark(board, two, secret, "QYG-icb-medical-director");
    expect(originalOf(board, two)).toBe(secret);
    expect(await mark(board, three, two)).toMatchObject({ ok: true });
    await board.unattended.settleDuplicates(board.issue(three).id);
    expect(originalOf(board, three)).toBe(two);
  });

  test("16.8 of two who record different originals at once, the later is told whose stands", async () => {
    const board = memoryBoard();
    const [issue, one, two] = [board.given(), board.given(), board.given()];
    await mark(board, issue, one);
    expect(await mark(board, issue, two, "QYG-icb-medical-director", 1)).toMatchObject({
      problem: { kind: "out-of-date", byName: "Person of T1:interface-lead", what: "changed what it is linked to" },
    });
    expect(originalOf(board, issue)).toBe(one);
    expect(await mark(board, issue, one, "QYG-icb-medical-director", 2)).toMatchObject({
      problem: { kind: "already-done" },
    });
  });

  test("16.8 it gets in the way of no other decision, and none of them in its way", async () => {
    const board = memoryBoard();
    const issue = board.given();
    await board.commands.acceptIssue(board.who("T1-clinician"), { issue, version: 1 });
    expect(await mark(board, issue, board.given())).toMatchObject({ ok: true });
    const decline = { issue, version: 2, reason: "It belongs elsewhere." };
    expect(await board.commands.declineIssue(board.who("T1-clinician"), decline)).toMatchObject({ ok: true });
  });
});

describe("taking a duplicate back", () => {
  test("16.9 takes a reason, and leaves what happened in the history", async () => {
    const board = memoryBoard();
    const [issue, original] = [board.given(), board.given()];
    await mark(board, issue, original);
    expect(await unmark(board, issue, "T1-interface-lead", 2, " ")).toMatchObject({ problem: { kind: "invalid" } });
    expect(await unmark(board, issue)).toMatchObject({ ok: true });
    expect(board.issue(issue)).not.toHaveProperty("duplicateOf");
    expect(board.issue(issue).history.at(-1)).toMatchObject({
      type: "duplicate-unmarked",
      of: board.issue(original).id,
      reason: "Another ward.",
    });
    expect(board.judgements()).toEqual([]);
    expect(await unmark(board, issue, "T1-interface-lead", 3)).toMatchObject({ problem: { kind: "already-done" } });
  });

  test("16.9 is for those who may record it", async () => {
    const board = memoryBoard();
    const issue = board.given();
    await mark(board, issue, board.given());
    expect(await unmark(board, issue, "P1-gp")).toMatchObject({ problem: { kind: "not-allowed" } });
  });

  test("16.7 where the original may not be known of, there is nothing to take back", async () => {
    const board = memoryBoard();
    const issue = board.given();
    await mark(board, issue, board.given(onlyFor("QYG-icb-medical-director")), "QYG-icb-medical-director");
    const unlinked = await unmark(board, board.given(), "T1-interface-lead", 1);
    expect(await unmark(board, issue)).toEqual(unlinked);
    expect(board.issue(issue).duplicateOf).toBeDefined();
  });

  test("1.4 an NHS number in the reason stops it", async () => {
    const board = memoryBoard();
    const issue = board.given();
    await mark(board, issue, board.given());
    expect(await unmark(board, issue, "T1-interface-lead", 2, "As for 943 476 5919")).toMatchObject({
      problem: { kind: "identifier", field: "reason" },
    });
  });
});
