import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placesOf } from "../../app/domain/board-keys";
import { type BoardQuery, boardQuerySchema } from "../../app/domain/board-query";
import { type Issue, issueStates, organisationsConcerned } from "../../app/domain/issue";
import { audienceKeys, mayRead } from "../../app/domain/permission";
import type { Actor } from "../../app/domain/person";
import type { SearchAnswer } from "../../app/domain/ports";
import { author, buildIssue, seeded } from "../support/issues";
import { openTestIndex, type TestIndex } from "../support/search";
import { actorOf, testDay } from "../support/small-directory";

/**
 * Rights before ranking, counting and suggesting: random issues with random audiences, random viewers and queries, and
 * beside each answer of the engine the one that the rules of the domain give by themselves.
 */
const rounds = process.env.LONG === "1" ? 600 : 40;
const random = seeded(20261122);
const practices = ["P1", "P2", "P3", "P4"];
const trusts = ["T1", "T2"];
const words = ["wombat", "quokka", "numbat", "bilby"];
const kinds = ["MED.3", "MED.1", "DIS.1", "REF.2"];
const people = [
  "P1-gp",
  "P2-gp",
  "P3-practice-manager",
  "T1-interface-lead",
  "T2-clinician",
  "QYG-auditor",
  "guest",
  "two-hats",
];
const issues = Array.from({ length: 300 }, randomIssue);

let search: TestIndex;
beforeAll(async () => {
  search = await openTestIndex();
  await search.add(...issues);
});
afterAll(() => search.drop());

function randomIssue(): Issue {
  const trust = random.pick(trusts);
  const by = author(`${random.pick(practices)}-gp`);
  const joined = random.chance(0.3) ? random.pick(practices) : undefined;
  return buildIssue({
    title: `${random.pick(words)} ${random.pick(words)}`,
    body: `${random.pick(words)} seen on the ward by the night team`,
    category: random.pick(kinds),
    raisedBy: by,
    raisedFor: by.organisation ?? "P1",
    about: { organisation: trust },
    owner: { post: `${trust}:interface-lead`, organisation: trust, since: testDay, why: "" },
    joined: joined
      ? [
          {
            id: `joining-of-${joined}`,
            by: author(`${joined}-gp`),
            organisation: joined,
            context: "us too",
            at: testDay,
          },
        ]
      : [],
    state: random.pick(issueStates),
    visibility: random.pick(["system", "organisations", "organisations", "people"]),
    namedPeople: people.filter(() => random.chance(0.15)),
    clock: { kind: "resolve", dueAt: new Date(testDay.getTime() + (random.below(20) - 10) * 86_400_000) },
  });
}

function randomActor(): Actor {
  return actorOf(search.directory, random.pick(people));
}

function randomQuery(): BoardQuery {
  return boardQuerySchema.parse({
    text: random.chance(0.6) ? random.pick(words) : "",
    ...(random.chance(0.3) ? { trust: random.pick(trusts) } : {}),
    ...(random.chance(0.3) ? { place: random.pick(["wirral", "liverpool"]) } : {}),
    ...(random.chance(0.3) ? { category: random.pick([...kinds, "MED"]) } : {}),
    ...(random.chance(0.3) ? { state: random.pick(issueStates) } : {}),
    overdue: random.chance(0.3),
  });
}

/** What the domain says, without any index. */
function matches(issue: Issue, query: BoardQuery): boolean {
  const text = query.text === "" || `${issue.title} ${issue.body}`.includes(query.text);
  const trust = !query.trust || organisationsConcerned(issue).includes(query.trust);
  const place = !query.place || placesOf(issue, search.directory).includes(query.place);
  const kind = !query.category || issue.category === query.category || issue.category.startsWith(`${query.category}.`);
  const state = !query.state || issue.state === query.state;
  const overdue = !query.overdue || (issue.clock !== undefined && issue.clock.dueAt < testDay);
  return text && trust && place && kind && state && overdue;
}

function allowed(actor: Actor, query: BoardQuery): Issue[] {
  return issues.filter((issue) => mayRead(actor, issue) && matches(issue, query));
}

function counted(found: readonly Issue[], valuesOf: (issue: Issue) => readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of found.flatMap(valuesOf)) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** Each facet counts what would be listed if the query did not narrow that facet. */
function facetsAllowed(actor: Actor, query: BoardQuery): SearchAnswer["facets"] {
  const without = (field: "state" | "category" | "place" | "trust") => allowed(actor, { ...query, [field]: undefined });
  const trustsOf = (issue: Issue) => organisationsConcerned(issue).filter((code) => trusts.includes(code));
  return {
    state: counted(without("state"), (issue) => [issue.state]),
    category: counted(without("category"), (issue) => [issue.category]),
    place: counted(without("place"), (issue) => placesOf(issue, search.directory)),
    trust: counted(without("trust"), trustsOf),
  };
}

describe("What the viewer may not know of", () => {
  test("is not listed, not counted and in no facet, whatever is asked", async () => {
    for (let round = 0; round < rounds; round++) {
      const actor = randomActor();
      const query = randomQuery();
      const expected = allowed(actor, query);
      const answer = await search.index.search(audienceKeys(actor), query, {
        offset: 0,
        limit: 400,
        mine: [],
        now: testDay,
      });
      const context = `round ${round}: ${actor.person} asked ${JSON.stringify(query)}`;
      expect(answer.hits.map((hit) => hit.id).sort(), context).toEqual(expected.map((issue) => issue.id).sort());
      expect(answer.total, context).toBe(expected.length);
      expect(answer.facets, context).toEqual(facetsAllowed(actor, query));
    }
  });

  test("is in no column and no column's count", async () => {
    for (let round = 0; round < rounds / 4; round++) {
      const actor = randomActor();
      const query = { ...randomQuery(), state: undefined };
      const columns = await search.index.columns(audienceKeys(actor), query, {
        states: issueStates,
        offset: 0,
        limit: 400,
        mine: [],
        now: testDay,
      });
      for (const column of columns) {
        const expected = allowed(actor, { ...query, state: column.state });
        const overdue = allowed(actor, { ...query, state: column.state, overdue: true });
        expect([...column.ids].sort()).toEqual(expected.map((issue) => issue.id).sort());
        expect([column.total, column.overdue]).toEqual([expected.length, overdue.length]);
      }
    }
  });

  test("is nobody's neighbour and lends nobody its words", async () => {
    for (let round = 0; round < rounds / 2; round++) {
      const actor = randomActor();
      const near = random.pick(issues);
      const like = await search.index.similar(
        audienceKeys(actor),
        { title: near.title, text: near.body },
        { limit: 10, from: 0 },
      );
      for (const { id } of like) expect(mayRead(actor, issues.find((issue) => issue.id === id) ?? near)).toBe(true);
      if (mayRead(actor, near)) expect(like.length).toBeGreaterThan(0);
    }
  });
});
