import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { boardQuerySchema, countLimit, pageSize } from "../../app/domain/board-query";
import { type Issue, issueStates } from "../../app/domain/issue";
import type { Actor } from "../../app/domain/person";
import { explainAll, watched } from "../support/explain";
import { author, buildIssue, newId, seeded } from "../support/issues";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

/** No request looks at more than this, however many issues there are. */
const mostKeys = 2_000;

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore({ uri: watched(inject("storeUri")), now: () => testDay });
  const issues = Array.from({ length: 3_600 }, (_, index) => issueNumber(index));
  for (let start = 0; start < issues.length; start += 600)
    await store.issues.insertMany(issues.slice(start, start + 600));
}, 120_000);
afterAll(() => store.drop());

const random = seeded(7);

/** Mostly new issues of one organisation in one Place, so that every facet is a crowded one. */
function issueNumber(index: number): Issue {
  const state = index % 10 < 6 ? "new" : random.pick(issueStates);
  const raiser = random.pick(["P1-gp", "P1-gp", "P3-gp"]);
  const at = new Date(testDay.getTime() - random.below(200) * 3_600_000);
  return buildIssue({
    state,
    raisedBy: author(raiser),
    raisedFor: raiser.slice(0, 2),
    raisedAt: at,
    changedAt: at,
    clock: { kind: "acknowledge", dueAt: new Date(testDay.getTime() + (random.below(30) - 15) * 86_400_000) },
    category: random.pick(["DIS.1", "DIS.1", "MED.3"]),
    followers: ["P1-gp", "T1-interface-lead"],
    namedPeople: index % 3 === 0 ? ["P1-gp", "guest"] : [],
    joined: index % 5 === 0 ? [{ id: newId(), by: author("P2-gp"), organisation: "P2", context: "Here too", at }] : [],
  });
}

const facets = [
  { kind: "all" },
  { kind: "mine" },
  { kind: "organisation", organisation: "T1" },
  { kind: "place", place: "wirral" },
  { kind: "category", category: "DIS" },
  { kind: "organisation-and-category", organisation: "T1", category: "DIS" },
] as const;

async function keysExamined(work: () => Promise<unknown>): Promise<number> {
  const explained = await explainAll(store, work);
  expect(explained.length).toBeGreaterThan(0);
  for (const each of explained) {
    expect(each.stages).not.toContain("COLLSCAN");
    expect(each.stages).not.toContain("SORT");
  }
  return explained.reduce((sum, each) => sum + each.keys, 0);
}

/** The second page too: it is the one with a cursor. */
async function twoPages(actor: Actor, request: Omit<Parameters<TestStore["issues"]["page"]>[1], "limit" | "cursor">) {
  const first = await keysExamined(() => store.issues.page(actor, { ...request, limit: pageSize }));
  const { next } = await store.issues.page(actor, { ...request, limit: pageSize });
  if (!next) return first;
  const second = await keysExamined(() => store.issues.page(actor, { ...request, limit: pageSize, cursor: next }));
  return Math.max(first, second);
}

it.each(["P1-gp", "T1-interface-lead", "two-hats", "guest"])(
  "No page and no count looks at more than 2,000 keys, for %s",
  async (person) => {
    const actor = actorOf(store.knownPeople, person);
    for (const facet of facets) {
      const where = `${person}, ${facet.kind}`;
      expect(await twoPages(actor, { facet, states: ["new"], order: "due" }), where).toBeLessThanOrEqual(mostKeys);
      expect(await twoPages(actor, { facet, states: ["resolved"], order: "due" }), where).toBeLessThanOrEqual(mostKeys);
      expect(await twoPages(actor, { facet, states: issueStates, order: "latest" }), where).toBeLessThanOrEqual(
        mostKeys,
      );
      expect(await twoPages(actor, { facet, states: ["declined"], order: "latest" }), where).toBeLessThanOrEqual(
        mostKeys,
      );
      expect(
        await twoPages(actor, { facet, states: ["new"], order: "due", overdueAt: testDay }),
        where,
      ).toBeLessThanOrEqual(mostKeys);
      const counted = () => store.issues.count(actor, facet, ["new"], countLimit);
      expect(await keysExamined(counted), where).toBeLessThanOrEqual(mostKeys);
      const overdue = () => store.issues.count(actor, facet, ["new", "accepted"], countLimit, testDay);
      expect(await keysExamined(overdue), where).toBeLessThanOrEqual(mostKeys);
    }
  },
  120_000,
);

it("A narrowed list, a thread and the waiting work keep to it as well", async () => {
  const actor = actorOf(store.knownPeople, "P1-gp");
  const query = boardQuerySchema.parse({ trust: "T1", place: "wirral", text: "late" });
  const narrowed = await explainAll(store, () => store.issues.narrowed(actor, query, ["new"], 400));
  expect(narrowed.reduce((sum, each) => sum + each.keys, 0)).toBeLessThanOrEqual(mostKeys);
  expect(narrowed.flatMap((each) => each.stages)).not.toContain("COLLSCAN");
  expect(await keysExamined(() => store.issues.silentOffers(testDay, 100))).toBeLessThanOrEqual(mostKeys);
  expect(await keysExamined(() => store.outbox.claim("worker", testDay, testDay, 32))).toBeLessThanOrEqual(mostKeys);
  expect(await keysExamined(() => store.outbox.state(testDay))).toBeLessThanOrEqual(mostKeys);
  expect(await keysExamined(() => store.outbox.parked(20))).toBeLessThanOrEqual(mostKeys);
  expect(await keysExamined(() => store.notices.page("P1-gp", { limit: 20 }))).toBeLessThanOrEqual(mostKeys);
  expect(await keysExamined(() => store.notices.unread("P1-gp", 99))).toBeLessThanOrEqual(mostKeys);
  const [issue] = (await store.issues.page(actor, { facet: { kind: "all" }, states: ["new"], order: "due", limit: 1 }))
    .items;
  const whole = issue && (await store.issues.byId(actor, issue.id));
  if (!whole) throw new Error("no issue to look at");
  expect(await keysExamined(() => store.replies.ofIssue(actor, whole))).toBeLessThanOrEqual(mostKeys);
  expect(await keysExamined(() => store.issues.byReference(actor, whole.reference))).toBeLessThanOrEqual(2);
});
