/** Numbers that look random and are a function of the seed (mulberry32). */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [from, to]. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Picks by weight: parallel to `items`. */
  weighted<T>(items: readonly T[], weights: readonly number[]): T;
  /** How many, when `mean` are expected (Poisson, Knuth's method; for means under about 50). */
  poisson(mean: number): number;
  /** A few of them, each at most once, in random order. */
  sample<T>(items: readonly T[], count: number): T[];
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  return {
    next,
    pick,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    weighted: (items, weights) => {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      for (const [i, item] of items.entries()) {
        left -= weights[i] ?? 0;
        if (left < 0) return item;
      }
      return pick(items);
    },
    poisson: (mean) => {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count++;
      return count;
    },
    sample: (items, count) => {
      const left = [...items];
      const taken = [];
      while (taken.length < count && left.length > 0) taken.push(...left.splice(Math.floor(next() * left.length), 1));
      return taken;
    },
  };
}
