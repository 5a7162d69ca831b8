import { setPriority } from "node:os";
import { monotonicFactory } from "ulid";
import { z } from "zod";
import { runAnalysis } from "../../search/themes/run-analysis";
import { Directory } from "../domain/directory";
import { applyDecisions } from "../domain/theme-decision";
import { connectStore } from "../storage/connect";

/**
 * The theme analysis, in a process of its own: at the lowest priority, so that pages come first, with memory of its own.
 * Told where the store is by its first message; says how far it is, and ends.
 */
const lowestPriority = 19;
const askedSchema = z.object({ uri: z.string(), database: z.string() });

process.once("message", (message) => {
  analyseStore(askedSchema.parse(message)).then(
    () => process.exit(0),
    (fault: unknown) => {
      process.send?.({ failed: fault instanceof Error ? (fault.stack ?? fault.message) : "unknown" });
      process.exitCode = 1;
      process.disconnect?.();
    },
  );
});
// Whoever asked is gone: nobody waits for the result.
process.once("disconnect", () => process.exit(1));

async function analyseStore({ uri, database }: z.infer<typeof askedSchema>): Promise<void> {
  setPriority(lowestPriority);
  // Nothing is written that the directory is asked for.
  const directory = new Directory({ places: [], organisations: [], services: [], posts: [], people: [], holdings: [] });
  const storage = await connectStore({ uri, database, directory });
  const newId = monotonicFactory();
  const run = await runAnalysis(
    {
      themes: storage.themes,
      vectors: storage.vectors,
      corpora: storage.corpora,
      issues: storage.issues,
      now: () => new Date(),
      newId: () => newId(),
      decide: async (found) => applyDecisions(found, await storage.themeDecisions.all()),
    },
    ({ progress }) => process.send?.({ progress }),
  );
  process.send?.({ done: { issues: run.issues, themes: run.themes } });
  await storage.close();
}
