import { firstMarked, type IssueKind, plain } from "./kind";

/** Outcomes: what changed, and for whom, offered or agreed. */
export const outcomes: IssueKind = {
  from: "issues",
  kind: "outcomes",
  searchIn: ["outcome"],
  shows: ["outcome"],
  held: "outcomeAt IS NOT NULL",
  time: "outcomeAt",
  hit(summary, { marked }) {
    // Withdrawn since the index heard of it: what it holds is no outcome any more.
    if (!summary.outcome) return undefined;
    const excerpt = firstMarked(marked.outcome) ?? marked.outcome[0] ?? [];
    return { kind: "outcomes", summary, excerpt };
  },
  basicHit: (summary) =>
    summary.outcome ? { kind: "outcomes", summary, excerpt: plain(summary.outcome.changed) } : undefined,
};
