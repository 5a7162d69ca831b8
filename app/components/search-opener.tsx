import { Form } from "@remix-run/react";
import type { MouseEvent } from "react";
import { Icon } from "./icon";
import { usePalette } from "./palette-provider";

interface SearchOpenerProps {
  /** The icon alone, for the bar at the top of narrow screens. */
  narrow?: boolean;
}

/** The box on every page: opens the palette, and without scripts is a plain form to the search page. */
export function SearchOpener({ narrow = false }: SearchOpenerProps) {
  const { open } = usePalette();
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    open();
  };
  if (narrow) {
    return (
      <Form action="/search" role="search" aria-label="Everything">
        <button
          type="submit"
          className="nhsuk-button nhsuk-button--small ct-icon-button"
          aria-label="Search everything"
          aria-haspopup="dialog"
          onClick={onClick}
        >
          <Icon name="search" />
        </button>
      </Form>
    );
  }
  return (
    <Form className="ct-opener" action="/search" role="search" aria-label="Everything">
      <div className="ct-nojs-only">
        <span className="ct-search__box">
          <input name="q" type="search" aria-label="Search everything" maxLength={200} />
        </span>
      </div>
      <button type="submit" className="ct-opener__button" aria-haspopup="dialog" onClick={onClick}>
        <Icon name="search" />
        <span className="ct-grow">
          Search<span className="nhsuk-u-visually-hidden"> everything</span>
        </span>
        <span className="ct-js-only" aria-hidden="true">
          <kbd>Ctrl</kbd> <kbd>K</kbd>
        </span>
      </button>
    </Form>
  );
}
