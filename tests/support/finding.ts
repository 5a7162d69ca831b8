import { randomBytes } from "node:crypto";
import type { Directory } from "../../app/domain/directory";
import type { Finder } from "../../app/domain/find-ports";
import { createFinder } from "../../search/finder";
import { createDirectoryFinder } from "../../search/finder-directory";
import { openTestIndex, type TestIndex } from "./search";
import { testDay } from "./small-directory";
import { openTestStore, type TestStore } from "./store";

/** Search over everything, over a real store and a real engine, and the same where there is no engine. */
export interface TestFinder {
  store: TestStore;
  search: TestIndex;
  finder: Finder;
  basic: Finder;
  /** Who exported how many. */
  exported: readonly [person: string, issues: number][];
  drop(): Promise<void>;
}

export async function openTestFinder(directory?: Directory): Promise<TestFinder> {
  const store = await openTestStore(directory ? { directory } : {});
  const search = await openTestIndex({ directory: store.knownPeople });
  const nowhere = await openTestIndex({
    directory: store.knownPeople,
    prefix: `gone-${randomBytes(6).toString("hex")}`,
  });
  await nowhere.drop();
  const exported: [person: string, issues: number][] = [];
  const over = (index: TestIndex["index"]) =>
    createFinder({
      index,
      issues: store.issues,
      searches: store.searches,
      directory: store.knownPeople,
      inDirectory: createDirectoryFinder({ directory: store.knownPeople, now: () => testDay }),
      referencePrefix: "CT",
      onExport: (actor, found) => void exported.push([actor.person, found.summaries.length]),
    });
  return {
    store,
    search,
    exported,
    finder: over(search.index),
    basic: over(nowhere.index),
    async drop() {
      await search.drop();
      await store.drop();
    },
  };
}
