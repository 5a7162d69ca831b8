import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mostSavedSearches } from "../../app/domain/find-ports";
import { accepted, type FollowedBoard, followedBoard } from "../support/followed-board";
import { author, buildIssue, raisedEvent } from "../support/issues";
import { testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
let board: FollowedBoard;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());
beforeEach(async () => {
  await store.connection.collection("saved-searches").deleteMany({});
  await store.connection.collection("notices").deleteMany({});
  board = followedBoard(store);
});

async function save(person: string, over: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const input = { name: "Late summaries", query: "q=summaries&state=new", tells: "yes", ...over };
  return accepted(await board.commands.saveSearch(board.actor(person), input)).search;
}

/** Raises an issue that every saved search finds, and follows it up. */
async function raise(over: Parameters<typeof buildIssue>[0] = {}) {
  const issue = buildIssue({ raisedAt: new Date(testDay.getTime() + 1_000), ...over });
  await store.issues.insert(issue, [raisedEvent(issue)]);
  board.finds.add(issue.id);
  board.pass(1);
  await board.followUp();
  return issue;
}

const told = async (issue: string) => (await board.told(issue, "search-matched")).told;

describe("a saved search", () => {
  it("17.5 tells its owner of an issue that it newly finds: once, also when the issue changes again", async () => {
    await save("P2-gp");
    const issue = await raise();
    expect(await told(issue.id)).toEqual(["P2-gp"]);
    expect(board.noticed).toContain("P2-gp");
    const [notice] = await store.notices.page("P2-gp", { limit: 5 }).then((page) => page.items);
    expect(notice).toMatchObject({ type: "search-matched", byName: "Your saved search “Late summaries”", asks: false });
    accepted(
      await board.commands.acceptIssue(board.actor("T1-interface-lead"), { issue: issue.reference, version: 1 }),
    );
    await board.followUp();
    expect(await told(issue.id)).toEqual(["P2-gp"]);
  });

  it("17.5 tells of an issue that comes to match only later", async () => {
    await save("P2-gp");
    const issue = buildIssue();
    await store.issues.insert(issue, [raisedEvent(issue)]);
    await board.followUp();
    expect(await told(issue.id)).toEqual([]);
    board.finds.add(issue.id);
    accepted(
      await board.commands.acceptIssue(board.actor("T1-interface-lead"), { issue: issue.reference, version: 1 }),
    );
    await board.followUp();
    expect(await told(issue.id)).toEqual(["P2-gp"]);
  });

  it("17.5 tells nobody of what it found when it was saved, of what they did themselves, or may not know of", async () => {
    const known = buildIssue();
    board.finds.add(known.id);
    await save("P2-gp");
    await save("P1-gp");
    await save("P3-gp");
    await store.issues.insert(known, [raisedEvent(known)]);
    await board.followUp();
    expect(await told(known.id)).toEqual([]);
    expect(await told((await raise({ raisedBy: author("P1-gp") })).id)).toEqual(["P2-gp", "P3-gp"]);
    const between = await raise({ raisedBy: author("P2-gp"), visibility: "organisations" });
    expect(await told(between.id)).toEqual([]);
  });

  it("reaches its owner under any hat they have", async () => {
    await save("two-hats", { query: "place=wirral" });
    const forTheIcb = await raise({ raisedBy: author("QYG-icb-medical-director"), visibility: "organisations" });
    expect(await told(forTheIcb.id)).toEqual(["two-hats"]);
  });

  it("17.5 tells nobody once it is deleted, or kept without telling", async () => {
    const id = await save("P2-gp");
    await save("P3-gp", { tells: "no" });
    accepted(await board.commands.deleteSearch(board.actor("P2-gp"), { id }));
    expect(await told((await raise()).id)).toEqual([]);
  });

  it("told of nothing while the engine is down, and once it is back", async () => {
    await save("P2-gp");
    board.engine.down = true;
    const issue = await raise();
    expect(await told(issue.id)).toEqual([]);
    board.engine.down = false;
    board.pass(60);
    await board.followUp();
    expect(await told(issue.id)).toEqual(["P2-gp"]);
  });
});

describe("keeping searches", () => {
  it("17.6 is each person's own: others neither see, change nor delete them", async () => {
    const id = await save("P2-gp");
    expect(await store.searches.list("P3-gp")).toEqual([]);
    const other = board.actor("P3-gp");
    const refusal = { ok: false, problem: { kind: "not-found" } };
    expect(await board.commands.deleteSearch(other, { id })).toEqual(refusal);
    expect(await board.commands.saveSearch(other, { id, name: "Mine now", query: "q=x" })).toEqual(refusal);
    expect((await store.searches.list("P2-gp")).map((each) => each.name)).toEqual(["Late summaries"]);
  });

  it("renames, and keeps the same search once", async () => {
    const id = await save("P2-gp");
    expect(await save("P2-gp", { name: "Named anew", query: "state=new&q=summaries" })).toBe(id);
    expect(await save("P2-gp", { id, name: "Another search", query: "q=letters", tells: "no" })).toBe(id);
    expect(await store.searches.list("P2-gp")).toMatchObject([
      { id, name: "Another search", tells: false, query: { text: "letters" } },
    ]);
  });

  it("refuses a search for nothing, one without a name, a patient's number, and one too many", async () => {
    const gp = board.actor("P2-gp");
    for (const input of [
      { name: "Everything", query: "sort=oldest" },
      { name: " ", query: "q=letters" },
    ])
      expect(await board.commands.saveSearch(gp, input)).toMatchObject({ ok: false, problem: { kind: "invalid" } });
    for (const input of [
      { name: "943 476 5919", query: "q=letters" },
      { name: "A patient", query: "q=943 476 5919" },
    ])
      expect(await board.commands.saveSearch(gp, input)).toMatchObject({ ok: false, problem: { kind: "identifier" } });
    for (let at = 0; at < mostSavedSearches; at++) await save("P2-gp", { query: `q=search${at}` });
    expect(await board.commands.saveSearch(gp, { name: "One more", query: "q=more" })).toMatchObject({
      ok: false,
      problem: { kind: "invalid" },
    });
    expect(await store.searches.list("P2-gp")).toHaveLength(mostSavedSearches);
  });
});
