import type { ReactNode } from "react";

type PanelTone = "accent" | "wait" | "good";

interface PanelProps {
  /** Id of the heading; the panel's own anchor is `section`, where there is one. */
  id: string;
  title: ReactNode;
  /** At the right of the heading: a link, a count, a state. */
  aside?: ReactNode;
  tone?: PanelTone;
  section?: string;
  foot?: ReactNode;
  /** Without padding, for rows and lists that bring their own. */
  flush?: boolean;
  children: ReactNode;
}

/** A box with a heading. */
export function Panel({ id, title, aside, tone, section, foot, flush, children }: PanelProps) {
  return (
    <section className={tone ? `ct-panel ct-panel--${tone}` : "ct-panel"} aria-labelledby={id} id={section}>
      <div className="ct-panel__head">
        <h2 id={id} className="ct-row">
          {title}
        </h2>
        {typeof aside === "string" ? <span className="ct-s ct-2">{aside}</span> : aside}
      </div>
      {flush ? children : <div className="ct-panel__body ct-stack">{children}</div>}
      {foot ? <p className="ct-panel__foot">{foot}</p> : null}
    </section>
  );
}
