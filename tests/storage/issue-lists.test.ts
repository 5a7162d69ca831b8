import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boardQuerySchema } from "../../app/domain/board-query";
import type { Issue, IssueState } from "../../app/domain/issue";
import type { BoardPageRequest, IssueSummary } from "../../app/domain/ports";
import { author, buildIssue } from "../support/issues";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
let issues: Issue[];
const day = 86_400_000;

/** Sixty issues whose due times come in level groups of ten, over three states. */
beforeAll(async () => {
  store = await openTestStore({ now: () => testDay });
  issues = Array.from({ length: 60 }, (_, index) => {
    const state = (["new", "accepted", "resolved"] as const)[index % 3] ?? "new";
    const at = new Date(testDay.getTime() - (index % 7) * day);
    return buildIssue({
      state,
      raisedAt: at,
      changedAt: at,
      clock: { kind: "acknowledge", dueAt: new Date(testDay.getTime() + (Math.floor(index / 10) - 3) * day) },
      ...(state === "resolved" ? { closedAt: at } : {}),
      ...(index % 4 === 0 ? { category: "MED.3", about: { organisation: "T2" } } : {}),
      ...(index % 5 === 0 ? { raisedBy: author("P3-gp"), raisedFor: "P3", followers: ["P3-gp"] } : {}),
      title: index === 17 ? "Ward (7) closes at 10% + vat" : `Issue number ${index}`,
    });
  });
  await store.issues.insertMany(issues);
});
afterAll(() => store.drop());

const actor = () => actorOf(store.knownPeople, "P1-gp");
const ids = (items: readonly { id: string }[]) => items.map((each) => each.id);

