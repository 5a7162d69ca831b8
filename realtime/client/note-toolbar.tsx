import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { safeLink } from "../protocol";
import { NoteIcon } from "./note-panel";

const tools = [
  { name: "heading", label: "Heading", icon: "h" },
  { name: "bold", label: "Bold", icon: "bold" },
  { name: "list", label: "List", icon: "list" },
  { name: "link", label: "Link", icon: "link" },
] as const;
type Tool = (typeof tools)[number]["name"];

/** Format bar: one tab stop, arrow keys between its buttons. */
export function NoteToolbar({ editor }: { editor: Editor }) {
  const [current, setCurrent] = useState(0);
  const [linking, setLinking] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const pressed = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      heading: now.isActive("heading"),
      bold: now.isActive("bold"),
      list: now.isActive("bulletList"),
      link: now.isActive("link"),
    }),
  });

  const move = (event: KeyboardEvent) => {
    const to = nextTool(event.key, current);
    if (to === undefined) return;
    event.preventDefault();
    setCurrent(to);
    bar.current?.querySelectorAll("button")[to]?.focus();
  };
  const use = (tool: Tool) => {
    if (tool === "link") setLinking(!linking);
    else apply(editor, tool);
  };

  return (
    <>
      <div ref={bar} className="ct-note__bar" role="toolbar" aria-label="Format" onKeyDown={move}>
        {tools.map(({ name, label, icon }, at) => (
          <button
            key={name}
            type="button"
            className="nhsuk-button nhsuk-button--small ct-icon-button"
            aria-label={label}
            aria-pressed={pressed[name]}
            tabIndex={at === current ? 0 : -1}
            onFocus={() => setCurrent(at)}
            onClick={() => use(name)}
          >
            <NoteIcon name={icon} />
          </button>
        ))}
        <span className="ct-grow" />
        <span className="ct-s ct-2">Both sides write here</span>
      </div>
      {linking ? <LinkForm editor={editor} close={() => setLinking(false)} /> : null}
    </>
  );
}

function nextTool(key: string, current: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return (current + 1) % tools.length;
    case "ArrowLeft":
      return (current + tools.length - 1) % tools.length;
    case "Home":
      return 0;
    case "End":
      return tools.length - 1;
    default:
      return undefined;
  }
}

function apply(editor: Editor, tool: Exclude<Tool, "link">): void {
  const chain = editor.chain().focus();
  switch (tool) {
    case "heading":
      chain.toggleHeading({ level: 3 }).run();
      return;
    case "bold":
      chain.toggleBold().run();
      return;
    case "list":
      chain.toggleBulletList().run();
      return;
  }
}

/** Where the chosen words lead. With nothing chosen, the address itself is written. */
function LinkForm({ editor, close }: { editor: Editor; close: () => void }) {
  const id = useId();
  const before: unknown = editor.getAttributes("link").href;
  const [address, setAddress] = useState(typeof before === "string" ? before : "");
  const [error, setError] = useState("");

  const add = () => {
    const href = withProtocol(address);
    if (!href) return setError("Enter a web address, an email address or a phone number, such as https://www.nhs.uk");
    const chain = editor.chain().focus().extendMarkRange("link");
    if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: address.trim(), marks: [{ type: "link", attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      editor.commands.focus();
      close();
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  };

  return (
    <div className="ct-panel__body ct-stack">
      <label className="nhsuk-label" htmlFor={id}>
        Link address
      </label>
      {error ? (
        <span className="nhsuk-error-message" id={`${id}-error`}>
          <span className="nhsuk-u-visually-hidden">Error:</span> {error}
        </span>
      ) : null}
      <input
        className="nhsuk-input"
        id={id}
        value={address}
        inputMode="url"
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: opened by the person, who now wants to type the address
        autoFocus
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => setAddress(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="ct-row">
        <button type="button" className="nhsuk-button nhsuk-button--small" onClick={add}>
          Add link
        </button>
        {before ? (
          <button
            type="button"
            className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
            onClick={() => {
              editor.chain().focus().extendMarkRange("link").unsetLink().run();
              close();
            }}
          >
            Take the link away
          </button>
        ) : null}
        <button type="button" className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" onClick={close}>
          Cancel
        </button>
      </div>
    </div>
  );
}

/** The address as a link may lead there, or undefined. */
export function withProtocol(typed: string): string | undefined {
  const address = typed.trim();
  if (address === "" || /\s/.test(address)) return undefined;
  if (safeLink.test(address)) return address;
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return undefined;
  if (/^[^@/]+@[^@/]+\.[^@/]+$/.test(address)) return `mailto:${address}`;
  return /^[^/]+\.[a-z]{2,}(\/|$)/i.test(address) ? `https://${address}` : undefined;
}
