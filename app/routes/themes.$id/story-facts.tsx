import { Link } from "@remix-run/react";
import { dayWords } from "../../components/charts/point-words";
import type { StoryView, ThemeRow } from "../../domain/theme-views";
import { londonDay } from "../../domain/working-days";
import { type Fact, factsOf } from "./story-words";

/** How widely, how often and how badly, for each side that says it; every figure with its sentence. */
export function StoryFacts({ view }: { view: Pick<StoryView, "practice" | "service"> }) {
  return (
    <>
      <Side row={view.practice} title="What practices raise" />
      <Side row={view.service} title="What trusts raise" />
    </>
  );
}

function Side({ row, title }: { row: ThemeRow | null; title: string }) {
  if (!row) return null;
  return (
    <section className="ct-story__side">
      <h2>{title}</h2>
      <p className="ct-s ct-2">Number {row.rank} of its ranking, by breadth and harm.</p>
      <dl className="ct-story__facts">
        {factsOf(row).map((fact) => (
          <FactRow key={fact.what} fact={fact} />
        ))}
      </dl>
    </section>
  );
}

function FactRow({ fact: { figure, what, said } }: { fact: Fact }) {
  return (
    <div>
      <dt>
        <b>{figure}</b> {what}
      </dt>
      <dd>
        {said.says} <span className="ct-2">{said.notMeans}</span>
      </dd>
    </div>
  );
}

/** What was changed, in the order of the numbers on the chart. Nothing where nothing was named. */
export function ChangesTried({ changes }: { changes: StoryView["interventions"] }) {
  if (changes.length === 0) return null;
  return (
    <section className="ct-story__side" aria-labelledby="tried">
      <h2 id="tried">Changes tried</h2>
      <ol className="ct-story__changes">
        {changes.map((change) => (
          <li key={change.id}>
            <b>{dayWords(change.date)}</b> {change.cause}
            <span className="ct-2">
              {change.rebases ? " Limits are recalculated from here." : " Being tried: limits unchanged."}
            </span>
          </li>
        ))}
      </ol>
      <p className="ct-s ct-2">What follows a change need not come of it: other things change too.</p>
    </section>
  );
}

/** Who decided what, and when it was found. */
export function StoryHistory({ theme }: { theme: StoryView["theme"] }) {
  const { confirmed, pinned } = theme;
  const lines = [
    { at: theme.foundAt, words: "Found by the analysis." },
    ...(confirmed ? [{ at: confirmed.at, words: `Confirmed by ${confirmed.byName}.` }] : []),
    ...(pinned ? [{ at: pinned.at, words: `Pinned by ${pinned.byName}.` }] : []),
    { at: theme.lastFoundAt, words: theme.isGone ? "Last found: the newest analysis did not." : "Found again." },
  ];
  return (
    <section className="ct-story__side" aria-labelledby="history">
      <h2 id="history">History</h2>
      <ul className="ct-story__history">
        {lines.map(({ at, words }) => (
          <li key={words}>
            <b>{dayOf(at)}</b> {words}
          </li>
        ))}
      </ul>
      {theme.formerNames.length > 0 ? (
        <p className="ct-s ct-2">Until lately it was called {theme.formerNames.join(", ")}.</p>
      ) : null}
    </section>
  );
}

/** A theme that was taken in by another, dismissed, or is not found any more. */
export function StoryStanding({ theme, to }: { theme: StoryView["theme"]; to: (theme: string) => string }) {
  if (theme.mergedInto) {
    return (
      <p className="ct-callout">
        <span>
          It was taken in by <Link to={to(theme.mergedInto.id)}>{theme.mergedInto.name}</Link>.
        </span>
      </p>
    );
  }
  if (!theme.dismissed) return null;
  return (
    <p className="ct-callout">
      <span>
        Dismissed by {theme.dismissed.byName} on {dayOf(theme.dismissed.at)}: {theme.dismissed.why}
      </span>
    </p>
  );
}

function dayOf(at: Date): string {
  return dayWords(londonDay(at));
}
