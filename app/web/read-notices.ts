import type { NoticeView } from "../components/notice-view";
import { noticeWords } from "../components/notice-words";
import type { Actor } from "../domain/person";
import type { IssueSummary, Notice } from "../domain/ports";
import { issueView } from "./issue-view";
import type { Board } from "./load-context";
import { dayWords, timeOfDay } from "./time-words";

interface NoticesAsked {
  cursor?: string | undefined;
  limit: number;
  unreadOnly?: boolean;
}

/**
 * A page of this person's notices. A notice carries no rights: the issues are read again, and one that may no longer be
 * seen shows neither title nor reference.
 */
export async function readNotices(board: Board, actor: Actor, asked: NoticesAsked) {
  const { cursor, ...options } = asked;
  const page = await board.notices.page(actor.person, { ...options, ...(cursor ? { cursor } : {}) });
  const ids = [...new Set(page.items.flatMap(({ issue, through }) => (through ? [issue, through] : [issue])))];
  const found = ids.length > 0 ? await board.issues.summaries(actor, ids) : [];
  const issues = new Map(found.map((issue) => [issue.id, issue]));
  return { items: page.items.map((notice) => noticeView(notice, issues, board)), next: page.next };
}

function noticeView(notice: Notice, issues: ReadonlyMap<string, IssueSummary>, board: Board): NoticeView {
  const issue = issues.get(notice.issue);
  const shown = issue && issueView(issue, board);
  const through = notice.through ? issues.get(notice.through)?.reference : undefined;
  return {
    id: notice.id,
    type: notice.type,
    byName: notice.byName,
    words: through ? `${noticeWords(notice)}: ${through} is a duplicate of it` : noticeWords(notice),
    day: dayWords(notice.at, board.now()),
    time: timeOfDay(notice.at),
    unread: notice.readAt === undefined,
    asks: notice.asks,
    issue: shown ? { reference: shown.reference, title: shown.title, state: shown.state, time: shown.time } : null,
  };
}
