import { Link, useFetcher } from "@remix-run/react";
import { BusyButton } from "../../components/busy-button";
import { Icon } from "../../components/icon";
import { Menu, MenuLabel } from "../../components/menu";
import type { action as savedAction } from "../search.saved/route";
import type { SaveView } from "./search-view";

/** Keeps this search under a name; it may tell of new issues that match. Once kept, it says so. */
export function SaveSearch({ save }: { save: SaveView }) {
  const fetcher = useFetcher<typeof savedAction>();
  const error = fetcher.data?.message;
  if (save.savedAs !== null) {
    return (
      <span className="ct-chip ct-chip--good" role="status">
        <Icon name="check" small />
        <span className="ct-keptname">Saved as {save.savedAs}</span>
      </span>
    );
  }
  return (
    <Menu
      opens="end"
      closeOn={save.query}
      label={
        <MenuLabel>
          <span>
            Save<span className="ct-hide-s"> this search</span>
          </span>
        </MenuLabel>
      }
    >
      <fetcher.Form className="ct-savebox" method="post" action="/search/saved">
        <input type="hidden" name="query" value={save.query} />
        {error ? (
          <p className="nhsuk-error-message" role="alert">
            {error}
          </p>
        ) : null}
        <label className="nhsuk-label" htmlFor="save-name">
          Name
        </label>
        <input
          key={save.query}
          className="nhsuk-input"
          id="save-name"
          name="name"
          maxLength={60}
          required
          defaultValue={save.name}
          autoComplete="off"
        />
        {save.mayTell ? (
          <label className="ct-tick">
            <input type="checkbox" name="tells" value="1" defaultChecked />
            Tell me in my inbox when a new issue matches
          </label>
        ) : null}
        <div className="ct-row ct-between">
          <BusyButton busy={fetcher.state !== "idle"} busyWords="Saving" name="intent" value="save" small>
            Save
          </BusyButton>
          <Link className="ct-s" to="/search/saved">
            All saved searches
          </Link>
        </div>
      </fetcher.Form>
    </Menu>
  );
}
