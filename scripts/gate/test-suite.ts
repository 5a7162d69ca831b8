import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { runStep, type StepResult } from "./run-step";
import { type Tally, tallyOf } from "./tally";

/** The projects of `vitest.config.ts`. */
export type SuiteName = "unit" | "integration" | "journeys";

export interface SuiteResult extends StepResult {
  tally: Tally;
}

/** Runs one project of the tests and counts it. */
export async function runSuite(
  name: SuiteName,
  options: { live: boolean; environment?: Readonly<Record<string, string>> },
): Promise<SuiteResult> {
  const report = `.cache/test-results/${name}.json`;
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const result = await runStep({
    name,
    command: [
      process.execPath,
      "node_modules/vitest/vitest.mjs",
      "run",
      `--project=${name}`,
      "--passWithNoTests",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    ...options,
  });
  const tally = tallyOf(readReport(report), result.ok);
  return { ...result, ok: tally.failed === 0, tally };
}

/** Undefined when the run ended before it wrote one. */
function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
