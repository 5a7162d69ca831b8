import type { ReactNode } from "react";
import { ClockMark } from "./clock-mark";
import { HarmMark } from "./harm-mark";
import { IssueLink } from "./issue-card";
import type { IssueView } from "./issue-view";
import { AboutArrow, SideName } from "./side-name";
import { StateGlyph } from "./state-mark";

interface IssueRowProps {
  issue: IssueView;
  /** One line: what is asked, or what happened. */
  why?: ReactNode;
  /** What the button beside the clock says: a link to the thread, where it is done. */
  act?: ReactNode;
}

/** An issue in a list (`<ul className="ct-rows">`). */
export function IssueRow({ issue, why, act }: IssueRowProps) {
  return (
    <li>
      <StateGlyph state={issue.state} named />
      <div>
        <h3>
          <IssueLink issue={issue} />
        </h3>
        <IssueSides issue={issue} />
        {why || belongs(issue) ? (
          <p className="ct-s">
            {belongs(issue) ? <HarmMark harm={issue.harm} /> : null} {why}
          </p>
        ) : null}
      </div>
      <div className="ct-rows__act">
        {issue.time ? <ClockMark {...issue.time} /> : null}
        {act}
      </div>
    </li>
  );
}

/** Reference, who raised it, what it is about: on one line. */
export function IssueSides({ issue }: { issue: IssueView }) {
  return (
    <div className="ct-sides ct-sides--line">
      <span className="ct-ref">{issue.reference}</span>
      <SideName side={issue.from.side}>
        {issue.from.name}
        {issue.others > 0 ? <span className="ct-nowrap"> + {issue.others}</span> : null}
      </SideName>
      <span className="ct-sides__about">
        <AboutArrow />
        <SideName side={issue.about.side}>{issue.about.name}</SideName>
      </span>
    </div>
  );
}

function belongs(issue: IssueView): boolean {
  return issue.harm !== "none" && issue.harm !== "not-known";
}
