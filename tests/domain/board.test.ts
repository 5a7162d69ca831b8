import { describe, expect, test } from "vitest";
import { type BoardFacet, boardKeysFor, boardKeysOf, boardOrderOf, placesOf } from "../../app/domain/board-keys";
import {
  type BoardQuery,
  boardQuerySchema,
  planBoardQuery,
  readBoardQuery,
  writeBoardQuery,
} from "../../app/domain/board-query";
import { categories } from "../../app/domain/category";
import { type Issue, issueStates, organisationsConcerned, visibilities } from "../../app/domain/issue";
import { audienceOf, mayRead } from "../../app/domain/permission";
import type { Actor } from "../../app/domain/person";
import { author, buildIssue, seeded } from "../support/issues";
import { actorOf, smallDirectory, smallFacts } from "../support/small-directory";

const directory = smallDirectory();
const codes = smallFacts.organisations.map(({ code }) => code);
const people = smallFacts.people.map(({ id }) => id);

describe("what the board lists", () => {
  const random = seeded(7);
  const few = <T>(items: readonly T[]) => Array.from({ length: random.below(3) }, () => random.pick(items));

  function randomIssue(): Issue {
    const owner = random.pick(smallFacts.posts);
    const issue = buildIssue({
      visibility: random.pick(visibilities),
      category: random.pick(categories).code,
      namedPeople: few(people),
      raisedFor: random.pick(codes),
      about: { organisation: random.pick(codes) },
      owner: { ...buildIssue().owner, post: owner.id, organisation: owner.organisation },
      followers: few(people),
      joined: few(codes).map((organisation) => ({
        id: "j",
        by: author("P1-gp"),
        organisation,
        context: "Here too.",
        at: new Date(0),
      })),
    });
    return { ...issue, audience: audienceOf(issue) };
  }

  function randomFacet(): BoardFacet {
    const category = random.pick(categories);
    return random.pick<BoardFacet>([
      { kind: "all" },
      { kind: "mine" },
      { kind: "posts", posts: few(smallFacts.posts).map(({ id }) => id) },
      { kind: "organisation", organisation: random.pick(codes) },
      { kind: "place", place: random.pick(["wirral", "liverpool"]) },
      { kind: "category", category: random.chance(0.5) ? category.code : category.group },
      { kind: "organisation-and-category", organisation: random.pick(codes), category: category.group },
    ]);
  }

  /** What a person would say when asked whether an issue belongs on a list. */
  function belongs(actor: Actor, facet: BoardFacet, issue: Issue): boolean {
    const isOf = (category: string) => issue.category === category || issue.category.startsWith(`${category}.`);
    switch (facet.kind) {
      case "all":
        return true;
      case "mine":
        return issue.followers.includes(actor.person) || actor.posts.includes(issue.owner.post);
      case "posts":
        return facet.posts.includes(issue.owner.post);
      case "organisation":
        return organisationsConcerned(issue).includes(facet.organisation);
      case "place":
        return placesOf(issue, directory).includes(facet.place);
      case "category":
        return isOf(facet.category);
      case "organisation-and-category":
        return organisationsConcerned(issue).includes(facet.organisation) && isOf(facet.category);
    }
  }

  test("7.1 is what the viewer may know of and the filter asks for: nothing else, nothing missing", () => {
    let listed = 0;
    for (let i = 0; i < 5_000; i++) {
      const issue = randomIssue();
      const actor = actorOf(directory, random.pick(people));
      const facet = randomFacet();
      const keys = new Set(boardKeysOf(issue, directory));
      const found = boardKeysFor(actor, facet).some((key) => keys.has(key));
      expect(found).toBe(mayRead(actor, issue) && belongs(actor, facet, issue));
      if (found) listed++;
    }
    expect(listed).toBeGreaterThan(500);
  });

  test("7.1 an issue has each key once", () => {
    for (let i = 0; i < 200; i++) {
      const issue = { ...randomIssue(), namedPeople: [] };
      const keys = boardKeysOf({ ...issue, audience: audienceOf(issue) }, directory);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test("7.2 an issue counts where its practices are; without one, where the organisation it is about is", () => {
    const from = (raisedFor: string, about: string) =>
      placesOf({ raisedFor, about: { organisation: about }, joined: [] }, directory);
    expect(from("P1", "T2")).toEqual(["wirral"]);
    expect(from("T2", "P3")).toEqual(["liverpool"]);
    expect(from("T1", "T2").sort()).toEqual(["liverpool", "wirral"]);
    expect(from("P9", "P1")).toEqual(["wirral"]);
  });

  test("7.3 what is due first stands first, what has no clock last, and what closed last first of the closed", () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 2, hour));
    const order = (issue: Partial<Issue>) => boardOrderOf(buildIssue(issue));
    const early = order({ clock: { kind: "acknowledge", dueAt: at(9) } });
    const late = order({ clock: { kind: "resolve", dueAt: at(10) } });
    const never = boardOrderOf({ state: "in-progress", changedAt: at(9) });
    expect(early).toBeLessThan(late);
    expect(late).toBeLessThan(never);
    expect(order({ state: "resolved", closedAt: at(10) })).toBeLessThan(order({ state: "resolved", closedAt: at(9) }));
  });
});

