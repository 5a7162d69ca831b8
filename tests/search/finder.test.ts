import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Directory } from "../../app/domain/directory";
import type { Finder, FindHit } from "../../app/domain/find-ports";
import { type FindQuery, findPageSize, readFindQuery } from "../../app/domain/find-query";
import type { Issue } from "../../app/domain/issue";
import type { Actor } from "../../app/domain/person";
import type { TextRun } from "../../app/domain/ports";
import { openTestFinder, type TestFinder } from "../support/finding";
import { author, buildIssue } from "../support/issues";
import { actorOf, smallFacts, testDay } from "../support/small-directory";

let test_: TestFinder;
let finder: Finder;
let gp: Actor;
const day = 86_400_000;
const at = (days: number) => new Date(testDay.getTime() + days * day);

const late = buildIssue({
  title: "Discharge summaries arrive late",
  body: "Three came after the first appointment.",
  raisedAt: at(-400),
  changedAt: at(-3),
  joined: [{ id: "j", by: author("P2-gp"), organisation: "P2", context: "Same for our wombats", at: testDay }],
});
const emergency = buildIssue({
  title: "Nobody answers the accident and emergency line",
  body: "It rings out before nine.",
  category: "CON.2",
  harm: "moderate",
  about: { organisation: "T1", service: "T1-pharmacy" },
  raisedAt: at(-10),
  changedAt: at(-2),
});
const solved = buildIssue({
  title: "Clinic letters without a medicines list",
  body: "None of the doses are there.",
  category: "LET.2",
  state: "resolved",
  raisedBy: author("P3-gp"),
  about: { organisation: "T2" },
  owner: { post: "T2:interface-lead", organisation: "T2", since: testDay, why: "" },
  raisedAt: at(-5),
  changedAt: at(-1),
  outcome: {
    id: "o",
    changed: "Every letter now carries the quokka table",
    forWhom: "All practices of Liverpool",
    by: author("T2-interface-lead"),
    side: "owning",
    at: at(-1),
    answers: [],
  },
});
const secret = buildIssue({
  title: "Wombat nobody may know of",
  body: "A wombat, a quokka, a numbat.",
  visibility: "people",
  namedPeople: ["guest"],
  raisedAt: at(-1),
});
const replies: Record<string, string[]> = {
  [late.id]: ["The bilby is on leave", "We will call about the numbat on Monday"],
};

beforeAll(async () => {
  const facts = {
    ...smallFacts,
    services: [
      ...smallFacts.services,
      { id: "T1-ae", organisation: "T1", name: "A&E", kind: "emergency" },
      { id: "T2-letters", organisation: "T2", name: "Clinic letters office", kind: "administration" },
    ],
  };
  test_ = await openTestFinder(new Directory(facts));
  const issues = [late, emergency, solved, secret];
  await test_.store.issues.insertMany(issues);
  await test_.search.add(...issues.map((issue) => ({ issue, replies: replies[issue.id] ?? [] })));
  finder = test_.finder;
  gp = actorOf(test_.store.knownPeople, "P1-gp");
});
afterAll(() => test_.drop());

const query = (address: string): FindQuery => readFindQuery(new URLSearchParams(address));
const find = (address: string, actor = gp) => finder.find(actor, query(address));
const idsOf = (hits: readonly FindHit[]) => hits.flatMap((hit) => ("summary" in hit ? hit.summary.id : []));
const marked = (runs: readonly TextRun[]) => runs.filter((run) => run.marked).map((run) => run.text);

