import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { EmptyState } from "../../components/empty-state";
import { ExportLink } from "../../components/export-link";
import { readThemeQuery } from "../../domain/theme-query";
import type { QuietSide } from "../../domain/theme-views";
import { pageTitle } from "../../web/page-title";
import { requireActor } from "../../web/require-actor";
import { asOfWords, seenWords } from "../themes._index/explorer-words";
import { quietCount, quietSaid, quietTitle } from "./quiet-words";

export const meta: MetaFunction = () => pageTitle("Not heard from");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const query = readThemeQuery(new URL(request.url).searchParams);
  return { view: await context.board.themes.quiet(actor, query) };
}

/** Practices and services nobody hears from: calls to make, by Place and name. */
export default function QuietPage() {
  const { view } = useLoaderData<typeof loader>();
  const said = quietSaid(view.places);
  const seen = seenWords(view.seen);
  const { theme: _, ...kept } = view.query;
  const isNamed = view.places.some(({ practices, services }) => practices.names || services.names);
  return (
    <>
      <header className="ct-themes__head">
        <h1>{quietTitle(view.places)}</h1>
        <p>
          {said.says} <span className="ct-2">{said.notMeans}</span>
        </p>
        {seen ? <p className="ct-2">{seen}</p> : null}
        <p className="ct-2">{asOfWords({ ...view, sinceAnalysis: 0 })}</p>
        <p className="ct-2">
          Names are shown to the leads of a Place, for their own Place, and to the ICB.
          {isNamed ? (
            <>
              {" "}
              <ExportLink table="quiet" query={kept}>
                Save the list as CSV
              </ExportLink>
            </>
          ) : null}
        </p>
      </header>
      {view.places.length === 0 ? (
        <EmptyState icon="search" title="No Place fits these filters">
          Take the Place filter away.
        </EmptyState>
      ) : (
        view.places.map(({ place, practices, services }) => (
          <section className="ct-quiet" key={place.id} aria-labelledby={`quiet-${place.id}`}>
            <h2 id={`quiet-${place.id}`}>{place.name}</h2>
            <div className="ct-quiet__sides">
              <Side title="Practices" side={practices} />
              <Side title="Services of trusts" side={services} />
            </div>
          </section>
        ))
      )}
    </>
  );
}

const shownAtOnce = 12;

function Side({ title, side: { quiet, of, names } }: { title: string; side: QuietSide }) {
  if (of === 0) return null;
  const first = names?.slice(0, shownAtOnce) ?? [];
  const rest = names?.slice(shownAtOnce) ?? [];
  return (
    <div>
      <h3>
        {title}: <span>{quietCount(quiet, of)}</span>
      </h3>
      <Names names={first} />
      {rest.length > 0 ? (
        <details className="ct-story__more">
          <summary>{`${rest.length} more`}</summary>
          <Names names={rest} />
        </details>
      ) : null}
    </div>
  );
}

function Names({ names }: { names: NonNullable<QuietSide["names"]> }) {
  if (names.length === 0) return null;
  return (
    <ul>
      {names.map(({ id, name, organisation }) => (
        <li key={id}>
          {name} {organisation === name ? null : <span className="ct-2">{organisation}</span>}
        </li>
      ))}
    </ul>
  );
}
