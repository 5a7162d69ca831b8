import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { eventually } from "../support/eventually";
import { HttpPerson, readable } from "../support/http-person";
import { seeded } from "../support/issues";

/**
 * Rights through every door by which something can be found: random issues with random rights, raised by people through
 * the product, and beside each answer what a naive reading of the rules allows. Every issue holds words nobody else uses.
 */
const random = seeded(Number(process.env.SEED ?? 20261122));
const howMany = process.env.LONG === "1" ? 60 : 12;
/** In all of them, so that lists and counts can be compared whole. */
const common = "zebrafish";

interface Viewer {
  id: string;
  /** None for a guest. */
  organisation?: string;
  mayExport: boolean;
}
const viewers: readonly Viewer[] = [
  { id: "p-whitlow", organisation: "N81001", mayExport: false },
  { id: "p-asante", organisation: "N82099", mayExport: false },
  { id: "p-tranter", organisation: "N81034", mayExport: false },
  { id: "p-okafor", organisation: "RBL", mayExport: true },
  { id: "p-adeyemi", organisation: "RBL", mayExport: false },
  { id: "p-sabry", organisation: "RXA", mayExport: false },
  { id: "p-maddocks", organisation: "RET", mayExport: true },
  { id: "p-osei", organisation: "QYG", mayExport: true },
  { id: "p-mbatha", organisation: "QYG", mayExport: true },
  { id: "p-hallam", mayExport: false },
];
const raisers = ["p-whitlow", "p-asante", "p-tranter"];
const abouts: Readonly<Record<string, string>> = {
  "RBL/RBL-acute-medicine": "p-adeyemi",
  "RXA/RXA-community-mental-health": "p-sabry",
  RET: "p-maddocks",
};

interface Planted {
  reference: string;
  visibility: "system" | "organisations";
  concerned: string[];
  named: string[];
  harm: "none" | "low";
  kind: string;
  /** Words of the text, the shared reply and the internal note. */
  words: { text: string; beside: string; reply: string; inside: string };
}

let server: DemoServer;
const people = new Map<string, HttpPerson>();
const planted: Planted[] = [];
/** Each viewer's columns before anything was planted. */
const boards = new Map<string, { all: number; narrowed: number }>();

beforeAll(async () => {
  server = await startDemoServer({ issues: 40 });
  for (const { id } of viewers) people.set(id, await HttpPerson.signIn(server.url, id));
  await save("p-asante");
  await save("p-hallam");
  for (const { id } of viewers) boards.set(id, await columnTotals(id));
  for (let at = 0; at < howMany; at++) planted.push(await plant());
  // What came last is found last: once everybody finds what they may, the index holds it all.
  await eventually(async () => {
    const texts = await Promise.all(planted.map((each) => search("p-osei", { q: each.words.reply, kind: "replies" })));
    return planted.every((each, at) => !mayKnow(viewer("p-osei"), each) || texts[at]?.includes(each.reference));
  }, 90_000);
  await eventually(async () => {
    for (const each of viewers) if ((await foundBy(each.id)).total !== visible(each).length) return false;
    return true;
  }, 90_000);
}, 300_000);
afterAll(() => server?.stop());

const person = (id: string): HttpPerson => {
  const found = people.get(id);
  if (!found) throw new Error(`nobody called ${id}`);
  return found;
};
const viewer = (id: string): Viewer => viewers.find((each) => each.id === id) ?? { id, mayExport: false };

/** Twelve letters that no other word is near to. */
function newWord(): string {
  return `x${Array.from({ length: 11 }, () => random.pick([..."abcdefghijklmnopqrstuvwyz"])).join("")}`;
}

async function plant(): Promise<Planted> {
  const words = { text: newWord(), beside: newWord(), reply: newWord(), inside: newWord() };
  const raiser = random.pick(raisers);
  const [about, owner] = random.pick(Object.entries(abouts));
  const visibility = random.chance(0.6) ? "organisations" : "system";
  const harm = random.pick(["none", "low"] as const);
  const body = `The ${common} clinic lost ${words.text} together with ${words.beside} on the ward.`;
  const kind = random.pick(["DIS.1", "MED.3", "LET.2"]);
  const reference = await person(raiser).raise({ about, body, kind, harm, visibility });
  const concerned = [viewer(raiser).organisation ?? "", about.split("/")[0] ?? ""];
  const named: string[] = [];
  if (random.chance(0.4)) {
    const other = random.pick(viewers.filter((each) => !concerned.includes(each.organisation ?? ""))).id;
    await person(raiser).do(reference, "name", { person: other });
    named.push(other);
  }
  const joining = raisers.filter((id) => id !== raiser && visibility === "system" && random.chance(0.3));
  for (const id of joining) {
    await person(id).do(reference, "join", { context: "Seen here too" });
    concerned.push(viewer(id).organisation ?? "");
  }
  await person(owner).do(reference, "reply", { text: `Between us ${words.inside}`, audience: "internal" });
  await person(raiser).do(reference, "reply", { text: `We add ${words.reply}`, audience: "shared" });
  return { reference, visibility, concerned, named, harm, kind, words };
}

