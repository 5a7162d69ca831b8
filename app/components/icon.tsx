/**
 * Every icon of the product: 20 box (glyphs of state and harm: 16), 1.75 stroke, round ends, `currentColor`. Drawn once
 * at the top of each page and used by reference, so that they need no request and follow the theme.
 */
const drawings = {
  "i-home": '<path d="M3 9.5 10 3.5l7 6V16a1 1 0 0 1-1 1h-3.5v-4.5h-5V17H4a1 1 0 0 1-1-1z"/>',
  "i-board":
    '<rect x="3" y="3.5" width="4" height="13" rx="1"/><rect x="9" y="3.5" width="4" height="9" rx="1"/><path d="M17 3.5v6"/>',
  "i-inbox": '<path d="M3 11.5 5 4h10l2 7.5V16H3zM3 11.5h4l1 2h4l1-2h4"/>',
  "i-plus": '<path d="M10 4v12M4 10h12"/>',
  "i-search": '<circle cx="8.5" cy="8.5" r="5"/><path d="m12.5 12.5 4.5 4.5"/>',
  "i-clock": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.2l2.8 1.8"/>',
  "i-late":
    '<circle cx="10" cy="10" r="7.5" fill="currentColor"/><path d="M10 5.8v5M10 13.9v.1" stroke="var(--ct-surface)" stroke-width="2.2"/>',
  "i-alert": '<path d="M10 3 2.5 16.5h15zM10 8v4M10 14.3v.1"/>',
  "i-check": '<path d="m4 10.5 4 4 8-9"/>',
  "i-lock": '<rect x="4.5" y="9" width="11" height="8" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>',
  "i-breadth": '<path d="M3 17V8l4-3 4 3v9M11 17v-6l3-2 3 2v6zM7 17v-4M2 17h16"/>',
  "i-arrow": '<path d="M3.5 10h13M12 5.5l4.5 4.5-4.5 4.5"/>',
  "i-down": '<path d="m5 8 5 5 5-5"/>',
  "i-more": '<path d="M4.5 10h.1M10 10h.1M15.5 10h.1" stroke-width="3"/>',
  "i-link":
    '<path d="M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.7a3 3 0 0 0-4.3-4.3L10 5.7M11.5 8.5a3 3 0 0 0-4.3 0l-2.7 2.7a3 3 0 0 0 4.3 4.3l1.2-1.2"/>',
  "i-phone":
    '<path d="M6.5 3.5H4.5a1 1 0 0 0-1 1c0 6.6 5.4 12 12 12a1 1 0 0 0 1-1v-2.5l-3.5-1.5-1.5 2a9 9 0 0 1-4.5-4.5l2-1.5z"/>',
  "i-off": '<path d="M6 15.5a3.5 3.5 0 0 1-.6-6.95M8 6a4.5 4.5 0 0 1 6.5 3.5 3 3 0 0 1 1.8 4.8M3.5 3.5l13 13"/>',
  "i-edit": '<path d="M4 16l.7-3.3L13 4.5l2.5 2.5-8.2 8.3zM11.5 6l2.5 2.5"/>',
  "i-redirect": '<path d="M3.5 15.5c0-5 3-7.5 7-7.5h6M12.5 3.5 17 8l-4.5 4.5"/>',
  "i-table": '<rect x="3" y="4" width="14" height="12" rx="1.5"/><path d="M3 8h14M3 12h14M8 8v8"/>',
  "i-x": '<path d="m5 5 10 10M15 5 5 15"/>',
  "i-star": '<path d="m10 3.5 2 4.3 4.7.6-3.5 3.2.9 4.7L10 14l-4.1 2.3.9-4.7-3.5-3.2 4.7-.6z"/>',
  "i-reply": '<path d="M8 5 3.5 9.5 8 14M3.5 9.5H11c3.5 0 5.5 2 5.5 6"/>',
  "i-people":
    '<circle cx="7.5" cy="7" r="2.8"/><path d="M2.5 16c.4-3 2.5-4.5 5-4.5s4.6 1.5 5 4.5M13 4.5a2.6 2.6 0 0 1 0 5M14.5 11.8c1.7.5 2.8 1.9 3 4.2"/>',
  "i-note": '<path d="M4.5 3h8L16 6.5V17H4.5zM7.5 8.5h5M7.5 11.5h5M7.5 14.3h3"/>',
  "i-shield": '<path d="M10 3 4 5v5c0 3.5 2.5 6 6 7.5 3.5-1.5 6-4 6-7.5V5z"/>',
  "i-bold": '<path d="M6 4.5h4.5a2.7 2.7 0 0 1 0 5.5H6zm0 5.5h5.5a2.8 2.8 0 0 1 0 5.5H6z"/>',
  "i-list": '<path d="M8 5.5h8M8 10h8M8 14.5h8M4 5.5h.1M4 10h.1M4 14.5h.1"/>',
  "i-themes":
    '<circle cx="6" cy="7" r="2.5"/><circle cx="14" cy="6" r="2"/><circle cx="12" cy="14" r="3"/><path d="m7.6 9 2.4 2.8M13.6 8l-.8 3"/>',
  "i-h": '<path d="M5 4.5v11M15 4.5v11M5 10h10"/>',
  "i-help": '<circle cx="10" cy="10" r="7"/><path d="M8 8a2 2 0 1 1 2.8 1.9c-.6.3-.8.6-.8 1.3M10 13.7v.1"/>',
  "i-menu": '<path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13"/>',
  "g-new":
    '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.4 1.5"/>',
  "g-accepted":
    '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 8V4a4 4 0 0 1 4 4z" fill="currentColor"/>',
  "g-working":
    '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 4a4 4 0 0 1 0 8z" fill="currentColor"/>',
  "g-offered":
    '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 8V4a4 4 0 1 1-4 4z" fill="currentColor"/>',
  "g-resolved":
    '<circle cx="8" cy="8" r="7" fill="currentColor"/><path d="m4.8 8.3 2.2 2.2 4.2-4.6" fill="none" stroke="var(--ct-surface)" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>',
  "g-declined":
    '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M4.5 8h7" stroke="currentColor" stroke-width="1.8"/>',
  "g-merged":
    '<circle cx="6" cy="8" r="4.2" fill="none" stroke="currentColor" stroke-width="1.6"/><circle cx="10" cy="8" r="4.2" fill="none" stroke="currentColor" stroke-width="1.6"/>',
  "g-reopened":
    '<path d="M13.5 5.2A6.2 6.2 0 1 0 14.2 8M14 2.2v3.2h-3.2" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>',
  "h-0":
    '<rect x="1.4" y="11.4" width="1.8" height="3.2" fill="none" stroke="currentColor" stroke-width=".8"/><rect x="5.2" y="8.4" width="1.8" height="6.2" fill="none" stroke="currentColor" stroke-width=".8"/><rect x="9" y="5.4" width="1.8" height="9.2" fill="none" stroke="currentColor" stroke-width=".8"/><rect x="12.8" y="2.4" width="1.8" height="12.2" fill="none" stroke="currentColor" stroke-width=".8"/>',
  "h-1":
    '<rect x="1" y="11" width="2.6" height="4" fill="currentColor"/><rect x="5.2" y="8.4" width="1.8" height="6.2" fill="none" stroke="currentColor" stroke-width=".8"/><rect x="9" y="5.4" width="1.8" height="9.2" fill="none" stroke="currentColor" stroke-width=".8"/><rect x="12.8" y="2.4" width="1.8" height="12.2" fill="none" stroke="currentColor" stroke-width=".8"/>',
  "h-2":
    '<rect x="1" y="11" width="2.6" height="4" fill="currentColor"/><rect x="4.8" y="8" width="2.6" height="7" fill="currentColor"/><rect x="9" y="5.4" width="1.8" height="9.2" fill="none" stroke="currentColor" stroke-width=".8"/><rect x="12.8" y="2.4" width="1.8" height="12.2" fill="none" stroke="currentColor" stroke-width=".8"/>',
  "h-3":
    '<rect x="1" y="11" width="2.6" height="4" fill="currentColor"/><rect x="4.8" y="8" width="2.6" height="7" fill="currentColor"/><rect x="8.6" y="5" width="2.6" height="10" fill="currentColor"/><rect x="12.8" y="2.4" width="1.8" height="12.2" fill="none" stroke="currentColor" stroke-width=".8"/>',
  "h-4":
    '<rect x="1" y="11" width="2.6" height="4" fill="currentColor"/><rect x="4.8" y="8" width="2.6" height="7" fill="currentColor"/><rect x="8.6" y="5" width="2.6" height="10" fill="currentColor"/><rect x="12.4" y="2" width="2.6" height="13" fill="currentColor"/>',
  "i-sun":
    '<circle cx="10" cy="10" r="3.5"/><path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M15.3 4.7l-1.4 1.4M6.1 13.9l-1.4 1.4"/>',
  "i-out": '<path d="M8 3.5H4.5a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1H8M12.5 6l4 4-4 4M7.5 10h9"/>',
} as const;

