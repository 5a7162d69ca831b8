import { WorkingNoteText } from "./WorkingNoteText";
import type { WorkingNoteProps } from "./working-note-props";

/** The working note of an issue, written by both sides together. Load it lazily, after mount. */
export default function WorkingNote({ initialText }: WorkingNoteProps) {
  return <WorkingNoteText text={initialText} />;
}
