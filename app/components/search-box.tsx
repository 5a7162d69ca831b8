import { Form } from "@remix-run/react";
import { Icon } from "./icon";

interface SearchBoxProps {
  /** What was looked for. */
  text?: string;
  /** Filters to keep while searching, as pairs of the URL. */
  keep?: readonly (readonly [string, string])[];
}

/** Narrows the board by words: a plain form. `/` puts the cursor here. */
export function SearchBox({ text = "", keep = [] }: SearchBoxProps) {
  return (
    <Form className="ct-search ct-search--page" role="search" aria-label="Issues" action="/issues" method="get">
      <label className="nhsuk-u-visually-hidden" htmlFor="search">
        Search issues
      </label>
      {keep.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="ct-search__box">
        <Icon name="search" />
        <input
          // A new search from elsewhere shows its own words.
          key={text}
          id="search"
          name="q"
          type="search"
          placeholder="Search issues"
          autoComplete="off"
          maxLength={200}
          defaultValue={text}
          data-search=""
        />
        <span className="ct-hide-s ct-js-only" aria-hidden="true">
          <kbd>/</kbd>
        </span>
      </div>
    </Form>
  );
}
