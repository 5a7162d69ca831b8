import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { plainText } from "../../realtime/note-text";
import { noteText } from "../../realtime/server/note-text";
import { openTestStore, type TestStore } from "../support/store";
import { kindOf, textOf, type, until, World } from "./world";

let store: TestStore;
let world: World;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.drop());
beforeEach(async () => {
  world = await new World({ notes: store.notes, limits: { idleMs: 30, compactAfterRows: 5 } }).open();
});
afterEach(() => world.close());

describe("a working note in the real store", () => {
  it("outlives the process that held it, with every word that was called saved", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    const lines = Array.from({ length: 12 }, (_, at) => `Line ${at}`);
    for (const line of lines) {
      type(note.doc, line);
      await until(() => kindOf(note) === "saved");
    }
    const { port } = world;
    await world.stop({ killed: true });
    expect((await noteText(store.notes, issue.id)).text).toBe(lines.join("\n"));
    await world.open(port);
    const other = world.note(await world.signIn("T1-clinician"), issue.id, { person: "T1-clinician" });
    await until(() => textOf(other) === lines.join("\n"));
  });

  it("is one row once nobody is there, and the same text", async () => {
    const issue = world.issue();
    const [gp, trust] = [
      world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" }),
      world.note(await world.signIn("T1-clinician"), issue.id, { person: "T1-clinician" }),
    ];
    type(gp.doc, "From the practice");
    type(trust.doc, "From the trust");
    await until(() => kindOf(gp) === "saved" && kindOf(trust) === "saved" && textOf(gp) === textOf(trust));
    const before = plainText(gp.doc);
    gp.destroy();
    trust.destroy();
    await until(() => world.realtime.state().notes.notes === 0);
    expect(await store.notes.load(issue.id)).toHaveLength(1);
    expect((await noteText(store.notes, issue.id)).text).toBe(before);
  });

  it("takes a note as long as a note may be", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    for (let part = 0; part < 5; part++) {
      type(note.doc, String(part).repeat(4) + "x".repeat(200_000));
      await until(() => kindOf(note) === "saved");
    }
    type(note.doc, "y".repeat(100_000));
    expect(kindOf(note)).toBe("too-long");
    expect((await noteText(store.notes, issue.id)).text).toHaveLength(5 * 200_004 + 4);
  });
});
