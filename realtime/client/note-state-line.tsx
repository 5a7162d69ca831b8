import { useEffect, useRef, useState } from "react";
import { NoteIcon } from "./note-panel";
import type { NoteState } from "./note-session";

/** "Saving" turns to "Saved" once the typing pauses for this long: a word that flickers at every key is not read. */
const calmAfterMs = 700;
const london = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

/** Where this person's words are, in words that are true at this moment. */
export function NoteStateLine({ state }: { state: NoteState }) {
  const shown = useCalm(state);
  const announced = useAnnounced(shown);
  return (
    <>
      <StateWords state={shown} />
      <span role="status" className="nhsuk-u-visually-hidden">
        {announced}
      </span>
    </>
  );
}

function StateWords({ state }: { state: NoteState }) {
  const words = wordsOf(state);
  switch (state.kind) {
    case "opening":
    case "reading":
      return <span className="ct-s ct-2">{words}</span>;
    case "saving":
      return (
        <span className="ct-s ct-2 ct-row">
          <span className="ct-spin" aria-hidden="true" />
          {words}
        </span>
      );
    case "saved":
      return (
        <span className="ct-saved">
          <NoteIcon name="check" />
          {words}
        </span>
      );
    case "offline":
      return (
        <span className="ct-clock ct-clock--soon ct-wrap">
          <NoteIcon name="off" />
          {words}
        </span>
      );
    case "identifier":
    case "too-long":
    case "faulty":
      return (
        <span className="ct-clock ct-clock--late ct-wrap">
          <NoteIcon name="alert" />
          {words}
        </span>
      );
    case "no-longer":
    case "signed-out":
      return (
        <span className="ct-clock ct-clock--late ct-wrap">
          <NoteIcon name="lock" />
          {words}
        </span>
      );
  }
}

export function wordsOf(state: NoteState): string {
  switch (state.kind) {
    case "opening":
      return "Opening";
    case "saving":
      return "Saving";
    case "saved":
      return state.at ? `Saved ${london.format(state.at)}` : "Saved";
    case "offline":
      return offlineWords(state);
    case "identifier":
      return "Not sent: looks like a patient’s NHS number";
    case "too-long":
      return `Too long to save: take out about ${roundedUp(state.words)} words`;
    case "reading":
      return "You can read this";
    case "no-longer":
      return state.unsaved ? "You can no longer write here. Copy your words" : "You can no longer write here";
    case "signed-out":
      return state.unsaved ? "Signed out before this was saved. Copy your words" : "Signed out";
    case "faulty":
      return state.unsaved ? "Not saved. Copy your words, then load the page again" : "Load the page again";
  }
}

function offlineWords(state: Extract<NoteState, { kind: "offline" }>): string {
  if (state.changes === 0) return "Not connected";
  const changes = state.changes === 1 ? "1 change" : `${state.changes} changes`;
  return state.kept ? `Not connected, ${changes} kept on this device` : `Not connected, ${changes} only on this page`;
}

/** Nobody counts 383 words. */
function roundedUp(words: number): number {
  const step = words < 100 ? 10 : 100;
  return Math.ceil(words / step) * step;
}

/** The state as it is shown: every other change at once, from saving to saved after a pause. */
function useCalm(state: NoteState): NoteState {
  const [shown, setShown] = useState(state);
  useEffect(() => {
    if (shown.kind !== "saving" || state.kind !== "saved") return setShown(state);
    const timer = setTimeout(() => setShown(state), calmAfterMs);
    return () => clearTimeout(timer);
  }, [state, shown.kind]);
  return shown;
}

/** What is read out: trouble, and the end of trouble. Not every save. */
function useAnnounced(state: NoteState): string {
  const trouble = useRef(false);
  const calm =
    state.kind === "saved" || state.kind === "saving" || state.kind === "opening" || state.kind === "reading";
  const ended = calm && trouble.current && state.kind === "saved";
  useEffect(() => {
    if (!calm) trouble.current = true;
  }, [calm]);
  if (!calm) return wordsOf(state);
  return ended ? "Your words are saved" : "";
}
