import { setImmediate as breathe } from "node:timers/promises";
import type { Corpus } from "./corpus";
import { centred, type Meaning } from "./joined-vector";
import { type FeatureKind, kindOf } from "./text-words";

/**
 * Learns labels from labelled texts: multinomial logistic regression over words, letters (TF-IDF, each of length one)
 * and meaning, by AdaGrad (Duchi 2011). Gives each label the share of texts like this one that carry it.
 */
export interface LabelModel {
  labels: readonly string[];
  /** Rows of weights, one number a label: first those of the sentence vector, then one row a feature. */
  weights: Float32Array;
  bias: Float32Array;
  /** Features in rising order: the row of each is its place, after the sentence's. */
  features: Uint32Array;
}

export interface LabelledMeaning extends Meaning {
  labels: readonly string[];
}

const sentenceRows = 512;
const epochs = 20;
const rate = 0.3;
/** Texts learned from before others get their turn: some 15 ms. */
const textsAtOnce = 40;

/** Rows with their values: what a model sees of a text. */
interface Seen {
  rows: number[];
  values: number[];
}

/** The same texts in the same order give the same model. */
export async function learnLabels(texts: readonly LabelledMeaning[], corpus: Corpus): Promise<LabelModel> {
  const labels = [...new Set(texts.flatMap((text) => text.labels))].sort();
  const features = featuresOf(texts);
  const model: LabelModel = {
    labels,
    features,
    weights: new Float32Array((sentenceRows + features.length) * labels.length),
    bias: new Float32Array(labels.length),
  };
  const rowOf = rowsOf(model);
  const seen = texts.map((text) => see(text, corpus, rowOf));
  const wanted = texts.map((text) => text.labels.map((label) => labels.indexOf(label)));
  const learner = adaGrad(model);
  const random = seededRandom(1);
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const [done, at] of shuffled(texts.length, random).entries()) {
      if (done % textsAtOnce === 0) await breathe();
      learner.learn(seen[at] ?? { rows: [], values: [] }, wanted[at] ?? []);
    }
  return model;
}

/** Labels with their shares, which add up to one, the likeliest first. */
export function labelsOf(of: Meaning, model: OpenModel): { label: string; confidence: number }[] {
  const shares = sharesOf(see(of, model.corpus, model.rowOf), model);
  return model.labels
    .map((label, at) => ({ label, confidence: shares[at] ?? 0 }))
    .sort((a, b) => b.confidence - a.confidence);
}

export interface OpenModel extends LabelModel {
  corpus: Corpus;
  rowOf: (feature: number) => number | undefined;
}

/** `corpus`: the one it was learned with. */
export function openLabelModel(model: LabelModel, corpus: Corpus): OpenModel {
  return { ...model, corpus, rowOf: rowsOf(model) };
}

/** Words and letters that more than one text holds. */
function featuresOf(texts: readonly Meaning[]): Uint32Array {
  const counts = new Map<number, number>();
  for (const { words } of texts)
    for (const feature of words.features)
      if (kindOf(feature) !== "pair") counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return Uint32Array.from([...counts].flatMap(([feature, n]) => (n > 1 ? [feature] : []))).sort();
}

function rowsOf({ features }: LabelModel): (feature: number) => number | undefined {
  const rows = new Map<number, number>();
  features.forEach((feature, at) => {
    rows.set(feature, sentenceRows + at);
  });
  return (feature) => rows.get(feature);
}

function see({ sentence, words }: Meaning, corpus: Corpus, rowOf: OpenModel["rowOf"]): Seen {
  const seen: Seen = { rows: [], values: [] };
  for (const kind of ["word", "letters"] as const) addKind(seen, words, kind, corpus, rowOf);
  centred(sentence, corpus)?.forEach((value, at) => {
    seen.rows.push(at);
    seen.values.push(value);
  });
  return seen;
}

function addKind(
  seen: Seen,
  { features, times }: Meaning["words"],
  kind: FeatureKind,
  corpus: Corpus,
  rowOf: OpenModel["rowOf"],
): void {
  const from = seen.values.length;
  features.forEach((feature, at) => {
    const row = kindOf(feature) === kind ? rowOf(feature) : undefined;
    if (row === undefined) return;
    seen.rows.push(row);
    seen.values.push((1 + Math.log(times[at] ?? 1)) * corpus.idf(feature));
  });
  const length = Math.hypot(...seen.values.slice(from));
  for (let at = from; at < seen.values.length; at++) seen.values[at] = (seen.values[at] ?? 0) / length;
}

function sharesOf({ rows, values }: Seen, { labels, weights, bias }: LabelModel): Float64Array {
  const shares = Float64Array.from(bias);
  rows.forEach((row, at) => {
    const value = values[at] ?? 0;
    const from = row * labels.length;
    for (let label = 0; label < labels.length; label++)
      shares[label] = (shares[label] ?? 0) + (weights[from + label] ?? 0) * value;
  });
  const most = shares.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let whole = 0;
  for (let label = 0; label < shares.length; label++) {
    const share = Math.exp((shares[label] ?? 0) - most);
    shares[label] = share;
    whole += share;
  }
  return shares.map((share) => share / whole);
}

/** Steps that grow smaller where there were many: words that are rare learn as fast as common ones. */
function adaGrad(model: LabelModel) {
  const { weights, bias, labels } = model;
  const steps = new Float32Array(weights.length).fill(1e-6);
  const biasSteps = new Float32Array(bias.length).fill(1e-6);
  const step = (of: Float32Array, past: Float32Array, at: number, slope: number) => {
    const squares = (past[at] ?? 0) + slope * slope;
    past[at] = squares;
    of[at] = (of[at] ?? 0) - (rate * slope) / Math.sqrt(squares);
  };
  return {
    learn(seen: Seen, wanted: readonly number[]): void {
      const slopes = sharesOf(seen, model);
      for (const label of wanted) slopes[label] = (slopes[label] ?? 0) - 1 / wanted.length;
      for (let label = 0; label < labels.length; label++) step(bias, biasSteps, label, slopes[label] ?? 0);
      seen.rows.forEach((row, at) => {
        const value = seen.values[at] ?? 0;
        const from = row * labels.length;
        for (let label = 0; label < labels.length; label++)
          step(weights, steps, from + label, (slopes[label] ?? 0) * value);
      });
    },
  };
}

function shuffled(length: number, random: () => number): number[] {
  const order = Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}

/** A linear congruential generator (Numerical Recipes): the same numbers every time. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
