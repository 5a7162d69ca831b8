import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Issue } from "../../app/domain/issue";
import { accepted, type FollowedBoard, followedBoard } from "../support/followed-board";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
let board: FollowedBoard;
beforeAll(async () => {
  store = await openTestStore();
  board = followedBoard(store);
});
afterAll(async () => {
  await board.stop();
  await store.drop();
});

const nobody = { asked: [], told: [] };

/** P1's GP raises an issue about T1; it goes to T1's interface lead. */
async function raise(over: object = {}): Promise<Issue> {
  const input = {
    organisation: "T1",
    body: "Summaries arrive late.",
    category: "DIS.1",
    harm: "low",
    declared: [],
    ...over,
  };
  const { id } = accepted(await board.commands.raiseIssue(board.actor("P1-gp"), input));
  return stored(id);
}

async function stored(id: string): Promise<Issue> {
  const issue = await store.issues.unfiltered(id);
  if (!issue) throw new Error("no such issue");
  return issue;
}

async function reply(issue: Issue, person: string, audience: "shared" | "internal" = "shared") {
  const input = { issue: issue.reference, text: "We are looking into it.", audience, declared: [] };
  accepted(await board.commands.postReply(board.actor(person), input));
  await board.followUp();
}

async function join(issue: Issue, person: string) {
  const input = { issue: issue.reference, context: "Here too.", declared: [] };
  accepted(await board.commands.joinIssue(board.actor(person), input));
}

async function offer(issue: Issue, person: string) {
  const { version } = await stored(issue.id);
  const input = { issue: issue.reference, version, changed: "A new rule.", forWhom: "Everyone", declared: [] };
  accepted(await board.commands.offerOutcome(board.actor(person), input));
}

async function answer(issue: Issue, person: string, said: "agree" | "disagree" | "dissent") {
  const { version } = await stored(issue.id);
  const input = { issue: issue.reference, version, answer: said, reason: "Because.", declared: [] };
  accepted(await board.commands.answerOutcome(board.actor(person), input));
}

