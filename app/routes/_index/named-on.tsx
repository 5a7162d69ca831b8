import { Link } from "@remix-run/react";
import { EmptyState } from "../../components/empty-state";
import { IssueRow } from "../../components/issue-row";
import { Panel } from "../../components/panel";
import type { Named } from "./read-named";

/** What a guest is here for: no queue is theirs, only the issues they were added to. */
export function NamedOn({ named: { issues, more } }: { named: Named }) {
  return (
    <Panel
      id="next"
      title="Issues you were added to"
      flush
      aside={more ? <Link to="/issues">Show all</Link> : undefined}
    >
      {issues.length === 0 ? (
        <EmptyState icon="board" title="Nothing here yet" actions={<Link to="/help">How it works</Link>} inPanel>
          When somebody adds you to an issue, it shows here and you are told.
        </EmptyState>
      ) : (
        <ul className="ct-rows">
          {issues.map((issue) => (
            <IssueRow key={issue.reference} issue={issue} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
