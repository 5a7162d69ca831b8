import { corpusLearner, openCorpus } from "../../search/corpus";
import { labelsOf, learnLabels, openLabelModel, seededRandom } from "../../search/label-model";
import { labelledRowSchema, meaningsOf } from "./meanings";
import { readRows } from "./read-rows";

const folds = 5;
const firstFew = 3;

/**
 * Each fifth of the rows is labelled by what was learned from the other four: by the reading, the corpus, the model and
 * the learning that the product's suggestion of a kind is made with. A row counts as right when any of its labels is
 * among the first.
 */
export async function evalSuggest(file: string, say: (line: string) => void): Promise<void> {
  const rows = await readRows(file, labelledRowSchema);
  const texts = inRandomOrder(await meaningsOf(rows, say));
  const places: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const learned = texts.filter((_, at) => at % folds !== fold);
    const learner = corpusLearner();
    for (const { words, sentence } of learned) learner.learn(words, sentence);
    const corpus = openCorpus(learner.facts());
    const model = openLabelModel(await learnLabels(learned, corpus), corpus);
    for (const text of texts.filter((_, at) => at % folds === fold)) {
      const labels = labelsOf(text, model).map((each) => each.label);
      places.push(labels.findIndex((label) => text.labels.includes(label)));
    }
    say(`Fold ${fold + 1} of ${folds}`);
  }
  const share = (among: number) =>
    places.filter((place) => place >= 0 && place < among).length / Math.max(places.length, 1);
  say(`rows ${places.length}`);
  say(`top-1 ${share(1).toFixed(3)}`);
  say(`top-3 ${share(firstFew).toFixed(3)}`);
}

/** The same order every time; files are often sorted by label. */
function inRandomOrder<T>(items: readonly T[]): T[] {
  const random = seededRandom(7);
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map((each) => each.item);
}
