import { Link, useFetcher, useSearchParams } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { IssueCard } from "../../components/issue-card";
import type { IssueView } from "../../components/issue-view";
import { LoadingCard } from "../../components/loading";
import { shownCount } from "../../components/shown-count";
import { StateGlyph } from "../../components/state-mark";
import { stateNames } from "../../domain/issue";
import type { loader as columnLoader } from "../issues.column/route";
import { boardLink } from "./board-link";
import type { BoardList, ColumnView } from "./read-board";

interface ColumnsProps {
  list: Extract<BoardList, { kind: "columns" }>;
  changed: ReadonlySet<string>;
  /** More cards came into sight. */
  onMore(items: readonly IssueView[]): void;
}

/** A column a state, each in the order of what is due; on phones one at a time. */
export function Columns({ list, changed, onMore }: ColumnsProps) {
  const [params] = useSearchParams();
  const alone = list.columns.length === 1;
  const heldFor = boardLink(params, { show: null });
  return (
    <>
      {alone ? null : <StateBar list={list} />}
      <div className={alone ? "ct-columns ct-columns--one" : "ct-columns"}>
        {list.columns.map((column) => (
          <Column
            key={`${heldFor} ${column.state} ${column.next ?? ""} ${column.items[0]?.reference ?? ""}`}
            column={column}
            current={alone || column.state === list.current}
            changed={changed}
            onMore={onMore}
          />
        ))}
      </div>
      {list.further ? (
        <p className="ct-more ct-more--alone">
          <Link to={boardLink(params, {})}>Back to the first page</Link>
        </p>
      ) : null}
    </>
  );
}

/** Phones show one column: which one is a link, so that it works without scripts. */
function StateBar({ list }: Pick<ColumnsProps, "list">) {
  const [params] = useSearchParams();
  return (
    <nav className="ct-statebar" aria-label="State">
      {list.columns.map((column) => (
        <Link
          key={column.state}
          to={boardLink(params, { show: column.state })}
          aria-current={column.state === list.current ? "true" : undefined}
          preventScrollReset
          replace
        >
          <b>
            <StateGlyph state={column.state} />
            {shownCount(column.count)}
          </b>
          <span>{column.state === "outcome-offered" ? "Offered" : stateNames[column.state]}</span>
        </Link>
      ))}
    </nav>
  );
}

interface ColumnProps {
  column: ColumnView;
  current: boolean;
  changed: ReadonlySet<string>;
  onMore(items: readonly IssueView[]): void;
}

function Column({ column, current, changed, onMore }: ColumnProps) {
  const { items, next, busy, load } = useMoreCards(column, onMore);
  const headingId = `column-${column.state}`;
  return (
    <section className={current ? "ct-column is-current" : "ct-column"} aria-labelledby={headingId}>
      <header>
        <StateGlyph state={column.state} />
        <h2 id={headingId}>{stateNames[column.state]}</h2>
        <span className="ct-count">{shownCount(column.count)}</span>
        {column.overdue > 0 ? <span className="ct-column__late">{shownCount(column.overdue)} overdue</span> : null}
      </header>
      {items.map((issue) => (
        <IssueCard key={issue.reference} issue={issue} changed={changed.has(issue.id) ? "Changed" : undefined} />
      ))}
      {items.length === 0 ? <p className="ct-column__none">None</p> : null}
      {busy ? <LoadingCard /> : null}
      {next ? <ShowMore column={column} shown={items.length} next={next} onPress={load} /> : null}
    </section>
  );
}

/** Adds to the column with scripts; without, leads to the next page of this state alone. */
function ShowMore(props: { column: ColumnView; shown: number; next: string; onPress(): void }) {
  const { column, shown, next, onPress } = props;
  const [params] = useSearchParams();
  const left = column.count - shown;
  const words = column.count > 500 || left <= 0 ? "Show more" : `Show ${Math.min(left, 20)} more`;
  const page = new URLSearchParams(boardLink(params, { state: column.state, show: null }).split("?")[1]);
  page.set("cursor", next);
  return (
    <Link
      className="ct-more"
      to={`/issues?${page}`}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onPress();
      }}
    >
      {words}
      <span className="nhsuk-u-visually-hidden">: {stateNames[column.state]}</span>
    </Link>
  );
}

/** The cards of a column, and a way to get the next page of them. The focus goes to the first card that came. */
function useMoreCards(column: ColumnView, onMore: (items: readonly IssueView[]) => void) {
  const [params] = useSearchParams();
  const fetcher = useFetcher<typeof columnLoader>();
  const [added, setAdded] = useState<readonly IssueView[]>([]);
  const [next, setNext] = useState(column.next);
  const taken = useRef<unknown>(undefined);
  const arrived = useRef<string | undefined>(undefined);
  useEffect(() => {
    const page = fetcher.data;
    if (fetcher.state !== "idle" || !page || taken.current === page) return;
    taken.current = page;
    setAdded((before) => {
      const known = new Set([...column.items, ...before].map((each) => each.reference));
      return [...before, ...page.items.filter((each) => !known.has(each.reference))];
    });
    setNext(page.next);
    onMore(page.items);
    arrived.current = page.items[0]?.reference;
  }, [fetcher.state, fetcher.data, column.items, onMore]);
  useEffect(() => {
    if (added.length === 0 || !arrived.current) return;
    document.querySelector<HTMLElement>(`#title-${arrived.current} a`)?.focus();
    arrived.current = undefined;
  }, [added]);
  const load = () => {
    if (!next || fetcher.state !== "idle") return;
    const page = new URLSearchParams(params);
    page.set("state", column.state);
    page.set("cursor", next);
    fetcher.load(`/issues/column?${page}`);
  };
  return { items: [...column.items, ...added], next, busy: fetcher.state !== "idle", load };
}
