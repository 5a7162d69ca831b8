import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startReading } from "../../app/server/read-unread";
import { openCorpus, shippedCorpus } from "../../search/corpus";
import { createIssueVectors, type IssueVectors } from "../../search/issue-vectors";
import { noSentenceEncoder, type SentenceEncoder } from "../../search/sentence-encoder";
import { featureOfWord } from "../../search/text-words";
import { eventually } from "../support/eventually";
import { buildIssue } from "../support/issues";
import { corpusInMemory, entryOf, openTestIndex, type TestIndex, vectorsInMemory } from "../support/search";
import { smallDirectory } from "../support/small-directory";

const directory = smallDirectory();

/** An encoder that gives every text the same meaning, and counts what it was asked. */
function plainEncoder(): SentenceEncoder & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    state: () => ({ state: "ready", version: "plain" }),
    settled: async () => undefined,
    async encode({ text }, urgency) {
      asked.push(`${urgency}: ${text}`);
      const sentence = new Float32Array(512);
      sentence[0] = 1;
      return sentence;
    },
    close: async () => undefined,
  };
}

describe("What is kept of an issue's text", () => {
  test("is made once, and again when the text changes", async () => {
    const stores = { vectors: vectorsInMemory(), corpora: corpusInMemory() };
    const encoder = plainEncoder();
    const vectors = createIssueVectors({ ...stores, encoder });
    const issue = buildIssue({ body: "first" });
    await vectors.ofEntries([entryOf(directory, issue)], "issue");
    await vectors.ofEntries([entryOf(directory, { ...issue, state: "accepted" })], "issue");
    await vectors.ofEntries([entryOf(directory, { ...issue, body: "second" })], "issue");
    expect(encoder.asked).toEqual(["issue: first", "issue: second"]);
  });

  test("18.1 is its words alone while there is no encoder, and what an encoder once read is kept", async () => {
    const stores = { vectors: vectorsInMemory(), corpora: corpusInMemory() };
    const without = createIssueVectors({ ...stores, encoder: noSentenceEncoder("none here") });
    const [issue, read] = [buildIssue(), buildIssue()];
    const [made] = await without.ofEntries([entryOf(directory, issue)], "issue");
    expect(made).toMatchObject({ encoder: "words-1", sentence: new Float32Array() });
    const [before] = await createIssueVectors({ ...stores, encoder: plainEncoder() }).ofEntries(
      [entryOf(directory, read)],
      "issue",
    );
    expect(await without.ofEntries([entryOf(directory, read)], "issue")).toEqual([before]);
  });

  test("18.4 is left to be read later in a rebuild, and then named as unread", async () => {
    const stores = { vectors: vectorsInMemory(), corpora: corpusInMemory() };
    const encoder = plainEncoder();
    const vectors = createIssueVectors({ ...stores, encoder });
    const issues = [buildIssue(), buildIssue(), buildIssue()];
    await vectors.ofEntries(
      issues.map((issue) => entryOf(directory, issue)),
      "later",
    );
    expect(encoder.asked).toEqual([]);
    const [first = "", ...others] = await vectors.unread("", 10);
    expect([first, ...others]).toEqual(issues.map((issue) => issue.id));
    expect(await vectors.unread(first, 1)).toEqual(others.slice(0, 1));
    await vectors.ofEntries([entryOf(directory, issues[0] ?? buildIssue())], "bulk");
    expect(await vectors.unread("", 10)).toEqual(others);
  });
});

describe("What is known of all texts together", () => {
  const corpora = corpusInMemory();
  const encoder = plainEncoder();
  let vectors: IssueVectors;

  beforeAll(async () => {
    vectors = createIssueVectors({ vectors: vectorsInMemory(), corpora, encoder });
    const texts = Array.from({ length: 60 }, (_, n) => buildIssue({ body: `Zebra crossing number ${n}` }));
    await vectors.ofEntries(
      [...texts, buildIssue({ body: "An okapi, once" })].map((issue) => entryOf(directory, issue)),
      "issue",
    );
  });

  test("18.5 is what the product brought until it is learned, and then says which words are common here", async () => {
    const zebra = featureOfWord("zebra");
    expect((await vectors.corpus()).version).toBe(shippedCorpus.version);
    const before = (await vectors.corpus()).idf(zebra);
    const asked = encoder.asked.length;
    await vectors.learnCorpus();
    const learned = await vectors.corpus();
    expect(learned.idf(zebra)).toBeLessThan(before - 1);
    expect(learned.idf(featureOfWord("okapi"))).toBeGreaterThan(learned.idf(zebra));
    expect(encoder.asked.length).toBe(asked);
    expect((await corpora.read())?.version).toBe(learned.version);
  });

  test("18.5 is the same for another process that reads it", async () => {
    const other = createIssueVectors({ vectors: vectorsInMemory(), corpora, encoder });
    expect((await other.corpus()).version).toBe((await vectors.corpus()).version);
    expect(openCorpus(shippedCorpus).version).not.toBe((await other.corpus()).version);
  });
});

describe("Texts that were indexed by words alone", () => {
  let search: TestIndex;
  const encoder = plainEncoder();

  beforeAll(async () => {
    search = await openTestIndex({ encoder });
  });
  afterAll(() => search.drop());

  test("18.4 are read unattended and put into the index, also when it was away for a while", async () => {
    const issues = [buildIssue({ body: "zebra" }), buildIssue({ body: "okapi" })];
    async function* batches() {
      yield issues.map((issue) => entryOf(search.directory, issue));
    }
    await search.index.rebuild(batches());
    expect([...search.vectors.all.values()].map((vector) => vector.sentence.length)).toEqual([0, 0]);
    const entriesOf = (ids: readonly string[]) =>
      issues.filter((issue) => ids.includes(issue.id)).map((issue) => entryOf(search.directory, issue));
    const put: string[] = [];
    let isAway = true;
    const reading = startReading({
      vectors: search.issueVectors,
      read: async (ids) => void (await search.issueVectors.ofEntries(entriesOf(ids), "bulk")),
      async put(ids) {
        if (isAway) {
          isAway = false;
          throw new Error("the engine is away");
        }
        await search.index.put(entriesOf(ids));
        put.push(...ids);
      },
      settled: encoder.settled(),
      everyMs: 1,
    });
    await eventually(() => put.length === 2);
    await reading.stop();
    expect([...search.vectors.all.values()].map((vector) => vector.sentence.length)).toEqual([512, 512]);
    expect(encoder.asked).toEqual(["bulk: zebra", "bulk: okapi"]);
  });
});
