import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { findFacets, findKinds, readFindQuery, writeFindQuery } from "../../app/domain/find-query";
import { openTestFinder, type TestFinder } from "../support/finding";
import { buildIssue } from "../support/issues";
import { actorOf } from "../support/small-directory";

let over: TestFinder;
let naughty: string[];

beforeAll(async () => {
  over = await openTestFinder();
  const file = gunzipSync(await readFile("tests/fixtures/naughty/blns.json.gz")).toString("utf8");
  const all = z.array(z.string()).parse(JSON.parse(file));
  const some = all.filter((_, at) => process.env.LONG === "1" || at % 6 === 0);
  naughty = [
    ...some,
    "half \ud83d of a character",
    "marks \ue000of\ue001 our own",
    "x".repeat(10_000),
    "discharge medicines ".repeat(500),
    "& ".repeat(5_000),
    '"] OR id != "',
  ];
});
afterAll(() => over.drop());

describe("Strings that break software", () => {
  test("can be the text, the facets, the cursor and the name of a search, with the engine and without", async () => {
    const gp = actorOf(over.store.knownPeople, "P1-gp");
    for (const [at, text] of naughty.entries()) {
      const params = new URLSearchParams({ q: text });
      const facet = findFacets[at % findFacets.length] ?? "place";
      const kind = findKinds[at % (findKinds.length + 1)];
      if (kind) params.set("kind", kind);
      if (at % 2) params.set(facet, text);
      const query = readFindQuery(params);
      expect(readFindQuery(writeFindQuery(query))).toEqual(query);
      for (const finder of [over.finder, over.basic]) {
        expect((await finder.find(gp, query, text)).hits).toEqual([]);
        expect((await finder.quick(gp, text)).groups.every((group) => group.kind !== "issues")).toBe(true);
      }
    }
  });

  test("stand in what is found as they were written", async () => {
    const gp = actorOf(over.store.knownPeople, "P1-gp");
    const text = naughty.filter((each) => each.length < 90);
    const issues = text.map((each) => buildIssue({ title: `Zebra ${each}`, body: "None." }));
    await over.store.issues.insertMany(issues);
    await over.search.add(...issues);
    const titles = new Map<string, string>();
    let cursor: string | undefined;
    do {
      const page = await over.finder.find(gp, readFindQuery(new URLSearchParams("q=zebra")), cursor);
      for (const hit of page.hits)
        if (hit.kind === "issues") titles.set(hit.summary.id, hit.title.map((run) => run.text).join(""));
      cursor = page.next;
    } while (cursor);
    for (const issue of issues) {
      const plain = issue.title.replace(/[\ue000\ue001]/g, " ").replace(/\p{Surrogate}/gu, "\ufffd");
      expect(titles.get(issue.id)).toBe(plain);
    }
  });
});
