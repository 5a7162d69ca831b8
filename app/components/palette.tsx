import { useNavigate } from "@remix-run/react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { countOf } from "./clock-words";
import { Icon } from "./icon";
import { paletteActions } from "./palette-actions";
import { groupsOf, Lines, lineId, searchFor } from "./palette-lines";
import { type Quick, useQuick, useSavedSearches } from "./use-quick";

export interface PaletteProps {
  /** Typed before the palette was there. */
  typed: string;
  mayRaise: boolean;
  onClose(): void;
}

/** Longest text a search uses. */
const longestText = 200;

/**
 * Search and pages in one list under one field (the combobox pattern: the focus stays in the field, the arrows move
 * through the list). A modal dialog: the browser keeps the focus inside and gives it back.
 */
export function Palette({ typed, mayRaise, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const navigate = useNavigate();
  const [text, setText] = useState(typed);
  const quick = useQuick(text);
  const groups = groupsOf(text, quick, paletteActions(mayRaise, useSavedSearches()));
  const lines = groups.flatMap((group) => group.lines);
  const list = useActive(lines.length, text);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const go = (to: string) => {
    dialog.current?.close();
    navigate(to);
  };
  const onEnter = () => {
    const line = lines[list.active];
    // An answer to an earlier text is opened only by somebody who chose it.
    const chosen = line && (list.moved || line.fresh);
    if (chosen) go(line.to);
    else if (text.trim() !== "") go(searchFor(text));
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog
    <dialog
      className="ct-dialog ct-palette"
      ref={dialog}
      aria-label="Search everything"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <Field
        text={text}
        activeId={lines[list.active] ? lineId(list.active) : undefined}
        onText={setText}
        onMove={list.move}
        onEnter={onEnter}
        onClose={() => dialog.current?.close()}
      />
      <Lines groups={groups} active={list.active} onPick={go} onPoint={list.point} />
      <Foot quick={quick} text={text} />
    </dialog>
  );
}

interface FieldProps {
  text: string;
  activeId: string | undefined;
  onText(text: string): void;
  onMove(by: 1 | -1): void;
  onEnter(): void;
  onClose(): void;
}

function Field({ text, activeId, onText, onMove, onEnter, onClose }: FieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") onMove(1);
    else if (event.key === "ArrowUp") onMove(-1);
    else if (event.key === "Enter") onEnter();
    else return;
    event.preventDefault();
  };
  return (
    <div className="ct-palette__field">
      <Icon name="search" />
      <input
        type="text"
        role="combobox"
        aria-label="Search everything, or go to a page"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        placeholder="Search, or go to a page"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={longestText}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        className="nhsuk-button nhsuk-button--small ct-icon-button"
        aria-label="Close"
        onClick={onClose}
      >
        <Icon name="x" />
      </button>
    </div>
  );
}

/** Which line the keys are on: the first, until somebody moves. */
function useActive(count: number, text: string) {
  const [at, setAt] = useState({ text, line: 0, moved: false });
  const here = at.text === text ? at : { text, line: 0, moved: false };
  const active = Math.min(here.line, Math.max(0, count - 1));
  useEffect(() => {
    if (here.moved) document.getElementById(lineId(active))?.scrollIntoView({ block: "nearest" });
  }, [active, here.moved]);
  return {
    active,
    moved: here.moved,
    move: (by: 1 | -1) => count > 0 && setAt({ text, line: (active + by + count) % count, moved: true }),
    /** The pointer came to rest on a line. */
    point: (line: number) => setAt({ text, line, moved: true }),
  };
}

function Foot({ quick, text }: { quick: Quick; text: string }) {
  return (
    <div className="ct-palette__foot">
      <span role="status">{footWords(quick, text.trim())}</span>
      <span className="ct-hide-s" aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> open <kbd>Esc</kbd> close
      </span>
    </div>
  );
}

function footWords({ view, of, state }: Quick, text: string): string {
  if (state === "identifier") return "This looks like an NHS number. Nothing here is kept under one: take it out.";
  if (state === "failed") return "Search cannot be reached just now.";
  if (text === "" || of !== text || !view) return "";
  const words = view.total === 0 ? "Nothing found" : `${countOf(view.total, "result")} found`;
  return view.basic ? `${words} by basic search: spelling help is resting` : words;
}
