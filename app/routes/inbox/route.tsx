import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { EmptyState } from "../../components/empty-state";
import { KeyLine, useListKeys } from "../../components/keys";
import { PageTop } from "../../components/shell";
import { useFrame } from "../../components/use-frame";
import { pageTitle } from "../../web/page-title";
import { readNotices } from "../../web/read-notices";
import { requireActor } from "../../web/require-actor";
import { markNotices } from "./mark-notices";
import { MarkAllForm, UndoMessage, useMarking } from "./marking";
import { NoticeList } from "./notice-list";

export const meta = () => pageTitle("Inbox");

const pageLength = 30;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const params = new URL(request.url).searchParams;
  const all = params.get("show") === "all";
  const cursor = params.get("cursor")?.slice(0, 500);
  const notices = await readNotices(context.board, actor, { cursor, limit: pageLength, unreadOnly: !all });
  return { all, further: cursor !== undefined, ...notices };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = requireActor(context, request);
  return markNotices(context.board, actor, await request.formData());
}

export default function Inbox() {
  const { all, items, next, further } = useLoaderData<typeof loader>();
  const unread = useFrame()?.unread ?? 0;
  const marking = useMarking();
  useListKeys();
  return (
    <>
      <PageTop title="Inbox" sub={unread > 0 ? `${unread > 99 ? "99+" : unread} unread` : "Nothing unread"} />
      <nav className="ct-filters" aria-label="Which notices">
        <TabLink to="/inbox" chosen={!all}>
          To do
        </TabLink>
        <TabLink to="/inbox?show=all" chosen={all}>
          All
        </TabLink>
        <span className="ct-grow" />
        {unread > 0 ? <MarkAllForm marking={marking} /> : null}
      </nav>
      <div className="ct-body ct-inbox">
        {items.length === 0 ? <NothingHere all={all} /> : <NoticeList notices={items} marking={marking} />}
        <Pages next={next} further={further} />
      </div>
      <UndoMessage marking={marking} />
      <KeyLine
        keys={[
          ["j", "next"],
          ["k", "previous"],
          ["e", "done"],
          ["u", "unread"],
          ["z", "undo"],
        ]}
      />
    </>
  );
}

function TabLink({ to, chosen, children }: { to: string; chosen: boolean; children: string }) {
  return (
    <Link className={chosen ? "ct-filter is-on" : "ct-filter"} to={to} aria-current={chosen ? "true" : undefined}>
      {children}
    </Link>
  );
}

function NothingHere({ all }: { all: boolean }) {
  if (all) {
    return (
      <EmptyState icon="inbox" title="No notices yet">
        You are told here when somebody answers an issue of yours, sends you one, or needs you to agree.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="check"
      title="All done"
      actions={
        <Link className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" to="/inbox?show=all">
          See earlier notices
        </Link>
      }
    >
      Nothing here waits for you.
    </EmptyState>
  );
}

function Pages({ next, further }: { next: string | undefined; further: boolean }) {
  const [params] = useSearchParams();
  const later = new URLSearchParams(params);
  if (next) later.set("cursor", next);
  const first = new URLSearchParams(params);
  first.delete("cursor");
  if (!next && !further) return null;
  return (
    <p className="ct-row ct-more">
      {further ? <Link to={`/inbox?${first}`}>Back to the newest</Link> : null}
      {next ? <Link to={`/inbox?${later}`}>Older notices</Link> : null}
    </p>
  );
}
