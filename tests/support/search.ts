import { randomBytes } from "node:crypto";
import { Meilisearch } from "meilisearch";
import { inject } from "vitest";
import { placesOf } from "../../app/domain/board-keys";
import { categoryOf } from "../../app/domain/category";
import type { Directory } from "../../app/domain/directory";
import { type Issue, organisationsConcerned } from "../../app/domain/issue";
import type { IndexEntry, StoredVector, VectorStore } from "../../app/domain/ports";
import { type BoardIndex, createIssueIndex, type IssueIndexOptions } from "../../search/issue-index";
import { smallDirectory } from "./small-directory";

export interface TestIndex {
  index: BoardIndex;
  directory: Directory;
  vectors: VectorStore & { all: Map<string, StoredVector> };
  /** Makes issues findable, each with its shared replies. */
  add(...issues: (Issue | { issue: Issue; replies: string[] })[]): Promise<void>;
  /** Deletes what this file put into the engine. */
  drop(): Promise<void>;
}

/** An index nobody else uses in the engine of this run. Call `drop` when the file is done. */
export async function openTestIndex(options: Partial<IssueIndexOptions> = {}): Promise<TestIndex> {
  const address = { url: inject("searchUrl"), key: inject("searchKey") };
  const directory = options.directory ?? smallDirectory();
  const vectors = vectorsInMemory();
  const prefix = `test-${randomBytes(6).toString("hex")}`;
  const index = createIssueIndex({
    address: () => address,
    unofficialRepack: true,
    prefix,
    vectors,
    // Tests that are not about time must pass on a busy machine.
    queryBudgetMs: 20_000,
    ...options,
    directory,
  });
  await index.prepare();
  return {
    index,
    directory,
    vectors,
    async add(...issues) {
      await index.put(
        issues.map((each) =>
          "issue" in each ? entryOf(directory, each.issue, each.replies) : entryOf(directory, each),
        ),
      );
    },
    async drop() {
      const client = new Meilisearch({ host: address.url, apiKey: address.key });
      await client.deleteIndex(index.name).waitTask({ timeout: 20_000 });
    },
  };
}

/** An issue as the index is given it. */
export function entryOf(directory: Directory, issue: Issue, replies: string[] = []): IndexEntry {
  const organisations = organisationsConcerned(issue);
  return {
    issue,
    places: placesOf(issue, directory),
    organisations,
    names: [
      ...organisations.flatMap((code) => directory.organisation(code)?.name ?? []),
      categoryOf(issue.category)?.name ?? issue.category,
    ],
    replies: replies.map((text, index) => ({ id: `${issue.id}-reply-${index}`, at: issue.changedAt, text })),
  };
}

export function vectorsInMemory(): VectorStore & { all: Map<string, StoredVector> } {
  const all = new Map<string, StoredVector>();
  return {
    all,
    async put(vector) {
      all.set(vector.issue, vector);
    },
    async ofIssues(ids) {
      return ids.flatMap((id) => all.get(id) ?? []);
    },
  };
}
