import type { IssueKind } from "./kind";

/** Replies that both sides see. Of each issue the one that matches first, or the last one where no word is given. */
export const replies: IssueKind = {
  from: "issues",
  kind: "replies",
  searchIn: ["replies"],
  shows: ["replies"],
  held: "repliedAt IS NOT NULL",
  time: "repliedAt",
  hit(summary, { marked, replyIds }) {
    const first = marked.replies.findIndex((runs) => runs.some((run) => run.marked));
    const at = first >= 0 ? first : marked.replies.length - 1;
    const id = replyIds[at];
    const excerpt = marked.replies[at];
    return id && excerpt ? { kind: "replies", summary, reply: { id }, excerpt } : undefined;
  },
};
