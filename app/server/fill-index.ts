import type { BoardIndex } from "../../search/issue-index";
import type { Directory } from "../domain/directory";
import type { IndexEntry } from "../domain/ports";
import { indexEntry } from "../followups/index-issue";
import type { Storage } from "../storage/connect";

const batchSize = 500;

export interface IndexSource {
  storage: Pick<Storage, "issues" | "replies">;
  directory: Directory;
}

/** Builds the index anew from the store, beside the one that answers meanwhile, and swaps. */
export async function rebuildIndex(
  index: BoardIndex,
  source: IndexSource,
  onProgress?: (done: number) => void,
): Promise<void> {
  await index.rebuild(entriesOf(source), onProgress);
}

/** Builds the index only when the engine has none, or an empty one although there are issues. */
export async function restoreIndex(
  index: BoardIndex,
  source: IndexSource,
  onProgress?: (done: number) => void,
): Promise<void> {
  const made = await index.prepare();
  const state = await index.state();
  if (made === "kept" && state.state === "ready" && state.documents > 0) return;
  await rebuildIndex(index, source, onProgress);
}

async function* entriesOf({ storage, directory }: IndexSource): AsyncIterable<IndexEntry[]> {
  const ports = { issues: storage.issues, replies: storage.replies, directory };
  for await (const issues of storage.issues.everyIssue(batchSize)) {
    const entries = await Promise.all(issues.map((issue) => indexEntry(ports, issue.id)));
    yield entries.filter((entry) => entry !== null);
  }
}
