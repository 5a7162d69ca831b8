import { describe, expect, it } from "vitest";
import { matchingActions, paletteActions } from "../../app/components/palette-actions";
import type { FindAnswer, Finder } from "../../app/domain/find-ports";
import { type FindQuery, wholeFindQuery } from "../../app/domain/find-query";
import { readSearch } from "../../app/routes/search._index/read-search";
import { hitView, quickView } from "../../app/web/hit-view";
import type { Board } from "../../app/web/load-context";
import { searchWords } from "../../app/web/search-words";
import { buildIssue } from "../support/issues";
import { actorOf, smallDirectory, testDay } from "../support/small-directory";

const directory = smallDirectory();
const nothing: FindAnswer = {
  hits: [],
  beside: [],
  counts: {},
  total: 0,
  facets: { place: [], organisation: [], service: [], category: [], state: [], harm: [], year: [], theme: [] },
  matched: "all",
  by: "engine",
};

describe("The palette", () => {
  const all = paletteActions(true, [{ name: "Late summaries", to: "/search?q=summary+late" }]);
  const found = (text: string) => matchingActions(all, text).map((each) => each.name);

  it("leads to every page before anything is typed, and to what one has saved", () => {
    expect(found("")).toEqual(expect.arrayContaining(["Raise an issue", "Board", "Inbox", "Late summaries"]));
    expect(matchingActions(paletteActions(false, []), "").map((each) => each.to)).not.toContain("/issues/new");
  });

  it("takes the beginnings of words, the name's own first", () => {
    expect(found("inb")).toEqual(["Inbox"]);
    expect(found("s")[0]).toBe("Search");
    expect(found("dark")).toEqual(["You and this device"]);
    expect(found("late sum")).toEqual(["Late summaries"]);
    expect(found("inbox zzz")).toEqual([]);
  });
});

describe("The page of a search", () => {
  const asked: FindQuery[] = [];

  function read(search: string, answer: Partial<FindAnswer> = {}, person = "T1-interface-lead") {
    asked.length = 0;
    const finder: Pick<Finder, "find" | "saved"> = {
      find: async (_actor, query) => {
        asked.push(query);
        return { ...nothing, ...answer };
      },
      saved: { list: async () => [] },
    };
    const board = { directory, now: () => testDay, finder } as unknown as Board;
    return readSearch(board, actorOf(directory, person), new URLSearchParams(search));
  }

  it("keeps everything in its address: tabs, facets and order are links that change one thing", async () => {
    const wirral = { value: "wirral", label: "Wirral", count: 3, chosen: true };
    const sefton = { value: "sefton", label: "Sefton", count: 1, chosen: false };
    const view = await read("q=tablets&place=wirral&cursor=abc", {
      total: 3,
      counts: { issues: 3, replies: 2, services: 1 },
      facets: { ...nothing.facets, place: [wirral, sefton] },
    });
    expect(view.tabs.map(({ name, count, to }) => [name, count, to])).toEqual([
      ["Everything", null, "/search?q=tablets&place=wirral"],
      ["Issues", "3", "/search?q=tablets&kind=issues&place=wirral"],
      ["Replies", "2", "/search?q=tablets&kind=replies&place=wirral"],
      ["Services", "1", "/search?q=tablets&kind=services&place=wirral"],
    ]);
    expect(view.facets[0]?.values.map((each) => each.to)).toEqual([
      "/search?q=tablets",
      "/search?q=tablets&place=sefton&place=wirral",
    ]);
    expect(view.sorts.map((each) => each.to)).toContain("/search?q=tablets&place=wirral&sort=oldest");
    expect(view.narrowed).toEqual([{ facet: "Place", label: "Wirral", to: "/search?q=tablets" }]);
    expect(view.cleared).toBe("/search?q=tablets");
    expect(view.keep).toEqual([["place", "wirral"]]);
    expect(view.first).toBe("/search?q=tablets&place=wirral");
  });

  it("shows the kinds of a group of kinds only where one of them, or the group, is chosen", async () => {
    const group = { value: "MED", label: "Medicines", count: 5, chosen: false };
    const part = { value: "MED.3", label: "Short supply", count: 2, chosen: false, within: "MED" };
    const shown = async (chosen: boolean) => {
      const values = [group, { ...part, chosen }];
      const view = await read("q=x", { facets: { ...nothing.facets, category: values } });
      return view.facets[0]?.values.map(({ label, part: isPart }) => [label, isPart]);
    };
    expect(await shown(false)).toEqual([["Medicines", false]]);
    expect(await shown(true)).toEqual([
      ["Medicines", false],
      ["Short supply", true],
    ]);
  });

  it("says newest where there are no words to match by, and stops counting in time", async () => {
    const whole = await read("", { total: 5000, counts: { issues: 5000 } });
    expect(whole.sorts.map(({ name, chosen }) => [name, chosen])).toEqual([
      ["Newest", true],
      ["Oldest", false],
      ["Most organisations", false],
    ]);
    expect(whole.found).toBe("5,000+ issues");
    expect(whole.save).toBeNull();
    expect((await read("kind=people", { total: 1 })).found).toBe("1 person");
    expect((await read("q=x")).found).toBe("No issues");
  });

  it("15.5 does not look for what looks like an NHS number", async () => {
    const view = await read("q=letter+for+943+476+5919");
    expect(asked).toEqual([]);
    expect(view).toMatchObject({ identifier: true, hits: [], save: null, exportTo: null });
    await read("q=letter+for+943+476+5918");
    expect(asked).toHaveLength(1);
  });

  it("offers the issues found as a file to those who may take one, and to nobody else", async () => {
    expect((await read("q=x&sort=newest", { total: 2 })).exportTo).toBe("/search/export?q=x&sort=newest");
    expect((await read("q=x", { total: 0 })).exportTo).toBeNull();
    expect((await read("q=x&kind=services", { total: 2 })).exportTo).toBeNull();
    expect((await read("q=x", { total: 2 }, "P1-gp")).exportTo).toBeNull();
  });
});

