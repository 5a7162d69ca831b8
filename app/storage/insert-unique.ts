import type { Model } from "mongoose";

/**
 * Inserts one document. Undefined when it is stored; otherwise the fields of the unique index that refused it. The
 * driver's own insert, because mongoose's `insertMany` hides which index it was.
 */
export async function insertUnique<T>(model: Model<T>, document: T): Promise<readonly string[] | undefined> {
  try {
    await model.collection.insertOne(document as Parameters<typeof model.collection.insertOne>[0]);
    return undefined;
  } catch (error) {
    const fields = duplicateKey(error);
    if (fields) return fields;
    throw error;
  }
}

function duplicateKey(error: unknown): readonly string[] | undefined {
  if (typeof error !== "object" || error === null || !("code" in error) || error.code !== 11000) return undefined;
  const pattern = "keyPattern" in error ? error.keyPattern : undefined;
  return typeof pattern === "object" && pattern !== null ? Object.keys(pattern) : [];
}