describe("Search over everything", () => {
  test("17.2 finds issues by every text in them that both sides see, and marks where", async () => {
    const cases: readonly [string, Issue, string][] = [
      ["discharge", late, "Discharge"],
      ["appointment", late, "appointment"],
      ["wombats", late, "wombats"],
      ["bilby", late, "bilby"],
      ["quokka", solved, "quokka"],
    ];
    for (const [text, issue, word] of cases) {
      const { hits, total, by } = await find(`q=${text}`);
      expect([idsOf(hits), total, by], text).toEqual([[issue.id], 1, "engine"]);
      const [hit] = hits;
      if (hit?.kind !== "issues") throw new Error("not an issue");
      expect([...marked(hit.title), ...marked(hit.excerpt)], text).toContain(word);
    }
  });

  test("finds replies and outcomes by their own words, each with its issue", async () => {
    const ofReplies = await find("q=numbat&kind=replies");
    expect(ofReplies.hits).toMatchObject([{ kind: "replies", reply: { id: `${late.id}-reply-1` } }]);
    expect(idsOf(ofReplies.hits)).toEqual([late.id]);
    expect((await find("q=appointment&kind=replies")).hits).toEqual([]);
    const ofOutcomes = await find("q=quokka&kind=outcomes");
    expect(ofOutcomes.hits).toMatchObject([{ kind: "outcomes" }]);
    expect(idsOf(ofOutcomes.hits)).toEqual([solved.id]);
    expect((await find("q=medicines&kind=outcomes")).hits).toEqual([]);
    expect(idsOf((await find("kind=outcomes")).hits)).toEqual([solved.id]);
    expect(idsOf((await find("kind=replies")).hits)).toEqual([late.id]);
  });

  test("finds services, organisations and people, with and without the engine", async () => {
    for (const over of [test_.finder, test_.basic]) {
      const services = await over.find(gp, query("q=letters office&kind=services"));
      expect(services.hits).toMatchObject([{ kind: "services", id: "T2-letters", organisation: { code: "T2" } }]);
      const organisations = await over.find(gp, query("q=trust tw&kind=organisations"));
      expect(organisations.hits).toMatchObject([{ kind: "organisations", code: "T2" }]);
      const people = await over.find(gp, query("q=interface-lead trust&kind=people"));
      expect(people.hits.map((hit) => hit.kind === "people" && hit.person)).toEqual([
        "T1-interface-lead",
        "T2-interface-lead",
      ]);
      expect(people.counts.people).toBe(2);
      expect((await over.find(gp, query("kind=organisations&place=liverpool"))).total).toBe(4);
    }
  });

  test("beside everything shows the first few of each other kind, and counts them all", async () => {
    const { hits, beside, counts } = await find("q=letters");
    expect(idsOf(hits)).toEqual([solved.id]);
    expect(beside.map(({ kind, total }) => [kind, total])).toEqual([
      ["outcomes", 1],
      ["services", 1],
    ]);
    expect(counts).toEqual({ issues: 1, replies: 0, outcomes: 1, services: 1, organisations: 0, people: 0 });
  });

  test("17.3 is instant: beginnings of words, slips of the finger, abbreviations in both directions", async () => {
    for (const text of ["disch", "dischrage sumaries", "emergncy", "A%26E", "a%26e", "A.%26E.", "ED line"]) {
      const { hits } = await find(`q=${text}`);
      expect(hits.length, text).toBeGreaterThan(0);
    }
    expect(idsOf((await find("q=A%26E")).hits)).toEqual([emergency.id]);
    expect(idsOf((await find("q=accident and emergency")).hits)).toEqual([emergency.id]);
  });

  test("counts facets of what it finds, each as if it did not narrow itself; several values widen", async () => {
    const all = await find("");
    expect(all.total).toBe(3);
    const counts = (facet: keyof typeof all.facets, of = all) =>
      Object.fromEntries(of.facets[facet].map((each) => [each.value, each.count]));
    expect(counts("state")).toEqual({ new: 2, resolved: 1 });
    expect(counts("place")).toEqual({ wirral: 2, liverpool: 1 });
    expect(counts("category")).toEqual({ DIS: 1, "DIS.1": 1, CON: 1, "CON.2": 1, LET: 1, "LET.2": 1 });
    expect(counts("harm")).toEqual({ low: 2, moderate: 1 });
    expect(counts("year")).toEqual({ "2026": 2, "2025": 1 });
    expect(counts("service")).toEqual({ "T1-pharmacy": 1 });
    expect(counts("organisation")).toMatchObject({ P1: 2, T1: 2, P2: 1, P3: 1, T2: 1 });
    expect(all.facets.theme).toEqual([]);
    const narrowed = await find("state=new&category=DIS&category=CON.2&place=wirral");
    expect(idsOf(narrowed.hits)).toEqual([emergency.id, late.id]);
    expect(counts("state", narrowed)).toEqual({ new: 2 });
    expect(counts("category", narrowed)).toEqual({ DIS: 1, "DIS.1": 1, CON: 1, "CON.2": 1 });
    expect(narrowed.facets.category.find((each) => each.value === "CON.2")).toMatchObject({
      label: "Phone line unanswered",
      chosen: true,
      within: "CON",
    });
    const none = await find("state=new&organisation=T2");
    expect([none.total, none.facets.organisation.find((each) => each.value === "T2")]).toMatchObject([
      0,
      { count: 0, chosen: true, label: "Trust Two" },
    ]);
  });

  test("sorts by match, by age and by how many organisations are affected", async () => {
    expect(idsOf((await find("")).hits)).toEqual([solved.id, emergency.id, late.id]);
    expect(idsOf((await find("sort=newest")).hits)).toEqual([solved.id, emergency.id, late.id]);
    expect(idsOf((await find("sort=oldest")).hits)).toEqual([late.id, emergency.id, solved.id]);
    expect(idsOf((await find("sort=affected")).hits)[0]).toBe(late.id);
    expect(idsOf((await test_.basic.find(gp, query("sort=affected"))).hits)[0]).toBe(late.id);
    expect(idsOf((await find("q=the&sort=oldest")).hits)[0]).toBe(late.id);
  });

  test("where nothing holds every word, what holds some is found and says so", async () => {
    const answer = await find("q=discharge wombat kangaroo");
    expect([answer.matched, idsOf(answer.hits)]).toEqual(["some", [late.id]]);
    expect((await find("q=discharge late")).matched).toBe("all");
  });

  test("an issue's reference finds it first, however it is written, for those who may know of it", async () => {
    for (const text of [late.reference, late.reference.toLowerCase(), late.reference.replace("-", " ")])
      expect(idsOf((await find(`q=${text}`)).hits)[0], text).toBe(late.id);
    expect(idsOf((await find(`q=${secret.reference}`)).hits)).not.toContain(secret.id);
    const { groups } = await finder.quick(gp, late.reference);
    expect(idsOf(groups[0]?.hits ?? [])[0]).toBe(late.id);
  });

  test("a guest finds what they were named on, and nothing of the directory", async () => {
    const guest = actorOf(test_.store.knownPeople, "guest");
    for (const over of [test_.finder, test_.basic]) {
      const answer = await over.find(guest, query("q=wombat"));
      expect(idsOf(answer.hits)).toEqual([secret.id]);
      expect([answer.counts.people, answer.counts.services, answer.counts.organisations]).toEqual([0, 0, 0]);
      expect((await over.find(guest, query("kind=people"))).hits).toEqual([]);
      const { groups } = await over.quick(guest, "person");
      expect(groups).toEqual([]);
    }
  });

  test("while somebody types, a few of each kind that has any", async () => {
    const { groups, by } = await finder.quick(gp, "lett");
    expect(by).toBe("engine");
    expect(groups.map((group) => group.kind)).toEqual(["issues", "outcomes", "services"]);
    expect(await finder.quick(gp, "   ")).toEqual({ groups: [], by: "engine" });
  });
});

