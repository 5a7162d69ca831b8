import { Link } from "@remix-run/react";
import { Icon } from "../../components/icon";
import { Menu, MenuLabel } from "../../components/menu";
import { SaveSearch } from "./save-search";
import type { SearchView } from "./search-view";

/** Which kind, in which order, and what to do with what was found. */
export function KindTabs({ search }: { search: SearchView }) {
  return (
    <div className="ct-filters">
      <nav className="ct-row" aria-label="Kinds of result">
        {search.tabs.map((tab) => (
          <Link
            key={tab.name}
            className={tab.chosen ? "ct-filter is-on" : "ct-filter"}
            to={tab.to}
            aria-current={tab.chosen ? "page" : undefined}
          >
            {tab.name}
            {tab.count === null ? null : <span className="ct-count">{tab.count}</span>}
          </Link>
        ))}
      </nav>
      <span className="ct-grow" />
      <div className="ct-row">
        {search.sorts.length > 0 ? <SortMenu search={search} /> : null}
        {search.save ? <SaveSearch save={search.save} /> : null}
        {search.exportTo ? (
          <a className="ct-filter" href={search.exportTo} download>
            Export<span className="nhsuk-u-visually-hidden"> the issues found as a table (CSV)</span>
          </a>
        ) : null}
        <Link className="ct-filter" to="/search/saved">
          <Icon name="star" small />
          <span>
            Saved<span className="ct-hide-s"> searches</span>
          </span>
          {search.saved.length > 0 ? <span className="ct-count">{search.saved.length}</span> : null}
        </Link>
      </div>
    </div>
  );
}

function SortMenu({ search }: { search: SearchView }) {
  const chosen = search.sorts.find((each) => each.chosen);
  return (
    <Menu
      opens="end"
      closeOn={chosen?.to ?? ""}
      label={
        <MenuLabel>
          <span className="nhsuk-u-visually-hidden">Order: </span>
          {chosen?.name}
        </MenuLabel>
      }
    >
      {search.sorts.map((sort) => (
        <Link key={sort.name} to={sort.to} aria-current={sort.chosen ? "true" : undefined}>
          {sort.name}
        </Link>
      ))}
    </Menu>
  );
}
