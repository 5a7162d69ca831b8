import { Link } from "@remix-run/react";
import type { TextRun } from "../domain/ports";
import { ClockMark } from "./clock-mark";
import { HarmMark } from "./harm-mark";
import { Icon } from "./icon";
import { Breadth, Restricted } from "./issue-card";
import { IssueSides } from "./issue-row";
import type { IssueView } from "./issue-view";
import type { DirectoryHitView, HitView, IssueHitView } from "./search-hit-view";
import { SideName } from "./side-name";
import { StateName } from "./state-mark";
import { TextRuns } from "./text-runs";

/** What was found, one under the other. */
export function SearchHits({ hits, headings }: { hits: readonly HitView[]; headings: "h2" | "h3" }) {
  return (
    <ul className="ct-hits">
      {hits.map((hit) => (
        <li key={hit.key}>
          {"issue" in hit ? <IssueHit hit={hit} Heading={headings} /> : <DirectoryHit hit={hit} Heading={headings} />}
        </li>
      ))}
    </ul>
  );
}

type Heading = "h2" | "h3";

/** An issue with what matched and how it ended; a reply or an outcome with the issue it stands in. */
function IssueHit({ hit, Heading }: { hit: IssueHitView; Heading: Heading }) {
  const { issue, title, excerpt } = hit;
  const own = hit.kind === "issues";
  return (
    <>
      <div className="ct-hit__top">
        <StateName state={issue.state} />
        <span>{issue.kind}</span>
        {issue.original ? <span>Duplicate of {issue.original}</span> : null}
        {issue.restricted ? <Restricted /> : null}
        {issue.time ? <ClockMark {...issue.time} /> : null}
      </div>
      <Heading>
        <Link className="ct-card__link" to={hit.to}>
          {own ? null : (
            <span className="nhsuk-u-visually-hidden">{hit.kind === "replies" ? "Reply in " : "Outcome of "}</span>
          )}
          {title.length > 0 ? <TextRuns runs={title} /> : issue.title}
        </Link>
      </Heading>
      {matched(excerpt) || !own ? (
        <p className={own ? "ct-hit__text" : "ct-hit__text ct-hit__said"}>
          {own ? null : <Icon name={hit.kind === "replies" ? "reply" : "check"} small />}
          <span>
            <TextRuns runs={excerpt} />
          </span>
        </p>
      ) : null}
      {own ? <Ended issue={issue} /> : null}
      <div className="ct-hit__foot">
        <IssueSides issue={issue} />
        <Breadth affected={issue.affected} />
        {issue.harm === "none" || issue.harm === "not-known" ? null : <HarmMark harm={issue.harm} />}
      </div>
    </>
  );
}

/** How it ended, or is offered to end. */
function Ended({ issue }: { issue: IssueView }) {
  if (!issue.changed || (issue.state !== "resolved" && issue.state !== "outcome-offered")) return null;
  return (
    <p className="ct-hit__ended">
      <b>{issue.state === "resolved" ? "What changed:" : "Outcome offered:"}</b> {issue.changed}
    </p>
  );
}

function DirectoryHit({ hit, Heading }: { hit: DirectoryHitView; Heading: Heading }) {
  return (
    <div className="ct-hit__entry">
      <Heading>
        <SideName side={hit.side}>
          {hit.to ? (
            <Link to={hit.to}>
              <span className="nhsuk-u-visually-hidden">Issues of </span>
              <TextRuns runs={hit.name} />
              <span className="nhsuk-u-visually-hidden">
                {hit.kind === "services" ? `, ${textOf(hit.detail)}` : ""}
              </span>
            </Link>
          ) : (
            <TextRuns runs={hit.name} />
          )}
        </SideName>
      </Heading>
      {hit.detail.length > 0 ? (
        <p className="ct-s ct-2">
          <TextRuns runs={hit.detail} />
        </p>
      ) : null}
      {hit.more.length > 0 ? (
        <p className="ct-row ct-s">
          {hit.more.map((each) => (
            <Link key={each.to + each.name} className="ct-s" to={each.to}>
              {each.name}
              <span className="nhsuk-u-visually-hidden">
                {hit.kind === "people" ? ": its issues" : ` about ${aboutOf(hit)}`}
              </span>
            </Link>
          ))}
        </p>
      ) : null}
    </div>
  );
}

function matched(runs: readonly TextRun[]): boolean {
  return runs.some((run) => run.marked);
}

function aboutOf({ kind, name, detail }: DirectoryHitView): string {
  return kind === "services" ? `${textOf(name)}, ${textOf(detail)}` : textOf(name);
}

function textOf(runs: readonly TextRun[]): string {
  return runs.map((run) => run.text).join("");
}
