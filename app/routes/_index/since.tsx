import { Link } from "@remix-run/react";
import type { NoticeView } from "../../components/notice-view";
import { Panel } from "../../components/panel";
import { useFrame } from "../../components/use-frame";

/** What happened lately to this person's issues, newest first. */
export function Since({ notices }: { notices: readonly NoticeView[] }) {
  const unread = useFrame()?.unread ?? 0;
  return (
    <Panel
      id="since"
      title="Since you were last here"
      flush
      aside={
        <Link className="ct-s" to="/inbox">
          Inbox{unread > 0 ? `, ${unread > 99 ? "99+" : unread} unread` : ""}
        </Link>
      }
    >
      {notices.length === 0 ? (
        <p className="ct-panel__body ct-s ct-2">Nothing has happened yet. What others do in your issues shows here.</p>
      ) : (
        <ol className="ct-log ct-panel__body">
          {notices.map((notice) => (
            <li key={notice.id}>
              <time>{notice.day === "Today" ? notice.time : notice.day}</time>
              <span>
                <b>{notice.byName}</b> {notice.words}
                {notice.issue ? (
                  <>
                    : <Link to={`/issues/${notice.issue.reference}`}>{notice.issue.reference}</Link>{" "}
                    <span className="ct-2">{notice.issue.title}</span>
                  </>
                ) : null}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
