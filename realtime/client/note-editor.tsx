import { EditorContent, useEditor } from "@tiptap/react";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { noteExtensions } from "./note-extensions";
import { NoteIdentifier } from "./note-identifier";
import { NotePanel, noteHeadingId } from "./note-panel";
import type { NoteSession, NoteState } from "./note-session";
import { NoteStateLine } from "./note-state-line";
import { NoteToolbar } from "./note-toolbar";
import { NoteLines } from "./working-note-text";

/** What ProseMirror needs of style, set through the object model. */
const editorStyle = "white-space: break-spaces; overflow-wrap: anywhere; font-variant-ligatures: none";

interface NoteEditorProps {
  session: NoteSession;
  /** Shown until there is a document to show. */
  initialText: string;
  /** Starts afresh, without what was kept on this device. */
  startAgain(): void;
}

/** The note being written: format bar, text, and an honest line about where the words are. */
export function NoteEditor({ session, initialText, startAgain }: NoteEditorProps) {
  const { state, canWrite } = useSyncExternalStore(session.subscribe, () => session.view);
  const [contentFault, setContentFault] = useState(false);
  const editable = canWrite && !contentFault;
  const extensions = useMemo(() => noteExtensions(session.doc, session.provider.awareness), [session]);
  const editor = useEditor(
    {
      injectCSS: false,
      enableContentCheck: true,
      onContentError: () => setContentFault(true),
      editable,
      extensions,
      editorProps: editorProps(editable),
    },
    [session],
  );
  useEffect(() => {
    editor?.setOptions({ editable, editorProps: editorProps(editable) });
  }, [editor, editable]);
  useWarningBeforeLeaving(state);

  const shown: NoteState = contentFault ? { kind: "faulty", unsaved: state.kind !== "saved" } : state;
  const ready = useReady(session, state, initialText);
  return (
    <NotePanel state={<NoteStateLine state={shown} />}>
      {ready && editable && editor ? <NoteToolbar editor={editor} /> : null}
      {state.kind === "identifier" && editor ? (
        <NoteIdentifier session={session} editor={editor} finds={state.finds} />
      ) : null}
      {ready ? <EditorContent editor={editor} /> : <NoteLines text={initialText} />}
      {(state.kind === "no-longer" || state.kind === "faulty") && state.unsaved ? (
        <div className="ct-panel__body ct-row">
          <button
            type="button"
            className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
            onClick={() => void session.forget().then(startAgain)}
          >
            Throw away my unsaved words
          </button>
        </div>
      ) : null}
    </NotePanel>
  );
}

function editorProps(editable: boolean) {
  return { attributes: attributes(editable), transformPastedHTML: withoutStyles };
}

const stylesAndScripts = /\s(?:style|on\w+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;

/** The editor takes no styles anyway; parsing those of a word processor would have the browser report each one. */
function withoutStyles(html: string): string {
  return html.replace(stylesAndScripts, "");
}

function attributes(editable: boolean): Record<string, string> {
  return {
    class: "ct-note",
    style: editorStyle,
    role: "textbox",
    "aria-multiline": "true",
    "aria-labelledby": noteHeadingId,
    tabindex: "0",
    ...(editable ? {} : { "aria-readonly": "true" }),
  };
}

/** The page's own text gives way to the editor once the document is there, and never comes back. */
function useReady(session: NoteSession, state: NoteState, initialText: string): boolean {
  const [ready, setReady] = useState(false);
  const waits = state.kind === "opening" || (state.kind === "offline" && session.isEmpty && initialText !== "");
  useEffect(() => {
    if (!waits) setReady(true);
  }, [waits]);
  return ready || !waits;
}

/** Asks before the page goes, when words would go with it. */
function useWarningBeforeLeaving(state: NoteState): void {
  const atRisk = state.kind === "offline" ? state.changes > 0 && !state.kept : state.kind === "saving";
  useEffect(() => {
    if (!atRisk) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [atRisk]);
}
