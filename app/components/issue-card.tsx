import { Link } from "@remix-run/react";
import type { ComponentProps } from "react";
import { ClockMark } from "./clock-mark";
import { type FacePerson, HereNow, NamedFace, NoFace } from "./face";
import { HarmMark } from "./harm-mark";
import { Icon } from "./icon";
import type { IssueView } from "./issue-view";
import { SideName } from "./side-name";

interface IssueCardProps {
  issue: IssueView;
  /** What changed while you look, such as "Now 8 practices". */
  changed?: string | undefined;
  here?: ComponentProps<typeof HereNow>["people"];
}

/** An issue on the board. The title is the link of the whole card; the order is the same in table, lists and search. */
export function IssueCard({ issue, changed, here = [] }: IssueCardProps) {
  const late = issue.time?.tone === "late";
  const titleId = `title-${issue.reference}`;
  return (
    <article className={late ? "ct-card ct-card--late" : "ct-card"} aria-labelledby={titleId}>
      <div className="ct-card__top">
        <span className="ct-ref">{issue.reference}</span>
        {changed ? <span className="ct-chip ct-chip--accent">{changed}</span> : <HereNow people={here} />}
        {issue.restricted && !changed ? <Restricted /> : null}
      </div>
      <h3 id={titleId}>
        <IssueLink issue={issue} />
      </h3>
      <div className="ct-sides">
        <SideName side={issue.from.side} means="From">
          {issue.from.name}
        </SideName>
        <SideName side={issue.about.side} means="About">
          {issue.about.name}
        </SideName>
      </div>
      <div className="ct-card__kind">{issue.kind}</div>
      {issue.original ? <div className="ct-card__kind">{`Duplicate of ${issue.original}`}</div> : null}
      {issue.affected || issue.harm !== "none" ? (
        <div className="ct-card__sum">
          <Breadth affected={issue.affected} />
          {issue.harm === "none" ? null : <HarmMark harm={issue.harm} short />}
        </div>
      ) : null}
      <div className="ct-card__foot">
        {issue.time ? <ClockMark {...issue.time} /> : <span />}
        <OwnerFace owner={issue.owner} />
      </div>
    </article>
  );
}

/** The title as the one link of its card or row. */
export function IssueLink({ issue }: { issue: Pick<IssueView, "reference" | "title"> }) {
  return (
    <Link className="ct-card__link" to={`/issues/${issue.reference}`}>
      {issue.title}
    </Link>
  );
}

/** How many practices are affected: breadth, not loudness. */
export function Breadth({ affected }: { affected: string | null }) {
  if (!affected) return null;
  return (
    <span className="ct-breadth">
      <Icon name="breadth" />
      {affected}
    </span>
  );
}

/** Whose it is now, by the face at the end of a card. */
export function OwnerFace({ owner }: { owner: FacePerson | null }) {
  if (owner) return <NamedFace means="Owner" {...owner} small />;
  return (
    <span title="No owner yet" role="img" aria-label="No owner yet">
      <NoFace small />
    </span>
  );
}

/** Kept to some: said on the card, so that nobody talks of it by mistake. */
export function Restricted() {
  return (
    <span className="ct-chip">
      <Icon name="lock" small />
      Restricted
    </span>
  );
}
