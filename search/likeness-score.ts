import type { LikenessThresholds, SettingsStore } from "../app/domain/ports";

/**
 * Closeness stretched to a score from 0 to 1: what most pairs of strangers come to lies under .2, the same matter in
 * much the same words over .8. A scale, not a probability: that depends on how many issues there are. Chosen on our own
 * labelled issues (`docs/decisions/0009-four-measures-of-likeness.md`).
 */
const steepness = 15;
const middle = 0.24;

/** Raised when the same two texts come to another score: judgements keep which one was shown. */
export const scoreVersion = "four-1";

export function scoreOf(closeness: number): number {
  return 1 / (1 + Math.exp(-steepness * (closeness - middle)));
}

/** The closeness that comes to a score: `scoreOf`, backwards. */
export function closenessOf(score: number): number {
  const within = Math.min(Math.max(score, 1e-6), 1 - 1e-6);
  return middle + Math.log(within / (1 - within)) / steepness;
}

/** What the product begins with; `npm run calibrate` proposes others from what people judged. */
export const shippedThresholds: LikenessThresholds = { alikeFrom: 0.3, likelySameFrom: 0.8 };

/** Another process may have changed them. */
const keptForMs = 30_000;

/** The thresholds that hold now. Nobody waits for newer ones, and without the store those last read stand. */
export function likenessThresholds(settings: Pick<SettingsStore, "likeness">): () => LikenessThresholds {
  let current = shippedThresholds;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - readAt > keptForMs) {
      readAt = performance.now();
      settings.likeness().then(
        (accepted) => {
          current = accepted ?? shippedThresholds;
        },
        () => undefined,
      );
    }
    return current;
  };
}
