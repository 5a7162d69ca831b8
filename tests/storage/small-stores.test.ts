import type { SessionData } from "express-session";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Migration, migrate, StoreTooNew } from "../../app/storage/migrations";
import { smallFacts } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());

describe("Accounts", () => {
  it("are found however the name is typed, and a name is given once", async () => {
    const account = { username: "Nadia.Okafor@Example.nhs.uk", person: "p-okafor", passwordHash: "hash" };
    expect(await store.accounts.add(account)).toBe("added");
    expect(await store.accounts.add({ ...account, username: " nadia.okafor@example.NHS.uk" })).toBe("taken");
    expect(await store.accounts.find("NADIA.OKAFOR@EXAMPLE.NHS.UK")).toEqual({
      person: "p-okafor",
      passwordHash: "hash",
    });
    expect(await store.accounts.find("nobody")).toBeNull();
  });
});

describe("Vectors", () => {
  it("come back number for number, and a new one replaces the old", async () => {
    const sentence = Float32Array.from([0.5, -1.25, 3.1e-8, 0]);
    const words = { features: Uint32Array.from([1, 4_000_000_000]), times: Uint8Array.from([2, 255]) };
    const vector = { issue: "issue-1", textHash: "hash", encoder: "words-1", sentence, words };
    await store.vectors.put({ ...vector, textHash: "old" });
    // A view into a larger buffer, as an encoder may give.
    await store.vectors.put({ ...vector, sentence: Float32Array.from([9, ...sentence]).subarray(1) });
    expect(await store.vectors.ofIssues(["issue-1", "missing"])).toEqual([vector]);
  });
});

describe("The directory", () => {
  it("is empty, then holds exactly what was imported, in order, however often", async () => {
    expect(await store.directory.isEmpty()).toBe(true);
    await store.directory.replaceAll(smallFacts);
    await store.directory.replaceAll(smallFacts);
    expect(await store.directory.isEmpty()).toBe(false);
    expect(await store.directory.load()).toEqual(smallFacts);
    const fewer = { ...smallFacts, people: smallFacts.people.slice(1), holdings: smallFacts.holdings.slice(1) };
    await store.directory.replaceAll(fewer);
    expect(await store.directory.load()).toEqual(fewer);
  });

  it("takes people and what they hold without touching the rest", async () => {
    await store.directory.replaceAll(smallFacts);
    const person = { id: "new", name: "Somebody new", demo: true };
    const holding = { post: "P1:gp", person: "new", from: "2026-01-01" };
    await store.directory.putPeople([person], [holding]);
    await store.directory.putPeople([{ ...person, name: "Renamed" }], [{ ...holding, until: "2026-06-01" }]);
    const facts = await store.directory.load();
    expect(facts.people).toEqual([...smallFacts.people, { ...person, name: "Renamed" }]);
    expect(facts.holdings).toEqual([...smallFacts.holdings, { ...holding, until: "2026-06-01" }]);
  });
});

describe("Sessions", () => {
  const session = (expires: Date): SessionData =>
    ({ cookie: { originalMaxAge: 1_000, expires }, person: "p-1" }) as never;
  const get = (id: string) =>
    new Promise<unknown>((resolve, reject) =>
      store.sessions.get(id, (error, found) => (error ? reject(error) : resolve(found))),
    );
  const set = (id: string, data: SessionData) =>
    new Promise<void>((resolve, reject) =>
      store.sessions.set(id, data, (error) => (error ? reject(error) : resolve())),
    );

  it("are kept until they end, and ended ones are not given out", async () => {
    await set("live", session(new Date(Date.now() + 60_000)));
    await set("ended", session(new Date(Date.now() - 1_000)));
    expect(await get("live")).toMatchObject({ person: "p-1" });
    expect(await get("ended")).toBeNull();
    await new Promise<void>((resolve) => store.sessions.destroy("live", () => resolve()));
    expect(await get("live")).toBeNull();
  });

  it("are removed by the store once they have ended", async () => {
    const indexes = await store.connection.collection("sessions").indexes();
    expect(indexes.some((index) => index.expireAfterSeconds === 0)).toBe(true);
  });
});

describe("Data versions", () => {
  const done: string[] = [];
  const steps: Migration[] = [
    { to: 2, what: "first", run: async () => void done.push("first") },
    { to: 3, what: "second", run: async () => void done.push("second") },
  ];
  const stored = () => store.connection.collection<{ _id: string; v: number }>("meta").findOne({ _id: "schema" });

  it("a new database is at the version of the code", async () => {
    expect(await stored()).toMatchObject({ v: 1 });
  });

  it("each step runs once and in order, and a stopped one is run again", async () => {
    const failing: Migration = { to: 3, what: "second", run: () => Promise.reject(new Error("stopped")) };
    await expect(migrate(store.connection, [steps[0] as Migration, failing], 3)).rejects.toThrow("stopped");
    expect(await stored()).toMatchObject({ v: 2 });
    await migrate(store.connection, steps, 3);
    await migrate(store.connection, steps, 3);
    expect(done).toEqual(["first", "second"]);
    expect(await stored()).toMatchObject({ v: 3 });
  });

  it("data of a newer release is refused with what to do", async () => {
    await expect(store.migrate()).rejects.toThrow(StoreTooNew);
    await expect(store.migrate()).rejects.toThrow(/Start that release again/);
  });
});

it("The store says that it is ready, and after it was closed that it is down", async () => {
  const other = await openTestStore();
  expect(await other.state()).toBe("ready");
  await other.close();
  expect(await other.state()).toBe("down");
});
