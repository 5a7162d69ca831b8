import { corpusLearner, openCorpus } from "../../search/corpus";
import { type LabelledMeaning, learnLabels, openLabelModel, seededRandom } from "../../search/label-model";
import { type LabelledNeighbour, likelyLabels, neighboursAsked } from "../../search/likely-labels";
import { type Evaluation, openEvaluation } from "./evaluation";
import { labelledRowSchema } from "./meanings";
import { readRows } from "./read-rows";

const folds = 5;
const firstFew = 3;
/** Enough that those of the text's own fold can be left out. */
const neighboursLookedAt = 100;

interface Row extends LabelledMeaning {
  id: string;
  text: string;
  fold: number;
}

/**
 * Each fifth of the rows is labelled by the other four: by what the product suggests kinds with, a model learned from
 * them, and those of them that the composer's question for similar issues finds. A row counts as right when any of its
 * labels is among the first.
 */
export async function evalSuggest(file: string, say: (line: string) => void): Promise<void> {
  const read = await readRows(file, labelledRowSchema);
  const evaluation = await openEvaluation(say);
  try {
    const texts = read.map(({ text, labels }, at) => ({ id: `row-${at}`, text: text ?? "", labels }));
    await evaluation.fill(texts.map(({ id, text }) => ({ id, title: "", body: text })));
    const rows = await inFolds(texts, evaluation);
    const places: number[] = [];
    for (let fold = 0; fold < folds; fold++) {
      places.push(...(await placesIn(fold, rows, evaluation)));
      say(`Fold ${fold + 1} of ${folds}`);
    }
    for (const line of shares(places)) say(line);
  } finally {
    await evaluation.close();
  }
}

/** Where the first right label of each row of a fold stands; -1 where it was not thought of. */
async function placesIn(fold: number, rows: readonly Row[], evaluation: Evaluation): Promise<number[]> {
  const others = rows.filter((row) => row.fold !== fold);
  const learner = corpusLearner();
  for (const { words, sentence } of others) learner.learn(words, sentence);
  const corpus = openCorpus(learner.facts());
  const model = openLabelModel(await learnLabels(others, corpus), corpus);
  const labels = new Map(others.map((row) => [row.id, row.labels]));
  const places: number[] = [];
  for (const row of rows) {
    if (row.fold !== fold) continue;
    const like = await evaluation.similar({ text: row.text }, neighboursLookedAt);
    const neighbours = like.flatMap(({ id, score }): LabelledNeighbour[] => {
      const theirs = labels.get(id);
      return theirs ? [{ labels: theirs, score }] : [];
    });
    const likely = likelyLabels(row, model, neighbours.slice(0, neighboursAsked));
    places.push(likely.findIndex((each) => row.labels.includes(each.label)));
  }
  return places;
}

/** In an order that is the same every time: files are often sorted by label. */
async function inFolds(
  texts: readonly { id: string; text: string; labels: readonly string[] }[],
  evaluation: Evaluation,
): Promise<Row[]> {
  const random = seededRandom(7);
  const order = texts.map((text) => ({ text, place: random() })).sort((a, b) => a.place - b.place);
  const meanings = await evaluation.meanings(order.map(({ text }) => text.id));
  return order.flatMap(({ text }, at): Row[] => {
    const meaning = meanings.get(text.id);
    return meaning ? [{ ...text, sentence: meaning.sentence, words: meaning.words, fold: at % folds }] : [];
  });
}

function shares(places: readonly number[]): string[] {
  const share = (among: number) =>
    places.filter((place) => place >= 0 && place < among).length / Math.max(places.length, 1);
  return [`rows ${places.length}`, `top-1 ${share(1).toFixed(3)}`, `top-3 ${share(firstFew).toFixed(3)}`];
}
