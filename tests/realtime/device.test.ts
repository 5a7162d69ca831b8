import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import {
  type DeviceEntry,
  type DeviceStore,
  forgetOnDevice,
  keptForMs,
  openShelf,
  unsentOnDevice,
} from "../../realtime/client/device";
import { DraftKeeper, type DraftState } from "../../realtime/client/drafts";
import { kindOf, MemoryNotes, textOf, type, until, World } from "./world";

class MemoryDevice implements DeviceStore {
  entries = new Map<string, DeviceEntry>();
  refusing = false;
  async put(entry: DeviceEntry) {
    if (this.refusing) throw new Error("no room");
    this.entries.set(`${entry.person} ${entry.key}`, entry);
  }
  async get(person: string, key: string) {
    return this.entries.get(`${person} ${key}`);
  }
  async remove(person: string, key: string) {
    this.entries.delete(`${person} ${key}`);
  }
  async list() {
    return [...this.entries.values()].map(({ person, key, at }) => ({ person, key, at }));
  }
}

const keyOf = (letter: string) => Buffer.from(letter.repeat(32)).toString("base64");
let device: MemoryDevice;
let now: number;
beforeEach(() => {
  device = new MemoryDevice();
  now = Date.parse("2026-11-02T09:00:00Z");
});

const shelfOf = async (person: string, key = keyOf("a")) => {
  const shelf = await openShelf(person, key, device, () => now);
  if (!shelf) throw new Error("no shelf");
  return shelf;
};
const bytes = (text: string) => new TextEncoder().encode(text);

describe("what is kept on a device", () => {
  it("is read again with the session's key, and lies there unreadable", async () => {
    const shelf = await shelfOf("ann");
    await shelf.put("reply:1", bytes("words of mine"));
    expect(Buffer.from((await shelf.get("reply:1"))?.bytes ?? []).toString()).toBe("words of mine");
    const lying = [...device.entries.values()][0];
    expect(Buffer.from(lying?.sealed ?? new ArrayBuffer(0)).includes("words")).toBe(false);
  });

  it("is dropped when it cannot be read any more: another key, damage, or another's entry", async () => {
    await (await shelfOf("ann")).put("reply:1", bytes("mine"));
    expect(await (await shelfOf("ann", keyOf("b"))).get("reply:1")).toBeUndefined();
    expect(device.entries.size).toBe(0);

    await (await shelfOf("ann")).put("reply:1", bytes("mine"));
    const entry = device.entries.get("ann reply:1");
    if (!entry) throw new Error("not kept");
    await device.put({ ...entry, key: "reply:2" });
    expect(await (await shelfOf("ann")).get("reply:2")).toBeUndefined();
    await device.put({ ...entry, person: "bob" });
    expect(await (await shelfOf("bob")).get("reply:1")).toBeUndefined();
    expect([...device.entries.keys()]).toEqual(["ann reply:1"]);
  });

  it("is somebody's own: another person neither sees nor removes it", async () => {
    await (await shelfOf("ann")).put("reply:1", bytes("ann's"));
    const bob = await shelfOf("bob", keyOf("b"));
    expect(await bob.keys("")).toEqual([]);
    expect(await bob.get("reply:1")).toBeUndefined();
    await forgetOnDevice("bob", device);
    expect(await unsentOnDevice("ann", device)).toBe(1);
    expect(await unsentOnDevice("bob", device)).toBe(0);
  });

  it("goes at sign-out, and after 7 days", async () => {
    const shelf = await shelfOf("ann");
    await shelf.put("reply:1", bytes("one"));
    await shelf.put("note:1:x", bytes("two"));
    expect(await unsentOnDevice("ann", device)).toBe(2);
    await forgetOnDevice("ann", device);
    expect(device.entries.size).toBe(0);

    await shelf.put("reply:1", bytes("old"));
    now += keptForMs - 1;
    expect(await shelf.get("reply:1")).toBeDefined();
    now += 1;
    expect(await shelf.get("reply:1")).toBeUndefined();
    await (await shelfOf("ann")).put("reply:2", bytes("old too"));
    now += keptForMs;
    await shelfOf("bob");
    expect(device.entries.size).toBe(0);
  });

  it("is nothing at all without a key", async () => {
    expect(await openShelf("ann", null, device)).toBeNull();
    expect(await openShelf("ann", "not a key", device)).toBeNull();
    expect(await openShelf("ann", keyOf("a"), undefined)).toBeNull();
  });
});

describe("a draft", () => {
  const open = (states: DraftState[] = []) =>
    new DraftKeeper(
      "reply:1",
      openShelf("ann", keyOf("a"), device, () => now),
      (state) => states.push(state),
    );

  it("comes back as it was, and is gone once it is sent", async () => {
    const states: DraftState[] = [];
    const first = open(states);
    expect(await first.opened).toBeNull();
    first.keep({ text: "Half a" });
    first.keep({ text: "Half a reply", audience: "shared" });
    await first.flush();
    expect(states).toEqual(["empty", "keeping", "keeping", "kept"]);

    const second = open();
    expect(await second.opened).toEqual({ text: "Half a reply", audience: "shared" });
    second.discard();
    await second.flush();
    expect(await open().opened).toBeNull();
    expect(device.entries.size).toBe(0);
  });

  it("says so when this device cannot keep it", async () => {
    const states: DraftState[] = [];
    const keeper = open(states);
    await keeper.opened;
    device.refusing = true;
    keeper.keep({ text: "x" });
    await keeper.flush();
    expect(states.at(-1)).toBe("not-kept");
  });

  it("that is emptied is no draft", async () => {
    const keeper = open();
    keeper.keep({ text: "x" });
    await keeper.flush();
    keeper.keep({ text: "  " });
    await keeper.flush();
    expect(device.entries.size).toBe(0);
  });
});

