import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { packMap } from "../../components/charts/theme-map-pack";
import { EmptyState } from "../../components/empty-state";
import { ThemeNews, useHeldView } from "../../components/theme-news";
import { readThemeQuery } from "../../domain/theme-query";
import type { ExplorerView } from "../../domain/theme-views";
import { pageTitle } from "../../web/page-title";
import { requireActor } from "../../web/require-actor";
import { asOfWords, explorerTitle, noThemeWords, rankingWords, seenWords, sideWords } from "./explorer-words";
import { MapPanel } from "./map-panel";
import { Ranking } from "./ranking";

export const meta: MetaFunction<typeof loader> = () => pageTitle("Themes");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const query = readThemeQuery(new URL(request.url).searchParams);
  const { themes } = context.board;
  const [view, map] = await Promise.all([themes.explorer(actor, query), themes.map(actor, query)]);
  return { view, map: packMap(map, ranksOf(view), query.theme), mapVersion: map.version };
}

export default function ThemesPage() {
  const { shown, show } = useHeldView(useLoaderData<typeof loader>());
  const { view, map, mapVersion } = shown;
  const seen = seenWords(view.seen);
  const isEmpty = view.practice.length === 0 && view.service.length === 0;
  return (
    <>
      <header className="ct-themes__head">
        <h1>{explorerTitle(view)}</h1>
        <p className="ct-2">{rankingWords}</p>
        {seen ? <p className="ct-2">{seen}</p> : null}
        <p className="ct-2">
          {asOfWords(view)} {noThemeWords(view)}
        </p>
        {map.regions.length > 0 ? (
          <a className="ct-themes__jump" href="#map">
            To the map
          </a>
        ) : null}
      </header>
      <ThemeNews query={view.query} version={view.version} onShow={show} />
      <div className="ct-themes__explore">
        <div>
          {isEmpty ? (
            <EmptyState icon="search" title="No theme holds anything that fits these filters">
              That is not proof that there is nothing. Take a filter away, or wait for the next analysis.
            </EmptyState>
          ) : null}
          <Ranking
            title="What practices raise"
            sub={sideWords("practice", view.practice, view)}
            rows={view.practice}
            query={view.query}
          />
          <Ranking
            title="What trusts raise"
            sub={sideWords("service", view.service, view)}
            rows={view.service}
            query={view.query}
          />
        </div>
        {map.regions.length > 0 ? (
          <MapPanel map={map} query={view.query} version={mapVersion} asOf={asOfWords(view)} />
        ) : null}
      </div>
    </>
  );
}

/** Numbers on the map are those of the list beside it; what trusts raise carries a T. */
function ranksOf(view: ExplorerView): Map<string, string> {
  return new Map([
    ...view.service.map((row): [string, string] => [row.id, `T${row.rank}`]),
    ...view.practice.map((row): [string, string] => [row.id, String(row.rank)]),
  ]);
}
