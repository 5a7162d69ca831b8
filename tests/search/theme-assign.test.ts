import { afterAll, beforeAll, expect, it } from "vitest";
import { wholeThemeQuery } from "../../app/domain/theme-query";
import { createIssueVectors } from "../../search/issue-vectors";
import { noSentenceEncoder } from "../../search/sentence-encoder";
import { createThemeAssigner } from "../../search/theme-views/assign";
import { createLiveFacts } from "../../search/theme-views/live-facts";
import { createThemeReader } from "../../search/theme-views/reader";
import { runAnalysis } from "../../search/themes/run-analysis";
import { author, buildIssue, newId } from "../support/issues";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

const matters = [
  {
    category: "DIS.1",
    title: "Summary late",
    body: "The discharge summary from the ward came a week after the patient.",
  },
  { category: "FIT.1", title: "No fit note", body: "The surgeon gave no fit note and the employer asks the practice." },
];
const about = (matter: number) => buildIssue({ ...matters[matter], raisedAt: testDay });

/** A node of its own over the shared store. */
function node() {
  const { themes, facts } = store;
  const encoder = noSentenceEncoder("not in this test");
  const vectors = createIssueVectors({ vectors: store.vectors, corpora: store.corpora, encoder });
  const live = createLiveFacts({ themes, facts, directory: store.knownPeople });
  const finder = { find: () => Promise.reject(new Error("nothing is looked for here")) };
  const now = () => testDay;
  return {
    vectors,
    live,
    assigner: createThemeAssigner({ themes, vectors, live, now }),
    reader: createThemeReader({ facts: live, directory: store.knownPeople, finder, now }),
  };
}

it("14.49 a new issue joins its nearest theme at once, and every node counts it and says how many are new", async () => {
  const [here, there] = [node(), node()];
  const issues = Array.from({ length: 24 }, (_, at) => about(at % 2));
  await store.issues.insertMany(issues);
  await here.vectors.ofEntries(
    issues.map((issue) => ({ issue })),
    "bulk",
  );
  await runAnalysis({ ...store, now: () => testDay, newId: () => newId(), decide: async (found) => found });
  const gp = actorOf(store.knownPeople, "P1-gp");
  const before = await here.reader.explorer(gp, wholeThemeQuery);
  await there.live.current();
  const known = await store.themes.memberOf(issues[0]?.id ?? "");
  expect(known?.theme).toBeDefined();

  const fresh = about(0);
  await store.issues.insertMany([fresh]);
  await here.assigner.assign(fresh);
  expect(await store.themes.memberOf(fresh.id)).toMatchObject({ theme: known?.theme, by: "nearest" });
  expect(await here.reader.newSince(gp, wholeThemeQuery, before.version)).toBe(1);
  const after = await here.reader.explorer(gp, wholeThemeQuery);
  expect(after.totals.issues).toEqual({ kind: "exact", value: 25 });
  expect([before.sinceAnalysis, after.sinceAnalysis]).toEqual([0, 1]);
  expect(await here.reader.newSince(gp, wholeThemeQuery, after.version)).toBe(0);

  await there.live.catchUp();
  expect((await there.reader.explorer(gp, wholeThemeQuery)).totals.issues).toEqual({ kind: "exact", value: 25 });
});

it("14.50 an issue that is joined, or hidden from most, is counted as it is now", async () => {
  const here = node();
  const gp = actorOf(store.knownPeople, "P1-gp");
  const other = actorOf(store.knownPeople, "P3-gp");
  const reports = async (who: typeof gp) => (await here.reader.explorer(who, wholeThemeQuery)).totals.reports;
  const issue = buildIssue({ ...matters[1], raisedAt: testDay });
  await store.issues.insertMany([issue]);
  await here.assigner.assign(issue);
  expect(await reports(gp)).toEqual({ kind: "exact", value: 26 });
  const joining = { id: newId(), by: author("P2-gp"), organisation: "P2", context: "Here too.", at: testDay };
  await store.issues.save(issue.id, 1, { set: { joined: [joining] }, events: [] });
  await here.assigner.assign({ ...issue, joined: [joining] });
  expect(await reports(gp)).toEqual({ kind: "exact", value: 27 });
  await store.issues.save(issue.id, 2, { set: { visibility: "organisations", audience: ["org:P1"] }, events: [] });
  await here.assigner.assign(issue);
  expect(await reports(gp)).toEqual({ kind: "exact", value: 27 });
  expect(await reports(other)).toEqual({ kind: "exact", value: 25 });
});
