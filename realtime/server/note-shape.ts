import * as Y from "yjs";
import { noteDeclarationSchema, noteParts, safeLink } from "../protocol";

/**
 * What a note may consist of: the editor's own nodes and marks, nothing else. An update that brings anything the editor
 * could not have made is refused before it is applied; what can only be seen in its place (a text beside paragraphs) is
 * taken out in the same transaction, so that nobody else ever receives it.
 */

const childrenOf: Readonly<Record<string, ReadonlySet<string>>> = {
  [noteParts.body]: new Set(["paragraph", "heading", "bulletList", "orderedList"]),
  paragraph: new Set(["#text", "hardBreak"]),
  heading: new Set(["#text", "hardBreak"]),
  bulletList: new Set(["listItem"]),
  orderedList: new Set(["listItem"]),
  listItem: new Set(["paragraph", "heading", "bulletList", "orderedList"]),
  hardBreak: new Set(),
};
const attributesOf: Readonly<Record<string, ReadonlySet<string>>> = {
  heading: new Set(["level"]),
  orderedList: new Set(["start", "type"]),
};
/** y-tiptap adds a hash to a mark's name where marks of one kind overlap. */
const markName = /^(bold|italic|link)(--.{1,12})?$/;
const deepest = 24;
const declarationsAtMost = 200;

/** Whether an update holds only what a note may be made of. Throws on bytes that are no update at all. */
export function isNoteUpdate(update: Uint8Array): boolean {
  const { structs } = Y.decodeUpdate(update);
  return structs.every((struct) => !(struct instanceof Y.Item) || isNoteItem(struct));
}

function isNoteItem(item: Y.Item): boolean {
  // A parent given by name is a root; the two parts are a list and a map.
  const parent: unknown = item.parent;
  if (typeof parent === "string") {
    if (parent !== noteParts.body && parent !== noteParts.declared) return false;
    if ((parent === noteParts.body) !== (item.parentSub === null)) return false;
  }
  const content = item.content;
  if (content instanceof Y.ContentDeleted || content instanceof Y.ContentString) return true;
  if (content instanceof Y.ContentAny) return true;
  if (content instanceof Y.ContentFormat) return isNoteMark(content.key, content.value);
  if (!(content instanceof Y.ContentType)) return false;
  const type: unknown = content.type;
  if (type instanceof Y.XmlElement) return type.nodeName !== noteParts.body && Object.hasOwn(childrenOf, type.nodeName);
  return type instanceof Y.XmlText;
}

function isNoteMark(name: string, value: unknown): boolean {
  if (!markName.test(name)) return false;
  if (!name.startsWith("link") || value === null) return true;
  if (typeof value !== "object" || !("href" in value)) return false;
  return typeof value.href === "string" && value.href.length <= 2_000 && safeLink.test(value.href);
}

/**
 * Takes out of a note what stands where the editor would never put it, looking only at what this transaction changed.
 * Call it inside the transaction that applied the update. Says whether anything had to go.
 */
export function repairNote(transaction: Y.Transaction, writer: string, declaredBefore: ReadonlyMap<string, string>) {
  let repaired = false;
  for (const type of [...transaction.changed.keys()]) {
    if (repairType(type)) repaired = true;
  }
  return repairDeclared(transaction.doc, writer, declaredBefore) || repaired;
}

function repairType(type: unknown): boolean {
  if (type instanceof Y.XmlText) return repairText(type);
  if (type instanceof Y.XmlElement) return repairElement(type, depthOf(type));
  if (type instanceof Y.XmlFragment) return repairChildren(type, noteParts.body, 0);
  return false;
}

function repairElement(element: Y.XmlElement, depth: number): boolean {
  let repaired = false;
  const allowed = attributesOf[element.nodeName];
  for (const [name, value] of Object.entries(element.getAttributes())) {
    const small: unknown = value;
    if (allowed?.has(name) && (typeof small === "number" || (typeof small === "string" && small.length <= 20)))
      continue;
    element.removeAttribute(name);
    repaired = true;
  }
  return repairChildren(element, element.nodeName, depth) || repaired;
}

function repairChildren(parent: Y.XmlFragment, name: string, depth: number): boolean {
  const allowed = childrenOf[name];
  let repaired = false;
  const children: unknown[] = parent.toArray();
  for (let at = children.length - 1; at >= 0; at--) {
    const child = children[at];
    if (depth < deepest && allowed?.has(nameOf(child))) {
      if (child instanceof Y.XmlElement) repaired = repairElement(child, depth + 1) || repaired;
      if (child instanceof Y.XmlText) repaired = repairText(child) || repaired;
      continue;
    }
    parent.delete(at, 1);
    repaired = true;
  }
  return repaired;
}

/** Nothing but characters in a text. */
function repairText(text: Y.XmlText): boolean {
  const attributes = Object.keys(text.getAttributes());
  for (const name of attributes) text.removeAttribute(name);
  let at = 0;
  let repaired = attributes.length > 0;
  for (const run of text.toDelta()) {
    if (typeof run.insert === "string") {
      at += run.insert.length;
      continue;
    }
    text.delete(at, 1);
    repaired = true;
  }
  return repaired;
}

/** A declaration is signed by whoever makes it. */
function repairDeclared(doc: Y.Doc, writer: string, before: ReadonlyMap<string, string>): boolean {
  const declared = doc.getMap(noteParts.declared);
  let repaired = false;
  for (const [span, value] of [...declared.entries()]) {
    if (before.get(span) === JSON.stringify(value)) continue;
    const read = noteDeclarationSchema.safeParse(value);
    const room = declared.size <= declarationsAtMost && span.length <= 60;
    if (room && read.success && read.data.by === writer) continue;
    declared.delete(span);
    repaired = true;
  }
  return repaired;
}

/** The declarations as they stand, to tell new ones by. */
export function declaredNow(doc: Y.Doc): Map<string, string> {
  const declared = doc.getMap(noteParts.declared);
  return new Map([...declared.entries()].map(([span, value]) => [span, JSON.stringify(value)]));
}

function nameOf(child: unknown): string {
  if (child instanceof Y.XmlText) return "#text";
  return child instanceof Y.XmlElement ? child.nodeName : "#unknown";
}

function depthOf(type: Y.XmlElement): number {
  let depth = 0;
  for (let parent = type.parent; parent && depth <= deepest; parent = parent.parent) depth++;
  return depth;
}
