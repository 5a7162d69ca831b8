import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Breadth } from "./issue-card";
import type { IssueView } from "./issue-view";
import { StateName } from "./state-mark";

interface SimilarIssueProps {
  issue: IssueView;
  /** Why it is shown: "Same service. Both say: blood, thinner, weekend." */
  why?: string | null;
  /** "Us too", "Not the same", "It is back": buttons of the page's own forms. */
  actions?: ReactNode;
  /** Opens in a new tab, where leaving would lose what is being written. */
  newTab?: boolean;
  /** What else is to be said of it, above why. */
  note?: ReactNode;
}

/** An issue like this one: state, breadth, and what changed where it was resolved. */
export function SimilarIssue({ issue, why, actions, newTab, note }: SimilarIssueProps) {
  const to = `/issues/${issue.reference}`;
  return (
    <article className="ct-like">
      <div className="ct-row ct-between">
        <span className="ct-row">
          <StateName state={issue.state} />
          <span className="ct-ref">{issue.reference}</span>
          {issue.original ? <span className="ct-s ct-2">Duplicate of {issue.original}</span> : null}
        </span>
        <Breadth affected={issue.affected} />
      </div>
      <h3>
        {newTab ? (
          <a className="ct-plain" href={to} target="_blank" rel="noreferrer">
            {issue.title}
            <span className="nhsuk-u-visually-hidden"> (opens in a new tab)</span>
          </a>
        ) : (
          <Link className="ct-plain" to={to}>
            {issue.title}
          </Link>
        )}
      </h3>
      {issue.changed ? (
        <div className="ct-outcome">
          <b>{outcomeWords(issue.state)}:</b> {issue.changed}
          {issue.forWhom ? <span className="ct-s ct-2 ct-block">For: {issue.forWhom}</span> : null}
        </div>
      ) : null}
      {note}
      {why ? <p className="ct-s ct-2">{why}</p> : null}
      {actions ? <div className="ct-row">{actions}</div> : null}
    </article>
  );
}

/** An offer that was not agreed yet has changed nothing for certain. */
function outcomeWords(state: IssueView["state"]): string {
  return state === "resolved" ? "What changed" : "Outcome offered";
}
