import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** A text whose kinds are known. */
export interface Example {
  title: string;
  text: string;
  labels: string[];
}

const demoTexts = "data/demo/texts";
const labelledTexts = "data/labelled/categories.jsonl";

const themesSchema = z.array(
  z.object({ category: z.string(), texts: z.array(z.object({ title: z.string(), body: z.string() })) }),
);
const labelledSchema = z.object({ text: z.string(), labels: z.array(z.string()) });

/** The texts of the demonstration. */
export async function readDemoExamples(): Promise<Example[]> {
  const files = (await readdir(demoTexts)).filter((file) => file.endsWith(".json")).sort();
  const themes = await Promise.all(
    files.map(async (file) => themesSchema.parse(JSON.parse(await readFile(join(demoTexts, file), "utf8")))),
  );
  return themes
    .flat()
    .flatMap(({ category, texts }) =>
      texts.map(({ title, body }) => ({ title: unfilled(title), text: unfilled(body), labels: [category] })),
    );
}

/** Our labelled texts: the first line of each is its title. */
export async function readLabelledExamples(): Promise<Example[]> {
  const lines = (await readFile(labelledTexts, "utf8")).split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const { text, labels } = labelledSchema.parse(JSON.parse(line));
    const [title = "", ...body] = text.split("\n\n");
    return body.length === 0 ? { title: "", text, labels } : { title, text: body.join("\n\n"), labels };
  });
}

/** Slots such as `{trust}` stand for names, which say nothing of the matter. */
function unfilled(text: string): string {
  return text.replace(/\{\w+\}/g, " ");
}
