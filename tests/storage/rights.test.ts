import { afterAll, beforeAll, expect, it } from "vitest";
import { facetsOf } from "../../app/domain/board-keys";
import { boardQuerySchema } from "../../app/domain/board-query";
import { type Issue, issueStates, type Reply, visibilities } from "../../app/domain/issue";
import { mayRead, mayReadReply } from "../../app/domain/permission";
import { actorFor } from "../../app/domain/person";
import { author, buildIssue, buildReply, newId, seeded } from "../support/issues";
import { smallFacts, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
const issues: Issue[] = [];
const replies: Reply[] = [];
const random = seeded(20261102);
const people = smallFacts.people.map((person) => person.id);
const codes = smallFacts.organisations.map((organisation) => organisation.code);

beforeAll(async () => {
  store = await openTestStore();
  for (let i = 0; i < 400; i++) issues.push(randomIssue());
  await store.issues.insertMany(issues);
  for (const issue of issues) {
    for (let i = random.below(4); i > 0; i--) replies.push(randomReply(issue));
  }
  await store.replies.insertMany(replies);
});
afterAll(() => store.drop());

function randomIssue(): Issue {
  const raiser = random.pick(["P1-gp", "P2-gp", "P3-practice-manager", "T1-clinician"]);
  const owner = random.pick(["T1", "T2", "QYG", "P4"]);
  return buildIssue({
    raisedBy: author(raiser),
    raisedFor: raiser.split("-")[0] ?? "P1",
    about: { organisation: random.pick(["T1", "T2", "P4"]) },
    owner: { post: `${owner}:interface-lead`, organisation: owner, since: testDay, why: "because" },
    state: random.pick(issueStates),
    visibility: random.pick(visibilities),
    namedPeople: people.filter(() => random.chance(0.08)),
    joined: random.chance(0.3)
      ? [{ id: newId(), by: author("P2-gp"), organisation: random.pick(codes), context: "Us too", at: testDay }]
      : [],
    category: random.pick(["DIS.1", "MED.3", "POS.1"]),
    changedAt: new Date(testDay.getTime() - random.below(50) * 3_600_000),
  });
}

function randomReply(issue: Issue): Reply {
  return buildReply(issue, {
    at: new Date(testDay.getTime() + random.below(5) * 60_000),
    audience: random.chance(0.5) ? { kind: "shared" } : { kind: "organisation", organisation: random.pick(codes) },
  });
}

/** Everybody of the small directory, under every hat they hold. */
function everyActor() {
  return people.flatMap((person) => {
    const hats = store.knownPeople.postsHeldBy(person, testDay).map((post) => post.id);
    return (hats.length > 0 ? hats : [undefined]).map((hat) => {
      const actor = actorFor(store.knownPeople, person, hat, testDay);
      if (!actor) throw new Error("no such person");
      return actor;
    });
  });
}

it("Pages, counts and cards give exactly what an actor may read, for everyone under every hat", async () => {
  for (const actor of everyActor()) {
    const facet = random.pick([
      { kind: "all" },
      { kind: "organisation", organisation: "T1" },
      { kind: "category", category: "MED" },
    ] as const);
    const name = facet.kind === "all" ? "all" : facet.kind === "category" ? "cat:MED" : "org:T1";
    const readable = issues
      .filter((issue) => mayRead(actor, issue) && facetsOf(issue, store.knownPeople).includes(name))
      .map((issue) => issue.id)
      .sort();
    const order = random.pick(["due", "latest"] as const);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.issues.page(actor, {
        facet,
        states: issueStates,
        order,
        limit: 60,
        ...(cursor ? { cursor } : {}),
      });
      found.push(...page.items.map((each) => each.id));
      cursor = page.next;
    } while (cursor);
    expect(found.sort(), `${actor.person} under ${name} by ${order}`).toEqual(readable);
    expect(await store.issues.count(actor, facet, issueStates, 1_000)).toBe(readable.length);
    const cards = await store.issues.summaries(
      actor,
      issues.map((issue) => issue.id),
    );
    expect(cards.map((card) => card.id)).toEqual(
      issues.filter((issue) => mayRead(actor, issue)).map((issue) => issue.id),
    );
  }
}, 60_000);

it("Looking up by reference and by id finds what may be read and nothing else", async () => {
  const actors = everyActor();
  for (let i = 0; i < 200; i++) {
    const issue = random.pick(issues);
    const actor = random.pick(actors);
    const [byReference, byId] = await Promise.all([
      store.issues.byReference(actor, issue.reference),
      store.issues.byId(actor, issue.id),
    ]);
    const readable = mayRead(actor, issue) ? issue.id : undefined;
    expect(byReference?.id).toBe(readable);
    expect(byId?.id).toBe(readable);
  }
});

it("A thread shows exactly the replies its reader may read, oldest first", async () => {
  const actors = everyActor();
  for (let i = 0; i < 200; i++) {
    const issue = random.pick(issues);
    const actor = random.pick(actors);
    const page = await store.replies.ofIssue(actor, issue);
    const readable = replies
      .filter((reply) => reply.issue === issue.id && mayRead(actor, issue) && mayReadReply(actor, reply))
      .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
    expect(page.items).toEqual(readable);
  }
});

it("Narrowed lists keep to the same rights", async () => {
  const query = boardQuerySchema.parse({ trust: "T1", place: "wirral" });
  for (const actor of everyActor()) {
    const { items } = await store.issues.narrowed(actor, query, issueStates, 400);
    const readable = issues.filter((issue) => {
      const facets = facetsOf(issue, store.knownPeople);
      return mayRead(actor, issue) && facets.includes("org:T1") && facets.includes("place:wirral");
    });
    expect(items.map((each) => each.id).sort()).toEqual(readable.map((issue) => issue.id).sort());
  }
});
