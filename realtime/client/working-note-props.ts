import type { Side } from "../../app/domain/organisation";

/** What a page gives the working note. Everything but `initialText` is used in the browser only. */
export interface WorkingNoteProps {
  /** `CT-7K3QX`: for what people are told. */
  reference: string;
  /** The id: the note's room. */
  id: string;
  person: { id: string; name: string };
  /** Which visual side the person's hat is on. Absent for a guest. */
  side?: Side | undefined;
  /** Whether the page believes that this person may write. The server decides, and says so when it changes. */
  canWrite: boolean;
  /** Key with which unsaved words are kept on this device, from the load context. */
  draftKey: string | null;
  /** The note as plain text, shown until the editor is there and where there is no JavaScript. */
  initialText: string;
}
