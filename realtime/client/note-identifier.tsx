import type { Editor } from "@tiptap/core";
import { useId, useState } from "react";
import type { IdentifierFind } from "../../app/domain/identifiers";
import { noteLimits } from "../protocol";
import { declaredMeta, findSpans } from "./note-extensions";
import type { NoteSession } from "./note-session";

interface NoteIdentifierProps {
  session: NoteSession;
  editor: Editor;
  finds: readonly IdentifierFind[];
}

/** What stops the note from being sent: each span once, with both ways on. */
export function NoteIdentifier({ session, editor, finds }: NoteIdentifierProps) {
  const spans = [...new Set(finds.map((find) => find.span))];
  return (
    <div className="ct-panel__body ct-stack" role="alert">
      {spans.map((span) => (
        <OneSpan key={span} span={span} session={session} editor={editor} />
      ))}
    </div>
  );
}

function OneSpan({ span, session, editor }: { span: string; session: NoteSession; editor: Editor }) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [error, setError] = useState("");
  const declare = () => {
    if (reason.trim().length < 3) return setError("Say in a few words what it is");
    session.declare(span, reason);
    editor.view.dispatch(editor.state.tr.setMeta(declaredMeta, true));
  };
  return (
    <div className="ct-callout ct-callout--bad">
      <p>
        “<span className="ct-span">{span}</span>” looks like a patient’s NHS number. What you write here is not sent
        until it is taken out.
      </p>
      <div className="ct-row">
        <button
          type="button"
          className="nhsuk-button nhsuk-button--small"
          onClick={() => takeOut(editor, session, span)}
        >
          Take it out
        </button>
      </div>
      <details className="ct-declare">
        <summary className="nhsuk-button nhsuk-button--small nhsuk-button--secondary">It is something else</summary>
        <label className="nhsuk-label" htmlFor={id}>
          What is it? Your reason is kept with the note.
        </label>
        {error ? (
          <span className="nhsuk-error-message" id={`${id}-error`}>
            <span className="nhsuk-u-visually-hidden">Error:</span> {error}
          </span>
        ) : null}
        <input
          className="nhsuk-input"
          id={id}
          value={reason}
          maxLength={noteLimits.reasonCharacters}
          autoComplete="off"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <button type="button" className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" onClick={declare}>
          Keep it, with this reason
        </button>
      </details>
    </div>
  );
}

/** Takes every such span out of the text, last first, and links that hold it. One undo brings it back, and stops sending. */
function takeOut(editor: Editor, session: NoteSession, span: string): void {
  const { state } = editor;
  const transaction = state.tr;
  const places = findSpans(state.doc, session.doc).filter((each) => each.span === span);
  for (const { from, to } of places.reverse()) transaction.delete(from, to);
  const link = state.schema.marks.link;
  transaction.doc.descendants((node, at) => {
    const leading = node.marks.find((mark) => mark.type === link && String(mark.attrs.href).includes(span));
    if (leading) transaction.removeMark(at, at + node.nodeSize, leading);
  });
  editor.view.dispatch(transaction);
  editor.commands.focus();
}
