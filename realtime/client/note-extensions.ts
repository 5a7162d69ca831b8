import { Extension, type Extensions } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import type { Node } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import StarterKit from "@tiptap/starter-kit";
import { yCursorPlugin } from "@tiptap/y-tiptap";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { undeclaredIdentifiers } from "../../app/domain/identifiers";
import { declarations } from "../note-text";
import { cursorUserSchema, noteParts, safeLink } from "../protocol";

/**
 * What the editor can do: headings, lists, bold, italic and links, as the server's check of a note's shape allows. The
 * trailing node is off: it would write into a note that somebody only opens.
 */
export function noteExtensions(doc: Y.Doc, awareness: Awareness): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [3] },
      link: {
        openOnClick: "whenNotEditable",
        defaultProtocol: "https",
        isAllowedUri: (url) => safeLink.test(url),
        HTMLAttributes: { rel: "noopener noreferrer nofollow", target: "_blank" },
      },
      blockquote: false,
      code: false,
      codeBlock: false,
      horizontalRule: false,
      strike: false,
      underline: false,
      trailingNode: false,
      undoRedo: false,
    }),
    Collaboration.configure({ document: doc, field: noteParts.body }),
    carets(awareness),
    marksOfIdentifiers(doc),
  ];
}

/** A name beside a cursor hides what is under it: it goes this long after the cursor last moved. */
const flagForMs = 2_000;

/** Other people's cursors. Drawn with classes and through the object model: style attributes would break the page's policy. */
function carets(awareness: Awareness): Extension {
  const flags = new Flags(awareness);
  return Extension.create({
    name: "noteCarets",
    priority: 999,
    onDestroy: () => flags.stop(),
    addProseMirrorPlugins: () => [
      yCursorPlugin(awareness, {
        // The document sent and the document shown have different ids: ours is the one that is sent.
        awarenessStateFilter: (_ofEditor, id) => id !== awareness.clientID,
        cursorBuilder: (user, id) => drawCaret(user, flags.make(id)),
        selectionBuilder: (user) => ({ class: "ct-sel", style: `--c: ${colourOf(user)}` }),
      }),
    ],
  });
}

/** The name flags of cursors: shown when a cursor moves, gone a moment later. */
class Flags {
  #flags = new Map<number, { element: HTMLElement; timer?: ReturnType<typeof setTimeout> }>();
  #awareness: Awareness;
  #moved = ({ added, updated }: { added: number[]; updated: number[] }) => {
    for (const id of [...added, ...updated]) this.#show(id);
  };

  constructor(awareness: Awareness) {
    this.#awareness = awareness;
    awareness.on("change", this.#moved);
  }

  make(id: number): HTMLElement {
    clearTimeout(this.#flags.get(id)?.timer);
    const element = document.createElement("span");
    this.#flags.set(id, { element });
    this.#show(id);
    return element;
  }

  stop(): void {
    this.#awareness.off("change", this.#moved);
    for (const { timer } of this.#flags.values()) clearTimeout(timer);
    this.#flags.clear();
  }

  #show(id: number): void {
    const flag = this.#flags.get(id);
    if (!flag) return;
    clearTimeout(flag.timer);
    flag.element.hidden = false;
    flag.timer = setTimeout(() => {
      flag.element.hidden = true;
    }, flagForMs);
  }
}

function drawCaret(user: unknown, flag: HTMLElement): HTMLElement {
  const caret = document.createElement("span");
  caret.className = "ct-caret ct-caret--below";
  caret.style.setProperty("--c", colourOf(user));
  caret.setAttribute("aria-hidden", "true");
  const read = cursorUserSchema.safeParse(user);
  flag.textContent = read.success ? read.data.name : "";
  caret.append(flag);
  return caret;
}

function colourOf(user: unknown): string {
  const read = cursorUserSchema.safeParse(user);
  return `var(--ct-cursor-${read.success ? read.data.colour : 1})`;
}

/** Marks what looks like a patient identifier where it stands. */
function marksOfIdentifiers(doc: Y.Doc): Extension {
  return Extension.create({
    name: "identifierMarks",
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        state: {
          init: (_config, state) => decorate(state.doc, doc),
          apply: (transaction, _before, _old, state) => {
            if (!transaction.docChanged && transaction.getMeta(declaredMeta) === undefined) return _before;
            return decorate(state.doc, doc);
          },
        },
        props: {
          decorations(state) {
            return this.getState(state);
          },
        },
      }),
    ],
  });
}

/** Set on a transaction after a declaration was made, so that the marks are drawn afresh. */
export const declaredMeta = "declared";

/** Where spans that look like identifiers stand: [from, to) in the editor's positions. */
export function findSpans(node: Node, doc: Y.Doc): { from: number; to: number; span: string }[] {
  const declared = declarations(doc);
  const found: { from: number; to: number; span: string }[] = [];
  node.descendants((block, at) => {
    if (!block.isTextblock) return true;
    // A line break counts as one character, as it does in positions.
    const text = block.textBetween(0, block.content.size, "\n", "\n");
    for (const { start, end, span } of undeclaredIdentifiers(text, declared)) {
      found.push({ from: at + 1 + start, to: at + 1 + end, span });
    }
    return false;
  });
  return found;
}

function decorate(node: Node, doc: Y.Doc): DecorationSet {
  const marks = findSpans(node, doc).map(({ from, to }) => Decoration.inline(from, to, { class: "ct-span" }));
  return DecorationSet.create(node, marks);
}
