import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { followedBoard } from "../support/followed-board";
import { author, buildIssue, newId, raisedEvent } from "../support/issues";
import { testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

/** Starts a worker in a process of its own and kills it once it has told so many people. */
async function workUntilKilled(told: number): Promise<void> {
  const worker = path.join(import.meta.dirname, "worker-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", worker, store.uri, store.database], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let lines = 0;
  for await (const _line of createInterface({ input: child.stdout })) {
    if (++lines === told) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
}

it("Killed for real in the middle of its work, a worker leaves nobody untold and nobody told twice", async () => {
  const issues = Array.from({ length: 30 }, () =>
    buildIssue({
      followers: ["P1-gp", "P2-gp"],
      joined: [{ id: newId(), by: author("P3-gp"), organisation: "P3", context: "Here too", at: testDay }],
    }),
  );
  for (const issue of issues) {
    const accepted = { ...raisedEvent(issue), type: "issue-accepted" as const };
    await store.issues.insert(issue, [raisedEvent(issue), accepted]);
  }
  for (const told of [3, 17]) await workUntilKilled(told);
  const board = followedBoard(store);
  board.clock.now = new Date(Date.now() + 3_600_000);
  await board.followUp();
  expect(await store.outbox.state(board.clock.now)).toEqual({ waiting: 0, parked: 0 });
  for (const issue of issues) {
    expect(await board.told(issue.id, "issue-raised")).toEqual({ asked: ["T1-interface-lead"], told: [] });
    const onThread = ["P2-gp", "P3-gp", "T1-interface-lead"];
    expect(await board.told(issue.id, "issue-accepted")).toEqual({ asked: [], told: onThread });
    expect(await store.events.ofIssue(issue.id)).toHaveLength(2);
  }
}, 60_000);
