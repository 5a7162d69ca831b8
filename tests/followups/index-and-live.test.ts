import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FollowedBoard, followedBoard } from "../support/followed-board";
import { buildIssue, buildReply, newId, raisedEvent } from "../support/issues";
import { testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
let board: FollowedBoard;
beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  for (const name of ["issues", "replies"]) await store.connection.collection(name).deleteMany({});
  board = followedBoard(store);
});
afterEach(() => board.stop());
afterAll(() => store.drop());

async function raise(over: Parameters<typeof buildIssue>[0] = {}) {
  const issue = buildIssue(over);
  await store.issues.insert(issue, [raisedEvent(issue)]);
  return issue;
}

async function post(issue: { id: string }, over: Parameters<typeof buildReply>[1] = {}) {
  const reply = buildReply(issue, over);
  await store.replies.insert(reply, [
    { type: "reply-posted", id: newId(), at: testDay, by: reply.by, reply: reply.id },
  ]);
  return reply;
}

const internal = { audience: { kind: "organisation", organisation: "T1" } } as const;

describe("The index", () => {
  it("holds an issue with its shared replies, its names and its Places, and never an internal note", async () => {
    const issue = await raise({ about: { organisation: "T1", service: "T1-pharmacy" } });
    await post(issue, { text: "A shared reply" });
    await post(issue, { ...internal, text: "Between us" });
    await board.followUp();
    const entry = board.indexed.get(issue.id);
    expect(entry?.replies.map((reply) => reply.text)).toEqual(["A shared reply"]);
    expect(entry?.organisations).toEqual(["P1", "T1"]);
    expect(entry?.places).toEqual(["wirral"]);
    expect(entry?.names).toEqual(
      expect.arrayContaining([
        "Practice P1",
        "Trust One",
        "T One",
        "Pharmacy",
        "Summary late or missing",
        "Discharge & transfer of care",
      ]),
    );
    expect(entry?.issue.version).toBe(2);
  });

  it("takes many issues and many events in a few writes", async () => {
    const issues = await Promise.all(Array.from({ length: 20 }, () => raise()));
    for (const issue of issues)
      await post(issue, { by: { ...buildReply(issue).by, person: "P1-gp", organisation: "P1" } });
    await board.followUp();
    expect(board.indexed.size).toBe(20);
    expect(board.engine.puts).toBeLessThan(20);
  });

  it("being down delays no notice, parks nothing, and catches up when it is back", async () => {
    board.engine.down = true;
    const issue = await raise();
    const runner = board.start();
    await runner.drain();
    expect(await board.told(issue.id, "issue-raised")).toEqual({ asked: ["T1-interface-lead"], told: [] });
    expect(board.changed).toHaveLength(1);
    for (let i = 0; i < 40; i++) {
      board.pass(60);
      await runner.drain();
    }
    expect(await store.outbox.state(board.clock.now)).toMatchObject({ waiting: 1, parked: 0 });
    expect(board.faults).toEqual([]);
    board.engine.down = false;
    board.pass(60);
    await runner.drain();
    expect(board.indexed.has(issue.id)).toBe(true);
    expect(await store.outbox.state(board.clock.now)).toEqual({ waiting: 0, parked: 0 });
  });

  it("being down is asked about once for everything that waits, not once for each", async () => {
    board.engine.down = true;
    await Promise.all(Array.from({ length: 60 }, () => raise()));
    const runner = board.start();
    await runner.drain();
    expect(board.engine.puts).toBeLessThan(5);
  });
});

describe("Open screens", () => {
  it("are told the version an issue is at now", async () => {
    const issue = await raise();
    await store.issues.save(issue.id, 1, { set: {}, events: [{ ...raisedEvent(issue), version: 2 }] });
    await board.followUp();
    expect(board.changed).toEqual([{ id: issue.id, reference: issue.reference, version: 2, audience: ["system"] }]);
  });

  it("hear of an internal note in its own organisation only", async () => {
    const issue = await raise();
    await board.followUp();
    board.changed.length = 0;
    await post(issue, internal);
    await board.followUp();
    expect(board.changed.map((each) => each.audience)).toEqual([["org:T1"]]);
  });

  it("hear of an internal note on an issue of named people only if they are named", async () => {
    const issue = await raise({ visibility: "people", namedPeople: ["P1-gp", "T1-clinician"] });
    await board.followUp();
    board.changed.length = 0;
    await post(issue, internal);
    await board.followUp();
    expect(board.changed.map((each) => each.audience)).toEqual([["person:T1-clinician"]]);
  });
});

it("The history keeps every event with its issue", async () => {
  const issue = await raise();
  const reply = await post(issue);
  await board.followUp();
  const events = await store.events.ofIssue(issue.id);
  expect(events.map((event) => event.type).sort()).toEqual(["issue-raised", "reply-posted", "work-started"]);
  expect(events.find((event) => event.type === "reply-posted")).toMatchObject({ reply: reply.id, issue: issue.id });
});
