import { Link } from "@remix-run/react";
import { ClockMark } from "../../components/clock-mark";
import { Icon, type IconName } from "../../components/icon";
import { useKeys } from "../../components/keys";
import type { NoticeView } from "../../components/notice-view";
import { ReopenedGlyph, StateGlyph } from "../../components/state-mark";
import type { Marking } from "./marking";

/** Notices by day, newest first. */
export function NoticeList({ notices, marking }: { notices: readonly NoticeView[]; marking: Marking }) {
  useRowKeys(marking);
  const days = [...new Set(notices.map((notice) => notice.day))];
  return (
    <section className="ct-panel" aria-label="Notices">
      {days.map((day) => (
        <div key={day}>
          <div className="ct-group">
            <h2>{day}</h2>
          </div>
          <ul>
            {notices
              .filter((notice) => notice.day === day)
              .map((notice) => (
                <Row key={notice.id} notice={notice} marking={marking} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Row({ notice, marking }: { notice: NoticeView; marking: Marking }) {
  const { Form } = marking;
  const words = (
    <>
      {notice.byName} {notice.words}
    </>
  );
  return (
    <li className={notice.unread ? "ct-notice is-unread" : "ct-notice"} data-notice={notice.id}>
      <span className="ct-notice__dot">
        {notice.unread ? <span className="nhsuk-u-visually-hidden">Unread</span> : null}
      </span>
      <NoticeMark type={notice.type} />
      <div>
        <h3>
          {notice.issue ? (
            <Link
              className="ct-card__link ct-plain"
              to={`/issues/${notice.issue.reference}`}
              onClick={() => {
                // Being asked for something stays until it is marked as done.
                if (notice.unread && !notice.asks) marking.mark("done", [notice.id]);
              }}
            >
              {words}
            </Link>
          ) : (
            words
          )}
        </h3>
        <span className="ct-notice__why">
          {notice.issue ? (
            <>
              <StateGlyph state={notice.issue.state} named />
              <span className="ct-ref">{notice.issue.reference}</span>
              <span>{notice.issue.title}</span>
            </>
          ) : (
            <span>This issue can no longer be seen by you.</span>
          )}
        </span>
      </div>
      <div className="ct-notice__when">
        <time>{notice.time}</time>
        {notice.asks && notice.issue?.time ? <ClockMark {...notice.issue.time} /> : null}
        <Form method="post" className="ct-notice__act">
          <input type="hidden" name="id" value={notice.id} />
          <button
            type="submit"
            className="nhsuk-button nhsuk-button--small ct-quiet-button"
            name="mark"
            value={notice.unread ? "done" : "unread"}
          >
            {notice.unread ? "Done" : "Mark unread"}
            <span className="nhsuk-u-visually-hidden">
              : {notice.byName} {notice.words}
            </span>
          </button>
        </Form>
      </div>
    </li>
  );
}

/** `e` and `u` mark the row that has the focus, and `e` moves on to the next. */
function useRowKeys(marking: Marking) {
  const focused = () => document.activeElement?.closest<HTMLElement>("[data-notice]") ?? null;
  const mark = (how: "done" | "unread") => {
    const row = focused();
    const id = row?.dataset.notice;
    if (!row || !id) return;
    if (how === "done") focusNextTo(row);
    marking.mark(how, [id]);
  };
  useKeys([
    { key: "e", does: "Mark as done", run: () => mark("done") },
    { key: "u", does: "Mark as unread", run: () => mark("unread") },
  ]);
}

/** The row will go: the focus moves to its neighbour first, so that it is never lost. */
function focusNextTo(row: HTMLElement) {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-notice]")];
  const at = rows.indexOf(row);
  const next = rows[at + 1] ?? rows[at - 1];
  next?.querySelector<HTMLElement>("a")?.focus();
}

const icons: Readonly<Partial<Record<NoticeView["type"], IconName>>> = {
  "reply-posted": "reply",
  "issue-joined": "people",
  "issue-redirected": "redirect",
  "action-added": "list",
  "action-completed": "check",
  "person-named": "people",
  "outcome-answered": "edit",
  "duplicate-marked": "list",
  "duplicate-unmarked": "list",
  "search-matched": "search",
};

/** What kind of thing happened, as the mark of the state it led to, or an icon. */
function NoticeMark({ type }: Pick<NoticeView, "type">) {
  const icon = icons[type];
  return <span className="ct-notice__mark">{icon ? <Icon name={icon} /> : <StateOf type={type} />}</span>;
}

function StateOf({ type }: Pick<NoticeView, "type">) {
  switch (type) {
    case "issue-accepted":
      return <StateGlyph state="accepted" />;
    case "work-started":
      return <StateGlyph state="in-progress" />;
    case "outcome-offered":
      return <StateGlyph state="outcome-offered" />;
    case "issue-resolved":
      return <StateGlyph state="resolved" />;
    case "issue-declined":
      return <StateGlyph state="declined" />;
    case "issue-reopened":
      return <ReopenedGlyph />;
    default:
      return <StateGlyph state="new" />;
  }
}
