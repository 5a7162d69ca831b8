import { Link } from "@remix-run/react";
import { FacetList } from "../../components/facet-list";
import { MenuLabel } from "../../components/menu";
import type { SearchView } from "./search-view";

/** What can be narrowed by. Folded on narrow screens; on wide ones always open, where the browser lets a page say so. */
export function Facets({ search }: { search: SearchView }) {
  if (search.facets.length === 0) return null;
  return (
    <aside className="ct-find__facets" aria-label="Narrow the results">
      <a className="nhsuk-skip-link" href="#results">
        Skip to the results
      </a>
      <details className="ct-folded">
        <summary className="ct-filter">
          <MenuLabel>Narrow{search.narrowed.length > 0 ? ` (${search.narrowed.length} on)` : ""}</MenuLabel>
        </summary>
        <h2 className="nhsuk-u-visually-hidden">Narrow the results</h2>
        {search.facets.map((facet) => (
          <FacetList key={facet.facet} name={facet.name} values={facet.values} />
        ))}
        {search.cleared ? (
          <p>
            <Link className="ct-s" to={search.cleared}>
              Clear all
            </Link>
          </p>
        ) : null}
      </details>
    </aside>
  );
}
