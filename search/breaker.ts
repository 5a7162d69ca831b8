/**
 * Keeps a dead engine from costing every page its time budget: after a few failures in a row nothing is asked for a
 * while, then one question is let through to see whether it is back.
 */
export interface Breaker {
  /** Whether a question may be asked now. */
  closed(): boolean;
  succeeded(): void;
  failed(): void;
}

export function createBreaker(options: { failures: number; restMs: number; now?: () => number }): Breaker {
  const now = options.now ?? (() => performance.now());
  let failures = 0;
  let openUntil = 0;
  return {
    closed() {
      if (failures < options.failures) return true;
      if (now() < openUntil) return false;
      // One question is let through; the others keep resting until it is answered.
      openUntil = now() + options.restMs;
      return true;
    },
    succeeded() {
      failures = 0;
    },
    failed() {
      failures += 1;
      if (failures >= options.failures) openUntil = now() + options.restMs;
    },
  };
}
