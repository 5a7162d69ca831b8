import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { categories, categoryGroups, categoryOf } from "../../app/domain/category";
import { findIdentifiers } from "../../app/domain/identifiers";
import { demoThemes } from "../../scripts/demo/texts";

const similarRow = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1).max(90),
  body: z.string().min(1),
  duplicates: z.array(z.string()),
  kind: z.enum(["paraphrase", "abbreviation", "look-alike", "distractor"]),
});
const categoryRow = z.strictObject({
  id: z.string().min(1),
  text: z.string().min(1),
  labels: z.array(z.string()).min(1),
});

const similar = rowsOf("similar.jsonl", similarRow);
const labelled = rowsOf("categories.jsonl", categoryRow);
const texts = [...similar.map(({ title, body }) => `${title}\n\n${body}`), ...labelled.map(({ text }) => text)];

function rowsOf<T extends z.ZodType>(file: string, row: T): z.infer<T>[] {
  const lines = readFileSync(`data/labelled/${file}`, "utf8").trimEnd().split("\n");
  return lines.map((line) => row.parse(JSON.parse(line)));
}

/** What occurs more than once. */
function repeats(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

/** Letters and digits only, so that a change of case or of a comma hides no copy. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

describe("the labelled issues", () => {
  test("are more than 440, each with an id, a title and a text of its own", () => {
    expect(similar.length).toBeGreaterThanOrEqual(440);
    expect(repeats(similar.map(({ id }) => id))).toEqual([]);
    expect(repeats(similar.map(({ title }) => bare(title)))).toEqual([]);
    expect(repeats(similar.map(({ body }) => bare(body)))).toEqual([]);
  });

  test("name as duplicates only other rows, and each of a family names all the others", () => {
    const byId = new Map(similar.map((row) => [row.id, row]));
    const family = (id: string) => [id, ...(byId.get(id)?.duplicates ?? [])].sort();
    const wrong = similar.filter(
      ({ id, duplicates }) =>
        duplicates.includes(id) ||
        repeats(duplicates).length > 0 ||
        duplicates.some((other) => family(other).join() !== family(id).join()),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test("are paraphrases and abbreviations with duplicates, and look-alikes and distractors without", () => {
    const odd = similar.filter(({ kind, duplicates }) => {
      const alone = kind === "look-alike" || kind === "distractor";
      return alone !== (duplicates.length === 0);
    });
    expect(odd.map(({ id }) => id)).toEqual([]);
    const count = (wanted: string) => similar.filter(({ kind }) => kind === wanted).length;
    expect(count("paraphrase")).toBeGreaterThan(200);
    expect(count("abbreviation")).toBeGreaterThan(60);
    expect(count("look-alike")).toBeGreaterThan(110);
    expect(count("distractor")).toBeGreaterThanOrEqual(20);
  });

  test("run from a terse line to several paragraphs", () => {
    const lengths = similar.map(({ body }) => body.split(/\s+/).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(250);
    expect(lengths.filter((words) => words > 100).length).toBeGreaterThan(30);
  });
});

describe("the labelled categories", () => {
  test("are more than 300 texts, each once", () => {
    expect(labelled.length).toBeGreaterThanOrEqual(300);
    expect(repeats(labelled.map(({ id }) => id))).toEqual([]);
    expect(repeats(labelled.map(({ text }) => bare(text)))).toEqual([]);
  });

  test("carry known second-level codes, of every group and of every kind at least three times", () => {
    const codes = labelled.flatMap(({ labels }) => labels);
    expect(codes.filter((code) => categoryOf(code) === undefined)).toEqual([]);
    expect(labelled.filter(({ labels }) => repeats(labels).length > 0)).toEqual([]);
    expect(new Set(codes.map((code) => categoryOf(code)?.group)).size).toBe(categoryGroups.length);
    const rare = categories.filter(({ code }) => codes.filter((each) => each === code).length < 3);
    expect(rare.map(({ code }) => code)).toEqual([]);
  });
});

describe("the texts of both", () => {
  test("hold nothing that looks like a patient identifier", () => {
    expect(texts.filter((text) => findIdentifiers(text).length > 0)).toEqual([]);
    expect(texts.filter((text) => /\d{6}|\b\d{1,2}\/\d{1,2}\/\d{2,4}\b|\S@\S+\.\S/.test(text))).toEqual([]);
  });

  test("are not those of the demonstration", () => {
    const demo = demoThemes().flatMap((theme) => theme.texts);
    const taken = new Set(demo.flatMap(({ title, body }) => [bare(title), bare(body)]));
    expect(similar.filter(({ title, body }) => taken.has(bare(title)) || taken.has(bare(body)))).toEqual([]);
    const demoSentences = new Set(demo.flatMap(({ body }) => sentencesOf(body)));
    expect(texts.flatMap(sentencesOf).filter((sentence) => demoSentences.has(sentence))).toEqual([]);
  });
});

/** Its sentences of eight words or more: shorter ones are said by everybody. */
function sentencesOf(text: string): string[] {
  return text
    .split(/[.?!:\n]+/)
    .map(bare)
    .filter((sentence) => sentence.split(" ").length >= 8);
}
