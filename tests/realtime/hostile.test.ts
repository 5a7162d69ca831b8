import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messageYjsSyncStep2, messageYjsUpdate } from "y-protocols/sync";
import * as Y from "yjs";
import { noteMessages } from "../../realtime/protocol";
import { kindOf, MemoryNotes, type RawConnection, textOf, type, until, World } from "./world";

let notes: MemoryNotes;
let world: World;
beforeEach(async () => {
  notes = new MemoryNotes();
  world = await new World({ notes }).open();
});
afterEach(() => world.close());

const bytes = (write: (encoder: encoding.Encoder) => void) => {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
};
const sync = (step: number, update: Uint8Array) =>
  bytes((encoder) => {
    encoding.writeVarUint(encoder, noteMessages.sync);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, update);
  });
/** A first answer to the server's state, then a change: what a writing browser sends. */
const answerWith = (update: Uint8Array) => sync(messageYjsSyncStep2, update);

const cursors = (entries: [id: number, clock: number, state: unknown][]) =>
  bytes((encoder) => {
    encoding.writeVarUint(encoder, noteMessages.awareness);
    encoding.writeVarUint8Array(
      encoder,
      bytes((inner) => {
        encoding.writeVarUint(inner, entries.length);
        for (const [id, clock, state] of entries) {
          encoding.writeVarUint(inner, id);
          encoding.writeVarUint(inner, clock);
          encoding.writeVarString(inner, JSON.stringify(state));
        }
      }),
    );
  });

function made(change: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  change(doc);
  return Y.encodeStateAsUpdate(doc);
}

async function writer(issue: string, person = "P1-gp"): Promise<RawConnection> {
  const raw = await world.raw(await world.signIn(person), `/live/${issue}`);
  await until(() => raw.messages.length >= 3);
  return raw;
}

