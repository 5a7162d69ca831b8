import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { IssueEvent } from "../../app/domain/event";
import type { ClaimedFollowUp } from "../../app/domain/ports";
import type { FollowUpPlan } from "../../app/storage/outbox-state";
import { buildIssue, buildReply, newId, raisedEvent } from "../support/issues";
import { testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

const plan: FollowUpPlan = { of: () => ["record", "index", "tell"], coalesced: new Set(["index"]) };
const later = (seconds: number) => new Date(testDay.getTime() + seconds * 1_000);

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore({ plan });
});
beforeEach(async () => {
  for (const name of ["issues", "replies"]) await store.connection.collection(name).deleteMany({});
});
afterAll(() => store.drop());

async function raised() {
  const issue = buildIssue();
  const event = raisedEvent(issue);
  await store.issues.insert(issue, [event]);
  return { issue, event };
}

async function happensAgain(id: string, version: number): Promise<IssueEvent> {
  const event = { ...raisedEvent(buildIssue(), later(version)), version };
  expect(await store.issues.save(id, version - 1, { set: {}, events: [event] })).toBe(true);
  return event;
}

const claim = (worker = "one", at = 100, lease = 60) => store.outbox.claim(worker, later(at), later(at + lease), 50);
const names = (claimed: readonly ClaimedFollowUp[]) => claimed.map((each) => each.followUp).sort();
const named = (claimed: readonly ClaimedFollowUp[], name: string): ClaimedFollowUp => {
  const found = claimed.find((each) => each.followUp === name);
  if (!found) throw new Error(`${name} was not claimed`);
  return found;
};

describe("Claiming", () => {
  it("gives every follow-up of a new event, and gives it to one worker only", async () => {
    const { issue, event } = await raised();
    const both = await Promise.all([claim("one"), claim("two")]);
    expect(names(both.flat())).toEqual(["index", "record", "tell"]);
    expect(both.flat()[0]).toMatchObject({
      event,
      issue: issue.id,
      carrier: { collection: "issues", id: issue.id },
      tries: 1,
    });
    expect(await claim("three")).toEqual([]);
  });

  it("gives a reply's follow-ups with the issue it belongs to", async () => {
    const reply = buildReply({ id: "issue-1" });
    await store.replies.insert(reply, [
      { type: "reply-posted", id: newId(), at: testDay, by: reply.by, reply: reply.id },
    ]);
    const claimed = await claim();
    expect(names(claimed)).toEqual(["index", "record", "tell"]);
    expect(claimed[0]).toMatchObject({ issue: "issue-1", carrier: { collection: "replies", id: reply.id } });
    for (const each of claimed) await store.outbox.finish(each, "one");
    expect(await store.outbox.state(testDay)).toEqual({ waiting: 0, parked: 0 });
  });

  it("keeps the order of a document's events for each follow-up", async () => {
    const { issue, event } = await raised();
    const second = await happensAgain(issue.id, 2);
    const first = await claim();
    expect(named(first, "record").event).toEqual(event);
    expect(names(first)).toEqual(["index", "record", "tell"]);
    await store.outbox.finish(named(first, "record"), "one");
    const next = await claim();
    expect(names(next)).toEqual(["record"]);
    expect(named(next, "record").event).toEqual(second);
  });

  it("takes only the newest event where the follow-up looks at how things are now", async () => {
    const { issue } = await raised();
    await happensAgain(issue.id, 2);
    const third = await happensAgain(issue.id, 3);
    const first = named(await claim(), "index");
    expect(first.event).toEqual(third);
    const fourth = await happensAgain(issue.id, 4);
    expect(names(await claim("two"))).toEqual([]);
    await store.outbox.finish(first, "one");
    expect(named(await claim("two"), "index").event).toEqual(fourth);
  });

  it("lets a crashed worker's lease run out, and does not listen to it afterwards", async () => {
    await raised();
    const lost = await claim("dead", 100, 60);
    expect(await claim("two", 159)).toEqual([]);
    const again = await claim("two", 160);
    expect(names(again)).toEqual(["index", "record", "tell"]);
    expect(again.map((each) => each.tries)).toEqual([2, 2, 2]);
    for (const each of lost) await store.outbox.finish(each, "dead");
    expect((await store.outbox.state(testDay)).waiting).toBe(1);
    for (const each of again) await store.outbox.finish(each, "two");
    expect((await store.outbox.state(testDay)).waiting).toBe(0);
  });

  it("shares many documents among workers without giving any of them twice", async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => raised()));
    const claimed: ClaimedFollowUp[] = [];
    const work = async (worker: string) => {
      for (;;) {
        const got = await store.outbox.claim(worker, later(100), later(900), 4);
        if (got.length === 0) return;
        claimed.push(...got);
      }
    };
    await Promise.all(["one", "two", "three"].map(work));
    const unique = new Set(claimed.map((each) => `${each.event.id} ${each.followUp}`));
    expect(claimed).toHaveLength(all.length * 3);
    expect(unique.size).toBe(all.length * 3);
  });
});

describe("Failing", () => {
  it("waits until it is time, holds up only its own follow-up, and never another one", async () => {
    const { issue, event } = await raised();
    const first = await claim();
    await store.outbox.fail(named(first, "tell"), "one", later(500), "Error");
    await store.outbox.finish(named(first, "record"), "one");
    await store.outbox.finish(named(first, "index"), "one");
    await happensAgain(issue.id, 2);
    const meanwhile = await claim("one", 200);
    expect(names(meanwhile)).toEqual(["index", "record"]);
    for (const each of meanwhile) await store.outbox.finish(each, "one");
    const retried = await claim("one", 500);
    expect(names(retried)).toEqual(["tell"]);
    expect(named(retried, "tell")).toMatchObject({ event, tries: 2 });
  });

  it("is parked and shown, lets later events pass, and is done once somebody puts it back", async () => {
    const { issue } = await raised();
    const first = await claim();
    await store.outbox.fail(named(first, "tell"), "one", undefined, "Error");
    await store.outbox.finish(named(first, "record"), "one");
    await store.outbox.finish(named(first, "index"), "one");
    expect(await store.outbox.state(testDay)).toEqual({ waiting: 0, parked: 1 });
    const second = await happensAgain(issue.id, 2);
    const next = await claim();
    expect(named(next, "tell").event).toEqual(second);
    for (const each of next) await store.outbox.finish(each, "one");
    const [parked] = await store.outbox.parked(10);
    expect(parked).toMatchObject({ followUp: "tell", issue: issue.id });
    if (!parked) throw new Error("nothing parked");
    await store.outbox.unpark(parked);
    await store.outbox.unpark(parked);
    const again = await claim();
    expect(named(again, "tell")).toMatchObject({ event: parked.event, tries: 1 });
    await store.outbox.finish(named(again, "tell"), "one");
    expect(await store.outbox.state(testDay)).toEqual({ waiting: 0, parked: 0 });
  });
});

it("An event leaves its document when its last follow-up is done, and then nothing of it is left to find", async () => {
  const { issue } = await raised();
  for (const each of await claim()) await store.outbox.finish(each, "one");
  const stored = await store.connection
    .collection<{ _id: string; outbox: unknown }>("issues")
    .findOne({ _id: issue.id });
  expect(stored?.outbox).toEqual({ rev: expect.any(Number), pending: [] });
});

it("The state names what waits and since when", async () => {
  await raised();
  const { issue } = await raised();
  await happensAgain(issue.id, 2);
  expect(await store.outbox.state(testDay)).toEqual({ waiting: 2, parked: 0, oldestAt: testDay });
});
