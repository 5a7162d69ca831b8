import { z } from "zod";
import { openEvaluation } from "./evaluation";
import { readRows } from "./read-rows";

const idSchema = z.union([z.string(), z.number()]).transform(String);
const rowSchema = z.object({
  id: idSchema,
  title: z.string().nullish(),
  body: z.string().nullish(),
  duplicates: z.array(idSchema).nullish(),
});

/** Hits and recall are counted among the first five; a rank after a hundred counts as none. */
const firstFew = 5;
const deepest = 100;
const thresholds = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** One answer to a query: how alike, and whether it is a duplicate. */
interface Answer {
  score: number;
  right: boolean;
}

/**
 * Every row that has duplicates is asked for as if it were being written, against all other rows: by the index, engine
 * and ranking that the composer asks, of which it takes the first hundred instead of the first three.
 */
export async function evalSimilar(file: string, say: (line: string) => void): Promise<void> {
  for (const line of measures(await answersTo(file, say))) say(line);
}

/** The first few that are found for each row, as pairs with a score: for `npm run calibrate`. */
export async function labelledPairs(
  file: string,
  say: (line: string) => void,
): Promise<{ score: number; same: boolean }[]> {
  const answers = await answersTo(file, say);
  return answers.flatMap(({ found }) => found.slice(0, firstFew).map(({ score, right }) => ({ score, same: right })));
}

async function answersTo(
  file: string,
  say: (line: string) => void,
): Promise<{ found: Answer[]; duplicates: number }[]> {
  const rows = await readRows(file, rowSchema);
  checkIds(rows, file, say);
  const evaluation = await openEvaluation(say);
  try {
    // The engine takes fewer kinds of id than a file may hold.
    const numbers = new Map(rows.map(({ id }, at) => [id, `row-${at}`]));
    await evaluation.fill(
      rows.map(({ id, title, body }) => ({ id: numbers.get(id) ?? id, title: title ?? "", body: body ?? "" })),
    );
    const duplicatesOf = ({ id, duplicates }: (typeof rows)[number]) =>
      new Set((duplicates ?? []).flatMap((each) => (each === id ? [] : (numbers.get(each) ?? []))));
    const queries = rows.filter((row) => duplicatesOf(row).size > 0);
    const answers: { found: Answer[]; duplicates: number }[] = [];
    for (const row of queries) {
      const { id, title, body } = row;
      const wanted = duplicatesOf(row);
      const text = { ...(title ? { title } : {}), text: body ?? "" };
      // One more than is looked at: the row itself is there too.
      const like = await evaluation.similar(text, deepest + 1);
      const others = like.filter((each) => each.id !== numbers.get(id)).slice(0, deepest);
      const found = others.map((each) => ({ score: each.score, right: wanted.has(each.id) }));
      answers.push({ found, duplicates: wanted.size });
    }
    return answers;
  } finally {
    await evaluation.close();
  }
}

function checkIds(rows: readonly z.output<typeof rowSchema>[], file: string, say: (line: string) => void): void {
  const ids = new Set<string>();
  for (const { id } of rows) {
    if (ids.has(id)) throw new Error(`${file}: the id ${id} stands there twice.`);
    ids.add(id);
  }
  const missing = rows.flatMap(({ duplicates }) => (duplicates ?? []).filter((duplicate) => !ids.has(duplicate)));
  if (missing.length > 0) say(`Left out: ${missing.length} duplicates that are no rows of the file.`);
}

/** The lines that are printed. */
export function measures(answers: readonly { found: readonly Answer[]; duplicates: number }[]): string[] {
  const mean = (of: (answer: (typeof answers)[number]) => number) =>
    answers.length === 0 ? 0 : answers.reduce((sum, answer) => sum + of(answer), 0) / answers.length;
  const rightIn = (found: readonly Answer[]) => found.filter((each) => each.right).length;
  const firstRight = (found: readonly Answer[]) => found.findIndex((each) => each.right) + 1;
  const lines = [
    `queries ${answers.length}`,
    `hit@5 ${mean(({ found }) => Math.min(rightIn(found.slice(0, firstFew)), 1)).toFixed(3)}`,
    `recall@5 ${mean(({ found, duplicates }) => rightIn(found.slice(0, firstFew)) / duplicates).toFixed(3)}`,
    `MRR ${mean(({ found }) => (firstRight(found) === 0 ? 0 : 1 / firstRight(found))).toFixed(3)}`,
  ];
  for (const threshold of thresholds) {
    const shown = answers.flatMap(({ found }) => found.slice(0, firstFew).filter((each) => each.score >= threshold));
    const precision = shown.length === 0 ? "none shown" : (rightIn(shown) / shown.length).toFixed(3);
    const perQuery = answers.length === 0 ? 0 : shown.length / answers.length;
    lines.push(`precision@${threshold.toFixed(1)} ${precision} (${perQuery.toFixed(2)} shown a query)`);
  }
  return lines;
}