describe("a connection that is no browser of ours", () => {
  it.each([
    ["words", "hello"],
    ["an unknown message", new Uint8Array([77])],
    ["nothing", new Uint8Array()],
    ["an unknown step", new Uint8Array([0, 9, 0])],
    ["bytes that are no update", sync(messageYjsSyncStep2, new Uint8Array([200, 1, 7, 99, 3]))],
    ["a state vector that is none", sync(0, new Uint8Array([255, 255, 255]))],
    ["cursors that are none", new Uint8Array([1, 3, 200, 1, 1])],
    ["a mark without a number", new Uint8Array([noteMessages.mark])],
  ])("is hung up on for sending %s", async (_what, message) => {
    const issue = world.issue();
    const raw = await writer(issue.id);
    raw.ws.send(message);
    await until(() => raw.closed !== undefined);
    expect(raw.closed).toBe(4400);
    const next = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    type(next.doc, "Still works");
    await until(() => kindOf(next) === "saved");
  });

  it.each<[string, (doc: Y.Doc) => void]>([
    ["a part of its own", (doc) => doc.getText("hidden").insert(0, "smuggled")],
    ["an element the editor does not know", (doc) => push(doc, new Y.XmlElement("script"))],
    ["an element named like something every object has", (doc) => push(doc, new Y.XmlElement("constructor"))],
    ["a document within", (doc) => push(doc, new Y.XmlElement("paragraph")).setAttribute("x", new Y.Doc() as never)],
    ["bytes", (doc) => push(doc, new Y.XmlElement("paragraph")).setAttribute("x", new Uint8Array(9) as never)],
    ["attributes of the whole", (doc) => doc.getMap("body").set("x", "smuggled")],
    ["a list among declarations", (doc) => doc.getArray("declared").push(["smuggled"])],
    ["a link that runs a script", (doc) => linked(doc, "javascript:alert(1)")],
    ["a mark the editor does not know", (doc) => marked(doc, { blink: {} })],
    ["something embedded", (doc) => textIn(doc).insertEmbed(0, { image: "x" })],
  ])("cannot put into a note %s", async (_what, change) => {
    const issue = world.issue();
    const other = world.note(await world.signIn("T1-clinician"), issue.id, { person: "T1-clinician" });
    await until(() => kindOf(other) === "saved");
    const raw = await writer(issue.id);
    raw.ws.send(answerWith(made(change)));
    await until(() => raw.closed === 4400);
    expect(notes.appends).toBe(0);
    expect(textOf(other)).toBe("");
  });

  it.each<[string, (doc: Y.Doc) => void]>([
    ["a text beside paragraphs", (doc) => doc.getXmlFragment("body").push([new Y.XmlText("astray")])],
    [
      "a paragraph within a paragraph",
      (doc) => push(doc, new Y.XmlElement("paragraph")).insert(0, [paragraph("astray")]),
    ],
    ["hidden attributes", (doc) => push(doc, paragraph("seen")).setAttribute("data-hidden", "astray")],
    ["attributes of a text", (doc) => textIn(doc).setAttribute("hidden", "astray")],
    [
      "a declaration in somebody else's name",
      (doc) => doc.getMap("declared").set("1", { reason: "astray", by: "boss" }),
    ],
    ["a declaration that is none", (doc) => doc.getMap("declared").set("1", "astray")],
    ["lists without end", (doc) => deepList(doc)],
  ])("has taken out again, before anybody sees it, %s", async (_what, change) => {
    const issue = world.issue();
    const other = world.note(await world.signIn("T1-clinician"), issue.id, { person: "T1-clinician" });
    await until(() => kindOf(other) === "saved");
    const raw = await writer(issue.id);
    raw.ws.send(
      answerWith(
        made((doc) => {
          push(doc, paragraph("In its place"));
          change(doc);
        }),
      ),
    );
    await until(() => textOf(other).includes("In its place") && notes.appends > 0);
    await until(() => world.realtime.state().notes.unsaved === 0);
    const stored = Buffer.concat((notes.rows.get(issue.id) ?? []).map((row) => row.update));
    expect(stored.includes("astray")).toBe(false);
    expect(Buffer.from(Y.encodeStateAsUpdate(other.doc)).includes("astray")).toBe(false);
    expect(raw.closed).toBeUndefined();
  });

  it("is cut off when it sends more than it may at once, and our own browser does not try for ever", async () => {
    await world.close();
    world = await new World({ notes, limits: { messageBytes: 20_000 } }).open();
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    const text = type(note.doc, "x".repeat(30_000));
    await until(() => kindOf(note) === "too-long");
    expect(note.provider.shouldConnect).toBe(false);
    expect(textOf(note)).toHaveLength(30_000);
    text.delete(0, 29_000);
    // Its own limit is larger than this server's: the first attempt after shortening is the honest one.
    await until(() => kindOf(note) === "saved");
    expect(notes.text(issue.id)).toHaveLength(1_000);
  });

  it("cannot make a note longer than it may be, but anybody can make it shorter", async () => {
    await world.close();
    world = await new World({ notes, limits: { documentBytes: 5_000 } }).open();
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    const text = type(note.doc, "a".repeat(4_000));
    await until(() => kindOf(note) === "saved");
    const raw = await writer(issue.id, "T1-clinician");
    raw.ws.send(answerWith(made((doc) => push(doc, paragraph("b".repeat(2_000))))));
    await until(() => raw.closed === 4413);
    text.delete(0, 3_500);
    await until(() => kindOf(note) === "saved");
    const again = await writer(issue.id, "T1-clinician");
    again.ws.send(answerWith(made((doc) => push(doc, paragraph("b".repeat(2_000))))));
    await until(() => textOf(note).includes("bbb"));
    expect(again.closed).toBeUndefined();
  });

  it("is sent away to start afresh when it builds on what it never sent, and nobody else notices", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    const raw = await writer(issue.id, "T1-clinician");
    const doc = new Y.Doc();
    const text = type(doc, "first");
    const before = Y.encodeStateVector(doc);
    text.insert(5, " second");
    raw.ws.send(answerWith(Y.encodeStateAsUpdate(doc, before)));
    await until(() => raw.closed === 4500);
    type(note.doc, "Undisturbed");
    await until(() => kindOf(note) === "saved");
    expect(notes.text(issue.id)).toBe("Undisturbed");
  });

  it("changes nothing before it has answered what the server has", async () => {
    const issue = world.issue();
    const raw = await writer(issue.id);
    raw.ws.send(
      sync(
        messageYjsUpdate,
        made((doc) => push(doc, paragraph("too early"))),
      ),
    );
    raw.ws.send(answerWith(made((doc) => push(doc, paragraph("in time")))));
    await until(() => notes.text(issue.id) !== "");
    expect(notes.text(issue.id)).toBe("in time");
  });

  it("is cut off when it floods", async () => {
    await world.close();
    world = await new World({ notes, limits: { burst: 20, messagesPerSecond: 1 } }).open();
    const raw = await writer(world.issue().id);
    for (let i = 0; i < 40; i++) raw.ws.send(new Uint8Array([noteMessages.queryAwareness]));
    await until(() => raw.closed === 4400);
  });

  it("waits in a short queue while the note is loaded", async () => {
    await world.close();
    notes.load = () => new Promise(() => {});
    world = await new World({ notes, limits: { queuedMessages: 5 } }).open();
    const issue = world.issue();
    const raw = await world.raw(await world.signIn("P1-gp"), `/live/${issue.id}`);
    for (let i = 0; i < 10; i++) raw.ws.send(new Uint8Array([noteMessages.queryAwareness]));
    await until(() => raw.closed === 4500);
  });

  it("can send the line of notices anything without harm", async () => {
    const issue = world.issue();
    const link = world.link(await world.signIn("P1-gp"));
    const heard: unknown[] = [];
    link.onHere((message) => heard.push(message));
    link.open();
    await until(() => link.state === "live");
    const raw = await rawSocket(await world.signIn("P4-gp"));
    for (const message of [
      ["watch"],
      ["watch", null],
      ["watch", { issue: "x".repeat(3_000) }, "no function"],
      ["watch", { issue: { $gt: "" } }],
      ["unwatch", 7],
      ["typing", { issue: issue.id, on: "yes" }],
      ["typing", { issue: issue.id, on: true }],
      ["watch-board", "no function"],
      ["nonsense", {}],
      ["disconnect", {}],
    ]) {
      raw.ws.send(`42${JSON.stringify(message)}`);
    }
    link.watchIssue(issue.id);
    await until(() => heard.length > 0);
    expect(heard).toHaveLength(1);
  });

  it("cannot send the line of notices too much", async () => {
    const flood = await rawSocket(await world.signIn("P4-gp"));
    for (let i = 0; i < 300; i++) flood.ws.send('42["unwatch-board"]');
    await until(() => flood.closed !== undefined);
    const large = await rawSocket(await world.signIn("P4-gp"));
    large.ws.send(`42["watch",{"issue":"${"x".repeat(10_000)}"}]`);
    await until(() => large.closed !== undefined);
  });
});

