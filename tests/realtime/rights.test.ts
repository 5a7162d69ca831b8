import type { SessionData } from "express-session";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kindOf, MemoryNotes, textOf, type, until, World } from "./world";

let notes: MemoryNotes;
let world: World;
beforeEach(async () => {
  notes = new MemoryNotes();
  world = await new World({ notes }).open();
});
afterEach(() => world.close());

describe("who may come in", () => {
  it("turns away whoever is not signed in, in words that stop the browser from trying again", async () => {
    const issue = world.issue();
    const raw = await world.raw("", `/live/${issue.id}`);
    await until(() => raw.closed === 4401);
  });

  it("answers the same for an issue that may not be read and one that is not there", async () => {
    const issue = world.issue({ visibility: "organisations" });
    const outsider = await world.signIn("P4-gp");
    const forbidden = await world.raw(outsider, `/live/${issue.id}`);
    const missing = await world.raw(outsider, "/live/01AAAAAAAAAAAAAAAAAAAAAAAA");
    await until(() => forbidden.closed !== undefined && missing.closed !== undefined);
    expect(forbidden.closed).toBe(4403);
    expect(missing.closed).toBe(forbidden.closed);
    expect(forbidden.messages).toEqual(missing.messages);
  });

  it("hangs up on a page of somebody else's, and on paths that are nobody's", async () => {
    const issue = world.issue();
    const cookie = await world.signIn("P1-gp");
    const foreign = { cookie, origin: "https://elsewhere.example" };
    for (const path of [`/live/${issue.id}`, "/socket.io/?EIO=4&transport=websocket"]) {
      const raw = await world.raw(cookie, path, foreign);
      await until(() => raw.closed !== undefined);
      expect(raw.messages).toEqual([]);
    }
    const nowhere = await world.raw(cookie, "/live/../etc");
    await until(() => nowhere.closed === 1006);
  });

  it("asks the browser to come again when it cannot be found out who somebody is", async () => {
    const issue = world.issue();
    const cookie = await world.signIn("P1-gp");
    const get = world.sessions.get.bind(world.sessions);
    world.sessions.get = (_sid, answer) => answer(new Error("the session store does not answer"));
    const raw = await world.raw(cookie, `/live/${issue.id}`);
    await until(() => raw.closed === 4500);
    world.sessions.get = get;
    expect(world.faults).toContain("note-not-entered");
  });
});

describe("who may write", () => {
  it("lets a reader read and takes nothing from them", async () => {
    const issue = world.issue();
    const gp = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    type(gp.doc, "For everyone to read");
    await until(() => kindOf(gp) === "saved");
    const reader = world.note(await world.signIn("P4-gp"), issue.id, { person: "P4-gp", canWrite: false });
    await until(() => textOf(reader) === "For everyone to read");
    expect(kindOf(reader)).toBe("reading");

    // A page that does not keep to it: the change goes straight to the wire.
    type(reader.gate.wire, "Smuggled");
    await until(() => kindOf(reader) === "no-longer");
    expect(notes.text(issue.id)).toBe("For everyone to read");
    expect(textOf(gp)).toBe("For everyone to read");
  });

  it("ends writing when the issue is resolved, keeps the words on the page, and saves them when it is reopened", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    notes.failing = true;
    type(note.doc, "Not yet on disk");
    await until(() => world.faults.length > 0);

    world.realtime.notifier.issueChanged(world.change(issue, { state: "resolved", version: 2 }));
    await until(() => kindOf(note) === "no-longer");
    expect(note.view).toEqual({ state: { kind: "no-longer", unsaved: true }, canWrite: false });
    expect(textOf(note)).toBe("Not yet on disk");
    notes.failing = false;

    world.realtime.notifier.issueChanged(world.change(issue, { state: "in-progress", version: 3 }));
    await until(() => kindOf(note) === "saved");
    expect(note.view.canWrite).toBe(true);
    expect(notes.text(issue.id)).toBe("Not yet on disk");
  });

  it("ends a visit when the issue may no longer be read", async () => {
    const issue = world.issue({ visibility: "organisations" });
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    world.change(issue, { audience: ["org:T1"] });
    await world.realtime.recheck();
    await until(() => kindOf(note) === "no-longer");
    expect(world.realtime.state().notes.connections).toBe(0);
  });

  it("follows a change of hat", async () => {
    const issue = world.issue({ visibility: "organisations" });
    const cookie = await world.signIn("two-hats");
    const note = world.note(cookie, issue.id, { person: "two-hats" });
    await until(() => kindOf(note) === "saved");
    const sid = world.sessionOf(cookie);
    await new Promise<void>((resolve) => {
      world.sessions.get(sid, (_error, found) => {
        if (!found) throw new Error("no session");
        world.sessions.set(sid, { ...found, hat: "QYG:icb-medical-director" }, () => resolve());
      });
    });
    await world.realtime.rightsChanged("two-hats");
    await until(() => kindOf(note) === "no-longer");
  });
});

