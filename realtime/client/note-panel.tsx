import type { ReactNode } from "react";

export const noteHeadingId = "working-note-heading";

/** The frame of the working note: heading, where its words are, and what stands below. */
export function NotePanel({ state, children }: { state?: ReactNode; children: ReactNode }) {
  return (
    <section className="ct-panel" id="note" aria-labelledby={noteHeadingId}>
      <div className="ct-panel__head">
        <h2 id={noteHeadingId}>Working note</h2>
        {state}
      </div>
      {children}
    </section>
  );
}

/** An icon of the page's sprite. Decoration: the word beside it says the same. */
export function NoteIcon({ name }: { name: "check" | "off" | "alert" | "lock" | "h" | "bold" | "list" | "link" }) {
  return (
    <svg className="ct-i ct-i--s" aria-hidden="true" focusable="false">
      <use href={`#i-${name}`} />
    </svg>
  );
}
