import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Callout } from "../../components/callout";
import { EmptyState } from "../../components/empty-state";
import { PageTop } from "../../components/shell";
import { mostSavedSearches } from "../../domain/find-ports";
import { searchLink } from "../../web/hit-view";
import { pageTitle } from "../../web/page-title";
import { problemStatus, problemWords } from "../../web/problem-words";
import { requireActor, requireSender } from "../../web/require-actor";
import { searchWords } from "../../web/search-words";
import { labelsOf } from "../../web/typed-back";
import { keepSearch } from "./keep-search";
import { SavedRow } from "./saved-row";

export const meta = () => pageTitle("Saved searches");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const { finder, directory } = context.board;
  const saved = await finder.saved.list(actor);
  return {
    most: mostSavedSearches,
    saved: saved.map(({ id, name, query, tells }) => ({
      id,
      name,
      tells,
      mayTell: !query.kind || query.kind === "issues",
      to: searchLink(query),
      words: searchWords(query, directory),
    })),
  };
}

const labelOf = labelsOf({ name: "Name of a saved search" });

/** Keeps a search, names it anew, or takes it away; then the page it was done on shows it. */
export async function action({ context, request }: ActionFunctionArgs) {
  const { actor, form } = await requireSender(context, request, labelOf);
  const kept = await keepSearch(context.board, actor, form);
  if (kept.ok) return redirect(kept.value);
  const message = problemWords(kept.problem);
  return data({ message }, { status: problemStatus(kept.problem) });
}

export default function SavedSearches() {
  const { saved, most } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <PageTop title="Saved searches" sub={saved.length > 0 ? `${saved.length} of at most ${most}` : undefined} />
      <div className="ct-body ct-reading">
        {refused ? (
          <Callout icon="alert" tone="bad" role="alert">
            <p>
              <b>This was not done.</b> {refused.message}
            </p>
          </Callout>
        ) : null}
        <p>
          A saved search is yours alone. Where you ask for it, your inbox tells you of each issue that comes to match
          and that you may see, once.
        </p>
        {saved.length === 0 ? <NothingSaved /> : null}
        {saved.length > 0 ? (
          <ul className="ct-panel ct-savedlist">
            {saved.map((each) => (
              <SavedRow key={each.id} saved={each} />
            ))}
          </ul>
        ) : null}
      </div>
    </>
  );
}

function NothingSaved() {
  return (
    <EmptyState
      icon="star"
      title="No saved searches yet"
      actions={
        <Link className="nhsuk-button nhsuk-button--small" to="/search">
          Search
        </Link>
      }
    >
      Search for something you look for often, then press “Save this search”.
    </EmptyState>
  );
}
