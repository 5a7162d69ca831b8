import type { Judgement } from "./likeness";
import type { LikenessThresholds } from "./ports";

/** A pair that was shown with a score, and whether it was the same matter. */
export interface JudgedPair {
  score: number;
  same: boolean;
}

/** What judgements come to as pairs, and what was left out of them. */
export interface Judged {
  pairs: JudgedPair[];
  /** As many for as against. */
  undecided: number;
  /** Shown without a score, or with one of another encoder, which cannot be compared. */
  unscored: number;
}

/** Each pair counts once, however many judged it: what most of them said, with the score last shown. */
export function judgedPairs(judgements: readonly Judgement[], encoder: string): Judged {
  const byPair = new Map<string, Judgement[]>();
  for (const each of judgements) {
    const key = each.issues.join("|");
    byPair.set(key, [...(byPair.get(key) ?? []), each]);
  }
  const judged: Judged = { pairs: [], undecided: 0, unscored: 0 };
  for (const said of byPair.values()) {
    const shown = said
      .filter((each) => each.shown?.encoder === encoder)
      .sort((a, b) => b.at.getTime() - a.at.getTime())[0]?.shown;
    const same = said.filter((each) => each.verdict === "same").length;
    if (!shown) judged.unscored++;
    else if (same * 2 === said.length) judged.undecided++;
    else judged.pairs.push({ score: shown.score, same: same * 2 > said.length });
  }
  return judged;
}

/** How many pairs a threshold shows, and how many of them are the same matter. */
export interface Precision {
  from: number;
  shown: number;
  same: number;
}

export function precisionFrom(pairs: readonly JudgedPair[], from: number): Precision {
  const shown = pairs.filter((each) => each.score >= from);
  return { from, shown: shown.length, same: shown.filter((each) => each.same).length };
}

/** Fewer pairs than this, or of either verdict, say too little to change anything for everybody. */
export const fewestPairs = 50;
export const fewestOfEach = 10;
/** Fewer than this at a threshold: its precision is chance. */
const fewestShown = 20;
/** Of what is shown as alike at least half, and of what is called very alike at least nine in ten, should be the same. */
export const wantedOfAlike = 0.5;
export const wantedOfLikelySame = 0.9;
const step = 0.05;

export type Proposal =
  | { kind: "too-few"; pairs: number; same: number }
  /** `unreached`: no threshold comes to what is wanted of it, or too few pairs stand above it. */
  | { kind: "keep"; table: Precision[]; unreached: boolean }
  | { kind: "change"; table: Precision[]; to: Pick<LikenessThresholds, "alikeFrom" | "likelySameFrom"> };

/**
 * Thresholds that would have shown fewer wrong pairs, or more right ones. `lowest`: below it nothing was shown, so nothing
 * can be known of it, and no threshold below it is proposed.
 */
export function proposeThresholds(
  pairs: readonly JudgedPair[],
  current: Pick<LikenessThresholds, "alikeFrom" | "likelySameFrom">,
  lowest: number,
): Proposal {
  const same = pairs.filter((each) => each.same).length;
  if (pairs.length < fewestPairs || Math.min(same, pairs.length - same) < fewestOfEach)
    return { kind: "too-few", pairs: pairs.length, same };
  const table = candidates(current, lowest).map((from) => precisionFrom(pairs, from));
  const reaching = (wanted: number) =>
    table.find(({ shown, same: right }) => shown >= fewestShown && right / shown >= wanted)?.from;
  const alike = reaching(wantedOfAlike);
  const likelySame = reaching(wantedOfLikelySame);
  const to = {
    alikeFrom: alike ?? current.alikeFrom,
    likelySameFrom: Math.max(likelySame ?? current.likelySameFrom, alike ?? current.alikeFrom),
  };
  if (to.alikeFrom === current.alikeFrom && to.likelySameFrom === current.likelySameFrom)
    return { kind: "keep", table, unreached: alike === undefined || likelySame === undefined };
  return { kind: "change", table, to };
}

/** In steps, with those that hold now among them, lowest first. */
function candidates({ alikeFrom, likelySameFrom }: Parameters<typeof proposeThresholds>[1], lowest: number): number[] {
  const steps = Array.from({ length: Math.round(1 / step) - 1 }, (_, at) => Math.round((at + 1) * step * 100) / 100);
  return [...new Set([...steps, alikeFrom, likelySameFrom])].filter((each) => each >= lowest).sort((a, b) => a - b);
}
