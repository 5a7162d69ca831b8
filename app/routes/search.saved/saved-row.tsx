import { Link, useFetcher } from "@remix-run/react";
import { useEffect, useId, useRef } from "react";
import { BusyButton } from "../../components/busy-button";
import { Icon } from "../../components/icon";
import type { action } from "./route";

interface SavedRowProps {
  saved: { id: string; name: string; tells: boolean; mayTell: boolean; to: string; words: string };
}

/** A saved search: where it leads, what it looks for, whether it tells; to be changed or taken away. */
export function SavedRow({ saved }: SavedRowProps) {
  return (
    <li>
      <div className="ct-grow">
        <h2>
          <Link to={saved.to}>{saved.name}</Link>
        </h2>
        <p className="ct-s ct-2">{saved.words}</p>
        {saved.tells ? (
          <p className="ct-s ct-row">
            <Icon name="inbox" small /> Tells you of new issues
          </p>
        ) : null}
      </div>
      <ChangeForm saved={saved} />
    </li>
  );
}

function ChangeForm({ saved }: SavedRowProps) {
  const fetcher = useFetcher<typeof action>();
  const box = useRef<HTMLDetailsElement>(null);
  const nameId = useId();
  const error = fetcher.data?.message;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was changed is shown above: the form has done its work
  useEffect(() => {
    if (!box.current?.open) return;
    box.current.open = false;
    box.current.querySelector("summary")?.focus();
  }, [saved.name, saved.tells]);
  const busy = fetcher.state !== "idle";
  return (
    <details className="ct-savedchange" ref={box}>
      <summary className="ct-filter">
        Change<span className="nhsuk-u-visually-hidden"> {saved.name}</span>
      </summary>
      <fetcher.Form className="ct-savebox" method="post" action="/search/saved">
        <input type="hidden" name="id" value={saved.id} />
        {error ? (
          <p className="nhsuk-error-message" role="alert">
            {error}
          </p>
        ) : null}
        <label className="nhsuk-label" htmlFor={nameId}>
          Name
        </label>
        <input
          className="nhsuk-input"
          id={nameId}
          name="name"
          maxLength={60}
          required
          defaultValue={saved.name}
          autoComplete="off"
        />
        {saved.mayTell ? (
          <label className="ct-tick">
            <input type="checkbox" name="tells" value="1" defaultChecked={saved.tells} />
            Tell me in my inbox when a new issue matches
          </label>
        ) : null}
        <div className="ct-row">
          <BusyButton busy={busy} busyWords="Saving" name="intent" value="change" small>
            Save
          </BusyButton>
          <BusyButton busy={busy} busyWords="Deleting" name="intent" value="delete" tone="secondary" small>
            Delete<span className="nhsuk-u-visually-hidden"> {saved.name}</span>
          </BusyButton>
        </div>
      </fetcher.Form>
    </details>
  );
}
