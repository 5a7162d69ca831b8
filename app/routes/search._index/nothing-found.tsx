import { Link } from "@remix-run/react";
import { EmptyState } from "../../components/empty-state";
import { kindNames } from "../../components/find-words";
import { useFrame } from "../../components/use-frame";
import type { SearchView } from "./search-view";

/** Nothing matches: what may help, and the way on. */
export function NothingFound({ search }: { search: SearchView }) {
  const mayRaise = useFrame()?.viewer?.mayRaise ?? false;
  const kind = kindNames[search.kind ?? "issues"].toLowerCase();
  return (
    <EmptyState
      icon="search"
      title={search.text ? `No ${kind} match “${search.text}”` : `No ${kind} here`}
      actions={
        <>
          {search.cleared ? (
            <Link className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" to={search.cleared}>
              Look everywhere
            </Link>
          ) : null}
          {mayRaise && search.text ? (
            <Link className="nhsuk-button nhsuk-button--small" to="/issues/new">
              Raise an issue
            </Link>
          ) : null}
        </>
      }
    >
      {search.cleared ? "The search is narrowed: there may be more without that. " : ""}
      Try fewer or other words, the usual abbreviation (TTO, A&amp;E, OPA), or the reference, such as CT-7K3QX.
    </EmptyState>
  );
}
