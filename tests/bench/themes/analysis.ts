import { generateDemo } from "../../../scripts/demo/generate";
import { openDemo } from "../../../scripts/demo/open-demo";
import { randomFrom } from "../../../scripts/demo/random";
import { demoThemes } from "../../../scripts/demo/texts";
import { corpusLearner, openCorpus } from "../../../search/corpus";
import { startSentenceEncoder } from "../../../search/sentence-encoder";
import { textWords } from "../../../search/text-words";
import { type AnalysedIssue, analyse, placeNew } from "../../../search/themes/analyse";
import { themeVector } from "../../../search/themes/theme-vector";

/**
 * One analysis of so many issues of the demonstration, in this process and no other, so that its memory can be read off.
 * The words are each issue's own; what it means is that of a text of its kind, a little moved, because reading a hundred
 * thousand texts takes half an hour and is not what is measured. Prints one line of JSON.
 */
const count = Number(process.argv[2]);
const cacheDir = process.argv[3] ?? "";
const random = randomFrom(5);

const sentences = await sentencesByCategory();
const issues = issuesWithVectors();
const began = performance.now();
const found = await analyse(issues, { seed: 1, newId: () => String(random.next()) });
const seconds = (performance.now() - began) / 1_000;
const joins = issues.slice(0, 500).map((issue) => {
  const start = performance.now();
  placeNew(issue.id, issue.vector, found.themes, found.mean);
  return performance.now() - start;
});
joins.sort((a, b) => a - b);
const report = {
  issues: issues.length,
  seconds,
  themes: found.themes.length,
  peakMegabytes: process.resourceUsage().maxRSS / 1_024,
  joinMs: joins[250],
  joinP95Ms: joins[475],
};
console.log(JSON.stringify(report));
process.exit(0);

async function sentencesByCategory(): Promise<Map<string, Float32Array[]>> {
  const encoder = startSentenceEncoder({ dataDir: cacheDir, threads: 2 });
  await encoder.settled();
  const byCategory = new Map<string, Float32Array[]>();
  await Promise.all(
    demoThemes().flatMap(({ category, texts }) =>
      texts.map(async ({ title, body }) => {
        const sentence = await encoder.encode({ title, text: body }, "bulk");
        if (sentence) byCategory.set(category, [...(byCategory.get(category) ?? []), sentence]);
      }),
    ),
  );
  await encoder.close();
  return byCategory;
}

function issuesWithVectors(): AnalysedIssue[] {
  const directory = openDemo().facts;
  const meanings = [...generateDemo({ seed: 1, asOf: "2026-11-22", issues: count, directory })].map(({ issue }) => ({
    issue,
    words: textWords({ title: issue.title, text: issue.body }).counts,
    sentence: moved(random.pick(sentences.get(issue.category) ?? [new Float32Array()])),
  }));
  const learner = corpusLearner();
  for (const { words, sentence } of meanings) learner.learn(words, sentence);
  const corpus = openCorpus(learner.facts());
  return meanings.flatMap(({ issue, words, sentence }) => {
    const vector = themeVector({ words, sentence }, issue.category, corpus);
    const text = `${issue.title}. ${issue.body}`;
    return vector ? [{ id: issue.id, vector, text, isSystemWide: issue.visibility === "system" }] : [];
  });
}

function moved(sentence: Float32Array): Float32Array {
  const row = sentence.map((value) => value + (random.next() - 0.5) * 0.06);
  const length = Math.hypot(...row) || 1;
  return row.map((value) => value / length);
}
