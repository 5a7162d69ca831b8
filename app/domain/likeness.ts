import type { Author } from "./issue";

/** What a person made of two issues that were shown to them as alike. */
export const verdicts = ["same", "different"] as const;
export type Verdict = (typeof verdicts)[number];

/** One person's verdict on one pair: a later one takes the place of an earlier one. No text is kept with it. */
export interface Judgement {
  /** Ids, the smaller first: a pair has no direction. One of them may be a draft that was never raised. */
  issues: readonly [string, string];
  by: Author;
  verdict: Verdict;
  /** How alike the search found them when it showed them, 0 to 1, and the encoder whose number that is. */
  shown?: Shown;
  /** Of the two, those on whose thread this verdict counts for everybody: its writer looks after them. */
  decides: readonly string[];
  at: Date;
}

export interface Shown {
  score: number;
  encoder: string;
}

export function pairOf(one: string, other: string): readonly [string, string] {
  return one < other ? [one, other] : [other, one];
}

/** The other issue of the pair. */
export function otherOf({ issues: [one, two] }: Pick<Judgement, "issues">, issue: string): string {
  return one === issue ? two : one;
}

/**
 * Of judgements on this issue, what is no longer shown as like it to this person: judged "not the same" by themselves, or, where they have
 * said nothing, by the last who looks after this issue.
 */
export function putAside(judgements: readonly Judgement[], issue: string, person: string): Judgement[] {
  const deciding = new Map<string, Judgement>();
  const earliestFirst = [...judgements].sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const each of earliestFirst) if (each.decides.includes(issue)) deciding.set(otherOf(each, issue), each);
  for (const each of earliestFirst) if (each.by.person === person) deciding.set(otherOf(each, issue), each);
  return [...deciding.values()].filter((each) => each.verdict === "different");
}

/** Without duplicates of what is among them anyway: one place for one matter. */
export function withoutDuplicates<T extends { summary: { id: string; original?: { id: string } } }>(
  similar: readonly T[],
): T[] {
  const shown = new Set(similar.map(({ summary }) => summary.id));
  return similar.filter(({ summary }) => !summary.original || !shown.has(summary.original.id));
}
