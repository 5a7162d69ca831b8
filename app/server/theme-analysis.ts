import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export interface ThemeAnalysis {
  /** Finds themes anew; while that runs, it is the one that runs. Rejects when it could not be done. */
  now(): Promise<AnalysisResult>;
  /** From now on every night at three, and at once if last night's is missing. Said again it changes nothing. */
  keepNightly(): void;
  close(): Promise<void>;
}

export interface AnalysisResult {
  issues: number;
  themes: number;
}

export interface ThemeAnalysisOptions {
  /** Of the store: the child opens a connection of its own. */
  uri: string;
  database: string;
  now(): Date;
  /** When the newest analysis finished. */
  lastFinished(): Promise<Date | undefined>;
  /** A result is stored: what was read of themes is old. */
  onDone(result: AnalysisResult): void;
  onFault(fault: Error): void;
}

const saidSchema = z.union([
  z.object({ done: z.object({ issues: z.number(), themes: z.number() }) }),
  z.object({ failed: z.string() }),
  z.object({ progress: z.object({ step: z.string(), share: z.number() }) }),
]);

const lookEveryMs = 10 * 60_000;
/** London's small hours: nobody is on the board, and the day's issues are in. */
const nightHour = 3;
/** Its objects; vectors and the runtime's own memory come on top (under 2 GB in all at 100,000 issues). */
const heapMegabytes = 1_200;

/** Runs the theme analysis in a child process: on demand, and every night at three. */
export function createThemeAnalysis(options: ThemeAnalysisOptions): ThemeAnalysis {
  let running: { child: ChildProcess; result: Promise<AnalysisResult> } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const now = (): Promise<AnalysisResult> => {
    if (running) return running.result;
    const child = startChild();
    const result = resultOf(child, { uri: options.uri, database: options.database })
      .then((found) => {
        options.onDone(found);
        return found;
      })
      .finally(() => {
        running = undefined;
      });
    running = { child, result };
    return result;
  };
  const look = async () => {
    const last = await options.lastFinished();
    if (isDue(last, options.now())) await now();
  };
  const lookQuietly = () => void look().catch((fault: Error) => options.onFault(fault));
  return {
    now,
    keepNightly() {
      if (timer) return;
      lookQuietly();
      timer = setInterval(lookQuietly, lookEveryMs).unref();
    },
    async close() {
      clearInterval(timer);
      const ending = running;
      ending?.child.kill();
      await ending?.result.catch(() => undefined);
    },
  };
}

/** Whether there has been none since three o'clock in London, this morning or yesterday's. */
export function isDue(last: Date | undefined, now: Date): boolean {
  if (!last) return true;
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "Europe/London" }).format(now);
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  const sinceNight = ((hours - nightHour + 24) % 24) * 3_600_000 + minutes * 60_000 + seconds * 1_000;
  return now.getTime() - last.getTime() > sinceNight;
}

function resultOf(child: ChildProcess, asked: { uri: string; database: string }): Promise<AnalysisResult> {
  return new Promise((resolve, reject) => {
    let found: AnalysisResult | undefined;
    let why = "the theme analysis ended before it was done";
    child.on("message", (message) => {
      const said = saidSchema.safeParse(message);
      if (!said.success) return;
      if ("done" in said.data) found = said.data.done;
      if ("failed" in said.data) why = said.data.failed;
    });
    child.once("error", reject);
    child.once("exit", () => (found ? resolve(found) : reject(new Error(why))));
    child.send(asked);
  });
}

/** Bundled, the child lies beside this file; from source, it is TypeScript and tsx has to read it. */
function startChild(): ChildProcess {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = join(here, "theme-analysis-child.js");
  const memory = `--max-old-space-size=${heapMegabytes}`;
  if (existsSync(bundled)) return fork(bundled, { execArgv: [memory] });
  return fork(join(here, "theme-analysis-child.ts"), { execArgv: [memory, "--import", "tsx"] });
}