async function save(id: string): Promise<void> {
  const fields = { intent: "save", name: "Fish", query: `q=${common}`, tells: "1" };
  const { status } = await person(id).post("/search/saved", fields);
  if (status >= 400) throw new Error(`the search was not saved: ${status}`);
}

/** The rule as people are told it. */
function mayKnow({ id, organisation }: Viewer, issue: Planted): boolean {
  if (issue.named.includes(id)) return true;
  if (!organisation) return false;
  return issue.visibility === "system" || issue.concerned.includes(organisation);
}

const visible = (of: Viewer): Planted[] => planted.filter((issue) => mayKnow(of, issue));
const references = (text: string): string[] => [...new Set(text.match(/CT-[0-9A-Z]{5}/g) ?? [])].sort();
const sorted = (issues: readonly Planted[]): string[] => issues.map((each) => each.reference).sort();

async function search(id: string, asked: Readonly<Record<string, string>>): Promise<string> {
  const answer = await person(id).get(`/search?${new URLSearchParams(asked)}`);
  expect(answer.status).toBe(200);
  return answer.text;
}

/** The page of results without what was asked, which it repeats. */
const main = (html: string): string => html.slice(html.indexOf("<main"), html.indexOf("</main>"));

async function foundBy(id: string): Promise<{ total: number; html: string }> {
  const html = main(await search(id, { q: common, kind: "issues" }));
  const total = /<b>([\d,]+) issues?<\/b>/.exec(html)?.[1];
  return { total: Number(total ?? 0), html };
}

/** What the columns count in all: by the store's own index, and where two filters ask the engine. */
async function columnTotals(id: string): Promise<{ all: number; narrowed: number }> {
  const total = async (path: string) => {
    const heads = (await person(id).get(path)).text.matchAll(/<header>[\s\S]*?<span class="ct-count">(\d+)/g);
    return [...heads].reduce((sum, [, count]) => sum + Number(count), 0);
  };
  return { all: await total("/issues"), narrowed: await total("/issues?trust=RBL&category=MED.3") };
}

/** Counts of a facet by the value its link chooses. */
function facetCounts(html: string, facet: string): Record<string, number> {
  const counts: Record<string, number> = {};
  const link = /<a[^>]*class="ct-facet__value"[^>]*href="([^"]*)"[\s\S]*?<span class="ct-count">([\d,]+)/g;
  for (const [, href = "", count = ""] of html.matchAll(link)) {
    const value = new URL(href.replaceAll("&amp;", "&"), server.url).searchParams.get(facet);
    if (value) counts[value] = Number(count.replaceAll(",", ""));
  }
  return counts;
}

function counted(issues: readonly Planted[], of: (issue: Planted) => readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of issues.flatMap((issue) => [...new Set(of(issue))])) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

const quickSchema = z.object({
  groups: z.array(z.object({ kind: z.string(), options: z.array(z.object({ to: z.string() })) })),
  total: z.number(),
});