describe("Pages of answers", () => {
  test("follow one another without a gap or a repeat, to the last", async () => {
    const many = Array.from({ length: 47 }, (_, each) => buildIssue({ title: `Zebra crossing ${each}` }));
    await test_.store.issues.insertMany(many);
    await test_.search.add(...many);
    for (const over of [test_.finder, test_.basic]) {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await over.find(gp, query("q=zebra"), cursor);
        expect(page.total).toBe(47);
        expect(page.hits.length).toBeLessThanOrEqual(findPageSize);
        ids.push(...idsOf(page.hits));
        cursor = page.next;
      } while (cursor);
      expect([...ids].sort()).toEqual(many.map((issue) => issue.id).sort());
    }
    expect((await finder.find(gp, query("q=zebra"), "nonsense")).hits).toHaveLength(findPageSize);
    expect((await finder.find(gp, query("q=zebra"), "all-99999")).hits).toEqual([]);
  });
});

describe("Without the engine", () => {
  test("the store finds issues and outcomes by whole words as written, and says that search is basic", async () => {
    const answer = await test_.basic.find(gp, query("q=letters"));
    expect([answer.by, idsOf(answer.hits), answer.counts.outcomes]).toEqual(["basic", [solved.id], 1]);
    expect(answer.counts.replies).toBeUndefined();
    expect(Object.values(answer.facets).flat()).toEqual([]);
    for (const narrowed of ["place=wirral", "organisation=T1", "service=T1-pharmacy", "harm=moderate", "year=2026"]) {
      const basic = await test_.basic.find(gp, query(`q=nobody&${narrowed}`));
      expect(idsOf(basic.hits), narrowed).toEqual([emergency.id]);
    }
    expect((await test_.basic.find(gp, query("q=nobody&year=2025&theme=x"))).hits).toEqual([]);
    expect((await test_.basic.quick(gp, "nobody")).groups.map((group) => group.kind)).toEqual(["issues"]);
  });
});

describe("What a saved search newly finds", () => {
  test("17.5 is asked with the rights of its owner, for these issues only", async () => {
    const ids = [late.id, solved.id, secret.id];
    const asked = (keys: readonly string[], address: string) => ({ keys, query: query(address), ids });
    expect(
      await test_.search.index.matching([
        asked(["system"], "q=quokka"),
        asked(["person:guest"], "q=quokka"),
        asked(["system", "person:guest"], "kind=outcomes"),
        asked(["system"], "q=quokka&place=wirral"),
        asked(["system"], "kind=people&q=person"),
        asked([], ""),
      ]),
    ).toEqual([[solved.id], [secret.id], [solved.id], [], [], []]);
  });

  test("17.5 is not answered while the index does not hold the issue: it is asked again later", async () => {
    const asked = { keys: ["system"], query: query("q=quokka"), ids: [late.id, "01UNKNOWN0000000000000000X"] };
    await expect(test_.search.index.matching([asked])).rejects.toThrow("a moment behind");
  });
});
