import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { wordsOf } from "../../realtime/client/note-state-line";
import { withProtocol } from "../../realtime/client/note-toolbar";
import { collect, nothing } from "../../realtime/client/use-live";
import { WorkingNoteText } from "../../realtime/client/working-note-text";

describe("the line under a note", () => {
  it("says where the words are, in London time", () => {
    expect(wordsOf({ kind: "saving" })).toBe("Saving");
    expect(wordsOf({ kind: "saved", at: new Date("2026-07-01T09:42:00Z") })).toBe("Saved 10:42");
    expect(wordsOf({ kind: "offline", changes: 3, kept: true })).toBe("Not connected, 3 changes kept on this device");
    expect(wordsOf({ kind: "offline", changes: 1, kept: false })).toBe("Not connected, 1 change only on this page");
    expect(wordsOf({ kind: "too-long", words: 383 })).toBe("Too long to save: take out about 400 words");
    expect(wordsOf({ kind: "no-longer", unsaved: true })).toBe("You can no longer write here. Copy your words");
  });
});

describe("the note without scripts", () => {
  it("is its text, without a style attribute that the page's policy would refuse", () => {
    const html = renderToString(createElement(WorkingNoteText, { text: "One <b>\n\nTwo" }));
    expect(html).toContain("<p>One &lt;b&gt;</p><p>Two</p>");
    expect(html).not.toContain("style=");
    expect(renderToString(createElement(WorkingNoteText, { text: "" }))).toContain("Nothing written yet.");
  });
});

describe("a link in a note", () => {
  it.each([
    ["www.nhs.uk", "https://www.nhs.uk"],
    ["https://a.example/b?c", "https://a.example/b?c"],
    ["nhs.uk/guide", "https://nhs.uk/guide"],
    ["someone@nhs.net", "mailto:someone@nhs.net"],
    ["tel:0151", "tel:0151"],
    ["javascript:alert(1)", undefined],
    ["JaVaScRiPt:alert(1)", undefined],
    ["data:text/html,x", undefined],
    ["two words", undefined],
    ["word", undefined],
    ["", undefined],
  ])("typed as %j leads to %j", (typed, href) => {
    expect(withProtocol(typed)).toBe(href);
  });
});

describe("what a board collects", () => {
  const shown = new Map([["A", 3]]);
  it("counts new issues once, marks shown ones that changed, and nothing else", () => {
    let collected = collect(nothing, { issue: "B", version: 1 }, shown);
    collected = collect(collected, { issue: "B", version: 1 }, shown);
    collected = collect(collected, { issue: "C", version: 9 }, shown);
    collected = collect(collected, { issue: "A", version: 3 }, shown);
    expect(collected).toEqual({ fresh: new Set(["B"]), changed: new Map(), missed: false });
    collected = collect(collected, { issue: "A", version: 4 }, shown);
    expect([...collected.changed]).toEqual([["A", 4]]);
  });
});
