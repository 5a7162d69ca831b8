import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { boardQuerySchema } from "../../app/domain/board-query";
import { suggestCategories } from "../../search/suggest-category";
import { buildIssue } from "../support/issues";
import { openTestIndex, type TestIndex } from "../support/search";
import { testDay } from "../support/small-directory";

let search: TestIndex;
let naughty: string[];
const halfCharacter = "half \ud83d of a character";
const privateUse = "marks \ue000of\ue001 our own";

beforeAll(async () => {
  search = await openTestIndex();
  const file = gunzipSync(await readFile("tests/fixtures/naughty/blns.json.gz")).toString("utf8");
  naughty = [
    ...z.array(z.string()).parse(JSON.parse(file)),
    halfCharacter,
    privateUse,
    "x".repeat(10_000),
    '"] OR id != "',
  ];
});
afterAll(() => search.drop());

/** One in four, and all of them in a long run; always those we made. Eight at a time. */
async function forEachNaughty(ask: (text: string) => Promise<void>): Promise<void> {
  const long = process.env.LONG === "1";
  const left = naughty.filter((_, at) => long || at % 4 === 0 || at >= naughty.length - 4);
  const worker = async () => {
    for (let text = left.pop(); text !== undefined; text = left.pop()) await ask(text);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

const options = { offset: 0, limit: 20, mine: [], now: testDay };

describe("Strings that break software", () => {
  test("can be looked for, and be any filter of the board, without an error", async () => {
    await forEachNaughty(async (text) => {
      const query = boardQuerySchema.parse({
        text: text.slice(0, 200),
        place: text.slice(0, 40),
        trust: text.slice(0, 20),
        category: text.slice(0, 10),
      });
      const answer = await search.index.search(["system"], query, { ...options, mine: [text], myOrganisation: text });
      expect(answer.hits).toEqual([]);
    });
  });

  test("can be asked for what is like them, and for a kind", async () => {
    await forEachNaughty(async (text) => {
      await search.index.similar(["system", text], { title: text, text }, { limit: 5, from: 0 });
      expect(suggestCategories(await search.issueVectors.ofText({ text }), []).length).toBeLessThanOrEqual(3);
    });
  });

  test("can stand in an issue, which is then found with its text unaltered", async () => {
    const issues = naughty.map((text) => buildIssue({ title: `Zebra ${text.slice(0, 100)}`, body: text }));
    await search.add(...issues.map((issue) => ({ issue, replies: [issue.body] })));
    const query = boardQuerySchema.parse({ text: "zebra" });
    const found = new Map<string, string>();
    for (let offset = 0; offset < issues.length; offset += 100) {
      const { hits } = await search.index.search(["system"], query, { ...options, offset, limit: 100 });
      for (const hit of hits) found.set(hit.id, hit.title.map((run) => run.text).join(""));
    }
    for (const issue of issues) {
      const plain = issue.title.replace(/[\ue000\ue001]/g, " ").replace(/\p{Surrogate}/gu, "\ufffd");
      expect(found.get(issue.id)).toBe(plain);
    }
  });

  test("never widen what may be seen", async () => {
    const secret = buildIssue({ title: "Quokka", body: "Quokka", visibility: "people", namedPeople: ["guest"] });
    await search.add(secret);
    await forEachNaughty(async (text) => {
      const query = boardQuerySchema.parse({ place: text.slice(0, 40), category: text.slice(0, 10) });
      const { hits } = await search.index.search([text, "system"], query, options);
      expect(hits.map((hit) => hit.id)).not.toContain(secret.id);
    });
  });
});
