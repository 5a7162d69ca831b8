import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEvaluation } from "../../scripts/eval/evaluation";
import { evalSimilar, measures } from "../../scripts/eval/similar";
import { evalSuggest } from "../../scripts/eval/suggest";
import { createBoardReader } from "../../search/board-reader";
import { nearInMemory } from "../../search/near-in-memory";
import { startSentenceEncoder } from "../../search/sentence-encoder";
import { buildIssue } from "../support/issues";
import { entryOf, openTestIndex } from "../support/search";
import { actorOf, testDay } from "../support/small-directory";
import { openTestStore } from "../support/store";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ct-eval-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(rows: readonly unknown[]): Promise<string> {
  const path = join(folder, `${rows.length}-${Math.random()}.jsonl`);
  await writeFile(path, rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n"));
  return path;
}

const texts = [
  ["Only three days of discharge medicines", "The ward sent three days of TTOs home on Friday, not seven."],
  ["TTOs too short again", "Seven days of medicines are agreed at discharge; we were sent three."],
  ["Fax rings out", "Nobody answers the stroke team's fax number."],
  ["Vaccine fridge", "The vaccine fridge failed over the weekend and nobody was told."],
  ["No discharge summary", "Patients come to us before the summary does."],
] as const;

describe("npm run eval -- similar", () => {
  test("18.8 finds what the composer finds, in the same order and with the same scores", {
    timeout: 120_000,
  }, async () => {
    const encoder = startSentenceEncoder({ dataDir: folder });
    await encoder.settled();
    const store = await openTestStore();
    const search = await openTestIndex({ directory: store.knownPeople, encoder });
    const evaluation = await openEvaluation(() => undefined);
    try {
      const issues = texts.map(([title, body]) => buildIssue({ title, body }));
      await store.issues.insertMany(issues);
      const entries = issues.map((issue) => entryOf(store.knownPeople, issue));
      await search.issueVectors.ofEntries(entries, "issue");
      await search.index.rebuild(batchOf(entries));
      const reader = createBoardReader({
        index: search.index,
        issues: store.issues,
        vectors: search.issueVectors,
        memory: nearInMemory({ every: () => batchOf([]) }),
        directory: store.knownPeople,
        thresholds: () => ({ alikeFrom: 0, likelySameFrom: 1 }),
        now: () => testDay,
        referencePrefix: "CT",
      });
      await evaluation.fill(issues.map(({ id, title, body }) => ({ id, title, body })));
      const text = { text: "Three days of TTOs instead of the seven that were agreed" };
      const composer = await reader.similar(actorOf(store.knownPeople, "P1-gp"), text, 5);
      const evaluated = await evaluation.similar(text, 5);
      expect(evaluated.map(({ id, score }) => [id, score])).toEqual(
        composer?.map(({ summary, score }) => [summary.id, expect.closeTo(score, 5)]),
      );
      expect(composer?.length).toBe(5);
    } finally {
      await evaluation.close();
      await encoder.close();
      await search.drop();
      await store.drop();
    }
  });

  test("prints the measures of a file, whatever ids it has and whatever is missing", { timeout: 120_000 }, async () => {
    const rows = [
      { id: "a b/1", title: texts[0][0], body: texts[0][1], duplicates: ["a b/2"] },
      { id: "a b/2", title: texts[1][0], body: texts[1][1], duplicates: ["a b/1", "gone"] },
      { id: 3, body: texts[2][1] },
      { id: 4, title: texts[3][0] },
      { id: 5, title: "", body: "", duplicates: [] },
    ];
    const said: string[] = [];
    await evalSimilar(await file(rows), (line) => said.push(line));
    expect(said).toContain("Left out: 1 duplicates that are no rows of the file.");
    expect(said).toContain("queries 2");
    expect(said).toContain("hit@5 1.000");
    expect(said).toContain("recall@5 1.000");
    expect(said).toContain("MRR 1.000");
  });

  test("measures: hits and recall among five, the reciprocal of the first right rank, precision of what is shown", () => {
    const answer = (...right: boolean[]) => ({
      found: right.map((each, at) => ({ score: 1 - at / 10, right: each })),
      duplicates: 2,
    });
    const lines = measures([answer(false, true, false, false, false, true), answer(false, false)]);
    expect(lines.slice(0, 4)).toEqual(["queries 2", "hit@5 0.500", "recall@5 0.250", "MRR 0.250"]);
    expect(lines).toContain("precision@0.9 0.250 (2.00 shown a query)");
  });

  test.each([
    ["18.8 what is no JSON", ['{"id":"1"}', "no json"], /line 2: not JSON/],
    ["a row without an id", [{ title: "x" }], /line 1: id: /],
    ["duplicates that are no list", [{ id: "1", duplicates: "2" }], /line 1: duplicates: /],
    ["an id that stands there twice", [{ id: "1" }, { id: "1" }], /1 stands there twice/],
    ["an empty file", [], /holds no rows/],
  ])("refuses %s, naming the line", async (_what, rows, message) => {
    await expect(evalSimilar(await file(rows), () => undefined)).rejects.toThrow(message);
  });
});

describe("npm run eval -- suggest", () => {
  test("tells in how many rows a label was first, or among the first three", { timeout: 120_000 }, async () => {
    const kinds = [
      ["medicines", "tablets tablets pharmacy dose"],
      ["letters", "letter letter post secretary"],
    ];
    const rows = Array.from({ length: 40 }, (_, n) => {
      const [label, text] = kinds[n % 2] ?? [];
      return { id: n, text: `${text} ${n}`, labels: [label, `also ${label}`] };
    });
    const said: string[] = [];
    await evalSuggest(await file(rows), (line) => said.push(line));
    expect(said).toContain("rows 40");
    expect(said).toContain("top-1 1.000");
    expect(said).toContain("top-3 1.000");
  });

  test("refuses a row without labels, naming the line", async () => {
    await expect(evalSuggest(await file([{ text: "x", labels: [] }]), () => undefined)).rejects.toThrow(
      /line 1: labels/,
    );
  });
});

async function* batchOf<T>(entries: T[]): AsyncIterable<T[]> {
  yield entries;
}