describe("a note written without a connection", () => {
  let notes: MemoryNotes;
  let world: World;
  beforeEach(async () => {
    notes = new MemoryNotes();
    world = await new World({ notes }).open();
  });
  afterEach(() => world.close());

  it("lies on the device until the store has it, across visits, and then no longer", async () => {
    const issue = world.issue();
    const cookie = await world.signIn("P1-gp");
    const first = world.note(cookie, issue.id, { person: "P1-gp", shelf: shelfOf("P1-gp") });
    type(first.doc, "Saved before");
    await until(() => kindOf(first) === "saved" && device.entries.size === 0);
    const { port } = world;
    await world.stop();
    await until(() => kindOf(first) === "offline");
    type(first.doc, "Written on the train");
    await until(() => first.view.state.kind === "offline" && first.view.state.kept);
    expect(first.view.state).toEqual({ kind: "offline", changes: 1, kept: true });
    first.destroy();

    const second = world.note(cookie, issue.id, { person: "P1-gp", shelf: shelfOf("P1-gp") });
    await until(() => textOf(second).includes("train"));
    await until(() => kindOf(second) === "offline");
    expect(device.entries.size).toBeGreaterThan(0);
    await world.open(port);
    await until(() => kindOf(second) === "saved");
    await until(() => device.entries.size === 0);
    expect(notes.text(issue.id)).toBe("Saved before\nWritten on the train");
  });

  it("keeps held words on the device too, and sends them after they are declared in a later visit", async () => {
    const issue = world.issue();
    const cookie = await world.signIn("P1-gp");
    const first = world.note(cookie, issue.id, { person: "P1-gp", shelf: shelfOf("P1-gp") });
    await until(() => kindOf(first) === "saved");
    type(first.doc, "Order 943 476 5919");
    await until(() => kindOf(first) === "identifier" && device.entries.size === 1);
    first.destroy();
    const second = world.note(cookie, issue.id, { person: "P1-gp", shelf: shelfOf("P1-gp") });
    await until(() => kindOf(second) === "identifier");
    expect(notes.appends).toBe(0);
    second.declare("943 476 5919", "an order number");
    await until(() => kindOf(second) === "saved" && device.entries.size === 0);
    expect(notes.text(issue.id)).toBe("Order 943 476 5919");
    expect(world.realtime.state().notes.withIdentifiers).toBe(0);
  });

  it("leaves alone what another open tab has kept since", async () => {
    const issue = world.issue();
    const cookie = await world.signIn("P1-gp");
    const tab = world.note(cookie, issue.id, { person: "P1-gp", shelf: shelfOf("P1-gp") });
    await until(() => kindOf(tab) === "saved");
    type(tab.doc, "943 476 5919");
    await until(() => device.entries.size === 1);
    const other = world.note(cookie, issue.id, { person: "P1-gp", shelf: shelfOf("P1-gp") });
    await until(() => kindOf(other) === "identifier");
    now += 1;
    type(tab.doc, "and 401 023 2137");
    const first = [...device.entries.keys()][0] ?? "";
    await until(() => device.entries.get(first)?.at === now);
    other.doc.getXmlFragment("body").delete(0, other.doc.getXmlFragment("body").length);
    await until(() => kindOf(other) === "saved");
    await until(() => [...device.entries.keys()].length === 1);
    expect([...device.entries.keys()]).toEqual([first]);
  });

  it("can be thrown away by somebody who may no longer write", async () => {
    const issue = world.issue();
    const cookie = await world.signIn("P1-gp");
    const shelf = await shelfOf("P1-gp");
    const doc = new Y.Doc();
    type(doc, "Too late");
    await shelf.put(`note:${issue.id}:old`, new Uint8Array(Y.encodeStateAsUpdate(doc)));
    world.change(issue, { state: "resolved" });
    const note = world.note(cookie, issue.id, { person: "P1-gp", canWrite: false, shelf: Promise.resolve(shelf) });
    await until(() => kindOf(note) === "no-longer" && textOf(note) === "Too late");
    expect(note.view.state).toEqual({ kind: "no-longer", unsaved: true });
    await note.forget();
    expect(device.entries.size).toBe(0);
  });

  it("is marked by the server when an identifier got in past the browser", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    type(note.gate.wire, "943 476 5919");
    note.provider.synced = true;
    await until(() => world.realtime.state().notes.withIdentifiers === 1);
    await until(() => kindOf(note) === "identifier");
    note.doc.getXmlFragment("body").delete(0, 1);
    await until(() => world.realtime.state().notes.withIdentifiers === 0);
    expect(kindOf(note)).toBe("saved");
  });
});
