import { afterAll, beforeAll, expect, it } from "vitest";
import { bindUnattended } from "../../app/commands/bind-commands";
import type { IssuesMatched, Outbox } from "../../app/domain/ports";
import { startFollowUps } from "../../app/followups/run";
import { followUpTable } from "../../app/followups/table";
import { followedBoard } from "../support/followed-board";
import { author, buildIssue, buildReply, newId, raisedEvent } from "../support/issues";
import { testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

/**
 * A process can die between any two writes. Here every write of a worker is a step: for each step in turn, a worker
 * dies just before it and just after it, and another one takes over.
 */
let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

class Killed extends Error {}

/** Lets `steps` writes through; the one after it happens or not, and from then on nothing answers any more. */
function dying(steps: number, afterwards: boolean) {
  let left = steps;
  let dead = false;
  return {
    isDead: () => dead,
    async step<T>(write: () => Promise<T>): Promise<T> {
      if (dead) throw new Killed();
      if (left-- > 0) return write();
      dead = true;
      if (afterwards) await write();
      throw new Killed();
    },
  };
}

async function scene() {
  const board = followedBoard(store);
  const issue = buildIssue({
    joined: [{ id: newId(), by: author("P2-gp"), organisation: "P2", context: "Here too", at: testDay }],
    followers: ["P1-gp", "P2-gp", "P3-gp"],
  });
  await store.issues.insert(issue, [raisedEvent(issue)]);
  const reply = buildReply(issue);
  await store.replies.insert(reply, [
    { type: "reply-posted", id: newId(), at: testDay, by: reply.by, reply: reply.id },
  ]);
  return { board, issue };
}

/** Runs a worker whose every write goes through `life`. Resolves once it is dead, or has nothing left to do. */
async function runUntilDead(board: ReturnType<typeof followedBoard>, life: ReturnType<typeof dying>): Promise<void> {
  const through = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name, receiver) => {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => life.step(async () => value.apply(target, given));
      },
    });
  const outbox: Outbox = through(store.outbox);
  const notices = through(store.notices);
  const events = through(store.events);
  const issues = { ...store.issues, save: through(store.issues).save };
  const index = through({
    put: async (entries: readonly { issue: { id: string } }[]) => {
      for (const { issue } of entries) board.indexed.set(issue.id, entries[0] as never);
    },
    matching: async (asked: readonly IssuesMatched[]) => asked.map(() => []),
    state: async () => ({ state: "ready", documents: 0, unofficialRepack: false }) as const,
  });
  const ports = { ...board.ports, issues, notices, events };
  const table = followUpTable({
    ...ports,
    index,
    notifier: { issueChanged: () => {}, noticesChanged: () => {}, themesChanged: () => {} },
    themes: { assign: async () => {} },
    unattended: bindUnattended(ports),
  });
  const runner = startFollowUps({
    outbox,
    followUps: table,
    now: board.ports.now,
    newId: board.ports.newId,
    onFault: () => {},
    pollMs: 3_600_000,
  });
  await runner.drain().catch(() => {});
  await runner.stop();
}

it("However a worker dies, everyone is told exactly once and the issue is findable", async () => {
  let deaths = 0;
  for (let step = 0; ; step++) {
    let died = false;
    // Before and after every write in the long run; in the short one, turn and turn about.
    for (const afterwards of process.env.LONG === "1" ? [false, true] : [step % 2 === 1]) {
      const { board, issue } = await scene();
      const life = dying(step, afterwards);
      await runUntilDead(board, life);
      died = life.isDead();
      if (died) deaths++;
      // Past every lease and every delay: the work of the dead is anybody's.
      board.pass(3_600);
      await board.followUp();
      const where = `step ${step}, ${afterwards ? "after" : "before"} its write`;
      expect(await store.outbox.state(board.clock.now), where).toEqual({ waiting: 0, parked: 0 });
      expect(board.indexed.has(issue.id), where).toBe(true);
      expect(await board.told(issue.id, "issue-raised"), where).toEqual({ asked: ["T1-interface-lead"], told: [] });
      const onThread = ["P1-gp", "P2-gp", "P3-gp"];
      expect(await board.told(issue.id, "reply-posted"), where).toEqual({ asked: [], told: onThread });
      expect(await board.told(issue.id, "work-started"), where).toEqual({ asked: [], told: onThread });
      const history = (await store.events.ofIssue(issue.id)).map((event) => event.type).sort();
      expect(history, where).toEqual(["issue-raised", "reply-posted", "work-started"]);
      await board.stop();
    }
    if (!died) break;
  }
  expect(deaths).toBeGreaterThan(12);
}, 180_000);
