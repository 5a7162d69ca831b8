import { describe, expect, test } from "vitest";
import { categoryOf } from "../../app/domain/category";
import { suggestCategories } from "../../search/suggest-category";
import { suggestServices } from "../../search/suggest-service";
import { textWords } from "../../search/text-words";

/** By words alone, as while the sentence encoder is not there. */
const suggested = (text: string) =>
  suggestCategories({ words: textWords({ text }).counts, sentence: new Float32Array() }, []);

describe("Suggesting a kind from the text", () => {
  test.each([
    [
      "Three days of TTOs sent home instead of seven, the pharmacy was closed when the ward discharged the patient",
      "MED",
    ],
    ["A dermatology referral was rejected and returned to us because the form was the wrong version", "REF"],
    ["The patient was told to ask the GP for a fit note after surgery; the ward did not issue a sick note", "FIT"],
  ])("%s", (text, group) => {
    expect(suggested(text).some((each) => each.category.startsWith(group))).toBe(true);
  });

  test("18.7 gives at most three kinds that exist, the surest first", () => {
    const suggestions = suggested("Clinic letter arrived six weeks late with no plan for the bloods it asks for");
    expect(suggestions.length).toBeGreaterThan(0);
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
    (text) => expect(suggested(text)).toEqual([]),
  );
});

describe("Suggesting a service from the text", () => {
  const services = [
    { code: "derm", name: "Dermatology" },
    { code: "resp", name: "Respiratory medicine" },
  ];
  const said = (text: string) => textWords({ text }).counts;

  test("18.7 takes the one that is named", () => {
    const [first, ...others] = suggestServices(said("The dermatology clinic lost the photos"), services, []);
    expect(first?.service).toBe("derm");
    expect(others).toEqual([]);
  });

  test("takes the one that issues like it were about, and is surer the more of them were", () => {
    const near = (n: number) => Array.from({ length: n }, () => ({ service: "resp", score: 0.4 }));
    const mixed = [...near(2), { service: "derm", score: 0.4 }];
    const [first, second] = suggestServices(said("Breathing tests lost"), services, mixed);
    expect([first?.service, second?.service]).toEqual(["resp", "derm"]);
    const [surer] = suggestServices(said("Breathing tests lost"), services, near(3));
    expect(surer?.confidence).toBeGreaterThan(first?.confidence ?? 1);
  });

  test("says nothing of services that are not of the organisation, or where little is alike", () => {
    expect(suggestServices(said("Breathing"), services, [{ service: "elsewhere", score: 0.9 }])).toEqual([]);
    expect(suggestServices(said("Breathing"), services, [{ service: "resp", score: 0.05 }])).toEqual([]);
  });
});