describe("the board's address", () => {
  const random = seeded(8);
  const maybe = <T>(value: T): T | undefined => (random.chance(0.5) ? value : undefined);

  function randomQuery(): BoardQuery {
    return boardQuerySchema.parse({
      mine: random.chance(0.5),
      myOrganisation: random.chance(0.5),
      place: maybe("wirral"),
      trust: maybe("RBL"),
      category: maybe(random.pick(["MED", "MED.3"])),
      state: maybe(random.pick(issueStates)),
      overdue: random.chance(0.5),
      view: random.pick(["columns", "table"] as const),
      text: random.pick(["", "discharge", "a&b=c +%", "café 😀"]),
    });
  }

  test("7.4 says every filter and gives it back", () => {
    for (let i = 0; i < 500; i++) {
      const query = randomQuery();
      expect(readBoardQuery(new URLSearchParams(writeBoardQuery(query).toString()))).toEqual(query);
    }
  });

  test("7.4 leaves out what is at its default", () => {
    expect(writeBoardQuery(readBoardQuery(new URLSearchParams())).toString()).toBe("");
  });

  test.each([
    "state=nonsense&view=sideways&mine=yes&overdue=",
    `place=${"x".repeat(41)}&trust=${"x".repeat(21)}&category=${"x".repeat(11)}`,
    "place=&trust=%20&category=",
  ])("7.4 what cannot be understood is left out, never an error: %s", (search) => {
    expect(readBoardQuery(new URLSearchParams(search))).toEqual(boardQuerySchema.parse({}));
  });

  test("7.4 a longer text than anybody searches for is cut", () => {
    expect(readBoardQuery(new URLSearchParams({ q: ` ${"long ".repeat(100)}` })).text).toHaveLength(200);
  });
});

describe("how a board is answered", () => {
  const actor = actorOf(directory, "P1-gp");
  const plan = (query: Partial<BoardQuery>) => planBoardQuery(actor, boardQuerySchema.parse(query));

  test.each<[string, Partial<BoardQuery>, ReturnType<typeof planBoardQuery>]>([
    ["everything", {}, { by: "index", facet: { kind: "all" } }],
    ["mine", { mine: true }, { by: "index", facet: { kind: "mine" } }],
    ["my organisation", { myOrganisation: true }, { by: "index", facet: { kind: "organisation", organisation: "P1" } }],
    [
      "a Place and a state",
      { place: "wirral", state: "new" },
      { by: "index", facet: { kind: "place", place: "wirral" } },
    ],
    ["overdue", { overdue: true }, { by: "index", facet: { kind: "all" } }],
    [
      "a trust and a group of kinds",
      { trust: "T1", category: "MED" },
      { by: "index", facet: { kind: "organisation-and-category", organisation: "T1", category: "MED" } },
    ],
  ])("7.5 the index answers %s", (_, query, expected) => {
    expect(plan(query)).toEqual(expected);
  });

  test.each<[string, Partial<BoardQuery>, BoardFacet]>([
    ["a text", { text: "letters" }, { kind: "all" }],
    ["a text within mine", { text: "letters", mine: true }, { kind: "mine" }],
    ["a trust and one kind", { trust: "T1", category: "MED.1" }, { kind: "organisation", organisation: "T1" }],
    ["mine in a Place", { mine: true, place: "wirral" }, { kind: "mine" }],
    [
      "my organisation and a trust",
      { myOrganisation: true, trust: "T1" },
      { kind: "organisation", organisation: "P1" },
    ],
  ])("7.5 the search index answers %s, led by the narrowest filter", (_, query, facet) => {
    expect(plan(query)).toEqual({ by: "search", facet });
  });

  test("7.5 somebody without an organisation is not filtered by one", () => {
    const guest = actorOf(directory, "guest");
    expect(planBoardQuery(guest, boardQuerySchema.parse({ myOrganisation: true }))).toEqual({
      by: "index",
      facet: { kind: "all" },
    });
  });
});
