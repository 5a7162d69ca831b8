import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { ClaimedFollowUp } from "../../app/domain/ports";
import { type FollowUp, oneByOne } from "../../app/followups/follow-up";
import { maxTries } from "../../app/followups/run";
import type { FollowUpPlan } from "../../app/storage/outbox-state";
import { type FollowedBoard, followedBoard } from "../support/followed-board";
import { buildIssue, raisedEvent } from "../support/issues";
import { openTestStore, type TestStore } from "../support/store";

const plan: FollowUpPlan = { of: () => ["first", "second"], coalesced: new Set() };
const nothing: FollowUp = oneByOne(async () => {});

let store: TestStore;
let board: FollowedBoard;
beforeAll(async () => {
  store = await openTestStore({ plan });
});
beforeEach(async () => {
  for (const name of ["issues", "replies"]) await store.connection.collection(name).deleteMany({});
  board = followedBoard(store);
});
afterEach(() => board.stop());
afterAll(() => store.drop());

async function raise() {
  const issue = buildIssue();
  await store.issues.insert(issue, [raisedEvent(issue)]);
  return issue;
}

/** Remembers what it did, in order. */
function remembering(
  seen: ClaimedFollowUp[],
  run: (work: ClaimedFollowUp) => Promise<void> = async () => {},
): FollowUp {
  return oneByOne(async (work) => {
    await run(work);
    seen.push(work);
  });
}

it("Does each follow-up of each event once, in the order of the document", async () => {
  const issue = await raise();
  const events = [];
  for (let version = 2; version <= 6; version++) {
    const event = { ...raisedEvent(issue), version };
    events.push(event.id);
    await store.issues.save(issue.id, version - 1, { set: {}, events: [event] });
  }
  const seen: ClaimedFollowUp[] = [];
  await board.start({ first: remembering(seen), second: nothing }).drain();
  expect(seen.map((work) => work.event.id).slice(1)).toEqual(events);
  expect(await store.outbox.state(board.clock.now)).toEqual({ waiting: 0, parked: 0 });
});

it("Starts at once when it is woken", async () => {
  let told: () => void = () => {};
  const done = new Promise<void>((resolve) => {
    told = resolve;
  });
  const runner = board.start({ first: oneByOne(async () => told()), second: nothing });
  await runner.drain();
  await raise();
  runner.wake();
  await done;
});

it("One follow-up that hangs does not hold up the others", async () => {
  const done: ClaimedFollowUp[] = [];
  let release: () => void = () => {};
  const hanging = new Promise<void>((resolve) => {
    release = resolve;
  });
  const issues = await Promise.all(Array.from({ length: 10 }, raise));
  const all = new Promise<void>((resolve) => {
    const first = oneByOne(() => hanging);
    const second = remembering(done, async () => {
      if (done.length === issues.length - 1) resolve();
    });
    board.start({ first, second });
  });
  await all;
  release();
});

it("Tries again with growing delays, and parks what failed twenty times", async () => {
  await raise();
  const triedAt: number[] = [];
  const failing = oneByOne(async () => {
    triedAt.push(board.clock.now.getTime());
    throw new TypeError("a text somebody wrote");
  });
  const runner = board.start({ first: failing, second: nothing });
  await runner.drain();
  for (let i = 0; triedAt.length < maxTries && i < 10_000; i++) {
    board.pass(1 + triedAt.length * triedAt.length);
    await runner.drain();
  }
  const delays = triedAt.slice(1).map((at, index) => at - (triedAt[index] ?? 0));
  expect(delays[0]).toBeGreaterThanOrEqual(1_000);
  expect(delays.at(-1)).toBeGreaterThanOrEqual(15 * 60_000);
  board.pass(86_400);
  await runner.drain();
  expect(triedAt).toHaveLength(maxTries);
  expect(await store.outbox.state(board.clock.now)).toEqual({ waiting: 0, parked: 1 });
  expect(board.faults).toHaveLength(maxTries);
  const stored = await store.connection.collection("issues").findOne({});
  expect(stored?.outbox.pending[0].left[0].why).toBe("TypeError");
});

it("A follow-up nobody knows is tried later: another release may know it", async () => {
  await raise();
  await board.start({ first: nothing }).drain();
  expect(await store.outbox.state(board.clock.now)).toMatchObject({ waiting: 1, parked: 0 });
  board.pass(10);
  await board.start({ first: nothing, second: nothing }).drain();
  expect(await store.outbox.state(board.clock.now)).toEqual({ waiting: 0, parked: 0 });
});

it("Gives back what it has not begun when it is stopped, so that the next worker need not wait", async () => {
  await Promise.all(Array.from({ length: 12 }, raise));
  let release: () => void = () => {};
  const hanging = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun: () => void = () => {};
  const someBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const slow = oneByOne(() => {
    begun();
    return hanging;
  });
  const runner = board.start({ first: slow, second: nothing });
  await someBegun;
  const stopped = runner.stop();
  release();
  await stopped;
  await board.start({ first: nothing, second: nothing }).drain();
  expect(await store.outbox.state(board.clock.now)).toEqual({ waiting: 0, parked: 0 });
});

it("Several workers share the work, and each follow-up is done once", async () => {
  const issues = await Promise.all(Array.from({ length: 30 }, raise));
  const seen: ClaimedFollowUp[] = [];
  const workers = [1, 2, 3].map(() => board.start({ first: remembering(seen), second: nothing }));
  await Promise.all(workers.map((worker) => worker.drain()));
  await Promise.all(workers.map((worker) => worker.drain()));
  expect(seen).toHaveLength(issues.length);
  expect(new Set(seen.map((work) => work.issue)).size).toBe(issues.length);
});
