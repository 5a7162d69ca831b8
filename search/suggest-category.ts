import shipped from "./category-model.json";
import { openCorpus, shippedCorpus } from "./corpus";
import type { Meaning } from "./joined-vector";
import { type LabelModel, type OpenModel, openLabelModel } from "./label-model";
import { type LabelledNeighbour, likelyLabels } from "./likely-labels";
import { kindOf } from "./text-words";

/** The likely kinds of an issue from its text: a suggestion with how sure it is, never a decision. */
export interface SuggestedCategory {
  category: string;
  /** From 0 to 1: about how often it comes true. */
  confidence: number;
}

/** How sure the best and the others must be to be shown; under the first nothing is. */
const surenessOfBest = 0.2;
const surenessOfOthers = 0.08;
const atMost = 3;
/** Known words a text must hold: a greeting is no issue. */
const fewestWords = 4;

let opened: OpenModel | undefined;

/** Likely kinds, best first; none when unsure. `neighbours`: issues like the text, nearest first, with their kinds. */
export function suggestCategories(of: Meaning, neighbours: readonly LabelledNeighbour[]): SuggestedCategory[] {
  opened ??= openLabelModel(unpacked(), openCorpus(shippedCorpus));
  const { rowOf } = opened;
  const known = of.words.features.filter((feature) => kindOf(feature) === "word" && rowOf(feature) !== undefined);
  if (known.length < fewestWords) return [];
  const likely = likelyLabels(of, opened, neighbours).slice(0, atMost);
  if ((likely[0]?.confidence ?? 0) < surenessOfBest) return [];
  return likely
    .filter((each) => each.confidence >= surenessOfOthers)
    .map(({ label: category, confidence }) => ({ category, confidence }));
}

/** What `packed` wrote down. */
function unpacked(): LabelModel {
  const { labels } = shipped;
  const bytes = new Int8Array(Buffer.from(shipped.weights, "base64"));
  const scales = new Float32Array(new Uint8Array(Buffer.from(shipped.scales, "base64")).buffer);
  return {
    labels,
    weights: Float32Array.from(bytes, (byte, at) => byte * (scales[Math.floor(at / labels.length)] ?? 0)),
    bias: Float32Array.from(shipped.bias),
    features: new Uint32Array(new Uint8Array(Buffer.from(shipped.features, "base64")).buffer),
  };
}

/** A model as it is shipped: a byte a weight, with a scale for each row. */
export function packed({ labels, weights, bias, features }: LabelModel): typeof shipped {
  const rows = weights.length / labels.length;
  const scales = Float32Array.from({ length: rows }, (_, row) => {
    const own = weights.subarray(row * labels.length, (row + 1) * labels.length);
    return own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
  });
  const bytes = Int8Array.from(weights, (weight, at) => {
    const scale = scales[Math.floor(at / labels.length)] ?? 0;
    return scale === 0 ? 0 : Math.round(weight / scale);
  });
  return {
    labels: [...labels],
    bias: Array.from(bias, (value) => Number(value.toFixed(4))),
    features: base64(features),
    scales: base64(scales),
    weights: base64(bytes),
  };
}

function base64(numbers: Int8Array | Uint32Array | Float32Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64");
}
