import * as Y from "yjs";
import { type IdentifierFind, undeclaredIdentifiers } from "../app/domain/identifiers";
import { noteDeclarationSchema, noteParts } from "./protocol";

/** What a note says, as plain text: one line a block. */
export function plainText(doc: Y.Doc): string {
  const lines: string[] = [];
  collect(doc.getXmlFragment(noteParts.body), lines, []);
  return lines.join("\n").trim();
}

/** Spans of the note that look like patient identifiers and that no writer has declared to be something else. */
export function undeclaredInNote(doc: Y.Doc): IdentifierFind[] {
  const lines: string[] = [];
  const links: string[] = [];
  collect(doc.getXmlFragment(noteParts.body), lines, links);
  const declared = declarations(doc);
  const reasons = declared.map((each) => each.reason);
  return undeclaredIdentifiers([...lines, ...links, ...reasons].join("\n"), declared);
}

/** The declarations a note carries. Malformed ones excuse nothing. */
export function declarations(doc: Y.Doc): { span: string; reason: string; by: string }[] {
  const found: { span: string; reason: string; by: string }[] = [];
  doc.getMap(noteParts.declared).forEach((value, span) => {
    const read = noteDeclarationSchema.safeParse(value);
    if (read.success) found.push({ span, ...read.data });
  });
  return found;
}

/** Adds the text of every block under `parent` to `lines`, and where links lead to `links`. */
function collect(parent: Y.XmlFragment, lines: string[], links: string[]): void {
  let line = "";
  let inBlock = false;
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) {
      inBlock = true;
      line += textOf(child, links);
    } else if (child instanceof Y.XmlElement) {
      if (child.nodeName === "hardBreak") line += "\n";
      else collect(child, lines, links);
    }
  }
  if (inBlock || line !== "") lines.push(line);
}

function textOf(text: Y.XmlText, links: string[]): string {
  let line = "";
  for (const run of text.toDelta()) {
    if (typeof run.insert === "string") line += run.insert;
    const href = run.attributes?.link?.href;
    if (typeof href === "string") links.push(href);
  }
  return line;
}
