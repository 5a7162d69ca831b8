import { beforeAll, describe, expect, test } from "vitest";
import { openCorpus, shippedCorpus } from "../../search/corpus";
import { learnLabels, type OpenModel, openLabelModel } from "../../search/label-model";
import { likelyLabels } from "../../search/likely-labels";
import { closenessOf, scoreOf } from "../../search/likeness-score";
import { textWords } from "../../search/text-words";

const corpus = openCorpus(shippedCorpus);
const meaningOf = (text: string) => ({ words: textWords({ text }).counts, sentence: new Float32Array() });
const texts = ["letter", "letters", "post a letter", "tablets", "a tablet", "tablets of the pharmacy"];
const labelled = texts.map((text) => ({ ...meaningOf(text), labels: [text.includes("letter") ? "LET" : "MED"] }));
let model: OpenModel;

beforeAll(async () => {
  model = openLabelModel(await learnLabels(labelled, corpus), corpus);
});

describe("Likely labels", () => {
  test("are learned from labelled texts, the same every time", async () => {
    const likely = likelyLabels(meaningOf("the letter"), model, []);
    expect(likely[0]?.label).toBe("LET");
    expect(likely.reduce((sum, each) => sum + each.confidence, 0)).toBeCloseTo(1, 5);
    expect((await learnLabels(labelled, corpus)).weights).toEqual(model.weights);
  });

  test("follow what texts like it were labelled, the more the nearer those are, also by labels never learned", () => {
    const neighbours = (n: number, score: number, label: string) =>
      Array.from({ length: n }, () => ({ labels: [label], score }));
    const few = likelyLabels(meaningOf("the letter"), model, neighbours(1, 0.9, "NEW"));
    expect(few[0]?.label).toBe("LET");
    const many = likelyLabels(meaningOf("the letter"), model, neighbours(12, 0.9, "NEW"));
    const share = (likely: typeof few) => likely.find((each) => each.label === "NEW")?.confidence ?? 0;
    expect(share(few)).toBeCloseTo(0.05, 5);
    expect(share(many)).toBeCloseTo(0.5, 5);
    const nearer = likelyLabels(meaningOf("the letter"), model, [
      ...neighbours(6, 0.9, "NEAR"),
      ...neighbours(6, 0.2, "FAR"),
    ]);
    const of = (label: string) => nearer.find((each) => each.label === label)?.confidence ?? 0;
    expect(of("NEAR")).toBeGreaterThan(of("FAR") * 1.5);
  });

  test("read a score back as the closeness it was made of", () => {
    for (const closeness of [0, 0.1, 0.24, 0.5, 0.9]) expect(closenessOf(scoreOf(closeness))).toBeCloseTo(closeness, 3);
  });
});
