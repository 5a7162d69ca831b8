import table from "./categories.json";
import { weightsOf } from "./encoder";

/**
 * The likely kind of an issue from its text: how near the text lies to the middle of the labelled texts of each kind
 * (`scripts/build-search-tables.ts`). On those texts, each left out in turn, a kind is suggested for half of them and
 * the right one is among those shown in 57 of 100: a suggestion, never a decision.
 */

/** Turns nearness into confidence so that it comes true about as often as it says. */
const sharpness = 25;
/** How sure the best and the others must be to be shown; under the first nothing is. */
const surenessOfBest = 0.25;
const surenessOfOthers = 0.1;
const atMost = 3;
/** Known words a text must hold: a greeting is no issue. */
const fewestWords = 4;

const kinds = Object.entries(table).map(([category, features]) => ({
  category,
  features: new Map<string, number>(Object.entries(features)),
}));
const knownWords = new Set(kinds.flatMap((kind) => [...kind.features.keys()]));

/** Likely kinds, best first, with a confidence of 0 to 1; none when unsure. */
export function suggestCategories(text: string): { category: string; confidence: number }[] {
  const weights = weightsOf({ text });
  const known = [...weights.keys()].filter((feature) => knownWords.has(feature) && !feature.includes(" "));
  if (known.length < fewestWords) return [];
  const length = Math.hypot(...weights.values());
  const near = kinds.map(({ category, features }) => ({ category, nearness: productOf(weights, features) / length }));
  const nearest = Math.max(...near.map((each) => each.nearness));
  const shares = near.map(({ category, nearness }) => ({
    category,
    share: Math.exp((nearness - nearest) * sharpness),
  }));
  const whole = shares.reduce((sum, each) => sum + each.share, 0);
  const sure = shares
    .map(({ category, share }) => ({ category, confidence: share / whole }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, atMost);
  if ((sure[0]?.confidence ?? 0) < surenessOfBest) return [];
  return sure.filter((each) => each.confidence >= surenessOfOthers);
}

function productOf(weights: ReadonlyMap<string, number>, features: ReadonlyMap<string, number>): number {
  let product = 0;
  for (const [feature, weight] of weights) product += weight * (features.get(feature) ?? 0);
  return product;
}
