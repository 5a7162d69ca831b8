import { afterAll, beforeAll, expect, it } from "vitest";
import type { Issue } from "../../app/domain/issue";
import { accepted, type FollowedBoard, followedBoard } from "../support/followed-board";
import { author, buildIssue } from "../support/issues";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
let board: FollowedBoard;
beforeAll(async () => {
  store = await openTestStore();
  board = followedBoard(store);
});
afterAll(async () => {
  await board.stop();
  await store.drop();
});

async function given(over: Partial<Issue> = {}): Promise<Issue> {
  const issue = buildIssue(over);
  await store.issues.insertMany([issue]);
  return issue;
}
async function now(issue: Issue): Promise<Issue> {
  const stored = await store.issues.unfiltered(issue.id);
  if (!stored) throw new Error("no such issue");
  return stored;
}
async function mark(issue: Issue, of: Issue, person = "T1-interface-lead") {
  const input = { issue: issue.reference, of: of.reference, version: (await now(issue)).version };
  accepted(await board.commands.markDuplicate(board.actor(person), input));
}
async function offerAndAgree(issue: Issue) {
  const offer = { issue: issue.reference, version: 1, changed: "A new rule.", forWhom: "Everyone" };
  accepted(await board.commands.offerOutcome(board.actor("T1-interface-lead"), offer));
  const answer = { issue: issue.reference, version: 2, answer: "agree" };
  accepted(await board.commands.answerOutcome(board.actor("P1-gp"), answer));
  await board.followUp();
}
const raisedBy = (person: string): Partial<Issue> => {
  const by = author(person);
  return { raisedBy: by, raisedFor: by.organisation ?? "" };
};

it("16.11 the people of a duplicate are told when an outcome is offered and when it resolves the original, once each", async () => {
  const original = await given();
  const joined = { id: "j", by: author("P3-gp"), organisation: "P3", context: "Here too.", at: board.clock.now };
  const duplicate = await given({ ...raisedBy("P2-gp"), joined: [joined] });
  await mark(duplicate, original);
  await board.followUp();
  await offerAndAgree(original);
  for (const type of ["outcome-offered", "issue-resolved"]) {
    const { told } = await board.told(original.id, type);
    expect(told.filter((person) => ["P2-gp", "P3-gp"].includes(person))).toEqual(["P2-gp", "P3-gp"]);
  }
  const notices = await store.notices.page("P2-gp", { limit: 10 });
  expect(notices.items.filter((each) => each.issue === original.id)).toMatchObject([
    { type: "issue-resolved", reference: original.reference, through: duplicate.id, asks: false },
    { type: "outcome-offered", reference: original.reference, through: duplicate.id, asks: false },
  ]);
  expect((await now(duplicate)).state).toBe("new");
});

it("16.7 nobody is told of an original they may not know of: not when it is recorded, nor when it ends", async () => {
  const original = await given({ visibility: "organisations" });
  const duplicate = await given(raisedBy("P2-gp"));
  const before = board.noticed.length;
  await mark(duplicate, original);
  await board.followUp();
  expect(await board.told(duplicate.id, "duplicate-marked")).toEqual({ asked: [], told: [] });
  await offerAndAgree(original);
  const { told } = await board.told(original.id, "issue-resolved");
  expect(told).not.toContain("P2-gp");
  expect(board.noticed.slice(before)).not.toContain("P2-gp");
});

it("16.9 who raised the duplicate is told that it was recorded, and that it was taken back", async () => {
  const [original, duplicate] = [await given(), await given(raisedBy("P2-gp"))];
  await mark(duplicate, original, "QYG-icb-medical-director");
  const input = { issue: duplicate.reference, version: 2, reason: "Another ward." };
  accepted(await board.commands.unmarkDuplicate(board.actor("QYG-icb-medical-director"), input));
  await board.followUp();
  for (const type of ["duplicate-marked", "duplicate-unmarked"])
    expect((await board.told(duplicate.id, type)).told).toEqual(["P2-gp", "T1-interface-lead"]);
});

it("screens of the original hear of it too, and only those who may know of the original", async () => {
  const original = await given({ visibility: "organisations" });
  const duplicate = await given(raisedBy("P2-gp"));
  await mark(duplicate, original);
  await board.followUp();
  const heard = board.changed.filter((each) => each.id === original.id);
  expect(heard).toMatchObject([{ version: 1, audience: ["org:P1", "org:T1"] }]);
});

it("16.6 what two people recorded at once is without circles and chains in the end", async () => {
  const [one, two, three] = [await given(), await given(), await given()];
  const ahead = { ...two, duplicateOf: { issue: one.id, by: author("T1-interface-lead"), at: board.clock.now } };
  // As if recorded in the same moment, before the other could be seen.
  await mark(one, two);
  await store.issues.save(two.id, 1, {
    set: { duplicateOf: ahead.duplicateOf },
    events: [
      {
        type: "duplicate-marked",
        of: one.id,
        id: board.ports.newId(),
        at: board.clock.now,
        by: author("T1-interface-lead"),
        version: 2,
      },
    ],
  });
  await mark(three, two);
  await board.followUp();
  const originals = await Promise.all([one, two, three].map(async (each) => (await now(each)).duplicateOf?.issue));
  expect(originals).toEqual([undefined, one.id, one.id]);
});
