import { Link } from "@remix-run/react";
import { Icon } from "../../components/icon";
import { shownCount } from "../../components/shown-count";
import type { Queue } from "./read-queue";

/** The queue in four numbers, each a link to the issues it counts. */
export function Numbers({ queue: { counts, scope } }: { queue: Pick<Queue, "counts" | "scope"> }) {
  const board = `/issues?${scope}=1`;
  return (
    <ul className="ct-sum" aria-label="In numbers">
      <li>
        <Link to={`${board}&overdue=1&view=table`}>
          <b className={counts.overdue > 0 ? "ct-bad" : undefined}>
            {shownCount(counts.overdue)} {counts.overdue > 0 ? <Icon name="late" /> : null}
          </b>
          <span className="ct-s">
            Overdue{counts.oldest ? <span className="ct-2">, oldest {counts.oldest}</span> : null}
          </span>
        </Link>
      </li>
      <li>
        <Link to={board}>
          <b>{shownCount(counts.today)}</b>
          <span className="ct-s">Due today</span>
        </Link>
      </li>
      <li>
        <Link to={`${board}&state=new`}>
          <b>{shownCount(counts.fresh)}</b>
          <span className="ct-s">New, to triage</span>
        </Link>
      </li>
      <li>
        <Link to={`${board}&state=outcome-offered`}>
          <b>{shownCount(counts.offered)}</b>
          <span className="ct-s">Waiting to be agreed</span>
        </Link>
      </li>
    </ul>
  );
}
