import { afterAll, beforeAll, expect, it } from "vitest";
import { buildIssue, raisedEvent } from "../support/issues";
import { testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

const eventAt = (issue: string, seconds: number) => ({
  ...raisedEvent(buildIssue(), new Date(testDay.getTime() + seconds * 1_000)),
  issue,
});

it("An event is kept once however often it is appended", async () => {
  const event = eventAt("once", 0);
  await Promise.all([store.events.append(event), store.events.append(event)]);
  await store.events.append(event);
  expect(await store.events.ofIssue("once")).toEqual([event]);
});

it("The history of an issue is oldest first, the log of everything newest first and paged", async () => {
  const events = [0, 0, 5, 9, 9].map((seconds) => eventAt("history", seconds));
  await store.events.insertMany([...events].reverse());
  expect(await store.events.ofIssue("history")).toEqual(events);
  const first = await store.events.page({ limit: 3 });
  const second = await store.events.page({ limit: 30, ...(first.next ? { cursor: first.next } : {}) });
  const all = [...first.items, ...second.items];
  expect(all.filter((event) => event.issue === "history")).toEqual([...events].reverse());
  expect(new Set(all.map((event) => event.id)).size).toBe(all.length);
});
