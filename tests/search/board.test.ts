import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BoardQuery, boardQuerySchema, columnStates, pageSize } from "../../app/domain/board-query";
import { type Issue, issueStates } from "../../app/domain/issue";
import type { Actor } from "../../app/domain/person";
import type { BoardReader, SearchAnswer } from "../../app/domain/ports";
import { createBoardReader } from "../../search/board-reader";
import { shippedThresholds } from "../../search/likeness-score";
import { nearInMemory, nearRow } from "../../search/near-in-memory";
import { eventually } from "../support/eventually";
import { author, buildIssue } from "../support/issues";
import { openTestIndex, type TestIndex } from "../support/search";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

/** The board through the store, through the engine and, with an engine that is not there, by basic search. */
let store: TestStore;
let search: TestIndex;
let gp: Actor;
let reader: BoardReader;
let withoutEngine: BoardReader;

const day = 86_400_000;
const issues = Array.from({ length: 60 }, (_, at) =>
  buildIssue({
    title: `${at % 2 ? "Discharge summary" : "Clinic letter"} number ${at} from ward ${at % 7}`,
    category: at % 3 ? "DIS.1" : "MED.3",
    about: { organisation: at % 4 ? "T1" : "T2" },
    owner: { post: "T1:interface-lead", organisation: at % 4 ? "T1" : "T2", since: testDay, why: "" },
    state: at % 5 === 4 ? "accepted" : "new",
    clock: { kind: "acknowledge", dueAt: new Date(testDay.getTime() + (at - 10) * day) },
    changedAt: new Date(testDay.getTime() + at * 1_000),
  }),
);
const secret = buildIssue({
  title: "Discharge summary nobody else may see",
  reference: "CT-5ECR1",
  visibility: "people",
  namedPeople: ["guest"],
});
const named = buildIssue({ title: "Something else altogether", reference: "CT-7K30X", raisedBy: author("P3-gp") });

beforeAll(async () => {
  store = await openTestStore();
  search = await openTestIndex({ directory: store.knownPeople });
  await store.issues.insertMany([...issues, secret, named]);
  await search.add(...issues, secret, named);
  gp = actorOf(store.knownPeople, "P1-gp");
  const parts = {
    issues: store.issues,
    vectors: search.issueVectors,
    memory: nearInMemory({
      async *every() {
        const corpus = await search.issueVectors.corpus();
        for (const issue of [...issues, secret, named]) {
          const [vector] = await search.issueVectors.ofIssues([issue.id]);
          if (vector) yield [nearRow(issue, vector, corpus)];
        }
      },
    }),
    directory: store.knownPeople,
    thresholds: () => shippedThresholds,
    now: () => testDay,
    referencePrefix: "CT",
  };
  reader = createBoardReader({ ...parts, index: search.index });
  const nowhere = await openTestIndex({ directory: store.knownPeople });
  await nowhere.drop();
  withoutEngine = createBoardReader({ ...parts, index: nowhere.index });
});
afterAll(async () => {
  await search.drop();
  await store.drop();
});

const query = (over: Partial<BoardQuery>): BoardQuery => boardQuerySchema.parse(over);
const idsOf = (items: readonly { id: string }[]): string[] => items.map((each) => each.id);
const due = (a: Issue, b: Issue): number => (a.clock?.dueAt.getTime() ?? 0) - (b.clock?.dueAt.getTime() ?? 0);

async function allOfColumn(over: Partial<BoardQuery>, from = reader): Promise<{ ids: string[]; by: string }> {
  const ids: string[] = [];
  let cursor: string | undefined;
  let by: string;
  do {
    const column = await from.column(gp, query(over), "new", cursor);
    ids.push(...idsOf(column.items));
    by = column.by;
    cursor = column.next;
  } while (cursor);
  return { ids, by };
}

async function allOfTable(over: Partial<BoardQuery>, from = reader): Promise<{ ids: string[]; first: SearchAnswer }> {
  const first = await from.table(gp, query({ ...over, view: "table" }), undefined);
  const ids = first.hits.map((hit) => hit.summary.id);
  for (let cursor = first.next; cursor; ) {
    const page = await from.table(gp, query({ ...over, view: "table" }), cursor);
    ids.push(...page.hits.map((hit) => hit.summary.id));
    cursor = page.next;
  }
  return { ids, first };
}

