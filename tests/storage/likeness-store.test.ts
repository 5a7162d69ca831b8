import { afterAll, beforeAll, expect, it } from "vitest";
import type { Issue } from "../../app/domain/issue";
import { type Judgement, pairOf } from "../../app/domain/likeness";
import { author, buildIssue } from "../support/issues";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

function judged(one: string, other: string, person: string, over: Partial<Judgement> = {}): Judgement {
  return {
    issues: pairOf(one, other),
    by: author(person),
    verdict: "different",
    shown: { score: 0.71, encoder: "words-1" },
    decides: [],
    at: testDay,
    ...over,
  };
}

it("16.1 keeps one judgement for a pair and person, the last, and forgets one taken back", async () => {
  await store.likeness.put(judged("A", "B", "P1-gp"));
  const later = judged("B", "A", "P1-gp", { verdict: "same", at: new Date(testDay.getTime() + 1_000) });
  const { shown: _, ...withoutScore } = later;
  await store.likeness.put(withoutScore);
  expect(await store.likeness.countingOn("A", "P1-gp")).toEqual([withoutScore]);
  await store.likeness.withdraw(pairOf("B", "A"), "P1-gp");
  expect(await store.likeness.countingOn("A", "P1-gp")).toEqual([]);
});

it("16.3 gives for a thread one's own judgements and those that count for all there, the newest first", async () => {
  const own = judged("C", "D", "P1-gp");
  const deciding = judged("C", "E", "T1-interface-lead", { decides: ["C"], at: new Date(testDay.getTime() + 1_000) });
  const elsewhere = judged("C", "F", "T2-interface-lead", { decides: ["F"] });
  for (const each of [own, deciding, elsewhere, judged("C", "G", "P2-gp")]) await store.likeness.put(each);
  expect(await store.likeness.countingOn("C", "P1-gp")).toEqual([deciding, own]);
});

it("gives every judgement in batches, for calibration", async () => {
  const all: Judgement[] = [];
  for await (const batch of store.likeness.every(2)) {
    expect(batch.length).toBeLessThanOrEqual(2);
    all.push(...batch);
  }
  expect(all.map(({ issues }) => issues.join(""))).toEqual(["CD", "CE", "CF", "CG"]);
});

it("16.7 names an original, and lists duplicates, only to those who may know of them", async () => {
  const original = buildIssue({ visibility: "organisations", about: { organisation: "T1" } });
  const linked = { duplicateOf: { issue: original.id, by: author("T1-interface-lead"), at: testDay } };
  const open = buildIssue({ ...linked, raisedBy: author("P3-gp"), raisedFor: "P3" });
  const named = buildIssue({ ...linked, visibility: "people", namedPeople: ["guest"] });
  await store.issues.insertMany([original, open, named]);
  const as = (person: string) => actorOf(store.knownPeople, person);
  const seen = async (person: string, issue: Issue) => (await store.issues.summaries(as(person), [issue.id]))[0];
  const listed = async (person: string) =>
    (await store.issues.duplicates(as(person), original.id, 10)).map((each) => each.id);

  expect((await seen("P1-gp", open))?.original).toEqual({ id: original.id, reference: original.reference });
  expect(await seen("P3-gp", open)).toMatchObject({ id: open.id });
  expect(await seen("P3-gp", open)).not.toHaveProperty("original");
  const facet = { kind: "organisation", organisation: "P3" } as const;
  const page = await store.issues.page(as("P3-gp"), { facet, states: ["new"], limit: 10, order: "due" });
  expect(page.items.map((each) => [each.id, each.original])).toEqual([[open.id, undefined]]);
  expect(await seen("guest", named)).not.toHaveProperty("original");
  expect(await listed("P1-gp")).toEqual([open.id]);
  expect(await listed("guest")).toEqual([named.id]);
  expect((await store.issues.duplicateIds(original.id, 10)).sort()).toEqual([open.id, named.id].sort());
});
