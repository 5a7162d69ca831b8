import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

const bytes = (...values: number[]) => Uint8Array.from(values);
const rows = async (document: string) => (await store.notes.load(document)).map(({ seq, update }) => [seq, ...update]);

it("Updates come back oldest first, byte for byte", async () => {
  const large = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
  expect(await store.notes.append("bytes", bytes(1, 0, 255))).toBe(1);
  expect(await store.notes.append("bytes", large)).toBe(2);
  expect(await store.notes.load("bytes")).toEqual([
    { seq: 1, update: bytes(1, 0, 255) },
    { seq: 2, update: large },
  ]);
  expect(await store.notes.load("nothing")).toEqual([]);
});

it("Writers at the same moment each get a number of their own", async () => {
  const numbers = await Promise.all(Array.from({ length: 12 }, (_, index) => store.notes.append("race", bytes(index))));
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  expect((await rows("race")).map((row) => row[1]).sort()).toHaveLength(12);
});

it("Compaction deletes exactly the rows it merged, and numbers go on from there", async () => {
  for (const value of [1, 2, 3, 4]) await store.notes.append("merge", bytes(value));
  await store.notes.compact("merge", 3, bytes(1, 2, 3));
  expect(await rows("merge")).toEqual([
    [3, 1, 2, 3],
    [4, 4],
  ]);
  expect(await store.notes.append("merge", bytes(5))).toBe(5);
  await store.notes.compact("merge", 5, bytes(1, 2, 3, 4, 5));
  expect(await rows("merge")).toEqual([[5, 1, 2, 3, 4, 5]]);
});

it("A compaction stopped between its two steps loses nothing, and the next one tidies up", async () => {
  for (const value of [1, 2, 3]) await store.notes.append("stopped", bytes(value));
  const collection = store.connection.collection<{ _id: string }>("note-updates");
  const before = await collection.find({ document: "stopped", seq: { $lt: 3 } }).toArray();
  await store.notes.compact("stopped", 3, bytes(1, 2, 3));
  await collection.insertMany(before);
  expect(await rows("stopped")).toEqual([
    [1, 1],
    [2, 2],
    [3, 1, 2, 3],
  ]);
  await store.notes.compact("stopped", 3, bytes(1, 2, 3));
  expect(await rows("stopped")).toEqual([[3, 1, 2, 3]]);
});

it("An update whose number was merged away while it was on its way is appended again, not lost", async () => {
  for (const value of [1, 2, 3]) await store.notes.append("late", bytes(value));
  const collection = store.connection.collection<{ _id: string }>("note-updates");
  // The moment between reading the newest number and inserting: rows 4 and 5 come and are merged meanwhile.
  const model = store.connection.model("NoteUpdate");
  const findOne = model.findOne;
  let interfere = true;
  model.findOne = function (this: typeof model, ...given: Parameters<typeof findOne>) {
    const query = findOne.apply(this, given);
    if (!interfere) return query;
    interfere = false;
    const exec = query.exec.bind(query);
    query.exec = async () => {
      const found = await exec();
      await store.notes.append("late", bytes(4));
      await store.notes.append("late", bytes(5));
      await store.notes.compact("late", 5, bytes(1, 2, 3, 4, 5));
      return found;
    };
    return query;
  } as typeof findOne;
  const seq = await store.notes.append("late", bytes(6));
  model.findOne = findOne;
  expect(seq).toBe(6);
  expect(await rows("late")).toEqual([
    [5, 1, 2, 3, 4, 5],
    [6, 6],
  ]);
  expect(await collection.countDocuments({ document: "late" })).toBe(2);
});