describe("The columns of the board", () => {
  test("come from the store when one of its indexes holds the list, what is due first, with counts", async () => {
    const { columns, by } = await reader.columns(gp, query({}));
    expect(by).toBe("store");
    expect(columns.map((column) => column.state)).toEqual(columnStates);
    const expected = [...issues, named].filter((issue) => issue.state === "new").sort(due);
    expect(idsOf(columns[0]?.items ?? [])).toEqual(idsOf(expected.slice(0, pageSize)));
    expect(columns[0]?.count).toBe(expected.length);
    expect(columns[0]?.overdue).toBe(expected.filter((issue) => (issue.clock?.dueAt ?? testDay) < testDay).length);
    expect((await allOfColumn({})).ids.sort()).toEqual(idsOf(expected).sort());
  });

  test("come from the engine for a combination the store has no index for, in the same order", async () => {
    const asked = { trust: "T1", place: "wirral" };
    const expected = issues.filter((issue) => issue.state === "new" && issue.about.organisation === "T1").sort(due);
    const { columns, by } = await reader.columns(gp, query(asked));
    expect(by).toBe("engine");
    expect(idsOf(columns[0]?.items ?? [])).toEqual(idsOf(expected.slice(0, pageSize)));
    expect(columns[0]?.count).toBe(expected.length);
    expect(await allOfColumn(asked)).toEqual({ ids: idsOf(expected), by: "engine" });
  });

  test("are the same by basic search while it can look through all", async () => {
    const asked = { trust: "T1", place: "wirral" };
    const { columns, by, narrowedTo } = await withoutEngine.columns(gp, query(asked));
    const engine = await reader.columns(gp, query(asked));
    expect([by, narrowedTo]).toEqual(["basic", undefined]);
    expect(columns).toEqual(engine.columns.map((column) => ({ ...column, ...nextOf(columns, column.state) })));
    expect((await allOfColumn(asked, withoutEngine)).ids).toEqual((await allOfColumn(asked)).ids);
  });

  test("show a card in the column it is in now, though the index is a moment behind", async () => {
    const moved = issues.filter((issue) => issue.state === "new" && issue.about.organisation === "T1").sort(due)[0];
    if (!moved) throw new Error("there is no such issue");
    await store.issues.save(moved.id, 1, { set: { state: "accepted" }, events: [] });
    const { columns } = await reader.columns(gp, query({ trust: "T1", place: "wirral" }));
    expect(idsOf(columns[0]?.items ?? [])).not.toContain(moved.id);
    expect(idsOf(columns[1]?.items ?? [])).toContain(moved.id);
    await store.issues.save(moved.id, 2, { set: { state: "new" }, events: [] });
  });

  test("are one column when the query names a state", async () => {
    const { columns } = await reader.columns(gp, query({ state: "declined" }));
    expect(columns.map((column) => column.state)).toEqual(["declined"]);
  });
});

function nextOf(columns: readonly { state: string; next?: string }[], state: string): { next?: string } {
  const next = columns.find((column) => column.state === state)?.next;
  return next ? { next } : {};
}

describe("The table", () => {
  test("comes from the store, latest first, with the engine's counts beside it", async () => {
    const { ids, first } = await allOfTable({});
    expect(first.by).toBe("engine");
    expect(ids.slice(0, 3)).toEqual(idsOf(issues.slice(-3).reverse()));
    expect(ids).toHaveLength(issues.length + 1);
    expect(first.total).toBe(issues.length + 1);
    expect(first.facets.trust).toEqual({ T1: 46, T2: 15 });
    expect(Object.keys(first.facets.state).sort()).toEqual(["accepted", "new"]);
  });

  test("is searched by the engine, with marks, and pages to the end without repeating", async () => {
    const { ids, first } = await allOfTable({ text: "dischrge summary" });
    const expected = issues.filter((issue) => issue.title.startsWith("Discharge"));
    expect(first.by).toBe("engine");
    expect(first.hits[0]?.title.filter((run) => run.marked).map((run) => run.text)).toEqual(["Discharge", "summary"]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(0, expected.length).sort()).toEqual(idsOf(expected).sort());
  });

  test("without an engine looks through the store and says so", async () => {
    const { ids, first } = await allOfTable({ text: "discharge" }, withoutEngine);
    expect(first.by).toBe("basic");
    expect(ids.sort()).toEqual(idsOf(issues.filter((issue) => issue.title.startsWith("Discharge"))).sort());
    const plain = await withoutEngine.table(gp, query({ view: "table" }), undefined);
    expect([plain.by, plain.narrowedTo, plain.total]).toEqual(["basic", undefined, issues.length + 1]);
  });

  test("never shows what the viewer may not know of, by any of the three", async () => {
    const guest = actorOf(store.knownPeople, "guest");
    for (const by of [reader, withoutEngine]) {
      for (const text of ["", "nobody", "discharge", secret.reference]) {
        const asMember = await by.table(gp, query({ text, view: "table" }), undefined);
        expect(asMember.hits.map((hit) => hit.summary.id)).not.toContain(secret.id);
        const asGuest = await by.table(guest, query({ text, view: "table" }), undefined);
        expect(asGuest.hits.map((hit) => hit.summary.id)).toEqual([secret.id]);
      }
    }
  });

  test("shows nothing the store would not show now, though the index has not heard yet", async () => {
    const narrowed = buildIssue({ title: "Capybara", visibility: "people", namedPeople: ["guest"] });
    await store.issues.insertMany([narrowed]);
    await search.add({ ...narrowed, audience: ["system"] });
    const { hits } = await reader.table(gp, query({ text: "capybara", view: "table" }), undefined);
    expect(hits).toEqual([]);
  });
});

