import { Link } from "@remix-run/react";
import { ExportLink } from "../../components/export-link";
import { IssueRow } from "../../components/issue-row";
import type { IssueView } from "../../components/issue-view";
import type { ThemeQuery } from "../../domain/theme-query";
import type { Seen } from "../../domain/theme-views";
import type { Span } from "./read-span";
import { issuesSaid, issuesTitle } from "./story-words";

interface IssuesBehindProps {
  issues: readonly IssueView[];
  /** The point of the chart they are of; null: the newest. */
  span: Span | null;
  seen: Seen;
  /** This page without a point chosen. */
  all: string;
  /** All of them, in search. */
  search: string;
  /** With the theme. */
  query: ThemeQuery;
}

/** The threads behind the numbers, each to be opened. */
export function IssuesBehind({ issues, span, seen, all, search, query }: IssuesBehindProps) {
  return (
    <section className="ct-story__part" aria-labelledby="issues">
      <h2 id="issues" tabIndex={-1}>
        {issuesTitle(issues.length, span)}
      </h2>
      <p className="ct-figure__says">
        {seen === "exact" ? issuesSaid.says : "Where counts are rounded, search lists the issues that you may read."}{" "}
        <span className="ct-2">{issuesSaid.notMeans}</span>
      </p>
      <ul className="ct-rows">
        {issues.map((issue) => (
          <IssueRow key={issue.id} issue={issue} />
        ))}
      </ul>
      <p className="ct-story__links">
        {span ? (
          <Link to={`${all}#issues`} preventScrollReset>
            The newest instead
          </Link>
        ) : null}
        <Link to={search}>All its issues, in search</Link>
        <ExportLink table="theme-over-time" query={query}>
          Save the chart’s numbers as CSV
        </ExportLink>
        <ExportLink table="theme-practices" query={query}>
          Save practices as CSV
        </ExportLink>
      </p>
    </section>
  );
}
