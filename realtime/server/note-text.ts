import * as Y from "yjs";
import type { NoteStore } from "../../app/domain/ports";
import { plainText, undeclaredInNote } from "../note-text";

/**
 * What an issue's working note says, for a page rendered on the server, and whether it holds what looks like a patient
 * identifier. Such a note is shown to those who may read the issue, so that they can take it out, and goes nowhere else.
 */
export async function noteText(store: NoteStore, document: string): Promise<{ text: string; identifier: boolean }> {
  const rows = await store.load(document);
  if (rows.length === 0) return { text: "", identifier: false };
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, Y.mergeUpdates(rows.map((row) => row.update)));
    return { text: plainText(doc), identifier: undeclaredInNote(doc).length > 0 };
  } finally {
    doc.destroy();
  }
}
