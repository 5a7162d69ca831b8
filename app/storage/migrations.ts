import type { Connection } from "mongoose";

/** One step from version `to - 1` to `to`. Running it again after it stopped half way must finish it. */
export interface Migration {
  to: number;
  what: string;
  run(connection: Connection): Promise<void>;
}

/** Every change to stored data, in order. A released one is never edited. */
export const migrations: readonly Migration[] = [];

/** The version of stored data this code reads and writes. */
export const schemaVersion = 1;

interface Meta {
  _id: string;
  v: number;
}

export class StoreTooNew extends Error {
  override name = "StoreTooNew";
  constructor(stored: number, known: number) {
    super(
      `The database was written by a newer release of Common Thread (data version ${stored}; this release knows ${known}). ` +
        "Start that release again, or restore the backup that was made before it was installed. Nothing was changed.",
    );
  }
}

/**
 * Brings stored data to `known`, one numbered step at a time; after each, the version reached is stored, so a stopped
 * migration goes on where it was. Refuses data of a newer release.
 */
export async function migrate(
  connection: Connection,
  steps: readonly Migration[] = migrations,
  known = schemaVersion,
): Promise<void> {
  const meta = connection.collection<Meta>("meta");
  const found = await meta.findOne({ _id: "schema" });
  if (!found) {
    await meta.updateOne({ _id: "schema" }, { $setOnInsert: { v: known } }, { upsert: true });
    return;
  }
  if (found.v > known) throw new StoreTooNew(found.v, known);
  for (const step of steps.filter((each) => each.to > found.v && each.to <= known).sort((a, b) => a.to - b.to)) {
    await step.run(connection);
    await meta.updateOne({ _id: "schema", v: { $lt: step.to } }, { $set: { v: step.to } });
  }
}
