import { Link } from "@remix-run/react";
import { EmptyState } from "../../components/empty-state";
import { IssueRow } from "../../components/issue-row";
import { Panel } from "../../components/panel";
import type { Queue } from "./read-queue";

const names: Readonly<Record<Queue["groups"][number]["name"], string>> = {
  overdue: "Overdue",
  today: "Due today",
  new: "New, to triage",
  later: "After that",
};

/** What this side is asked to do, in the order the clock asks. */
export function DoNext({ queue, mayRaise }: { queue: Queue; mayRaise: boolean }) {
  const shown = queue.groups.reduce((total, group) => total + group.rows.length, 0);
  const total = `${queue.turns}${queue.more ? "+" : ""}`;
  return (
    <Panel
      id="next"
      title="Do next"
      flush
      aside={shown > 0 ? `${shown} of ${total}, in the order the clock asks` : undefined}
    >
      {shown === 0 ? <NothingToDo queue={queue} mayRaise={mayRaise} /> : null}
      {queue.groups.map((group, at) => (
        <Group key={group.name} group={group} scope={queue.scope} first={at === 0} />
      ))}
    </Panel>
  );
}

function Group({ group, scope, first }: { group: Queue["groups"][number]; scope: Queue["scope"]; first: boolean }) {
  const late = group.name === "overdue";
  return (
    <>
      <div className="ct-group">
        <h3 className={late ? "ct-bad" : undefined}>{names[group.name]}</h3>
        <span className={late ? "ct-count ct-count--late" : "ct-count"}>{group.total}</span>
        {group.total > group.rows.length ? (
          <Link to={`/issues?${scope}=1${late ? "&overdue=1&view=table" : ""}`}>Show all {group.total}</Link>
        ) : null}
      </div>
      <ul className="ct-rows">
        {group.rows.map(({ issue, why, act }, at) => (
          <IssueRow
            key={issue.reference}
            issue={issue}
            why={why}
            act={
              <Link
                className={`nhsuk-button nhsuk-button--small${first && at === 0 ? "" : " nhsuk-button--secondary"}`}
                to={`/issues/${issue.reference}`}
                aria-label={`${act}: ${issue.reference}`}
              >
                {act}
              </Link>
            }
          />
        ))}
      </ul>
    </>
  );
}

function NothingToDo({ queue, mayRaise }: { queue: Queue; mayRaise: boolean }) {
  const actions = (
    <>
      {mayRaise ? (
        <Link className="nhsuk-button nhsuk-button--small" to="/issues/new">
          Raise an issue
        </Link>
      ) : null}
      <Link className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" to="/issues">
        See what others are fixing
      </Link>
      <Link className="ct-s" to="/help">
        How it works
      </Link>
    </>
  );
  if (queue.untouched) {
    return (
      <EmptyState icon="board" title="Nothing here yet" actions={actions} inPanel>
        When you raise an issue, say “us too”, or are asked to answer one, it shows here with what is due first.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="check" title="Nothing needs you" actions={actions} inPanel>
      Everything here waits for somebody else, or is done. You are told when that changes.
    </EmptyState>
  );
}
