import { useFetcher } from "@remix-run/react";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { FieldError } from "../../components/field";
import { SideName } from "../../components/side-name";
import { useHydrated } from "../../web/use-hydrated";
import type { AboutChoice } from "../issues.services/find-about";
import type { loader as findServices } from "../issues.services/route";

interface AboutPickerProps {
  chosen: AboutChoice | null;
  find: string;
  /** Found on the server, where there are no scripts. */
  matches: readonly AboutChoice[];
  error: string | undefined;
  onChoose: (choice: AboutChoice | null) => void;
  onFind: (text: string) => void;
}

/** Which service: typed and picked from a list that opens below, or found by the server. */
export function AboutPicker(props: AboutPickerProps) {
  const { chosen, onChoose } = props;
  const changer = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const moved = useRef(false);
  // What was pressed goes away: the focus goes on to what stands in its place.
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    (chosen ? changer : field).current?.focus();
  }, [chosen]);
  const choose = (choice: AboutChoice | null) => {
    moved.current = true;
    onChoose(choice);
  };
  if (!chosen) return <Finder {...props} onChoose={choose} field={field} />;
  return (
    <>
      <p className="nhsuk-label" id="about-label">
        <Question />
      </p>
      <div className="ct-pick" role="group" aria-labelledby="about-label">
        <input type="hidden" name="about" value={chosen.value} />
        <span className="ct-grow">
          <SideName side={chosen.side}>
            <b>{chosen.name}</b>
            <br />
            <span className="ct-s ct-2">{chosen.detail}</span>
          </SideName>
        </span>
        <button
          type="submit"
          name="intent"
          value="change"
          ref={changer}
          className="nhsuk-button nhsuk-button--small ct-quiet-button"
          onClick={(event) => {
            event.preventDefault();
            choose(null);
          }}
        >
          Change<span className="nhsuk-u-visually-hidden"> service</span>
        </button>
      </div>
    </>
  );
}

function Question() {
  return (
    <>
      <span className="ct-q__n">1.</span> Which service is it about?
    </>
  );
}

type FinderProps = AboutPickerProps & { field: RefObject<HTMLInputElement> };

function Finder({ find, matches, error, onChoose, onFind, field }: FinderProps) {
  const hydrated = useHydrated();
  const list = useChoices(find);
  const { choices, open, active } = list;
  const pick = (choice: AboutChoice) => {
    list.close();
    onChoose(choice);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = list.key(event.key);
    if (chosen === undefined) return;
    event.preventDefault();
    if (chosen) pick(chosen);
  };
  const described = ["find-hint", error ? "find-error" : ""].filter(Boolean).join(" ");
  const combobox = hydrated
    ? ({
        role: "combobox",
        "aria-expanded": open,
        "aria-controls": "about-options",
        "aria-autocomplete": "list",
        "aria-activedescendant": open && choices[active] ? optionId(active) : undefined,
      } as const)
    : {};
  return (
    <>
      <label className="nhsuk-label" htmlFor="find">
        <Question />
      </label>
      <p className="nhsuk-hint" id="find-hint">
        Part of the name of a service, a trust or a practice: “cardiology wirral”.
      </p>
      <FieldError name="find" error={error} />
      {matches.length > 0 ? <Matches matches={matches} /> : null}
      <div className="ct-finder">
        <input
          {...combobox}
          ref={field}
          className={error ? "nhsuk-input nhsuk-input--error" : "nhsuk-input"}
          id="find"
          name="find"
          autoComplete="off"
          maxLength={80}
          aria-describedby={described}
          aria-invalid={error ? true : undefined}
          value={find}
          onChange={(event) => {
            onFind(event.currentTarget.value);
            list.open_();
          }}
          onFocus={list.open_}
          onBlur={list.close}
          onKeyDown={onKeyDown}
        />
        <button type="submit" name="intent" value="find" className="nhsuk-button nhsuk-button--secondary ct-nojs-only">
          Find
        </button>
        {hydrated ? <Options list={list} onPick={pick} /> : null}
      </div>
      <p className="nhsuk-u-visually-hidden" role="status">
        {list.words}
      </p>
    </>
  );
}

/** Without scripts: what the server found, to choose from. */
function Matches({ matches }: { matches: readonly AboutChoice[] }) {
  return (
    <div className="ct-choice ct-matches ct-nojs-only" role="radiogroup" aria-label="Which of these is it about?">
      {matches.map((each) => (
        <label key={each.value}>
          <input type="radio" name="about" value={each.value} />
          <span>
            {each.name} <span className="ct-s ct-2">{each.detail}</span>
          </span>
        </label>
      ))}
    </div>
  );
}

function Options({ list, onPick }: { list: ChoiceList; onPick: (choice: AboutChoice) => void }) {
  return (
    <div
      className="ct-options"
      id="about-options"
      role="listbox"
      aria-label="Services and organisations"
      hidden={!list.open}
    >
      {list.choices.map((choice, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field that owns the list
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
        <div
          key={choice.value}
          id={optionId(at)}
          role="option"
          aria-selected={at === list.active}
          className="ct-options__one"
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(choice)}
        >
          <SideName side={choice.side}>
            {choice.name}
            <span className="ct-s ct-2 ct-block">{choice.detail}</span>
          </SideName>
        </div>
      ))}
    </div>
  );
}

const optionId = (at: number): string => `about-option-${at}`;
const askAfterMs = 120;

interface ChoiceList {
  choices: readonly AboutChoice[];
  open: boolean;
  active: number;
  words: string;
  open_(): void;
  close(): void;
  /** What a key does: a choice to take, null for a key that was used, undefined for one that was not. */
  key(key: string): AboutChoice | null | undefined;
}

/** The choices for a text, and which of them the keys are on. */
function useChoices(text: string): ChoiceList {
  const fetcher = useFetcher<typeof findServices>({ key: "find-about" });
  const [wanted, setWanted] = useState(false);
  const [active, setActive] = useState(0);
  const { load } = fetcher;
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => {
      setActive(0);
      load(`/issues/services?${new URLSearchParams({ q: text })}`);
    }, askAfterMs);
    return () => clearTimeout(timer);
  }, [text, wanted, load]);
  const choices = fetcher.data?.choices ?? [];
  const open = wanted && choices.length > 0;
  const looked = wanted && fetcher.state === "idle" && fetcher.data !== undefined;
  return {
    choices,
    open,
    active,
    words: looked ? foundWords(choices.length) : "",
    open_: () => setWanted(true),
    close: () => setWanted(false),
    key(key) {
      switch (key) {
        case "ArrowDown":
        case "ArrowUp": {
          if (!open) setWanted(true);
          else setActive((active + (key === "ArrowDown" ? 1 : choices.length - 1)) % choices.length);
          return null;
        }
        case "Enter":
          return (open && choices[active]) || null;
        case "Escape":
          setWanted(false);
          return open ? null : undefined;
        default:
          return undefined;
      }
    },
  };
}

function foundWords(count: number): string {
  if (count === 0) return "Nothing here is called that";
  return `${count === 1 ? "1 choice" : `${count} choices`}: up and down to move, Enter to choose`;
}
