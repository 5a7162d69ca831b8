import { z } from "zod";

export interface Tally {
  passed: number;
  failed: number;
}

/** The part of vitest's JSON report that is counted. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/**
 * Counts a run of vitest by its JSON report and its exit code. A file that could not be loaded, a test left out, and a
 * run that ended badly though every test passed (an error outside any test) count as failures: none may go unseen.
 */
export function tallyOf(report: unknown, exitedWell: boolean): Tally {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1 };
  const tally = { passed: 0, failed: 0 };
  for (const file of parsed.data.testResults) {
    const wrong = file.assertionResults.filter(({ status }) => status !== "passed").length;
    tally.passed += file.assertionResults.length - wrong;
    tally.failed += wrong;
    if (file.status === "failed" && wrong === 0) tally.failed += 1;
  }
  if (!exitedWell && tally.failed === 0) tally.failed = 1;
  return tally;
}

/** The sum of several runs. */
export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, each) => ({ passed: sum.passed + each.passed, failed: sum.failed + each.failed }), {
    passed: 0,
    failed: 0,
  });
}
