import { expect, test } from "vitest";
import { markBegin, markEnd, textRuns } from "../../search/text-runs";

/** What the engine returns, with `[` and `]` for its marks; runs come back with the marked ones in brackets. */
const shown = (marked: string): string =>
  textRuns(marked.replaceAll("[", markBegin).replaceAll("]", markEnd))
    .map(({ text, marked }) => (marked ? `[${text}]` : text))
    .join("");

test("a mark covers the whole word it stands in, also one that was typed with an error", () => {
  expect(shown("[Discharg]e summary")).toBe("[Discharge] summary");
  expect(shown("pre[scri]bed")).toBe("[prescribed]");
  expect(shown("[Dis]charg[e]")).toBe("[Discharge]");
  expect(shown("caf[e]\u0301 [Müll]er 14[d]")).toBe("[cafe\u0301] [Müller] [14d]");
});

test("a mark never goes over what is no letter or digit", () => {
  for (const kept of ["[A&G] unanswered", "<b>[cut]</b>", "re-[admit]-ted", "no [TTO], late", "a [b] c"])
    expect(shown(kept)).toBe(kept);
  expect(shown("(dis[charge] )")).toBe("([discharge] )");
});

test("a very long word takes no longer than it is long", () => {
  const word = "a".repeat(200_000);
  expect(shown(`${word} [b]`)).toBe(`${word} [b]`);
});
