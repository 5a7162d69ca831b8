import { Form, useLocation, useNavigate, useNavigationType } from "@remix-run/react";
import { type ChangeEvent, type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { Icon } from "../../components/icon";
import { findIdentifiers } from "../../domain/identifiers";

interface FindBoxProps {
  /** What the results are of. */
  text: string;
  /** The rest of the address. */
  keep: readonly (readonly [string, string])[];
}

/** After the last keystroke. */
const findAfterMs = 160;

/** What to look for: a plain form. With scripts it is sent while one types, and the focus stays in it. */
export function FindBox({ text, keep }: FindBoxProps) {
  const field = useRef<HTMLInputElement>(null);
  const typing = useFindWhileTyping(field, text);
  return (
    <Form
      className="ct-search ct-search--page ct-search--wide"
      role="search"
      aria-label="What to look for"
      action="/search"
      onSubmit={typing.onSubmit}
    >
      <label className="nhsuk-u-visually-hidden" htmlFor="find">
        Search issues, replies, outcomes, services, organisations and people
      </label>
      {keep.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <div className="ct-search__box">
        <Icon name="search" />
        <input
          ref={field}
          id="find"
          name="q"
          type="search"
          placeholder="Words, an abbreviation, a reference or a name"
          autoComplete="off"
          maxLength={200}
          defaultValue={text}
          onChange={typing.onChange}
          aria-describedby={typing.held ? "find-held" : undefined}
          data-search=""
        />
        <span className="ct-nojs-only">
          <button type="submit" className="nhsuk-button nhsuk-button--small">
            Search
          </button>
        </span>
        <span className="ct-hide-s ct-js-only" aria-hidden="true">
          <kbd>/</kbd>
        </span>
      </div>
      {typing.held ? (
        <p className="ct-search__held" id="find-held" role="alert">
          <b>This looks like an NHS number.</b> Nothing here is kept under one, so it is not sent. Take it out.
        </p>
      ) : null}
    </Form>
  );
}

/** Marks an address that came from what was typed: its results belong to the field, not the field to them. */
const typedHere = "typed-here";

/**
 * Goes to the new search a moment after the last change; a newer text gives up the older one. What somebody types is
 * never overwritten by results of an earlier text: only a search from elsewhere puts its own words in the field.
 */
function useFindWhileTyping(field: RefObject<HTMLInputElement>, text: string) {
  const navigate = useNavigate();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const sent = useRef(text);
  const [held, setHeld] = useState(false);
  const { key, state } = useLocation();
  const how = useNavigationType();
  const shown = useRef(key);
  useEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    // Results of what was typed may be drawn when more was typed already.
    if ((how !== "POP" && state === typedHere) || !field.current) return;
    clearTimeout(timer.current);
    setHeld(false);
    sent.current = text;
    field.current.value = text;
  }, [key, state, how, text, field]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (form: HTMLFormElement, replace: boolean) => {
    clearTimeout(timer.current);
    sent.current = field.current?.value.trim() ?? "";
    navigate(addressOf(form), { replace, state: typedHere });
  };
  return {
    /** A patient's number goes no further than the field. */
    held,
    onChange({ currentTarget: { form, value } }: ChangeEvent<HTMLInputElement>) {
      clearTimeout(timer.current);
      const isHeld = findIdentifiers(value).length > 0;
      setHeld(isHeld);
      if (isHeld || !form || value.trim() === sent.current) return;
      timer.current = setTimeout(() => send(form, true), findAfterMs);
    },
    onSubmit(event: FormEvent<HTMLFormElement>) {
      event.preventDefault();
      if (!held) send(event.currentTarget, field.current?.value.trim() === sent.current);
    },
  };
}

/** The address the form leads to, without what is empty. */
function addressOf(form: HTMLFormElement): string {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "") params.append(name, value.trim());
  }
  const search = params.toString();
  return search ? `/search?${search}` : "/search";
}
