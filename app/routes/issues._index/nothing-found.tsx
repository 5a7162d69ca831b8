import { Link, useSearchParams } from "@remix-run/react";
import { EmptyState } from "../../components/empty-state";
import { useFrame } from "../../components/use-frame";
import { clearedLink, isFiltered } from "./board-link";
import type { BoardData } from "./read-board";

/** Nothing matches: what is on, and the way on. */
export function NothingFound({ data }: { data: BoardData }) {
  const [params] = useSearchParams();
  const mayRaise = useFrame()?.viewer?.mayRaise ?? false;
  const filtered = isFiltered(params);
  return (
    <div className="ct-body">
      <EmptyState
        icon={data.text ? "search" : "board"}
        title={
          data.text ? `No issue matches “${data.text}”` : filtered ? "No issue matches these filters" : "No issues yet"
        }
        actions={
          <>
            {filtered ? (
              <Link className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" to={clearedLink(params)}>
                Clear filters
              </Link>
            ) : null}
            {mayRaise ? (
              <Link className="nhsuk-button nhsuk-button--small" to="/issues/new">
                Raise an issue
              </Link>
            ) : null}
          </>
        }
      >
        {data.text ? "Try fewer or other words, or the reference. " : ""}
        {filtered ? "Filters are on: there may be more without them." : "You may be the first to see it."}
      </EmptyState>
    </div>
  );
}
