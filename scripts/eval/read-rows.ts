import { readFile } from "node:fs/promises";
import type { z } from "zod";

/** The rows of a file with one JSON object a line. Throws naming the first line that is none, and what is wrong there. */
export async function readRows<S extends z.ZodTypeAny>(file: string, schema: S): Promise<z.output<S>[]> {
  const lines = (await readText(file)).split(/\r?\n/);
  const rows = lines.flatMap((line, at): z.output<S>[] => {
    if (line.trim() === "") return [];
    const read = schema.safeParse(parsed(line, `${file}, line ${at + 1}`));
    if (read.success) return [read.data];
    const [issue] = read.error.issues;
    throw new Error(`${file}, line ${at + 1}: ${issue?.path.join(".") || "the row"}: ${issue?.message}`);
  });
  if (rows.length === 0) throw new Error(`${file} holds no rows.`);
  return rows;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new Error(`${file} cannot be read.`, { cause });
  }
}

function parsed(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`${where}: not JSON.`, { cause });
  }
}