describe("a cursor", () => {
  it("carries the name the server knows, whatever the browser claims", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    const raw = await writer(issue.id, "T1-clinician");
    const position = { type: { client: 1, clock: 2 }, assoc: 0 };
    const cursor = { anchor: position, head: position };
    raw.ws.send(cursors([[42, 1, { user: { id: "boss", name: "The boss", colour: 9 }, cursor, more: "x" }]]));
    await until(() => note.provider.awareness.getStates().has(42));
    expect(note.provider.awareness.getStates().get(42)).toEqual({
      cursor,
      user: { id: "T1-clinician", name: "Person of T1:clinician", colour: 2 },
    });
  });

  it("stands nowhere when its place makes no sense, or its owner only reads", async () => {
    const issue = world.issue();
    const note = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    await until(() => kindOf(note) === "saved");
    const odd = await writer(issue.id, "T1-clinician");
    odd.ws.send(cursors([[42, 1, { cursor: { anchor: { tname: "secret" }, head: 7 } }]]));
    const reader = await world.raw(await world.signIn("P4-gp"), `/live/${issue.id}`);
    reader.ws.send(cursors([[43, 1, { cursor: { anchor: { tname: "body" }, head: { tname: "body" } } }]]));
    await until(() => note.provider.awareness.getStates().size === 3);
    for (const id of [42, 43]) expect(note.provider.awareness.getStates().get(id)?.cursor).toBeNull();
  });

  it("belongs to the connection that has it: nobody else can move or remove it", async () => {
    const issue = world.issue();
    const gp = world.note(await world.signIn("P1-gp"), issue.id, { person: "P1-gp" });
    const watcher = world.note(await world.signIn("P1-practice-manager"), issue.id, { person: "P1-practice-manager" });
    await until(() => watcher.provider.awareness.getStates().has(gp.provider.awareness.clientID));
    const thief = await writer(issue.id, "T1-clinician");
    const id = gp.provider.awareness.clientID;
    thief.ws.send(cursors([[id, 2 ** 40, null]]));
    thief.ws.send(cursors([[id, 2 ** 41, { user: { name: "thief" } }]]));
    thief.ws.send(cursors([[42, 1, {}]]));
    await until(() => watcher.provider.awareness.getStates().has(42));
    expect(watcher.provider.awareness.getStates().get(id)?.user.id).toBe("P1-gp");
  });

  it("comes back with its person, beside an old connection that is half open, and outlives it", async () => {
    const issue = world.issue();
    const watcher = world.note(await world.signIn("T1-clinician"), issue.id, { person: "T1-clinician" });
    await until(() => kindOf(watcher) === "saved");
    const cookie = await world.signIn("P1-gp");
    const old = await world.raw(cookie, `/live/${issue.id}`);
    const mine = cursors([[42, 5, {}]]);
    old.ws.send(mine);
    const states = watcher.provider.awareness.getStates();
    await until(() => states.has(42));
    const fresh = await world.raw(cookie, `/live/${issue.id}`);
    fresh.ws.send(mine);
    fresh.ws.send(answerWith(made((doc) => push(doc, paragraph("after")))));
    await until(() => textOf(watcher) === "after");
    old.ws.terminate();
    await until(() => world.realtime.state().notes.connections === 2);
    expect(states.has(42)).toBe(true);
    fresh.ws.terminate();
    await until(() => !states.has(42));
    // The same browser, with the clock it had.
    const third = await world.raw(cookie, `/live/${issue.id}`);
    third.ws.send(mine);
    await until(() => states.has(42));
  });
});

