import { buildAll } from "./build";
import { runChecks } from "./gate/checks";
import { aptLine, findChromium, thisMachine } from "./gate/chromium";
import { stepLine } from "./gate/run-step";
import { sumOf, type Tally } from "./gate/tally";
import { runSuite } from "./gate/test-suite";

/**
 * `npm test`: everything, on a fresh machine. Ends with the line `N passed, N failed`, which sums the tests of all
 * suites; a check or build that fails counts as one failure, one that passes is not counted.
 */
const say = (line: string) => console.log(line);
const tallies: Tally[] = [];
const summary: string[] = [];
const failure: Tally = { passed: 0, failed: 1 };
const began = performance.now();

const chromium = await findChromium(thisMachine(say));
const ci = process.env.CI === "true";
if (!chromium && ci) {
  say("There is no Chromium, and CI=true: the journeys cannot be left out.");
  tallies.push(failure);
}

const checks = await runChecks(say);
tallies.push(checks.unit.tally, ...checks.steps.filter(({ ok }) => !ok).map(() => failure));
summary.push(...checks.steps.map((step) => stepLine(step)), line("unit", checks.unit.seconds, checks.unit.tally));

const built = await build();
await suite("integration");
if (chromium && built) await suite("journeys", { CHROMIUM_PATH: chromium });

say(`\n${summary.join("\n")}`);
if (!chromium && !ci) say(`\nThe browser journeys did not run: there is no Chromium. Install it with\n  ${aptLine}\n`);
const { passed, failed } = sumOf(tallies);
say(`${((performance.now() - began) / 1000).toFixed(0)} s in all`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function suite(name: "integration" | "journeys", environment: Readonly<Record<string, string>> = {}) {
  say(`\n${name}`);
  const { tally, seconds } = await runSuite(name, { live: true, environment });
  tallies.push(tally);
  summary.push(line(name, seconds, tally));
}

async function build(): Promise<boolean> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    await buildAll(say);
    summary.push(stepLine({ name: "build", ok: true, seconds: seconds() }));
    return true;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    tallies.push(failure);
    summary.push(stepLine({ name: "build", ok: false, seconds: seconds() }));
    return false;
  }
}

function line(name: string, seconds: number, tally: Tally): string {
  return stepLine({ name, ok: tally.failed === 0, seconds }, `${tally.passed} passed, ${tally.failed} failed`);
}
