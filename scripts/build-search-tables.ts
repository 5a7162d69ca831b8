import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { categories } from "../app/domain/category";
import { read } from "../search/glossary";

/**
 * Builds what search knows of words, from the demonstration texts: `search/idf.json`, how many texts hold each word,
 * and `search/categories.json`, how often each word stands in texts of each kind. Run after the texts changed; vectors
 * made with another table are made again by the next rebuild of the index.
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
  text: string;
}

const texts = await readTexts();
await writeFile("search/idf.json", idfTable(texts));
await writeFile("search/categories.json", categoryTable(texts));
console.log(`Built the tables from ${texts.length} texts.`);

async function readTexts(): Promise<Labelled[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  const themes = await Promise.all(
    files.map(async (file) => themesSchema.parse(JSON.parse(await readFile(join(folder, file), "utf8")))),
  );
  return themes
    .flat()
    .flatMap((theme) =>
      theme.texts.map(({ title, body }) => ({ category: theme.category, text: unfilled(`${title}\n${body}`) })),
    );
}

/** Slots such as `{trust}` stand for names, which say nothing of the matter. */
function unfilled(text: string): string {
  return text.replace(/\{\w+\}/g, " ");
}

function idfTable(texts: readonly Labelled[]): string {
  const counts = new Map<string, number>();
  for (const { text } of texts) {
    const { stems, marks } = read(text);
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

function categoryTable(texts: readonly Labelled[]): string {
  const table = Object.fromEntries(
    categories.map(({ code, name }) => {
      const own = texts.filter((each) => each.category === code).map((each) => each.text);
      const counts = new Map<string, number>();
      // The name of a kind is its first text.
      for (const text of [name, ...own]) {
        const { stems, marks } = read(text);
        for (const feature of new Set([...stems, ...marks])) add(counts, feature);
      }
      return [code, { texts: own.length + 1, counts: sorted([...counts]) }];
    }),
  );
  return `${JSON.stringify(table)}\n`;
}

function add(counts: Map<string, number>, feature: string): void {
  counts.set(feature, (counts.get(feature) ?? 0) + 1);
}

function sorted(entries: readonly [string, number][]): Record<string, number> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
