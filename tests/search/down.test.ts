import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boardQuerySchema } from "../../app/domain/board-query";
import { wholeFindQuery } from "../../app/domain/find-query";
import { createBreaker } from "../../search/breaker";
import { type EmbeddedSearch, startEmbeddedSearch } from "../../search/embedded";
import { EngineDown } from "../../search/engine";
import { type BoardIndex, createIssueIndex } from "../../search/issue-index";
import { eventually } from "../support/eventually";
import { buildIssue } from "../support/issues";
import { entryOf, issueVectorsOver, vectorsInMemory } from "../support/search";
import { smallDirectory, testDay } from "../support/small-directory";

let dataDir: string;
let engine: EmbeddedSearch;
let index: BoardIndex;
const directory = smallDirectory();
const issue = buildIssue({ title: "Wombat on the ward", body: "A wombat was seen on the ward by the night team." });
const query = boardQuerySchema.parse({ text: "wombat" });
const options = { offset: 0, limit: 20, mine: [], now: testDay };
const vectors = vectorsInMemory();
let emptied = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "ct-down-"));
  // Starts again only when the test lets it: the first wait is longer than the test.
  engine = await startEmbeddedSearch({ dataDir, backoffMs: { shortest: 1_500, longest: 1_500 } });
  index = createIssueIndex({
    address: engine.address,
    unofficialRepack: true,
    prefix: "down",
    directory,
    vectors: issueVectorsOver(vectors),
    onEmptied: () => {
      emptied += 1;
    },
    queryBudgetMs: 2_000,
  });
  await index.put([entryOf(directory, issue)]);
});
afterAll(async () => {
  await engine.close();
  await rm(dataDir, { recursive: true, force: true });
});

const found = async () => (await index.search(["system"], query, options)).hits.map((hit) => hit.id);

describe("The engine going down and coming back", () => {
  test("is said by state, costs questions nothing, refuses changes, and heals by itself", async () => {
    expect(await found()).toEqual([issue.id]);
    expect(await index.state()).toEqual({ state: "ready", documents: 1, unofficialRepack: true });
    process.kill(engine.pid() ?? 0, "SIGKILL");
    await eventually(async () => (await index.state()).state === "down");
    for (let i = 0; i < 3; i++) await expect(found()).rejects.toBeInstanceOf(EngineDown);
    const before = performance.now();
    for (let i = 0; i < 100; i++) await expect(found()).rejects.toThrow();
    expect(performance.now() - before).toBeLessThan(500);
    await expect(index.put([entryOf(directory, issue)])).rejects.toThrow();
    await eventually(async () => (await index.state()).state === "ready");
    expect(await found()).toEqual([issue.id]);
    const later = buildIssue({ title: "Another wombat" });
    await index.put([entryOf(directory, later)]);
    expect((await found()).sort()).toEqual([issue.id, later.id].sort());
  });

  test("when it comes back wiped, the next change makes the index anew and says that it was empty", async () => {
    emptied = 0;
    const { url = "", key = "" } = engine.address() ?? {};
    const headers = { authorization: `Bearer ${key}` };
    await fetch(`${url}/indexes/${index.name}`, { method: "DELETE", headers });
    await eventually(async () => !(await fetch(`${url}/indexes/${index.name}`, { headers })).ok);
    await expect(found()).rejects.toThrow();
    await index.put([entryOf(directory, issue)]);
    expect(await found()).toEqual([issue.id]);
    expect(emptied).toBeGreaterThan(0);
  });

  test("17.9 an issue whose vector the engine refuses is found by its words, and holds up no other", async () => {
    const bad = buildIssue({ title: "Numbat" });
    const good = buildIssue({ title: "Numbat with a friend" });
    await index.put([entryOf(directory, bad)]);
    const stored = vectors.all.get(bad.id);
    if (stored) vectors.all.set(bad.id, { ...stored, sentence: new Float32Array(512).fill(Number.NaN) });
    await index.put([entryOf(directory, { ...bad, title: "Numbat alone" }), entryOf(directory, good)]);
    const { hits } = await index.search(["system"], boardQuerySchema.parse({ text: "numbat" }), options);
    expect(hits.map((hit) => hit.id).sort()).toEqual([bad.id, good.id].sort());
  });

  test("without any engine to come, issues are not kept waiting for it", async () => {
    const none = createIssueIndex({
      address: () => undefined,
      unavailable: () => "There is none for this platform.",
      unofficialRepack: true,
      prefix: "none",
      directory,
      vectors: issueVectorsOver(vectorsInMemory()),
    });
    await none.put([entryOf(directory, issue)]);
    expect(await none.matching([{ keys: ["system"], query: wholeFindQuery, ids: [issue.id] }])).toEqual([[]]);
    expect(await none.state()).toEqual({ state: "down", why: "There is none for this platform." });
    await expect(none.search(["system"], query, options)).rejects.toBeInstanceOf(EngineDown);
  });
});

describe("A rebuild", () => {
  test("answers from the old index until the new one is whole, and loses nothing put meanwhile", async () => {
    const kept = buildIssue({ title: "Bilby one" });
    const gone = buildIssue({ title: "Bilby that is no longer stored" });
    const late = buildIssue({ title: "Bilby put while rebuilding" });
    await index.put([entryOf(directory, kept), entryOf(directory, gone)]);
    const bilbies = boardQuerySchema.parse({ text: "bilby" });
    const ids = async () => (await index.search(["system"], bilbies, options)).hits.map((hit) => hit.id).sort();
    const during: string[][] = [];
    const progress: number[] = [];
    async function* batches() {
      yield [entryOf(directory, kept)];
      await index.put([entryOf(directory, late)]);
      during.push(await ids());
      yield [entryOf(directory, issue)];
    }
    await index.rebuild(batches(), (done) => progress.push(done));
    expect(during).toEqual([[kept.id, gone.id, late.id].sort()]);
    expect(progress).toEqual([1, 2]);
    expect(await ids()).toEqual([kept.id, late.id].sort());
    expect(await found()).toEqual([issue.id]);
  });

  test("asked for while one runs is the one that runs", async () => {
    async function* first() {
      yield [entryOf(directory, issue)];
    }
    async function* second() {
      yield [entryOf(directory, buildIssue({ title: "Wombat of the second" }))];
    }
    await Promise.all([index.rebuild(first()), index.rebuild(second())]);
    expect(await found()).toEqual([issue.id]);
  });

  test("that breaks off leaves the old index as it was", async () => {
    const before = (await index.state()).state === "ready" ? await found() : [];
    async function* breaking() {
      yield [entryOf(directory, buildIssue({ title: "Wombat never seen" }))];
      throw new Error("the store went away");
    }
    await expect(index.rebuild(breaking())).rejects.toThrow("the store went away");
    expect(await found()).toEqual(before);
  });
});

describe("The breaker", () => {
  test("rests after failures in a row, lets one question through, and closes when it is answered", () => {
    let at = 0;
    const breaker = createBreaker({ failures: 2, restMs: 100, now: () => at });
    breaker.failed();
    expect(breaker.closed()).toBe(true);
    breaker.failed();
    expect(breaker.closed()).toBe(false);
    at = 100;
    expect([breaker.closed(), breaker.closed()]).toEqual([true, false]);
    breaker.failed();
    expect(breaker.closed()).toBe(false);
    at = 200;
    expect(breaker.closed()).toBe(true);
    breaker.succeeded();
    expect([breaker.closed(), breaker.closed()]).toEqual([true, true]);
  });
});
