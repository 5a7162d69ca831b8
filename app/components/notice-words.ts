import type { Notice } from "../domain/ports";

/** What a notice says: who did what. The title stands beside it. */
export function noticeWords({ type, asks }: Pick<Notice, "type" | "asks">): string {
  switch (type) {
    case "issue-raised":
      return asks ? "sent you an issue" : "raised an issue";
    case "issue-joined":
      return "said “us too”";
    case "issue-accepted":
      return "accepted it";
    case "work-started":
      return "started work on it";
    case "issue-redirected":
      return asks ? "sent it on to you" : "sent it on";
    case "outcome-offered":
      return asks ? "offered an outcome for you to agree" : "offered an outcome";
    case "outcome-answered":
      return "answered the outcome";
    case "issue-resolved":
      return "resolved it";
    case "issue-declined":
      return "declined it";
    case "issue-reopened":
      return asks ? "opened it again: your turn" : "opened it again";
    case "action-added":
      return asks ? "gave you an action" : "added an action";
    case "action-completed":
      return "finished an action";
    case "person-named":
      return asks ? "added you" : "added a person";
    case "duplicate-marked":
      return "recorded it as a duplicate";
    case "duplicate-unmarked":
      return "took back that it is a duplicate";
    case "reply-posted":
      return "replied";
    case "search-matched":
      return "finds another issue";
  }
}
