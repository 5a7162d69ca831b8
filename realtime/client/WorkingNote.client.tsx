import { useEffect, useRef, useState } from "react";
import { plainText } from "../note-text";
import { notePath } from "../protocol";
import { openShelf } from "./device";
import { NoteBoundary } from "./note-boundary";
import { NoteEditor } from "./note-editor";
import { NotePanel } from "./note-panel";
import { NoteSession } from "./note-session";
import type { WorkingNoteProps } from "./working-note-props";
import { NoteLines, WorkingNoteText } from "./working-note-text";

/**
 * The working note of an issue, written by both sides together. Load it lazily, after mount, with `WorkingNoteText` in
 * its place until then.
 */
export default function WorkingNote({ id, person, canWrite, draftKey, initialText }: WorkingNoteProps) {
  const [session, setSession] = useState<NoteSession | null>(null);
  const [visit, setVisit] = useState(0);
  // The server says what it may do from then on; a page loaded again must not end the visit.
  const mayWriteAtFirst = useRef(canWrite);
  mayWriteAtFirst.current = canWrite;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `visit` counts starting again
  useEffect(() => {
    const opened = new NoteSession({
      url: `${location.origin.replace(/^http/, "ws")}${notePath}`,
      document: id,
      person: person.id,
      canWrite: mayWriteAtFirst.current,
      shelf: openShelf(person.id, draftKey),
    });
    const flush = () => document.visibilityState === "hidden" && opened.flush();
    const networkChanged = () => opened.networkChanged();
    document.addEventListener("visibilitychange", flush);
    window.addEventListener("offline", networkChanged);
    window.addEventListener("online", networkChanged);
    setSession(opened);
    return () => {
      window.removeEventListener("offline", networkChanged);
      window.removeEventListener("online", networkChanged);
      document.removeEventListener("visibilitychange", flush);
      setSession(null);
      opened.destroy();
    };
  }, [id, person.id, draftKey, visit]);

  if (!session) return <WorkingNoteText text={initialText} />;
  return (
    <NoteBoundary key={visit} fallback={(again) => <Failed text={plainText(session.doc)} again={again} />}>
      <NoteEditor session={session} initialText={initialText} startAgain={() => setVisit(visit + 1)} />
    </NoteBoundary>
  );
}

/** The words stay readable when the editor has failed. */
function Failed({ text, again }: { text: string; again: () => void }) {
  return (
    <NotePanel>
      <div className="ct-panel__body ct-stack" role="alert">
        <p>The editor stopped working. That is our fault; your words are below.</p>
        <div className="ct-row">
          <button type="button" className="nhsuk-button nhsuk-button--small" onClick={again}>
            Try again
          </button>
        </div>
      </div>
      <NoteLines text={text} />
    </NotePanel>
  );
}
