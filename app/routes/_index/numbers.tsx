import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Icon } from "../../components/icon";
import { shownCount } from "../../components/shown-count";
import type { Queue } from "./read-queue";

/** The queue in four numbers, each a link to the issues it counts. */
export function Numbers({ queue: { counts, scope } }: { queue: Pick<Queue, "counts" | "scope"> }) {
  const board = `/issues?${scope}=1`;
  return (
    <ul className="ct-sum" aria-label="In numbers">
      <Tile count={counts.overdue} to={`${board}&overdue=1&view=table`} late>
        Overdue{counts.oldest ? <span className="ct-2">, oldest {counts.oldest}</span> : null}
      </Tile>
      <Tile count={counts.today} to={board}>
        Due today
      </Tile>
      <Tile count={counts.fresh} to={`${board}&state=new`}>
        New, to triage
      </Tile>
      <Tile count={counts.offered} to={`${board}&state=outcome-offered`}>
        Waiting to be agreed
      </Tile>
    </ul>
  );
}

interface TileProps {
  count: number;
  to: string;
  /** Any at all is too many. */
  late?: boolean;
  children: ReactNode;
}

/** None leads nowhere: there is nothing to look at. */
function Tile({ count, to, late = false, children }: TileProps) {
  const bad = late && count > 0;
  const inside = (
    <>
      <b className={bad ? "ct-bad" : undefined}>
        {shownCount(count)} {bad ? <Icon name="late" /> : null}
      </b>
      <span className="ct-s">{children}</span>
    </>
  );
  return <li>{count > 0 ? <Link to={to}>{inside}</Link> : <div>{inside}</div>}</li>;
}
