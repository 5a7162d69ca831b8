import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { categories } from "../app/domain/category";
import { read } from "../search/glossary";

/**
 * Builds what search knows of words, from the demonstration texts: `search/idf.json`, how many texts hold each word,
 * and `search/categories.json`, the middle of the texts of each kind. Run after the texts changed; vectors made with
 * another table are made again by the next rebuild of the index.
 */
const folder = "data/demo/texts";

const themesSchema = z.array(
  z.object({
    theme: z.string(),
    category: z.string(),
    texts: z.array(z.object({ title: z.string(), body: z.string() })),
  }),
);

interface Labelled {
  category: string;
  title: string;
  body: string;
}

/** Words kept of the middle of a kind, the heaviest: the others change nothing. */
const wordsOfKind = 200;

const texts = await readTexts();
await writeFile("search/idf.json", idfTable(texts));
await writeFile("search/categories.json", await categoryTable(texts));
console.log(`Built the tables from ${texts.length} texts.`);

async function readTexts(): Promise<Labelled[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  const themes = await Promise.all(
    files.map(async (file) => themesSchema.parse(JSON.parse(await readFile(join(folder, file), "utf8")))),
  );
  return themes.flat().flatMap((theme) =>
    theme.texts.map(({ title, body }) => ({
      category: theme.category,
      title: unfilled(title),
      body: unfilled(body),
    })),
  );
}

/** Slots such as `{trust}` stand for names, which say nothing of the matter. */
function unfilled(text: string): string {
  return text.replace(/\{\w+\}/g, " ");
}

function idfTable(texts: readonly Labelled[]): string {
  const counts = new Map<string, number>();
  for (const { title, body } of texts) {
    const { stems, marks } = read(`${title}\n${body}`);
    for (const feature of new Set([...stems, ...marks])) add(counts, feature);
  }
  // A word of one text is taken to be as rare as a word of none.
  const kept = sorted([...counts].filter(([, n]) => n > 1));
  const version = createHash("sha256")
    .update(JSON.stringify([texts.length, kept]))
    .digest("hex")
    .slice(0, 8);
  return `${JSON.stringify({ version, documents: texts.length, counts: kept })}\n`;
}

/** The name of a kind counts as one of its texts. Weighs words by the table just written, hence the late import. */
async function categoryTable(texts: readonly Labelled[]): Promise<string> {
  const { weightsOf } = await import("../search/encoder");
  const table = categories.map(({ code, name }) => {
    const own = texts.filter((each) => each.category === code).map(({ title, body }) => ({ title, text: body }));
    const middle = new Map<string, number>();
    for (const of of [{ text: name }, ...own])
      for (const [feature, weight] of ofLengthOne(weightsOf(of)))
        middle.set(feature, (middle.get(feature) ?? 0) + weight);
    const heaviest = [...ofLengthOne(middle)].sort((a, b) => b[1] - a[1]).slice(0, wordsOfKind);
    return [code, sorted(heaviest.map(([feature, weight]) => [feature, Number(weight.toFixed(4))]))];
  });
  return `${JSON.stringify(Object.fromEntries(table))}\n`;
}

function ofLengthOne(weights: ReadonlyMap<string, number>): Map<string, number> {
  const length = Math.hypot(...weights.values());
  return new Map([...weights].map(([feature, weight]) => [feature, weight / length]));
}

function add(counts: Map<string, number>, feature: string): void {
  counts.set(feature, (counts.get(feature) ?? 0) + 1);
}

function sorted(entries: readonly [string, number][]): Record<string, number> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