export type Drawing = keyof typeof drawings;
type Named<Prefix extends string> = Drawing extends infer Each
  ? Each extends `${Prefix}-${infer Name}`
    ? Name
    : never
  : never;
export type IconName = Named<"i">;

/**
 * The drawings as markup. Only the server carries them: the browser reads back what the page already holds, so that
 * they are not sent a second time as code.
 */
const symbols = import.meta.env.SSR ? drawn() : (document.querySelector(".ct-sprite")?.innerHTML ?? "");

function drawn(): string {
  return Object.entries(drawings)
    .map(([id, body]) => `<symbol id="${id}" viewBox="0 0 ${id.startsWith("i-") ? "20 20" : "16 16"}">${body}</symbol>`)
    .join("");
}

/** All drawings, once a page. Constant text of ours: nothing people wrote comes near it. */
export function IconSprite() {
  return (
    <svg
      className="ct-sprite"
      aria-hidden="true"
      focusable="false"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file
      dangerouslySetInnerHTML={{ __html: symbols }}
    />
  );
}

interface IconProps {
  name: IconName;
  /** 16 instead of 20. */
  small?: boolean;
  /** Spoken name, for an icon that stands alone. Without it the icon is decoration beside a word. */
  label?: string;
}

export function Icon({ name, small, label }: IconProps) {
  return <Drawn id={`i-${name}`} className={small ? "ct-i ct-i--s" : "ct-i"} label={label} />;
}

/** A drawing by its id, for marks that bring their own class. */
export function Drawn({ id, className, label }: { id: Drawing; className?: string; label?: string | undefined }) {
  return (
    <svg
      className={className}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
      focusable="false"
    >
      <use href={`#${id}`} />
    </svg>
  );
}
