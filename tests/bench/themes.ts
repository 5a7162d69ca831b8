import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { report } from "./figures";

const run = promisify(execFile);
const reportSchema = z.object({
  issues: z.number(),
  seconds: z.number(),
  themes: z.number(),
  peakMegabytes: z.number(),
  joinMs: z.number(),
  joinP95Ms: z.number(),
});

/**
 * The theme analysis from vectors at several sizes, each in a process of its own: time, peak memory (texts and vectors
 * included), and how long a new issue takes to join. Neighbours are exact: recall is 1.
 */
export async function benchThemes(sizes: readonly number[]): Promise<void> {
  const cacheDir = mkdtempSync(join(tmpdir(), "ct-bench-"));
  const rows: Record<string, number>[] = [];
  for (const size of sizes) {
    const script = new URL("./themes/analysis.ts", import.meta.url).pathname;
    const args = ["--max-old-space-size=4000", "--import", "tsx", script, String(size), cacheDir];
    const { stdout } = await run(process.execPath, args, { maxBuffer: 1e6 });
    const { issues, seconds, themes, peakMegabytes, joinMs, joinP95Ms } = reportSchema.parse(JSON.parse(stdout));
    rows.push({
      issues,
      "seconds (guides 3, 20, 480)": Math.round(seconds * 10) / 10,
      themes,
      "peak MB (guide 2,000)": Math.round(peakMegabytes),
      "join ms p50": Math.round(joinMs * 100) / 100,
      "p95 (guide 20)": Math.round(joinP95Ms * 100) / 100,
    });
  }
  rmSync(cacheDir, { recursive: true, force: true });
  report("themes", rows);
}
