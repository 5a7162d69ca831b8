import { randomBytes } from "node:crypto";
import { Meilisearch } from "meilisearch";
import { inject } from "vitest";
import { placesOf } from "../../app/domain/board-keys";
import { categoryOf } from "../../app/domain/category";
import type { Directory } from "../../app/domain/directory";
import { type Issue, organisationsConcerned } from "../../app/domain/issue";
import type { CorpusFacts, CorpusStore, IndexEntry, StoredVector, VectorStore } from "../../app/domain/ports";
import { type BoardIndex, createIssueIndex, type IssueIndexOptions } from "../../search/issue-index";
import { createIssueVectors, type IssueVectors } from "../../search/issue-vectors";
import { noSentenceEncoder, type SentenceEncoder } from "../../search/sentence-encoder";
import { smallDirectory } from "./small-directory";

export interface TestIndex {
  index: BoardIndex;
  directory: Directory;
  /** What is stored of each issue. */
  vectors: VectorStore & { all: Map<string, StoredVector> };
  issueVectors: IssueVectors;
  /** Makes issues findable, each with its shared replies. */
  add(...issues: (Issue | { issue: Issue; replies: string[] })[]): Promise<void>;
  /** Deletes what this file put into the engine. */
  drop(): Promise<void>;
}

/** An index nobody else uses in the engine of this run. Call `drop` when the file is done. */
export async function openTestIndex(
  options: Partial<IssueIndexOptions> & { encoder?: SentenceEncoder } = {},
): Promise<TestIndex> {
  const address = { url: inject("searchUrl"), key: inject("searchKey") };
  const directory = options.directory ?? smallDirectory();
  const vectors = vectorsInMemory();
  const issueVectors = options.vectors ?? issueVectorsOver(vectors, options.encoder);
  const prefix = `test-${randomBytes(6).toString("hex")}`;
  const index = createIssueIndex({
    address: () => address,
    unofficialRepack: true,
    prefix,
    vectors: issueVectors,
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
    issueVectors,
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

/** Words alone unless an encoder is given: most tests are not about what texts mean. */
export function issueVectorsOver(
  vectors: VectorStore,
  encoder: SentenceEncoder = noSentenceEncoder("tests do without"),
): IssueVectors {
  return createIssueVectors({ vectors, corpora: corpusInMemory(), encoder });
}

export function corpusInMemory(): CorpusStore {
  let current: CorpusFacts | null = null;
  return {
    read: async () => current,
    async replace(facts) {
      current = facts;
    },
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
    async madeBy(encoder, after, limit) {
      const ids = [...all.values()].flatMap((each) =>
        each.encoder === encoder && each.issue > after ? each.issue : [],
      );
      return ids.sort().slice(0, limit);
    },
    async *everyVector(batch) {
      const every = [...all.values()];
      for (let at = 0; at < every.length; at += batch) yield every.slice(at, at + batch);
    },
  };
}
