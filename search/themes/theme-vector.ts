import { categories, categoryGroupOf, categoryGroups } from "../../app/domain/category";
import type { Corpus } from "../corpus";
import type { Meaning } from "../joined-vector";
import { joinedVector, dimensions as textDimensions } from "../joined-vector";

/**
 * What an issue is about, for finding themes: its text, and a little of the kind it was raised as. Two people tell one
 * trouble in words that share next to nothing, and often under the same kind; measured on the demonstration's planted
 * themes (decision 0011) a quarter of the weight on the kind finds them, where the text alone does not.
 */
const kindShare = 0.2;
const groupShare = 0.05;
/** Of the text's part, what its sentences mean; the rest is the words it holds. */
const meaningShare = 0.45;

const dimensions = textDimensions + categories.length + categoryGroups.length;
const placeOfKind = new Map(categories.map((each, at) => [each.code, textDimensions + at]));
const placeOfGroup = new Map(categoryGroups.map((each, at) => [each.code, textDimensions + categories.length + at]));

/** Raised when vectors made before cannot be held against those made now. */
export const themeVectorVersion = "themes-1";

/** The vector, of length one; undefined when the text says nothing to go by. Without a kind it is the text alone. */
export function themeVector(meaning: Meaning, category: string | undefined, corpus: Corpus): Float32Array | undefined {
  const text = joinedVector(meaning, corpus, meaningShare);
  if (!text) return undefined;
  const vector = new Float32Array(dimensions);
  const kind = category === undefined ? undefined : placeOfKind.get(category);
  const group = category === undefined ? undefined : placeOfGroup.get(categoryGroupOf(category)?.code ?? "");
  const textShare = 1 - (kind === undefined ? 0 : kindShare) - (group === undefined ? 0 : groupShare);
  const scale = Math.sqrt(textShare);
  for (let at = 0; at < text.length; at++) vector[at] = text[at]! * scale;
  if (kind !== undefined) vector[kind] = Math.sqrt(kindShare);
  if (group !== undefined) vector[group] = Math.sqrt(groupShare);
  return vector;
}
