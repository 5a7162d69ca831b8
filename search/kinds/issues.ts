import { firstMarked, type IssueKind, plain } from "./kind";

/** Issues, by everything in them that both sides see. */
export const issues: IssueKind = {
  from: "issues",
  kind: "issues",
  shows: ["title", "body", "outcome", "joined", "replies", "names"],
  time: "raisedAt",
  hit(summary, { marked }) {
    const { body, outcome, joined, replies, names } = marked;
    const excerpt = firstMarked([...body, ...outcome, ...joined, ...replies, ...names]) ?? body[0] ?? [];
    return { kind: "issues", summary, title: marked.title[0] ?? plain(summary.title), excerpt };
  },
  basicHit: (summary) => ({ kind: "issues", summary, title: plain(summary.title), excerpt: [] }),
};