describe("signing out", () => {
  it("ends what that session has open, and nobody else's, and not that person's other devices", async () => {
    const issue = world.issue();
    const desk = await world.signIn("P1-gp");
    const phone = await world.signIn("P1-gp");
    const other = await world.signIn("T1-clinician");
    const [atDesk, onPhone, trust] = [
      world.note(desk, issue.id, { person: "P1-gp" }),
      world.note(phone, issue.id, { person: "P1-gp" }),
      world.note(other, issue.id, { person: "T1-clinician" }),
    ];
    const [deskLink, phoneLink] = [world.link(desk), world.link(phone)];
    deskLink.open();
    phoneLink.open();
    await until(() => [atDesk, onPhone, trust].every((note) => kindOf(note) === "saved"));
    await until(() => deskLink.state === "live" && phoneLink.state === "live");

    world.realtime.signedOut(world.sessionOf(desk));
    await until(() => kindOf(atDesk) === "signed-out" && deskLink.state === "signed-out");
    type(onPhone.doc, "Still here");
    await until(() => textOf(trust) === "Still here" && kindOf(onPhone) === "saved");
    expect(phoneLink.state).toBe("live");
  });

  it("is noticed when a session ends by itself", async () => {
    const issue = world.issue();
    const cookie = await world.signIn("P1-gp");
    const note = world.note(cookie, issue.id, { person: "P1-gp" });
    const link = world.link(cookie);
    link.open();
    await until(() => kindOf(note) === "saved" && link.state === "live");
    await new Promise((resolve) => world.sessions.destroy(world.sessionOf(cookie), resolve));
    await world.realtime.recheck();
    await until(() => kindOf(note) === "signed-out" && link.state === "signed-out");
  });

  it("is over for a tab that is looked at again once one has signed in elsewhere, and not before", async () => {
    const cookie = await world.signIn("P1-gp");
    const id = world.sessionOf(cookie);
    const link = world.link(cookie);
    const seen: string[] = [];
    link.onState(() => seen.push(link.state));
    link.open();
    await until(() => link.state === "live");
    const before = await new Promise<SessionData | null | undefined>((resolve) =>
      world.sessions.get(id, (_fault, found) => resolve(found)),
    );
    if (!before) throw new Error("there was no session");
    await new Promise((resolve) => world.sessions.destroy(id, resolve));
    await world.realtime.recheck();
    await until(() => link.state === "signed-out");
    link.lookAgain();
    await new Promise((resolve) => world.sessions.set(id, before, resolve));
    await until(() => {
      link.lookAgain();
      return link.state === "live";
    });
    // A tab that asks again while it is still being answered may ask twice: what counts is what it was and what it is.
    expect(seen.slice(0, 3)).toEqual(["connecting", "live", "signed-out"]);
    expect(seen.at(-1)).toBe("live");
  });

  it("is not taken for what it is when the server ends a connection for another reason: the tab comes back", async () => {
    const issue = world.issue();
    const link = world.link(await world.signIn("P1-gp"));
    const seen: string[] = [];
    link.onState(() => seen.push(link.state));
    link.open();
    await until(() => link.state === "live");
    for (let at = 0; at < 210; at++) link.typing(issue.id, at % 2 === 0);
    await until(() => seen.includes("reconnecting") && link.state === "live");
    expect(seen).not.toContain("signed-out");
  });

  it("throws nobody out because the session store does not answer", async () => {
    const issue = world.issue();
    const cookie = await world.signIn("P1-gp");
    const note = world.note(cookie, issue.id, { person: "P1-gp" });
    const link = world.link(cookie);
    link.open();
    await until(() => kindOf(note) === "saved" && link.state === "live");
    world.sessions.get = (_sid, answer) => answer(new Error("the session store does not answer"));
    await world.realtime.recheck();
    type(note.doc, "Still writing");
    await until(() => notes.text(issue.id) === "Still writing");
    expect(link.state).toBe("live");
    expect(world.faults).toEqual(expect.arrayContaining(["note-not-rechecked", "connection-not-rechecked"]));
  });
});
