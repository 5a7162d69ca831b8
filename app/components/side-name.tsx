import type { ReactNode } from "react";
import type { Side } from "../domain/organisation";

/** An organisation or service with the mark of its side before it. `from` and `about` are said to screen readers. */
export function SideName({ side, means, children }: { side: Side; means?: "From" | "About"; children: ReactNode }) {
  return (
    <span className={`ct-side ct-side--${side}`}>
      <span>
        {means ? <span className="nhsuk-u-visually-hidden">{means} </span> : null}
        {children}
      </span>
    </span>
  );
}

/** The arrow between who raised it and what it is about, on one line. */
export function AboutArrow() {
  return (
    <span className="ct-arrow">
      <span aria-hidden="true">→</span>
      <span className="nhsuk-u-visually-hidden">about</span>
    </span>
  );
}
