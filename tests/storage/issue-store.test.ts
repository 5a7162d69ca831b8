import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { author, buildIssue, newId, raisedEvent } from "../support/issues";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

async function insertIssue(over: Parameters<typeof buildIssue>[0] = {}) {
  const issue = buildIssue(over);
  expect(await store.issues.insert(issue, [])).toBe("inserted");
  return issue;
}

describe("Storing an issue", () => {
  it("gives back exactly what was stored, without what only storage needs", async () => {
    const issue = buildIssue({
      history: [],
      joined: [],
      declared: [{ span: "943 476 5919", reason: "a test number" }],
    });
    const event = raisedEvent(issue);
    await store.issues.insert({ ...issue, history: [event] }, [event]);
    expect(await store.issues.unfiltered(issue.id)).toEqual({ ...issue, history: [event] });
  });

  it("says when the reference is taken, and stores nothing", async () => {
    const first = await insertIssue();
    const second = buildIssue({ reference: first.reference });
    expect(await store.issues.insert(second, [])).toBe("reference-taken");
    expect(await store.issues.unfiltered(second.id)).toBeNull();
  });

  it("says when the same issue is sent twice, and keeps the first", async () => {
    const first = await insertIssue();
    const again = buildIssue({ id: first.id, title: "Sent again" });
    expect(await store.issues.insert(again, [])).toBe("already-stored");
    expect((await store.issues.unfiltered(first.id))?.title).toBe(first.title);
  });
});

describe("Reading an issue for somebody", () => {
  it("looks the same when it is forbidden and when it is missing", async () => {
    const issue = await insertIssue({ visibility: "organisations" });
    const outsider = actorOf(store.knownPeople, "P4-gp");
    expect(await store.issues.byReference(outsider, issue.reference)).toBeNull();
    expect(await store.issues.byReference(outsider, "CT-ZZZZZ")).toBeNull();
    expect(await store.issues.byId(outsider, issue.id)).toBeNull();
    expect(await store.issues.summaries(outsider, [issue.id])).toEqual([]);
    const insider = actorOf(store.knownPeople, "T1-clinician");
    expect((await store.issues.byReference(insider, issue.reference))?.id).toBe(issue.id);
    expect((await store.issues.byId(insider, issue.id))?.id).toBe(issue.id);
  });

  it("lets a guest read only what they are named on", async () => {
    const guest = actorOf(store.knownPeople, "guest");
    const open = await insertIssue();
    const named = await insertIssue({ visibility: "people", namedPeople: ["guest"] });
    expect(await store.issues.byId(guest, open.id)).toBeNull();
    expect((await store.issues.byId(guest, named.id))?.id).toBe(named.id);
  });

  it("gives cards in the order asked, with who is affected and without long texts", async () => {
    const one = await insertIssue({
      joined: [{ id: newId(), by: author("P2-gp"), organisation: "P2", context: "Here too", at: testDay }],
    });
    const two = await insertIssue();
    const actor = actorOf(store.knownPeople, "P3-gp");
    const cards = await store.issues.summaries(actor, [two.id, "missing", one.id]);
    expect(cards.map((card) => card.id)).toEqual([two.id, one.id]);
    expect(cards[1]?.affected).toEqual(["P1", "P2"]);
    expect(cards[1]).not.toHaveProperty("body");
    expect(cards[1]).not.toHaveProperty("joined");
  });
});

describe("Changing an issue", () => {
  it("applies a change decided on this version, once", async () => {
    const issue = await insertIssue();
    const change = { set: { state: "accepted" as const, changedAt: testDay }, events: [] };
    const results = await Promise.all([1, 2, 3, 4].map(() => store.issues.save(issue.id, 1, change)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await store.issues.unfiltered(issue.id)).toMatchObject({ version: 2, state: "accepted" });
    expect(await store.issues.save(issue.id, 1, change)).toBe(false);
    expect(await store.issues.save("missing", 1, change)).toBe(false);
  });

  it("adds the events to the history and takes away what is unset", async () => {
    const issue = await insertIssue();
    const event = { ...raisedEvent(issue), version: 2 };
    await store.issues.save(issue.id, 1, {
      set: { state: "resolved", closedAt: testDay },
      unset: ["clock"],
      events: [event],
    });
    const saved = await store.issues.unfiltered(issue.id);
    expect(saved?.history).toEqual([event]);
    expect(saved).not.toHaveProperty("clock");
  });

  it("moves it to where it is now listed, and to those who may now read it", async () => {
    const issue = await insertIssue({ visibility: "organisations" });
    const newOwner = actorOf(store.knownPeople, "T2-clinician");
    const listed = () =>
      store.issues.page(newOwner, {
        facet: { kind: "organisation", organisation: "T2" },
        states: ["new", "accepted"],
        limit: 50,
        order: "latest",
      });
    expect((await listed()).items.map((each) => each.id)).not.toContain(issue.id);
    await store.issues.save(issue.id, 1, {
      set: { owner: { post: "T2:interface-lead", organisation: "T2", since: testDay, why: "because it was sent on" } },
      events: [],
    });
    expect((await listed()).items.map((each) => each.id)).toContain(issue.id);
    expect((await store.issues.byId(newOwner, issue.id))?.audience).toContain("org:T2");
  });

  it("leaves the undelivered events to the runner, whoever writes first", async () => {
    const issue = buildIssue();
    await store.issues.insert(issue, [raisedEvent(issue)]);
    const far = new Date(testDay.getTime() + 3_600_000);
    const claimed = (await store.outbox.claim("worker", testDay, far, 50)).filter((each) => each.issue === issue.id);
    const saves = claimed.map((_, index) =>
      store.issues.save(issue.id, index + 1, { set: {}, events: [raisedEvent(issue)] }),
    );
    await Promise.all([...claimed.map((each) => store.outbox.finish(each, "worker")), ...saves]);
    const again = (await store.outbox.claim("worker", far, far, 200)).filter((each) => each.issue === issue.id);
    expect(again.map((each) => each.followUp)).toContain("record");
    expect(again.map((each) => each.event.id)).not.toContain(claimed[0]?.event.id);
  });

  it("works the derived fields out anew when it is asked to", async () => {
    const issue = await insertIssue({ state: "declined" });
    const collection = store.connection.collection<{ _id: string }>("issues");
    await collection.updateOne({ _id: issue.id }, { $set: { boardKeys: [], boardOrder: 0 } });
    await store.issues.rederive([issue.id, "missing"]);
    const page = await store.issues.page(actorOf(store.knownPeople, "P3-gp"), {
      facet: { kind: "all" },
      states: ["declined"],
      limit: 20,
      order: "due",
    });
    expect(page.items.map((each) => each.id)).toContain(issue.id);
  });
});

it("Walks through every issue in batches, each once", async () => {
  const all: string[] = [];
  for await (const batch of store.issues.everyIssue(4)) all.push(...batch.map((issue) => issue.id));
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBe(await store.connection.collection("issues").countDocuments({}));
});
