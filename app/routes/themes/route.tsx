import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData, useLocation } from "@remix-run/react";
import { readThemeQuery, themesHref } from "../../domain/theme-query";
import { londonDay } from "../../domain/working-days";
import { requireActor } from "../../web/require-actor";
import { FilterBar } from "./filter-bar";

/** What stands on every theme page: where to look, and the one filter bar. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const query = readThemeQuery(new URL(request.url).searchParams);
  const filters = await context.board.themes.filters(actor, query);
  return { query, filters, today: londonDay(context.board.now()) };
}

const tabs = [
  ["/themes", "Explore"],
  ["/themes/places", "Places"],
  ["/themes/flow", "Flow"],
  ["/themes/quiet", "Not heard from"],
  ["/themes/report", "Board report"],
] as const;

export default function ThemesLayout() {
  const { query, filters, today } = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  const { theme: _, ...kept } = query;
  const current = tabs.find(([path]) => path !== "/themes" && pathname.startsWith(path))?.[0] ?? "/themes";
  return (
    <>
      <nav className="ct-themetabs" aria-label="Themes">
        {tabs.map(([path, name]) => (
          <Link key={path} to={themesHref(path, kept)} aria-current={path === current ? "page" : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <FilterBar query={query} filters={filters} today={today} />
      <div className="ct-themes">
        <Outlet />
      </div>
    </>
  );
}
