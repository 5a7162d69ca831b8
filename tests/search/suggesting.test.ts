import { describe, expect, test } from "vitest";
import { categoryOf } from "../../app/domain/category";
import { suggestCategories } from "../../search/suggest";

describe("Suggesting a kind from the text", () => {
  test.each([
    [
      "Three days of TTOs sent home instead of seven, the pharmacy was closed when the ward discharged the patient",
      "MED",
    ],
    ["A dermatology referral was rejected and returned to us because the form was the wrong version", "REF"],
    ["The patient was told to ask the GP for a fit note after surgery; the ward did not issue a sick note", "FIT"],
  ])("%s", (text, group) => {
    const suggestions = suggestCategories(text);
    expect(suggestions.length).toBeGreaterThan(0);
    expect(suggestions.some((each) => each.category.startsWith(group))).toBe(true);
  });

  test("gives at most three kinds that exist, the surest first", () => {
    const suggestions = suggestCategories(
      "Clinic letter arrived six weeks late with no plan for the bloods it asks for",
    );
    expect(suggestions.length).toBeLessThanOrEqual(3);
    const confidences = suggestions.map((each) => each.confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    for (const { category, confidence } of suggestions) {
      expect(categoryOf(category)).toBeDefined();
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  test.each(["", "Hello", "Lorem ipsum dolor sit amet", "1234 5678", "Please help"])(
    "says nothing when unsure: %j",
    (text) => expect(suggestCategories(text)).toEqual([]),
  );
});