describe("Who is told", () => {
  it("a raised issue asks the holders of the owner post, and nobody else", async () => {
    const issue = await raise();
    await board.followUp();
    expect(await board.told(issue.id, "issue-raised")).toEqual({ asked: ["T1-interface-lead"], told: [] });
  });

  it("a shared reply reaches everyone on the thread but its writer", async () => {
    const issue = await raise();
    await join(issue, "P2-gp");
    await reply(issue, "T1-interface-lead");
    expect(await board.told(issue.id, "reply-posted")).toEqual({ asked: [], told: ["P1-gp", "P2-gp"] });
    expect(await board.told(issue.id, "work-started")).toEqual({ asked: [], told: ["P1-gp", "P2-gp"] });
    expect((await stored(issue.id)).state).toBe("in-progress");
  });

  it("an internal note reaches its own organisation only, and starts no work", async () => {
    const issue = await raise();
    await reply(issue, "T1-clinician", "internal");
    expect(await board.told(issue.id, "reply-posted")).toEqual({ asked: [], told: ["T1-interface-lead"] });
    await reply(issue, "P1-practice-manager", "internal");
    expect((await board.told(issue.id, "reply-posted")).told).toEqual(["P1-gp", "T1-interface-lead"]);
    expect((await stored(issue.id)).state).toBe("new");
  });

  it("an issue sent on asks its new owner and tells its old one", async () => {
    const issue = await raise();
    const input = { issue: issue.reference, version: 1, post: "T2:interface-lead", reason: "Theirs.", declared: [] };
    accepted(await board.commands.redirectIssue(board.actor("T1-interface-lead"), input));
    await board.followUp();
    expect(await board.told(issue.id, "issue-redirected")).toEqual({ asked: ["T2-interface-lead"], told: ["P1-gp"] });
    await offer(issue, "T2-interface-lead");
    await board.followUp();
    expect(await board.told(issue.id, "outcome-offered")).toEqual({ asked: ["P1-gp"], told: ["T1-interface-lead"] });
  });

  it("an offered outcome asks the other side, and disagreement asks the owner", async () => {
    const issue = await raise();
    await join(issue, "P2-gp");
    await offer(issue, "T1-interface-lead");
    await board.followUp();
    expect(await board.told(issue.id, "outcome-offered")).toEqual({ asked: ["P1-gp"], told: ["P2-gp"] });
    await answer(issue, "P1-gp", "disagree");
    await board.followUp();
    expect(await board.told(issue.id, "outcome-answered")).toEqual({ asked: ["T1-interface-lead"], told: ["P2-gp"] });
    await offer(issue, "P1-gp");
    await board.followUp();
    expect((await board.told(issue.id, "outcome-offered")).asked).toEqual(["P1-gp", "T1-interface-lead"]);
  });

  it("a resolved issue tells everyone who raised or joined, once, and not about the agreement as well", async () => {
    const issue = await raise();
    await join(issue, "P2-gp");
    await join(issue, "P3-gp");
    await offer(issue, "T1-interface-lead");
    await answer(issue, "P1-gp", "agree");
    await board.followUp();
    await board.followUp();
    const everyone = ["P2-gp", "P3-gp", "T1-interface-lead"];
    expect(await board.told(issue.id, "issue-resolved")).toEqual({ asked: [], told: everyone });
    expect(await board.told(issue.id, "outcome-answered")).toEqual(nobody);
    const reopen = {
      issue: issue.reference,
      version: (await stored(issue.id)).version,
      reason: "Again.",
      declared: [],
    };
    accepted(await board.commands.reopenIssue(board.actor("P2-gp"), reopen));
    await board.followUp();
    expect(await board.told(issue.id, "issue-reopened")).toEqual({
      asked: ["T1-interface-lead"],
      told: ["P1-gp", "P3-gp"],
    });
  });

  it("silence resolves for everyone: nobody did it, so nobody is left out", async () => {
    const issue = await raise();
    await offer(issue, "T1-interface-lead");
    board.pass(40 * 86_400);
    expect(await store.issues.silentOffers(board.clock.now, 100)).toContain(issue.id);
    await board.unattended.confirmBySilence(issue.id);
    await board.followUp();
    expect(await board.told(issue.id, "issue-resolved")).toEqual({ asked: [], told: ["P1-gp", "T1-interface-lead"] });
  });

  it("an action asks who is to do it, and tells who asked for it when it is done", async () => {
    const issue = await raise();
    const input = {
      issue: issue.reference,
      text: "Phone the ward.",
      owner: "T1-clinician",
      dueOn: "2026-12-30",
      declared: [],
    };
    accepted(await board.commands.addAction(board.actor("P1-gp"), input));
    await board.followUp();
    expect(await board.told(issue.id, "action-added")).toEqual({ asked: ["T1-clinician"], told: [] });
    const action = (await stored(issue.id)).actions[0]?.id;
    accepted(await board.commands.completeAction(board.actor("T1-clinician"), { issue: issue.reference, action }));
    await board.followUp();
    expect(await board.told(issue.id, "action-completed")).toEqual({ asked: [], told: ["P1-gp"] });
  });
});

describe("Who is not told", () => {
  it("somebody who may no longer read the issue hears nothing more of it", async () => {
    const issue = await raise({ visibility: "organisations" });
    await store.issues.save(issue.id, 1, { set: { followers: [...issue.followers, "P4-gp", "two-hats"] }, events: [] });
    await reply(issue, "T1-interface-lead");
    // Two-hats may read it as a GP of P1, though not under their other hat.
    expect(await board.told(issue.id, "reply-posted")).toEqual({ asked: [], told: ["P1-gp", "two-hats"] });
  });

  it("a named guest is told once they may read it", async () => {
    const issue = await raise({ visibility: "organisations" });
    accepted(await board.commands.namePerson(board.actor("P1-gp"), { issue: issue.reference, person: "guest" }));
    await board.followUp();
    expect(await board.told(issue.id, "person-named")).toEqual({ asked: [], told: ["guest"] });
    await reply(issue, "T1-interface-lead", "internal");
    expect((await board.told(issue.id, "reply-posted")).told).not.toContain("guest");
  });
});

it("Everyone who has a new notice is said to have one, and a notice holds who did it and when", async () => {
  const issue = await raise();
  board.noticed.length = 0;
  await reply(issue, "T1-interface-lead");
  expect(board.noticed).toContain("P1-gp");
  const [notice] = (await store.notices.page("P1-gp", { limit: 1 })).items;
  expect(notice).toMatchObject({
    issue: issue.id,
    reference: issue.reference,
    title: issue.title,
    byName: "Person of T1:interface-lead",
  });
});