async function walk(request: Omit<BoardPageRequest, "cursor" | "limit">, limit: number): Promise<IssueSummary[]> {
  const all: IssueSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.issues.page(actor(), { ...request, limit, ...(cursor ? { cursor } : {}) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return all;
}

function expected(
  states: readonly IssueState[],
  order: "due" | "latest",
  keep: (issue: Issue) => boolean = () => true,
) {
  const compare = (a: string, b: string) => (a < b ? -1 : 1);
  return issues
    .filter((issue) => states.includes(issue.state) && keep(issue))
    .sort((a, b) =>
      order === "due"
        ? (a.clock?.dueAt.getTime() ?? 0) - (b.clock?.dueAt.getTime() ?? 0) || compare(a.id, b.id)
        : b.changedAt.getTime() - a.changedAt.getTime() || compare(b.id, a.id),
    )
    .map((issue) => issue.id);
}

describe("A page of the board", () => {
  it.each([1, 3, 7, 20, 100])("walks through a column by what is due, %i at a time, each issue once", async (limit) => {
    const found = await walk({ facet: { kind: "all" }, states: ["new"], order: "due" }, limit);
    expect(ids(found)).toEqual(expected(["new"], "due"));
  });

  it.each([1, 4, 50])("walks through the table by last change, %i at a time, each issue once", async (limit) => {
    const states = ["new", "accepted", "resolved"] as const;
    const found = await walk({ facet: { kind: "all" }, states, order: "latest" }, limit);
    expect(ids(found)).toEqual(expected(states, "latest"));
  });

  it("puts closed issues last closed first", async () => {
    const found = await walk({ facet: { kind: "all" }, states: ["resolved"], order: "due" }, 6);
    const closed = found.map((each) => each.closedAt?.getTime() ?? 0);
    expect(closed).toEqual([...closed].sort((a, b) => b - a));
    expect(found).toHaveLength(20);
  });

  it("lists only what is under the facet", async () => {
    const organisation = await walk(
      { facet: { kind: "organisation", organisation: "T2" }, states: ["new"], order: "due" },
      5,
    );
    expect(ids(organisation)).toEqual(expected(["new"], "due", (issue) => issue.about.organisation === "T2"));
    const place = await walk({ facet: { kind: "place", place: "liverpool" }, states: ["new"], order: "due" }, 5);
    expect(ids(place)).toEqual(expected(["new"], "due", (issue) => issue.raisedFor === "P3"));
    const group = await walk({ facet: { kind: "category", category: "MED" }, states: ["accepted"], order: "due" }, 5);
    expect(ids(group)).toEqual(expected(["accepted"], "due", (issue) => issue.category === "MED.3"));
    const mine = await walk({ facet: { kind: "mine" }, states: ["new"], order: "due" }, 5);
    expect(ids(mine)).toEqual(expected(["new"], "due", (issue) => issue.followers.includes("P1-gp")));
  });

  it("lists what is overdue, longest overdue first, and never what is closed", async () => {
    const states = ["new", "accepted", "resolved"] as const;
    const found = await walk({ facet: { kind: "all" }, states, order: "latest", overdueAt: testDay }, 4);
    expect(ids(found)).toEqual(
      expected(["new", "accepted"], "due", (issue) => (issue.clock?.dueAt ?? testDay) < testDay),
    );
    const closed = {
      facet: { kind: "all" },
      states: ["resolved"],
      order: "due",
      overdueAt: testDay,
      limit: 5,
    } as const;
    expect(await store.issues.page(actor(), closed)).toEqual({ items: [] });
  });

  it.each(["", "nonsense", "W10", Buffer.from('["a","b"]').toString("base64url"), "x".repeat(5_000)])(
    "shows the first page for a cursor it did not write (%.20s)",
    async (cursor) => {
      const request = { facet: { kind: "all" }, states: ["new"], order: "due", limit: 5 } as const;
      const first = await store.issues.page(actor(), request);
      expect(await store.issues.page(actor(), { ...request, cursor })).toEqual(first);
    },
  );
});

describe("Counting", () => {
  it("counts each issue once and stops one past the limit", async () => {
    expect(await store.issues.count(actor(), { kind: "all" }, ["new"], 500)).toBe(20);
    expect(await store.issues.count(actor(), { kind: "all" }, ["new", "accepted"], 500)).toBe(40);
    expect(await store.issues.count(actor(), { kind: "all" }, ["new"], 7)).toBe(8);
    expect(await store.issues.count(actor(), { kind: "mine" }, ["new"], 500)).toBe(
      expected(["new"], "due", (issue) => issue.followers.includes("P1-gp")).length,
    );
  });

  it("counts what is overdue among open states only", async () => {
    const overdue = expected(["new"], "due", (issue) => (issue.clock?.dueAt ?? testDay) < testDay).length;
    expect(await store.issues.count(actor(), { kind: "all" }, ["new", "resolved"], 500, testDay)).toBe(overdue);
  });
});

describe("A combination no index holds", () => {
  const query = (fields: object) => boardQuerySchema.parse(fields);

  it("is looked for among the first of the leading facet, and says when that was all", async () => {
    const asked = query({ place: "liverpool", category: "MED" });
    const both = (issue: Issue) => issue.raisedFor === "P3" && issue.category === "MED.3";
    const all = await store.issues.narrowed(actor(), asked, ["new"], 400);
    expect(ids(all.items)).toEqual(expected(["new"], "due", both));
    expect(all.sawAll).toBe(true);
    const few = await store.issues.narrowed(actor(), asked, ["new"], 2);
    expect(few.sawAll).toBe(false);
    expect(few.items.length).toBeLessThanOrEqual(2);
  });

  it("finds every word of a text wherever it stands, and takes no character for a pattern", async () => {
    const find = async (text: string) =>
      ids((await store.issues.narrowed(actor(), query({ text }), ["accepted", "resolved", "new"], 400)).items);
    expect(await find("WARD (7) 10% +")).toEqual([issues[17]?.id]);
    expect(await find(".*")).toEqual([]);
    for (const text of ["\\A", "\\Q.*", "\ud83d\ude00-/", "C++ (?>", "[[:alpha:]]", "}+"])
      expect(await find(text)).toEqual([]);
    expect(await find("WARD\0(7) \0")).toEqual([issues[17]?.id]);
    expect(await find(issues[3]?.reference ?? "")).toEqual([issues[3]?.id]);
  });
});

it("Finds offers whose answer was due, oldest first", async () => {
  const offered = [3, 1, 2].map((daysAgo) =>
    buildIssue({
      state: "outcome-offered",
      clock: { kind: "answer-outcome", dueAt: new Date(testDay.getTime() - daysAgo * day) },
    }),
  );
  await store.issues.insertMany(offered);
  await store.issues.insertMany([
    buildIssue({
      state: "outcome-offered",
      clock: { kind: "answer-outcome", dueAt: new Date(testDay.getTime() + day) },
    }),
  ]);
  const silent = await store.issues.silentOffers(testDay, 10);
  expect(silent).toEqual([offered[0]?.id, offered[2]?.id, offered[1]?.id]);
  expect(await store.issues.silentOffers(testDay, 1)).toEqual([offered[0]?.id]);
});
