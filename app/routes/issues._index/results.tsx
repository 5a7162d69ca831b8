import { Link, useSearchParams } from "@remix-run/react";
import { ClockMark } from "../../components/clock-mark";
import { Face } from "../../components/face";
import { HarmMark } from "../../components/harm-mark";
import { SideName } from "../../components/side-name";
import { StateName } from "../../components/state-mark";
import { TextRuns } from "../../components/text-runs";
import { boardLink } from "./board-link";
import type { BoardList, ResultView } from "./read-board";

interface ResultsProps {
  list: Extract<BoardList, { kind: "results" }>;
  text: string;
  changed: ReadonlySet<string>;
}

/** One list: by what changed last, or with a text by how well it matches. A table, and a list on narrow screens. */
export function Results({ list, text, changed }: ResultsProps) {
  const [params] = useSearchParams();
  if (list.hits.length === 0) return null;
  const next = new URLSearchParams(params);
  if (list.next) next.set("cursor", list.next);
  return (
    <>
      <div className="ct-table-wrap">
        <table className="nhsuk-table">
          <caption className="nhsuk-u-visually-hidden">
            {text ? `Issues that match ${text}, the best first` : "Issues"}
          </caption>
          <thead>
            <tr>
              <th scope="col">Due</th>
              <th scope="col">Issue</th>
              <th scope="col">From and about</th>
              <th scope="col">State</th>
              <th scope="col">Harm</th>
              <th scope="col" className="t-number">
                Practices
              </th>
              <th scope="col">Owner</th>
            </tr>
          </thead>
          <tbody>
            {list.hits.map((hit) => (
              <Row key={hit.issue.reference} hit={hit} changed={changed.has(hit.issue.id)} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="ct-more ct-more--alone ct-row">
        {list.further ? <Link to={boardLink(params, {})}>Back to the first page</Link> : null}
        {list.next ? <Link to={`/issues?${next}`}>Next page</Link> : null}
      </p>
    </>
  );
}

function Row({ hit: { issue, title, excerpt }, changed }: { hit: ResultView; changed: boolean }) {
  return (
    <tr>
      <td className="t-clock">{issue.time ? <ClockMark {...issue.time} /> : null}</td>
      <th scope="row" className="t-title">
        <Link className="ct-card__link ct-b" to={`/issues/${issue.reference}`}>
          {title.length > 0 ? <TextRuns runs={title} /> : issue.title}
        </Link>
        {excerpt.some((run) => run.marked) ? (
          <p className="ct-s ct-2 ct-excerpt">
            <TextRuns runs={excerpt} />
          </p>
        ) : null}
        <p className="ct-s ct-2">
          <span className="ct-ref">{issue.reference}</span> · {issue.kind}
          {issue.original ? <span className="ct-nowrap">{` · Duplicate of ${issue.original}`}</span> : null}
          {changed ? <span className="ct-chip ct-chip--accent">Changed</span> : null}
        </p>
      </th>
      <td className="t-sides">
        <span className="ct-sides">
          <SideName side={issue.from.side} means="From">
            {issue.from.name}
          </SideName>
          <SideName side={issue.about.side} means="About">
            {issue.about.name}
          </SideName>
        </span>
      </td>
      <td className="t-state">
        <StateName state={issue.state} />
      </td>
      <td className="t-harm">
        {issue.harm === "none" ? <span className="ct-2">None</span> : <HarmMark harm={issue.harm} short />}
      </td>
      <td className="t-number ct-num">{issue.affected ? issue.affected.split(" ")[0] : "–"}</td>
      <td className="t-owner">
        {issue.owner ? (
          <span className="ct-row">
            <Face {...issue.owner} small />
            {issue.owner.name}
          </span>
        ) : (
          <span className="ct-2">No owner yet</span>
        )}
      </td>
    </tr>
  );
}
