import { describe, expect, test } from "vitest";
import { createWordIndex, markWords } from "../../search/word-index";

const entries = [
  ["Cardiology", "Wirral University Teaching Hospital", "WUTH"],
  ["Accident and emergency", "Wirral University Teaching Hospital", "WUTH"],
  ["Ear, nose and throat", "St Helens and Knowsley Hospital", "STHK"],
  ["Aisha O'Neill", "GP, Hospital Road Surgery"],
  ["Robert Neil", "Practice manager, Cardiology Way"],
  ["CAMHS", "Alder Hey"],
];
const index = createWordIndex(entries);
const found = (text: string) => index.find(text).map(({ entry }) => entries[entry]?.[0]);

describe("Words in memory", () => {
  test("are found whole, by their beginnings, and with every word of the text", () => {
    expect(found("cardiology")).toEqual(["Cardiology", "Robert Neil"]);
    expect(found("card wirr")).toEqual(["Cardiology"]);
    expect(found("hospital wuth")).toEqual(["Cardiology", "Accident and emergency"]);
    expect(found("cardiology knowsley")).toEqual([]);
    expect(found("  ")).toEqual([]);
  });

  test("are found with a slip of the finger where nothing is found without, never in short words and numbers", () => {
    expect(found("cardiolgy")).toEqual(["Cardiology", "Robert Neil"]);
    expect(found("crdaiology")).toEqual(["Cardiology", "Robert Neil"]);
    expect(found("hopsital knowsley")).toEqual(["Ear, nose and throat"]);
    expect(found("neal")).toEqual([]);
  });

  test("a name before what is said of it", () => {
    expect(found("neil")[0]).toBe("Robert Neil");
    expect(found("oneill")).toEqual(["Aisha O'Neill"]);
    expect(found("o'neill")).toEqual(["Aisha O'Neill"]);
  });

  test("abbreviations are found by what they stand for and the other way round, with ampersands and dots", () => {
    for (const text of ["A&E", "a&e", "A & E", "a.e.", "A.E", "accident and emergency", "ED"])
      expect(found(text), text).toContain("Accident and emergency");
    expect(found("child and adolescent mental health services")).toEqual(["CAMHS"]);
    expect(found("ENT")).toEqual(["Ear, nose and throat"]);
  });

  test("are marked where they stand, over whole words", () => {
    const [first] = index.find("card");
    expect(markWords("Cardiology, and cardiology", first?.words ?? new Set())).toEqual([
      { text: "Cardiology", marked: true },
      { text: ", and ", marked: false },
      { text: "cardiology", marked: true },
    ]);
    expect(markWords("Aisha O'Neill", new Set(["oneill"]))).toEqual([
      { text: "Aisha ", marked: false },
      { text: "O'Neill", marked: true },
    ]);
  });
});
