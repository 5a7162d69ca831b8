import { Link, useNavigation } from "@remix-run/react";
import { Callout } from "../../components/callout";
import { kindNames } from "../../components/find-words";
import { Icon } from "../../components/icon";
import { Panel } from "../../components/panel";
import { SearchHits } from "../../components/search-hit";
import { NothingFound } from "./nothing-found";
import type { BesideView, SearchView } from "./search-view";

/** What was found: the kind that was asked for, then the first few of the others. */
export function Results({ search }: { search: SearchView }) {
  const busy = useNavigation().location?.pathname === "/search";
  return (
    <section className="ct-find__results" id="results" aria-label="Results" aria-busy={busy || undefined} tabIndex={-1}>
      <p className="ct-row">
        <span role="status">
          {search.identifier ? null : (
            <>
              <b>{search.found}</b>
              {search.text ? <span className="ct-2"> for “{search.text}”</span> : null}
            </>
          )}
        </span>
        <Narrowed search={search} />
      </p>
      {search.identifier ? <NoIdentifiers /> : null}
      {search.hits.length > 0 ? (
        <div className="ct-panel">
          <SearchHits hits={search.hits} headings="h2" />
        </div>
      ) : null}
      <Pages search={search} />
      {search.beside.map((group) => (
        <Beside key={group.kind} group={group} />
      ))}
      {isEmpty(search) ? <NothingFound search={search} /> : null}
    </section>
  );
}

function isEmpty(search: SearchView): boolean {
  return search.hits.length === 0 && search.beside.length === 0 && !search.identifier;
}

function Narrowed({ search }: { search: SearchView }) {
  return (
    <>
      {search.narrowed.map((each) => (
        <Link key={each.to + each.label} className="ct-filter is-on" to={each.to}>
          <span className="nhsuk-u-visually-hidden">{each.facet}: </span>
          {each.label}
          <Icon name="x" small />
          <span className="nhsuk-u-visually-hidden">take away</span>
        </Link>
      ))}
    </>
  );
}

/** Nothing is kept under a patient's number, so there is nothing to look for. */
function NoIdentifiers() {
  return (
    <Callout icon="alert" tone="bad" role="alert">
      <p>
        <b>This looks like an NHS number.</b> Nothing here is kept under one, so it was not looked for. Take it out, and
        look for what happened instead.
      </p>
    </Callout>
  );
}

function Pages({ search }: { search: SearchView }) {
  if (!search.first && !search.next) return null;
  return (
    <p className="ct-row ct-more">
      {search.first ? <Link to={search.first}>Back to the first page</Link> : null}
      {search.next ? <Link to={search.next}>Next page</Link> : null}
    </p>
  );
}

function Beside({ group }: { group: BesideView }) {
  const name = kindNames[group.kind];
  return (
    <Panel
      id={`beside-${group.kind}`}
      title={name}
      aside={
        <Link className="ct-s" to={group.to}>
          All {group.count}
          <span className="nhsuk-u-visually-hidden"> {name.toLowerCase()}</span>
        </Link>
      }
      flush
    >
      <SearchHits hits={group.hits} headings="h3" />
    </Panel>
  );
}