describe("17.4 what a viewer may not know of", () => {
  test("17.4 is in no page, total or facet of a search", async () => {
    for (const each of viewers) {
      const { html, total } = await foundBy(each.id);
      const allowed = visible(each);
      expect([each.id, total]).toEqual([each.id, allowed.length]);
      if (allowed.length <= 20) expect(references(html), each.id).toEqual(sorted(allowed));
      expect(facetCounts(html, "harm"), each.id).toEqual(counted(allowed, (issue) => [issue.harm]));
      expect(facetCounts(html, "organisation"), each.id).toEqual(counted(allowed, (issue) => issue.concerned));
    }
  });

  test("17.4 lends nobody its words: not to search, replies, palette, board, table or what is similar", async () => {
    for (const each of viewers) {
      const hidden = planted.filter((issue) => !mayKnow(each, issue));
      for (const { reference, words } of hidden.slice(0, howMany / 4)) {
        const text = `${words.text} on the ward of the ${common} clinic`;
        const found = [
          await search(each.id, { q: words.text }),
          await search(each.id, { q: words.reply, kind: "replies" }),
          await search(each.id, { q: words.text, sort: "affected", place: "wirral" }),
          (await person(each.id).get(`/search/quick?q=${words.text}`)).text,
          (await person(each.id).get(`/issues?q=${words.text}`)).text,
          (await person(each.id).get(`/issues?view=table&q=${words.text}`)).text,
          (await person(each.id).post("/issues/similar", { about: "RBL", body: text })).text,
        ].join("\n");
        const context = `${each.id} and ${reference}`;
        expect(references(found), context).not.toContain(reference);
        expect(found.includes(words.beside), context).toBe(false);
        expect((await person(each.id).get(`/issues/${reference}`)).status, context).toBe(404);
      }
    }
  });

  test("17.4 is no neighbour, and named by no reference", async () => {
    for (const each of viewers) {
      const allowed = visible(each);
      const hidden = sorted(planted.filter((issue) => !mayKnow(each, issue)));
      for (const { reference } of allowed.slice(0, 3)) {
        const thread = await person(each.id).get(`/issues/${reference}`);
        expect(
          references(thread.text).filter((one) => hidden.includes(one)),
          each.id,
        ).toEqual([]);
      }
      const [asked] = hidden;
      if (asked) expect(main(await search(each.id, { q: asked }))).not.toContain(`/issues/${asked}`);
    }
  });

  test("17.4 an internal note is found by nobody, not even by who wrote it", async () => {
    for (const each of viewers)
      for (const { words } of planted.slice(0, 4)) {
        const pages = [
          await search(each.id, { q: words.inside }),
          await search(each.id, { q: words.inside, kind: "replies" }),
        ];
        const all = sorted(planted);
        for (const page of pages)
          expect(
            references(main(page)).filter((one) => all.includes(one)),
            each.id,
          ).toEqual([]);
        const quick = await person(each.id).get(`/search/quick?q=${words.inside}`);
        expect(quickSchema.parse(JSON.parse(quick.text)).total, each.id).toBe(0);
      }
  });

  test("17.4 is in no count of a column", async () => {
    for (const each of viewers) {
      const before = boards.get(each.id);
      const after = await columnTotals(each.id);
      const inBoth = visible(each).filter((issue) => issue.kind === "MED.3" && issue.concerned.includes("RBL"));
      expect([each.id, after.all - (before?.all ?? 0)]).toEqual([each.id, visible(each).length]);
      expect([each.id, after.narrowed - (before?.narrowed ?? 0)]).toEqual([each.id, inBoth.length]);
    }
  });

  test("17.4 is in no exported file, which only some are given", async () => {
    for (const each of viewers) {
      const file = await person(each.id).get(`/search/export?q=${common}`);
      expect([each.id, file.status]).toEqual([each.id, each.mayExport ? 200 : 404]);
      if (!each.mayExport) continue;
      expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
      expect(file.headers.get("content-disposition")).toMatch(
        /^attachment; filename="common-thread-search-[\d-]+\.csv"$/,
      );
      expect(references(file.text), each.id).toEqual(sorted(visible(each)));
    }
    const exports = server
      .output()
      .split("\n")
      .filter((line) => line.includes('"search-exported"'));
    expect(exports.length).toBeGreaterThan(0);
    expect(exports.join("").includes(common)).toBe(false);
  });

  test("17.4 is in nobody's notices by a search they saved, and what they may know of is", async () => {
    for (const id of ["p-asante", "p-hallam"]) {
      const mine = visible(viewer(id)).filter((issue) => !issue.concerned.includes(viewer(id).organisation ?? "-"));
      const inbox = async () => readable((await person(id).get("/inbox?show=all")).text);
      await eventually(async () => {
        const text = await inbox();
        return mine.every((issue) => text.includes(issue.reference));
      }, 60_000);
      const hidden = sorted(planted.filter((issue) => !mayKnow(viewer(id), issue)));
      expect(references(await inbox()).filter((one) => hidden.includes(one))).toEqual([]);
      expect(await inbox()).toContain("Your saved search “Fish” finds another issue");
    }
  });
});
