import { Component, lazy, type ReactNode, Suspense } from "react";
import { WorkingNoteText } from "../../../realtime/client/working-note-text";
import { useHydrated } from "../../web/use-hydrated";
import type { ThreadView } from "./thread-view";

/** The editor is fetched only where it is used, and never by the server. */
const WorkingNote = lazy(() => import("../../../realtime/client/WorkingNote.client"));

interface NotePanelProps {
  view: ThreadView;
  me: { id: string; name: string };
  draftKey: string | null;
  /** The note as it was when the page was loaded. */
  text: string;
}

/** What both sides know and agree, written together. Without scripts it is read as text. */
export function NotePanel({ view, me, draftKey, text }: NotePanelProps) {
  const hydrated = useHydrated();
  const read = <WorkingNoteText text={text} />;
  if (!hydrated) return read;
  return (
    <KeepPage otherwise={read}>
      <Suspense fallback={read}>
        <WorkingNote
          key={view.id}
          reference={view.reference}
          id={view.id}
          person={me}
          canWrite={view.may["write-note"]}
          draftKey={draftKey}
          initialText={text}
        />
      </Suspense>
    </KeepPage>
  );
}

/** The editor's code not arriving leaves the rest of the page working, and the note readable. */
class KeepPage extends Component<{ otherwise: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.otherwise : this.props.children;
  }
}