describe("A reference typed into the search box", () => {
  test.each(["CT-7K30X", "ct 7k3ox", "7k30x"])("finds its issue first: %s", async (text) => {
    for (const by of [reader, withoutEngine]) {
      const { hits } = await by.table(gp, query({ text, view: "table" }), undefined);
      expect(hits[0]?.summary.id).toBe(named.id);
      expect(hits.filter((hit) => hit.summary.id === named.id)).toHaveLength(1);
    }
  });

  test("finds nothing for whom the issue does not exist", async () => {
    const { hits } = await reader.table(gp, query({ text: secret.reference, view: "table" }), undefined);
    expect(hits.map((hit) => hit.summary.id)).not.toContain(secret.id);
  });
});

describe("Similar issues", () => {
  test("are re-read for the viewer and say whether it is likely the same", async () => {
    const similar = await reader.similar(
      gp,
      {
        title: "Discharge summary number 7 from ward 0",
        text: "Three summaries this month came after the first appointment.",
      },
      3,
    );
    expect(similar?.[0]?.likelySame).toBe(true);
    expect(issueStates).toContain(similar?.[0]?.summary.state);
  });

  test("of an issue the viewer may not know of are none", async () => {
    expect(await reader.similar(gp, { issue: secret.id }, 5)).toEqual([]);
    expect(await reader.similar(gp, { issue: secret.reference }, 5)).toEqual([]);
    expect((await reader.similar(gp, { issue: issues[1]?.id ?? "" }, 5))?.length).toBeGreaterThan(0);
    expect((await reader.similar(gp, { issue: issues[1]?.reference ?? "" }, 5))?.length).toBeGreaterThan(0);
  });

  test("18.6 cannot be looked for without an engine until the issues are in memory, and then are the same ones", async () => {
    const asked = { title: "Discharge summary number 7 from ward 0", text: "Three summaries this month came late." };
    expect(await withoutEngine.similar(gp, asked, 3)).toBeNull();
    await eventually(async () => (await withoutEngine.similar(gp, asked, 3)) !== null);
    const similar = await withoutEngine.similar(gp, asked, 3);
    const byEngine = await reader.similar(gp, asked, 3);
    expect(similar?.map((each) => each.score)).toEqual(byEngine?.map((each) => each.score));
    expect(similar?.length).toBeGreaterThan(0);
    for (const { summary } of (await withoutEngine.similar(gp, { text: `${secret.title} ${secret.body}` }, 50)) ?? [])
      expect(summary.id).not.toBe(secret.id);
    expect(await withoutEngine.similar(gp, { issue: secret.id }, 5)).toEqual([]);
    expect((await withoutEngine.similar(gp, { issue: issues[1]?.id ?? "" }, 5))?.length).toBeGreaterThan(0);
  });

  test("18.7 suggest the kinds of issues like a text, and the services they are about", async () => {
    const text = { title: issues[1]?.title ?? "", text: issues[1]?.body ?? "" };
    const { categories, services } = await reader.suggest(gp, { ...text, organisation: "T1" });
    expect(categories[0]?.category).toBe(issues[1]?.category);
    expect(services.every((each) => each.confidence > 0 && each.confidence <= 1)).toBe(true);
    expect(await reader.suggest(gp, { text: "Hello" })).toEqual({ categories: [], services: [] });
  });
});
