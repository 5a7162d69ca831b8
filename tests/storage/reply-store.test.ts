import { afterAll, beforeAll, expect, it } from "vitest";
import { buildIssue, buildReply } from "../support/issues";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

it("The same reply sent twice is kept once", async () => {
  const reply = buildReply({ id: "issue-1" });
  expect(await store.replies.insert(reply, [])).toBe("inserted");
  expect(await store.replies.insert({ ...reply, text: "Sent again" }, [])).toBe("already-stored");
  expect(await store.replies.unfiltered(reply.id)).toEqual(reply);
  expect(await store.replies.unfiltered("missing")).toBeNull();
});

it("An internal note is read in its own organisation only, and never goes to the index", async () => {
  const issue = buildIssue();
  const shared = buildReply(issue);
  const internal = buildReply(issue, { audience: { kind: "organisation", organisation: "T1" }, text: "Between us" });
  await store.replies.insertMany([shared, internal]);
  const read = async (person: string) => (await store.replies.ofIssue(actorOf(store.knownPeople, person), issue)).items;
  expect(await read("T1-clinician")).toEqual([shared, internal]);
  expect(await read("P1-gp")).toEqual([shared]);
  expect(await store.replies.sharedOf(issue.id)).toEqual([shared]);
});

it("A long thread is read backwards a page at a time, each reply once, however many share a moment", async () => {
  const issue = buildIssue();
  const replies = Array.from({ length: 23 }, (_, index) =>
    buildReply(issue, { at: new Date(testDay.getTime() + Math.floor(index / 6) * 1_000), text: `Reply ${index}` }),
  );
  await store.replies.insertMany(replies);
  const actor = actorOf(store.knownPeople, "P1-gp");
  const pages: string[][] = [];
  let before: string | undefined;
  do {
    const page = await store.replies.ofIssue(actor, issue, { limit: 5, ...(before ? { before } : {}) });
    pages.unshift(page.items.map((reply) => reply.text));
    before = page.next;
  } while (before);
  expect(pages.flat()).toEqual(replies.map((reply) => reply.text));
  expect(pages).toHaveLength(5);
});
