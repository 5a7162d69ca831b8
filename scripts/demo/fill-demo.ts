import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DirectoryFacts } from "../../app/domain/directory";
import type { Composed } from "../../app/server/compose";
import { type DemoIssue, generateDemo } from "./generate";
import { noticesOf } from "./notices-of";

export interface FillOptions {
  dataDir: string;
  directory: DirectoryFacts;
  seed: number;
  /** London calendar day. */
  asOf: string;
  issues: number;
  replies?: { each: number; characters: number };
  say(line: string): void;
}

/** Issues written to the store at once. */
const batchSize = 500;

/**
 * Fills an empty store with the issues of the demonstration, as if all their follow-ups had been done long ago. A fill
 * that was cut off is begun anew; one that was finished is left as it is, whatever people have since done with it.
 */
export async function fillDemo(composed: Composed, options: FillOptions): Promise<void> {
  const mark = join(options.dataDir, "demo-filled");
  if (existsSync(mark)) return;
  await empty(composed, options.directory);
  let written = 0;
  let batch: DemoIssue[] = [];
  const flush = async () => {
    await writeBatch(composed, batch, options.asOf);
    written += batch.length;
    batch = [];
    options.say(
      `Writing the demonstration: ${written.toLocaleString("en-GB")} of ${options.issues.toLocaleString("en-GB")} issues`,
    );
  };
  for (const made of generateDemo(options)) {
    batch.push(made);
    if (batch.length === batchSize) await flush();
  }
  if (batch.length > 0) await flush();
  writeFileSync(mark, `${JSON.stringify({ seed: options.seed, asOf: options.asOf, issues: options.issues })}\n`);
}

async function empty({ storage, refreshDirectory }: Composed, directory: DirectoryFacts): Promise<void> {
  await storage.connection.dropDatabase();
  await storage.migrate();
  await storage.ensureIndexes();
  await storage.directory.replaceAll(directory);
  await refreshDirectory();
}

async function writeBatch({ storage, directory }: Composed, batch: readonly DemoIssue[], asOf: string): Promise<void> {
  const issues = batch.map((each) => each.issue);
  await storage.issues.insertMany(issues);
  await storage.replies.insertMany(batch.flatMap((each) => each.replies));
  await storage.events.insertMany(
    issues.flatMap((issue) => issue.history.map((event) => ({ ...event, issue: issue.id }))),
  );
  await storage.notices.insertMany(issues.flatMap((issue) => noticesOf(issue, directory, asOf)));
}
