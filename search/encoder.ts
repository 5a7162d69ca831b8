import { type Reading, read } from "./glossary";
import frozen from "./idf.json";

/**
 * A text as one vector: hashed TF-IDF of its words, pairs of words and abbreviations, 512 numbers of length one. Needs
 * no model and half a millisecond. A sentence encoder can be joined to it behind the same two functions.
 */
export const dimensions = 512;

/** Changes when vectors made before cannot be compared with vectors made now. */
export const encoderVersion = `words-${dimensions}-${frozen.version}`;

export interface EncodedText {
  title?: string;
  text: string;
}

/** Pairs say less than words by themselves: their share, picked on the demonstration texts. */
const pairWeight = 0.25;
const markWeight = 1.2;

const counts: ReadonlyMap<string, number> = new Map(Object.entries(frozen.counts));
/** Words in fewer texts than the table keeps are taken to be in one. */
const rarest = idfFor(1);

/** The vector of a text, its title counted twice; undefined when there is no word to go by. */
export function encode(of: EncodedText): Float32Array | undefined {
  const weights = weightsOf(of);
  const vector = new Float32Array(dimensions);
  for (const [feature, weight] of weights) {
    const hash = hashOf(feature);
    const at = hash % dimensions;
    vector[at] = (vector[at] ?? 0) + ((hash >>> 16) & 1 ? weight : -weight);
  }
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return undefined;
  const length = Math.sqrt(squares);
  return vector.map((value) => value / length);
}

/** How much each feature of a text weighs before hashing: stems, `#` marks, and pairs of stems with a space. */
export function weightsOf(of: EncodedText): Map<string, number> {
  const times = new Map<string, number>();
  count(read(of.text), 1, times);
  if (of.title) count(read(of.title), 2, times);
  return new Map([...times].map(([feature, n]) => [feature, (1 + Math.log(n)) * featureWeight(feature)]));
}

/** Inverse document frequency of a stem or a mark. */
export function idfOf(feature: string): number {
  const n = counts.get(feature);
  return n === undefined ? rarest : idfFor(n);
}

function idfFor(n: number): number {
  return Math.log((frozen.documents + 1) / (n + 1)) + 1;
}

function count(reading: Pick<Reading, "stems" | "marks">, weight: number, times: Map<string, number>): void {
  const add = (feature: string) => times.set(feature, (times.get(feature) ?? 0) + weight);
  reading.stems.forEach((stem, at) => {
    add(stem);
    const next = reading.stems[at + 1];
    if (next) add(`${stem} ${next}`);
  });
  reading.marks.forEach(add);
}

function featureWeight(feature: string): number {
  const [first, second] = feature.split(" ");
  if (feature.startsWith("#")) return idfOf(feature) * markWeight;
  if (first && second) return ((idfOf(first) + idfOf(second)) / 2) * pairWeight;
  return idfOf(feature);
}

/** 32-bit FNV-1a with a final mix, so that neighbouring features fall far apart. */
function hashOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < feature.length; i++) hash = Math.imul(hash ^ feature.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
