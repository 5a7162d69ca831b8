import { Meilisearch } from "meilisearch";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import type { RecordedEvent } from "../../app/domain/event";
import { readFindQuery } from "../../app/domain/find-query";
import type { Issue } from "../../app/domain/issue";
import { startCatchUp } from "../../app/server/catch-up";
import { putIssues, rebuildIndex } from "../../app/server/fill-index";
import { createIssueIndex } from "../../search/issue-index";
import { issues as issueKind } from "../../search/kinds/issues";
import { buildIssue, buildReply, newId, raisedEvent } from "../support/issues";
import { entryOf, openTestIndex, type TestIndex } from "../support/search";
import { testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
let search: TestIndex;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());
beforeEach(async () => {
  for (const name of ["issues", "replies", "events"]) await store.connection.collection(name).deleteMany({});
  search = await openTestIndex({ directory: store.knownPeople });
});
afterEach(() => search.drop());

async function found(text: string, index = search.index): Promise<string[]> {
  const query = readFindQuery(new URLSearchParams({ q: text }));
  const kinds = [{ kind: issueKind, offset: 0, limit: 50, idsOnly: true }];
  const answer = await index.find(["system"], { query, matching: "all", kinds });
  return (answer.kinds[0]?.hits ?? []).map((hit) => hit.id).sort();
}

const source = () => ({ storage: store, directory: store.knownPeople, now: () => new Date() });

/** An issue in the store, and in its history that it was raised now: followed up by some other node. */
async function raisedElsewhere(over: Partial<Issue> = {}): Promise<Issue> {
  const issue = buildIssue(over);
  await store.issues.insertMany([issue]);
  await store.events.append({ ...raisedEvent(issue, new Date()), issue: issue.id });
  return issue;
}

function catchUp() {
  const far: string[] = [];
  const running = startCatchUp({
    events: store.events,
    index: search.index,
    put: (ids) => putIssues(search.index, source(), ids),
    clock: () => new Date(),
    onFarBehind: () => void far.push("far"),
    everyMs: 3_600_000,
  });
  return { ...running, far };
}

describe("What another node followed up", () => {
  test("17.10 is put into one's own index too: issues, changes and replies, once each", async () => {
    await search.add(buildIssue());
    const { now, stop } = catchUp();
    const issue = await raisedElsewhere({ title: "Wombat on the ward" });
    expect(await found("wombat")).toEqual([]);
    expect(await now()).toBe(1);
    expect(await found("wombat")).toEqual([issue.id]);
    expect(await now()).toBe(0);
    const reply = buildReply(issue, { text: "It was a quokka", at: new Date() });
    await store.replies.insertMany([reply]);
    const replied: RecordedEvent = {
      type: "reply-posted",
      id: newId(),
      at: reply.at,
      by: reply.by,
      reply: reply.id,
      issue: issue.id,
    };
    await store.events.append(replied);
    expect(await now()).toBe(1);
    expect(await found("quokka")).toEqual([issue.id]);
    stop();
  });

  test("is looked for again after the engine was away", async () => {
    await search.add(buildIssue());
    const { now, stop } = catchUp();
    expect(await now()).toBe(0);
    const issue = await raisedElsewhere({ title: "Bilby in the lift" });
    const client = new Meilisearch({ host: inject("searchUrl"), apiKey: inject("searchKey") });
    await client.deleteIndex(search.index.name).waitTask({ timeout: 20_000 });
    await expect(now()).rejects.toThrow();
    await search.index.prepare();
    expect(await now()).toBe(1);
    expect(await found("bilby")).toEqual([issue.id]);
    stop();
  });

  test("17.10 two versions side by side hold the same, each in an index it understands", async () => {
    const address = { url: inject("searchUrl"), key: inject("searchKey") };
    const newer = createIssueIndex({
      address: () => address,
      unofficialRepack: true,
      prefix: `${search.index.name}-issues-9`,
      directory: store.knownPeople,
      vectors: search.issueVectors,
      queryBudgetMs: 20_000,
    });
    await newer.prepare();
    const one = await raisedElsewhere({ title: "Numbat seen by the old node" });
    await search.index.put([entryOf(store.knownPeople, one)]);
    const sweep = startCatchUp({
      events: store.events,
      index: newer,
      put: (ids) => putIssues(newer, source(), ids),
      clock: () => new Date(),
      onFarBehind: () => undefined,
      everyMs: 3_600_000,
    });
    await sweep.now();
    expect(await found("numbat", newer)).toEqual(await found("numbat"));
    sweep.stop();
    await new Meilisearch({ host: address.url, apiKey: address.key })
      .deleteIndex(newer.name)
      .waitTask({ timeout: 20_000 });
  });
});

