import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { corpusLearner, openCorpus, shippedCorpus } from "../search/corpus";
import type { Meaning } from "../search/joined-vector";
import { learnLabels } from "../search/label-model";
import { startSentenceEncoder } from "../search/sentence-encoder";
import { packed } from "../search/suggest-category";
import { textWords } from "../search/text-words";
import { type Example, readDemoExamples, readLabelledExamples } from "./search/examples";

/**
 * Builds what search brings with it of texts: `search/corpus.json`, how many of the demonstration's hold each word and
 * what they mean on the whole, and `search/category-model.json`, learned from those and from our labelled ones. Run
 * after the texts changed.
 */
const encoder = startSentenceEncoder({ dataDir: join(tmpdir(), "common-thread-tables"), threads: 2 });
await encoder.settled();
if (encoder.state().state !== "ready") throw new Error("The tables need the sentence encoder.");
const demo = await meaningsOf(await readDemoExamples());
const labelled = await meaningsOf(await readLabelledExamples());
await encoder.close();

const learner = corpusLearner();
for (const { words, sentence } of demo) learner.learn(words, sentence);
const { features, counts, meanSentence, ...facts } = learner.facts({ ...shippedCorpus, documents: 0 });
const corpus = { ...facts, features: base64(features), counts: base64(counts), meanSentence: base64(meanSentence) };
await write("search/corpus.json", corpus);
const model = await learnLabels([...demo, ...labelled], openCorpus({ ...facts, features, counts, meanSentence }));
await write("search/category-model.json", packed(model));

async function meaningsOf(examples: readonly Example[]): Promise<(Meaning & Pick<Example, "labels">)[]> {
  const read = examples.map(async ({ labels, ...of }) => {
    const sentence = await encoder.encode(of, "bulk");
    return { labels, words: textWords(of).counts, sentence: sentence ?? new Float32Array() };
  });
  return Promise.all(read);
}

async function write(path: string, table: unknown): Promise<void> {
  const json = `${JSON.stringify(table)}\n`;
  await writeFile(path, json);
  console.log(`Built ${path}: ${Math.round(json.length / 1000)} KB.`);
}

function base64(numbers: Uint32Array | Float32Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64");
}
