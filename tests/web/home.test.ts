import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNamed } from "../../app/routes/_index/read-named";
import { readQueue } from "../../app/routes/_index/read-queue";
import { createBoardReader } from "../../search/board-reader";
import { shippedThresholds } from "../../search/likeness-score";
import { nearInMemory } from "../../search/near-in-memory";
import { buildIssue } from "../support/issues";
import { openTestIndex, type TestIndex } from "../support/search";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
let search: TestIndex;
let board: Parameters<typeof readQueue>[0];

beforeAll(async () => {
  store = await openTestStore();
  const now = () => testDay;
  search = await openTestIndex({ directory: store.knownPeople });
  const reader = createBoardReader({
    issues: store.issues,
    index: search.index,
    vectors: search.issueVectors,
    memory: nearInMemory({ every: async function* () {} }),
    directory: store.knownPeople,
    thresholds: () => shippedThresholds,
    now,
    referencePrefix: "CT",
  });
  board = { issues: store.issues, directory: store.knownPeople, reader, now };
});
afterAll(async () => {
  await search.drop();
  await store.drop();
});

const fresh = async (person: string, wholeOrganisation: boolean) =>
  (await readQueue(board, actorOf(store.knownPeople, person), wholeOrganisation)).counts.fresh;

describe("The home page", () => {
  const toPractice = { about: { organisation: "P1" }, raisedFor: "T1" };
  const owner = { post: "P1:practice-manager", organisation: "P1", since: testDay, why: "" };

  it("counts as new what one's side has to triage, never what it raised, however many those are", async () => {
    await store.issues.insertMany(Array.from({ length: 3 }, () => buildIssue()));
    await store.issues.insertMany([buildIssue({ ...toPractice, owner, followers: ["P1-practice-manager"] })]);
    const counts = () =>
      Promise.all([
        fresh("P1-gp", false),
        fresh("P1-practice-manager", false),
        fresh("P1-gp", true),
        fresh("T1-interface-lead", false),
        fresh("T1-clinician", true),
      ]);
    expect(await counts()).toEqual([0, 1, 1, 3, 3]);
    await store.issues.insertMany(Array.from({ length: 30 }, () => buildIssue()));
    expect(await counts()).toEqual([0, 1, 1, 33, 33]);
  });

  it("lists for a guest each issue they were added to, in every state, and nothing else", async () => {
    const added = { namedPeople: ["guest"], followers: ["guest"] };
    const late = { kind: "resolve", dueAt: new Date(testDay.getTime() - 86_400_000) } as const;
    const open = buildIssue({ ...added, clock: late, changedAt: new Date(testDay.getTime() + 1) });
    const declined = buildIssue({ ...added, state: "declined", visibility: "people" });
    await store.issues.insertMany([open, declined]);
    const { issues, more } = await readNamed(board, actorOf(store.knownPeople, "guest"));
    expect(issues.map((each) => each.id)).toEqual([open.id, declined.id]);
    expect(more).toBe(false);
  });
});
