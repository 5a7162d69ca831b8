import { NotePanel } from "./note-panel";

/**
 * The note as plain text: what the server renders, what is read without JavaScript, and what is shown until the editor
 * has loaded. Holds no live code, so that a page may import it without the editor.
 */
export function WorkingNoteText({ text }: { text: string }) {
  return (
    <NotePanel>
      <NoteLines text={text} />
    </NotePanel>
  );
}

/** The lines of a note, in the place of the editor. */
export function NoteLines({ text }: { text: string }) {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (
    <div className="ct-note">
      {lines.length === 0 ? <p className="ct-2">Nothing written yet.</p> : null}
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other identity
        <p key={at}>{line}</p>
      ))}
    </div>
  );
}
