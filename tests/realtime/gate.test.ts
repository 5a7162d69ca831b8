import { afterEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { type GateOptions, NoteGate } from "../../realtime/client/note-gate";
import { plainText } from "../../realtime/note-text";
import { type } from "./world";

const gates: NoteGate[] = [];
function gate(options: Partial<GateOptions> = {}): NoteGate {
  const made = new NoteGate({ mayWrite: true, onChange: () => {}, ...options });
  gates.push(made);
  return made;
}
afterEach(() => {
  for (const each of gates.splice(0)) each.destroy();
  vi.useRealTimers();
});

const sent = (made: NoteGate) => plainText(made.wire);
const sentBytes = (made: NoteGate) => Buffer.from(Y.encodeStateAsUpdate(made.wire));
/** Everything that ever left, as an observer of the line would have seen it. */
function wiretap(made: NoteGate): () => Buffer {
  const seen: Uint8Array[] = [];
  made.wire.on("update", (update: Uint8Array) => seen.push(update));
  return () => Buffer.concat(seen);
}

const nhsNumber = "943 476 5919";

describe("the gate before the wire", () => {
  it("lets words pass as they are typed, both ways", () => {
    const made = gate();
    type(made.local, "From here");
    expect(sent(made)).toBe("From here");
    type(made.wire, "From there");
    expect(plainText(made.local)).toBe("From here\nFrom there");
    expect(made).toMatchObject({ changes: 1, passed: 1, held: null });
  });

  it("stops everything while something looks like an NHS number, and goes on when it is taken out", () => {
    const made = gate();
    const text = type(made.local, "Seen on Monday. ");
    text.insert(text.length, nhsNumber);
    expect(made.held).toMatchObject({ why: "identifier", finds: [{ span: nhsNumber }] });
    type(made.local, "And more");
    expect(sent(made)).toBe("Seen on Monday.");
    text.delete(16, nhsNumber.length);
    expect(made.held).toBeNull();
    expect(sent(made)).toBe("Seen on Monday. \nAnd more");
  });

  it("never sends what was taken out again, not even as deleted text that undo still holds", () => {
    const made = gate();
    const tapped = wiretap(made);
    const text = type(made.local, "Seen ");
    const undo = new Y.UndoManager(made.local.getXmlFragment("body"));
    text.insert(5, nhsNumber);
    undo.stopCapturing();
    text.delete(5, nhsNumber.length);
    type(made.local, "after");
    expect(sent(made)).toContain("after");
    expect(tapped().includes("476")).toBe(false);
    expect(sentBytes(made).includes("476")).toBe(false);
    undo.undo();
    expect(made.held).toMatchObject({ why: "identifier" });
    expect(tapped().includes("476")).toBe(false);
  });

  it("goes on when the span is declared to be something else, with the reason in the note", () => {
    const made = gate();
    type(made.local, `Order ${nhsNumber}`);
    expect(sent(made)).toBe("");
    made.local.getMap("declared").set(nhsNumber, { reason: "an order number", by: "P1-gp" });
    expect(made.held).toBeNull();
    expect(sent(made)).toBe(`Order ${nhsNumber}`);
    expect(made.wire.getMap("declared").get(nhsNumber)).toEqual({ reason: "an order number", by: "P1-gp" });
  });

  it("finds a number spread over formats, in a link and in a reason", () => {
    const spread = gate();
    const text = type(spread.local, nhsNumber);
    text.format(2, 5, { bold: {} });
    expect(spread.held?.why).toBe("identifier");

    const linked = gate();
    const leading = type(linked.local, "here");
    leading.format(0, 4, { link: { href: "https://x.example/9434765919" } });
    expect(linked.held?.why).toBe("identifier");

    const reasoned = gate();
    reasoned.local.getMap("declared").set("1", { reason: nhsNumber, by: "P1-gp" });
    expect(reasoned.held?.why).toBe("identifier");
  });

  it("holds digits back while they grow, for nine of them give away the tenth", () => {
    vi.useFakeTimers();
    const made = gate();
    const tapped = wiretap(made);
    const text = type(made.local, "No ");
    for (const digit of nhsNumber) text.insert(text.length, digit);
    expect(made.held?.why).toBe("identifier");
    expect(sent(made)).toBe("No 943 4");
    expect(tapped().includes("7")).toBe(false);
  });

  it("holds them back also where another number stands before them", () => {
    vi.useFakeTimers();
    const made = gate();
    const tapped = wiretap(made);
    const text = type(made.local, "in 2026 ");
    for (const digit of nhsNumber) text.insert(text.length, digit);
    expect(made.held?.why).toBe("identifier");
    expect(tapped().includes("7")).toBe(false);
    expect(sent(made).replace("2026", "")).not.toMatch(/\d{2}/);
  });

  it("sends digits on when more is typed after them, or nothing for a moment", () => {
    vi.useFakeTimers();
    const made = gate({ digitsWaitMs: 2_000 });
    const text = type(made.local, "About ");
    for (const letter of "12345 letters") text.insert(text.length, letter);
    expect(sent(made)).toBe("About 12345 letters");
    for (const letter of ", 67890") text.insert(text.length, letter);
    expect(made.held?.why).toBe("digits");
    vi.advanceTimersByTime(2_001);
    expect(made.held).toBeNull();
    expect(sent(made)).toBe("About 12345 letters, 67890");
  });

  it("says about how many words are too many, and goes on when they are gone", () => {
    const made = gate({ documentBytes: 8_000 });
    const text = type(made.local, "short");
    text.insert(5, "x".repeat(12_000));
    expect(made.held).toMatchObject({ why: "too-long", words: expect.any(Number) });
    const { held } = made;
    expect(held?.why === "too-long" && held.words).toBeGreaterThan(900);
    expect(sent(made)).toBe("short");
    text.delete(5, 11_000);
    expect(made.held).toBeNull();
    expect(sent(made)).toHaveLength(1_005);
  });

  it("holds a paste larger than one message may be", () => {
    const made = gate({ messageBytes: 10_000 });
    const text = type(made.local, "short");
    text.insert(0, "x".repeat(9_000));
    expect(made.held?.why).toBe("too-long");
    text.delete(0, 5_000);
    expect(sent(made)).toHaveLength(4_005);
  });

  it("sends nothing for somebody who may not write, and all of it once they may", () => {
    const made = gate({ mayWrite: false });
    type(made.local, "Kept");
    expect(made.held).toEqual({ why: "read-only" });
    type(made.wire, "Read");
    expect(plainText(made.local)).toContain("Read");
    expect(sent(made)).toBe("Read");
    made.setMayWrite(true);
    expect(sent(made)).toContain("Kept");
  });
});
