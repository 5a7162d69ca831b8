import type { Meaning } from "./joined-vector";
import { labelsOf, type OpenModel } from "./label-model";
import { closenessOf } from "./likeness-score";

/** A text like the one asked about, and the labels people gave it. */
export interface LabelledNeighbour {
  labels: readonly string[];
  /** As likeness is scored. */
  score: number;
}

export interface LikelyLabel {
  label: string;
  /** All add up to one. */
  confidence: number;
}

/** Texts like it that are asked, the nearest. */
export const neighboursAsked = 25;
/** What neighbours say against what the model learned, once there are enough of them. */
const neighboursShare = 0.5;
const enoughNeighbours = 10;
/** How much more a nearer neighbour counts. */
const nearness = 6;

/**
 * Labels of a text, the likeliest first: half by what was learned from labelled texts, half by what those most like it
 * were labelled. The first knows what speaks for a label, the second what is said here; together they did better than
 * either (`docs/decisions/0009-four-measures-of-likeness.md`).
 */
export function likelyLabels(of: Meaning, model: OpenModel, neighbours: readonly LabelledNeighbour[]): LikelyLabel[] {
  const near = neighbours.slice(0, neighboursAsked).map(({ labels, score }) => ({
    labels,
    weight: Math.exp(nearness * closenessOf(score)),
  }));
  const whole = near.reduce((sum, each) => sum + each.weight, 0);
  const share = neighboursShare * Math.min(near.length / enoughNeighbours, 1);
  const confidences = new Map<string, number>();
  const add = (label: string, confidence: number) => confidences.set(label, (confidences.get(label) ?? 0) + confidence);
  for (const { label, confidence } of labelsOf(of, model)) add(label, confidence * (1 - share));
  for (const { labels, weight } of near)
    for (const label of labels) add(label, (share * weight) / whole / labels.length);
  return [...confidences]
    .map(([label, confidence]) => ({ label, confidence }))
    .sort((a, b) => b.confidence - a.confidence);
}