function push(doc: Y.Doc, element: Y.XmlElement): Y.XmlElement {
  doc.getXmlFragment("body").push([element]);
  return element;
}
function paragraph(text: string): Y.XmlElement {
  const element = new Y.XmlElement("paragraph");
  element.insert(0, [new Y.XmlText(text)]);
  return element;
}
function textIn(doc: Y.Doc): Y.XmlText {
  const text = new Y.XmlText("seen");
  push(doc, new Y.XmlElement("paragraph")).insert(0, [text]);
  return text;
}
function marked(doc: Y.Doc, marks: object): void {
  textIn(doc).format(0, 2, marks);
}
function linked(doc: Y.Doc, href: string): void {
  marked(doc, { link: { href } });
}
function deepList(doc: Y.Doc): void {
  let parent = push(doc, new Y.XmlElement("bulletList"));
  for (let depth = 0; depth < 60; depth++) {
    const item = new Y.XmlElement("listItem");
    const list = new Y.XmlElement("bulletList");
    parent.insert(0, [item]);
    item.insert(0, [list]);
    parent = list;
  }
  const item = new Y.XmlElement("listItem");
  parent.insert(0, [item]);
  item.insert(0, [paragraph("astray")]);
}

async function rawSocket(cookie: string): Promise<RawConnection> {
  const raw = await world.raw(cookie, "/socket.io/?EIO=4&transport=websocket");
  raw.ws.send("40");
  await until(() => raw.messages.length >= 2);
  return raw;
}
