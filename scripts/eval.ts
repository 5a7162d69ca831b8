import { parseArgs } from "node:util";
import { evalSimilar } from "./eval/similar";
import { evalSuggest } from "./eval/suggest";
import { evalThemes } from "./eval/themes";

/**
 * `npm run eval -- similar|suggest|themes FILE.jsonl`: how well what the product does finds the known answers of a labelled
 * file. The formats are in `data/labelled/README.md`.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const [what, file] = positionals;
const evaluations: Readonly<Record<string, (file: string, say: (line: string) => void) => Promise<void>>> = {
  similar: evalSimilar,
  suggest: evalSuggest,
  themes: evalThemes,
};
const evaluate = evaluations[what ?? ""];
if (!evaluate || !file) {
  console.error(
    `Say what to evaluate, and on which file: npm run eval -- ${Object.keys(evaluations).join("|")} FILE.jsonl`,
  );
  process.exit(2);
}
try {
  await evaluate(file, (line) => console.log(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
