import { afterAll, beforeAll, expect, it } from "vitest";
import type { Notice } from "../../app/domain/ports";
import { newId } from "../support/issues";
import { testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

function notice(over: Partial<Notice> = {}): Notice {
  return {
    id: newId(),
    person: "P1-gp",
    event: newId(),
    type: "issue-resolved",
    issue: "issue-1",
    reference: "CT-00001",
    title: "A title",
    byName: "Somebody",
    at: testDay,
    asks: false,
    ...over,
  };
}

it("A person is told of an event once, even by two workers at the same moment", async () => {
  const event = newId();
  const told = await Promise.all([1, 2, 3].map(() => store.notices.put(notice({ person: "once", event }))));
  expect(told.filter(Boolean)).toHaveLength(1);
  expect(await store.notices.put(notice({ person: "another", event }))).toBe(true);
  expect(await store.notices.unread("once", 10)).toBe(1);
});

it("Notices are listed newest first, a page at a time, and give back what was put", async () => {
  const put = Array.from({ length: 9 }, (_, index) =>
    notice({ person: "reader", at: new Date(testDay.getTime() + Math.floor(index / 2) * 1_000) }),
  );
  await store.notices.insertMany(put);
  const first = await store.notices.page("reader", { limit: 4 });
  const second = await store.notices.page("reader", { limit: 4, ...(first.next ? { cursor: first.next } : {}) });
  const third = await store.notices.page("reader", { limit: 4, ...(second.next ? { cursor: second.next } : {}) });
  const newestFirst = [...put].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
  expect([...first.items, ...second.items, ...third.items]).toEqual(newestFirst);
  expect(third.next).toBeUndefined();
});

it("Reading and unreading change only one's own notices", async () => {
  const mine = [notice({ person: "me" }), notice({ person: "me" }), notice({ person: "me" })];
  const theirs = notice({ person: "them" });
  await store.notices.insertMany([...mine, theirs]);
  const [first] = mine;
  if (!first) throw new Error("no notice");
  await store.notices.markRead("me", [first.id, theirs.id], testDay);
  expect(await store.notices.unread("me", 10)).toBe(2);
  expect(await store.notices.unread("them", 10)).toBe(1);
  expect((await store.notices.page("me", { limit: 10, unreadOnly: true })).items).toHaveLength(2);
  await store.notices.markUnread("them", first.id);
  expect(await store.notices.unread("me", 10)).toBe(2);
  await store.notices.markUnread("me", first.id);
  expect(await store.notices.unread("me", 10)).toBe(3);
  expect(await store.notices.unread("me", 1)).toBe(2);
  await store.notices.markRead("me", "all", testDay);
  expect(await store.notices.unread("me", 10)).toBe(0);
  expect((await store.notices.page("me", { limit: 1 })).items[0]?.readAt).toEqual(testDay);
});