it("A search is said in words, by the names of what it is narrowed to", () => {
  const query: FindQuery = {
    ...wholeFindQuery,
    text: "tablets",
    kind: "issues",
    place: ["wirral"],
    state: ["new", "accepted"],
    harm: ["moderate"],
    year: ["2026"],
  };
  expect(searchWords(query, directory)).toBe(
    "“tablets” in issues; Wirral; New or Accepted; Moderate harm; raised in 2026",
  );
  expect(searchWords(wholeFindQuery, directory)).toBe("everything");
});

it("A service leads to its issues, and to raising one for whoever may", () => {
  const service = directory.services[0];
  if (!service) throw new Error("the small directory has no service");
  const hit = {
    kind: "services" as const,
    id: service.id,
    organisation: { code: service.organisation, name: "A trust" },
    name: [{ text: service.name, marked: true }],
    detail: [],
  };
  const board = { directory, now: () => testDay };
  const seen = hitView(hit, actorOf(directory, "P1-gp"), board);
  expect(seen).toMatchObject({
    to: `/search?${new URLSearchParams({ service: service.id })}`,
    more: [{ to: `/issues/new?${new URLSearchParams({ about: `${service.organisation}/${service.id}` })}` }],
  });
});

it("A line of the palette begins near what matched, at a word", () => {
  const issue = buildIssue({ raisedFor: "P1", about: { organisation: "T1" }, state: "new" });
  const { body: _body, ...fields } = issue;
  const summary = { ...fields, affected: ["P1"] };
  const long = "The clerk of the ward says that the letter was never sent, and that the new ";
  const excerpt = [
    { text: long, marked: false },
    { text: "rota", marked: true },
    { text: " is to blame.", marked: false },
  ];
  const answer = {
    groups: [
      {
        kind: "replies" as const,
        hits: [{ kind: "replies" as const, summary, reply: { id: "R1" }, excerpt }],
        total: 1,
      },
    ],
  };
  const view = quickView({ ...answer, by: "engine" }, [], { directory, now: () => testDay });
  const [line] = view.groups[0]?.options ?? [];
  expect(line?.to).toBe(`/issues/${issue.reference}#R1`);
  expect(line?.small.map((run) => run.text)).toEqual([
    `${issue.reference} · `,
    "…never sent, and that the new ",
    "rota",
    " is to blame.",
  ]);
});
