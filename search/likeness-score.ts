import type { LikenessThresholds, SettingsStore } from "../app/domain/ports";

/**
 * Closeness as a score people can be shown: about how likely it is that two texts this close are the same matter, told
 * by different people. Fitted on our own labelled issues (`data/labelled`), where look-alikes were planted.
 */
const steepness = 20;
const evenOdds = 0.3;

/** Raised when the same two texts come to another score: judgements keep which one was shown. */
export const scoreVersion = "four-1";

export function scoreOf(closeness: number): number {
  return 1 / (1 + Math.exp(-steepness * (closeness - evenOdds)));
}

/** What the product begins with; `npm run calibrate` proposes others from what people judged. */
export const shippedThresholds: LikenessThresholds = { alikeFrom: 0.3, likelySameFrom: 0.7 };

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
