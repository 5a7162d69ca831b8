import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData, useLocation } from "@remix-run/react";
import { ChartFrame } from "../../components/charts/chart-frame";
import { HeatKey, HeatMap } from "../../components/charts/heat-map";
import { EmptyState } from "../../components/empty-state";
import { ThemeNews, useHeldView } from "../../components/theme-news";
import { heatTwin } from "../../components/theme-tables";
import { readThemeQuery, themesHref } from "../../domain/theme-query";
import { pageTitle } from "../../web/page-title";
import { requireActor } from "../../web/require-actor";
import { asOfWords, seenWords } from "../themes._index/explorer-words";
import { heatSaid, heatTitle } from "./places-words";

export const meta: MetaFunction = () => pageTitle("Themes by Place");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const query = readThemeQuery(new URL(request.url).searchParams);
  return { view: await context.board.themes.places(actor, query) };
}

/** Theme by Place, by rate: where chance does not explain what practices report. */
export default function PlacesPage() {
  const { shown, show } = useHeldView(useLoaderData<typeof loader>());
  const { view } = shown;
  const { pathname } = useLocation();
  const { theme: _, place, ...kept } = view.query;
  const asOf = asOfWords({ ...view, sinceAnalysis: 0 });
  const seen = seenWords(view.seen);
  const said = heatSaid(view.rows);
  const title = heatTitle(view.rows);
  const drawing = {
    places: view.places,
    rows: view.rows,
    title,
    hrefOf: (theme: string, cell: string) => themesHref(`/themes/${theme}`, { ...kept, place: cell }),
    themeHref: (theme: string) => themesHref(`/themes/${theme}`, place ? { ...kept, place } : kept),
  };
  return (
    <>
      <header className="ct-themes__head">
        <h1>{title}</h1>
        {seen ? <p className="ct-2">{seen}</p> : null}
        <p className="ct-2">{asOf} What practices report, for each 10,000 registered patients.</p>
        <ThemeNews query={view.query} version={view.version} onShow={show} />
      </header>
      {view.rows.length === 0 ? (
        <EmptyState
          icon="search"
          title="No theme holds anything that fits these filters"
          actions={<Link to={pathname}>Show all themes</Link>}
        >
          That is not proof that there is nothing.
        </EmptyState>
      ) : (
        <ChartFrame
          className="ct-heat"
          title="Each theme in each Place"
          shows={said.says}
          notMeans={said.notMeans}
          asOf={asOf}
          above={<HeatKey />}
          twin={heatTwin(view)}
          fileName="themes-by-place"
          steps
        >
          <HeatMap {...drawing} fits="wide" />
          <HeatMap {...drawing} fits="narrow" />
        </ChartFrame>
      )}
      <p>
        <Link to={themesHref("/themes/quiet", place ? { ...kept, place } : kept)}>Who is not heard from</Link>
      </p>
    </>
  );
}