describe("Indexes of versions that are gone", () => {
  test("17.10 are deleted a week after the last write, one's own and those of other systems never", async () => {
    const client = new Meilisearch({ host: inject("searchUrl"), apiKey: inject("searchKey") });
    const prefix = search.index.name.split("-issues-")[0] ?? "";
    const old = `${prefix}-issues-1-words`;
    const brokenOff = `${search.index.name}-next-0badcafe`;
    const foreign = `${prefix}-issues-of-somebody`;
    const made = [old, brokenOff, foreign];
    for (const uid of made) await client.createIndex(uid, { primaryKey: "id" }).waitTask({ timeout: 20_000 });
    const days = (count: number) => new Date(Date.now() + count * 86_400_000 + 60_000);
    expect(await search.index.dropOld(days(0))).toEqual([]);
    expect(await search.index.dropOld(days(1))).toEqual([brokenOff]);
    expect(await search.index.dropOld(days(6))).toEqual([]);
    expect(await search.index.dropOld(days(7))).toEqual([old]);
    expect(await search.index.dropOld(days(70))).toEqual([]);
    expect((await client.getRawIndex(foreign)).uid).toBe(foreign);
    await client.deleteIndex(foreign).waitTask({ timeout: 20_000 });
  });
});

describe("Rebuilding", () => {
  test("17.9 goes on without an issue that cannot be read or made ready, and says how many those were", async () => {
    const good = await raisedElsewhere({ title: "Wombat one" });
    const unreadable = await raisedElsewhere({ title: "Wombat two" });
    const other = await raisedElsewhere({ title: "Wombat three" });
    const issues = {
      ...store.issues,
      unfiltered: async (id: string) => {
        if (id === unreadable.id) throw new Error("a record nobody can read");
        return store.issues.unfiltered(id);
      },
    };
    const storage = { ...store, issues };
    await rebuildIndex(search.index, { ...source(), storage });
    expect(await found("wombat")).toEqual([good.id, other.id].sort());
    const { put } = search.vectors;
    search.vectors.put = async (vector) => {
      if (vector.issue === other.id) throw new Error("no room for this one");
      return put(vector);
    };
    search.vectors.all.clear();
    const rebuilt = await rebuildIndex(search.index, source());
    expect(rebuilt).toEqual({ done: 2, without: 1 });
    expect(await found("wombat")).toEqual([good.id, unreadable.id].sort());
    search.vectors.put = put;
  });

  test("17.10 loses nothing that another process put into the old index meanwhile", async () => {
    await raisedElsewhere({ title: "Wombat one" });
    let late: Issue | undefined;
    const events = {
      ...store.events,
      page: async (options: { limit: number }) => {
        // Raised elsewhere after this rebuild had read the store, told of before it was done.
        late ??= await raisedElsewhere({ title: "Wombat late" });
        return store.events.page(options);
      },
    };
    await rebuildIndex(search.index, { ...source(), storage: { ...store, events } });
    expect(await found("wombat")).toContain(late?.id);
  });
});

describe("A changed text", () => {
  test("17.9 is never found by what it was: neither its words nor its old vector stay", async () => {
    const issue = buildIssue({
      title: "Zopiclone left off the plan",
      body: "The zopiclone taper was left off the discharge plan of the ward again and again.",
    });
    await search.add(issue);
    const asBefore = { title: issue.title, text: issue.body };
    expect((await search.index.similar(["system"], asBefore, { limit: 5, from: 0.3 })).map((each) => each.id)).toEqual([
      issue.id,
    ]);
    const now = {
      ...issue,
      version: 2,
      title: "Parking at the clinic",
      body: "Visitors cannot find a space in the car park.",
      changedAt: testDay,
    };
    await search.add(now);
    expect(await found("zopiclone")).toEqual([]);
    expect(await search.index.similar(["system"], asBefore, { limit: 5, from: 0.3 })).toEqual([]);
    expect(await found("parking")).toEqual([issue.id]);
  });
});
