import { runStep, type Step, type StepResult, stepLine } from "./run-step";
import { runSuite, type SuiteResult } from "./test-suite";

const node = process.execPath;
const folders = ["app", "realtime", "search", "scripts", "tests"];

const types: Step = { name: "types", command: [node, "node_modules/typescript/bin/tsc", "--noEmit", "-p", "."] };
const lint: Step = { name: "lint", command: [node, "node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off"] };
const imports: Step = {
  name: "import rules",
  command: [
    node,
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    "--config",
    ".dependency-cruiser.cjs",
    ...folders,
  ],
};

export interface CheckResult {
  unit: SuiteResult;
  /** Types, lint and import rules. */
  steps: readonly StepResult[];
}

/**
 * Types, lint, import rules and unit tests, offline. The types take about as long as the rest together, so they run
 * beside it: two processors are kept busy and no more.
 */
export async function runChecks(say: (line: string) => void): Promise<CheckResult> {
  const tell = <R extends StepResult>(result: R, note = ""): R => {
    if (!result.ok) say(result.output.trimEnd());
    say(stepLine(result, note));
    return result;
  };
  const beside = runStep(types).then((result) => tell(result));
  const linted = tell(await runStep(lint));
  const ruled = tell(await runStep(imports));
  const unit = await runSuite("unit", { live: false });
  tell(unit, `${unit.tally.passed} passed, ${unit.tally.failed} failed`);
  const typed = await beside;
  return { unit, steps: [typed, linted, ruled] };
}
