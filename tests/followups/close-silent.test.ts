import { afterAll, beforeAll, expect, it } from "vitest";
import { startCloseSilent } from "../../app/followups/close-silent";
import { followedBoard } from "../support/followed-board";
import { buildIssue, newId } from "../support/issues";
import { testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

function offered(dueInDays: number) {
  const by = buildIssue().raisedBy;
  return buildIssue({
    state: "outcome-offered",
    clock: { kind: "answer-outcome", dueAt: new Date(testDay.getTime() + dueInDays * 86_400_000) },
    outcome: { id: newId(), changed: "A rule", forWhom: "All", by, side: "owning", at: testDay, answers: [] },
  });
}

it("Resolves what nobody answered in time as not confirmed, once, and leaves the rest alone", async () => {
  const silent = Array.from({ length: 130 }, () => offered(-1));
  const waiting = offered(1);
  await store.issues.insertMany([...silent, waiting]);
  const board = followedBoard(store);
  const faults: unknown[] = [];
  const broken = silent[5]?.id;
  const confirmBySilence = (id: string) =>
    id === broken ? Promise.reject(new Error("broken")) : board.unattended.confirmBySilence(id);
  const options = { issues: store.issues, now: () => testDay, onFault: (error: unknown) => void faults.push(error) };
  const two = [1, 2].map(() => startCloseSilent({ ...options, unattended: { confirmBySilence }, everyMs: 3_600_000 }));
  for (const closing of two) await closing.sweep();
  for (const closing of two) await closing.stop();
  for (const { id } of silent) {
    const issue = await store.issues.unfiltered(id);
    if (id === broken) continue;
    expect(issue).toMatchObject({ state: "resolved", resolution: "not-confirmed", version: 2 });
    expect(issue?.history.map((event) => event.type)).toEqual(["issue-resolved"]);
  }
  expect((await store.issues.unfiltered(waiting.id))?.state).toBe("outcome-offered");
  expect(faults.length).toBeGreaterThan(0);
  expect(await store.issues.silentOffers(testDay, 10)).toEqual([broken]);
});
