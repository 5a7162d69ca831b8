import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { noteText } from "../../realtime/server/note-text";
import { kindOf, MemoryNotes, textOf, type, until, World } from "./world";

let notes: MemoryNotes;
let world: World;
beforeEach(async () => {
  notes = new MemoryNotes();
  world = await new World({ notes }).open();
});
afterEach(() => world.close());

describe("a working note", () => {
  it("is the same for two people who write at once", async () => {
    const issue = world.issue();
    const gp = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    const trust = world.note(await world.signIn("T1-clinician"), issue.id, { person: "T1-clinician" });
    type(gp.doc, "Nine of fourteen were short.");
    type(trust.doc, "Pharmacy closes at five.");
    await until(() => textOf(gp) === textOf(trust) && textOf(gp).includes("Nine") && textOf(gp).includes("Pharmacy"));
    await until(() => kindOf(gp) === "saved" && kindOf(trust) === "saved");
    expect(notes.text(issue.id)).toBe(textOf(gp));
  });

  it("counts as saved only after the store has confirmed it, deletions too", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    const text = type(note.doc, "What we know");
    await until(() => note.view.state.kind === "saved" && note.view.state.at !== null);

    let release = () => {};
    notes.held = new Promise((resolve) => (release = resolve));
    text.delete(0, 5);
    await until(() => notes.appends === 2);
    expect(kindOf(note)).toBe("saving");
    expect(notes.text(issue.id)).toBe("What we know");
    release();
    await until(() => kindOf(note) === "saved");
    expect(notes.text(issue.id)).toBe("we know");
  });

  it("is tried again until the store takes it, and nobody is told it is saved before", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    notes.failing = true;
    type(note.doc, "Kept in the end");
    await until(() => world.faults.length > 0);
    expect(kindOf(note)).toBe("saving");
    expect(world.realtime.state().notes).toMatchObject({ unsaved: 1, failedWrites: expect.any(Number) });
    notes.failing = false;
    await until(() => kindOf(note) === "saved");
    expect(notes.text(issue.id)).toBe("Kept in the end");
  });

  it("loses nothing when the server dies before the words are on disk", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    notes.failing = true;
    type(note.doc, "Written just before");
    await until(() => world.faults.length > 0);
    const { port } = world;
    await world.stop({ killed: true });
    await until(() => kindOf(note) === "offline");
    type(note.doc, "Written meanwhile");
    expect(note.view.state).toMatchObject({ kind: "offline", kept: false });
    notes.failing = false;
    await world.open(port);
    await until(() => kindOf(note) === "saved");
    expect(notes.text(issue.id)).toBe("Written just before\nWritten meanwhile");
  });

  it("holds the words once when the server dies between writing them and saying so", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    const append = notes.append.bind(notes);
    let written = false;
    notes.append = async (document, update) => {
      await append(document, update);
      written = true;
      return new Promise(() => {});
    };
    type(note.doc, "Once only");
    await until(() => written);
    expect(kindOf(note)).toBe("saving");
    const { port } = world;
    await world.stop({ killed: true });
    notes.append = append;
    await world.open(port);
    await until(() => kindOf(note) === "saved");
    expect(notes.text(issue.id)).toBe("Once only");
  }, 30_000);

  it("is put away when nobody is there, in one row, and comes back whole", async () => {
    await world.close();
    world = await new World({ notes, limits: { idleMs: 30, saveAfterMs: 0 } }).open();
    const issue = world.issue();
    const cookie = await world.signIn("P1-gp");
    const note = world.note(cookie, issue.id, { person: "P1-gp" });
    const text = type(note.doc, "a");
    await until(() => kindOf(note) === "saved");
    for (const letter of "bcdef") {
      text.insert(text.length, letter);
      await until(() => kindOf(note) === "saved");
    }
    expect(notes.rows.get(issue.id)?.length).toBeGreaterThan(1);
    note.destroy();
    await until(() => world.realtime.state().notes.notes === 0);
    expect(notes.rows.get(issue.id)).toHaveLength(1);
    const again = world.note(cookie, issue.id, { person: "P1-gp" });
    await until(() => textOf(again) === "abcdef");
    expect(await noteText(notes, issue.id)).toEqual({ text: "abcdef", identifier: false });
  });

  it("merges its rows while it is written, without losing a row it has not read", async () => {
    await world.close();
    world = await new World({ notes, limits: { compactAfterRows: 3, saveAfterMs: 0 } }).open();
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    for (const line of ["one", "two", "three", "four", "five", "six", "seven"]) {
      type(note.doc, line);
      await until(() => kindOf(note) === "saved");
    }
    await until(() => notes.compactions >= 2);
    expect(notes.text(issue.id).split("\n")).toEqual(["one", "two", "three", "four", "five", "six", "seven"]);
  });

  it("that cannot be loaded lets nobody in, leaves nothing behind, and is tried again", async () => {
    const issue = world.issue();
    notes.failingLoads = true;
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => world.faults.includes("note-not-loaded"));
    await until(() => world.realtime.state().notes.notes === 0);
    await until(() => kindOf(note) === "offline");
    notes.failingLoads = false;
    await until(() => kindOf(note) === "saved");
  });

  it("carries no text that was deleted once its rows are merged", async () => {
    await world.close();
    world = await new World({ notes, limits: { idleMs: 20 } }).open();
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    const text = type(note.doc, "A word to regret");
    await until(() => kindOf(note) === "saved");
    text.delete(0, text.length);
    await until(() => kindOf(note) === "saved" && notes.appends === 2);
    note.destroy();
    await until(() => world.realtime.state().notes.notes === 0);
    const row = notes.rows.get(issue.id)?.[0]?.update ?? new Uint8Array();
    expect(Buffer.from(row).includes("regret")).toBe(false);
    expect(Y.decodeUpdate(row).structs.length).toBeGreaterThan(0);
  });
});
