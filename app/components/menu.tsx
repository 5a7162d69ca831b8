import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "./icon";

interface MenuProps {
  label: ReactNode;
  /** Class of the summary: a filter by default. */
  className?: string;
  opens?: "down" | "up" | "end";
  /** Closes itself when this changes: the address, usually. */
  closeOn?: string;
  children: ReactNode;
}

/**
 * A list of choices that opens under its label: a `<details>`, so that it works without scripts. With them, Escape and
 * a press elsewhere close it.
 */
export function Menu({ label, className = "ct-filter", opens = "down", closeOn = "", children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: closing is what the change is for
  useEffect(() => {
    if (details.current) details.current.open = false;
  }, [closeOn]);
  useEffect(() => {
    const box = details.current;
    if (!box) return;
    const close = (event: Event) => {
      if (!box.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        box.querySelector("summary")?.focus();
      } else if (event.target instanceof Node && box.contains(event.target)) return;
      box.open = false;
    };
    document.addEventListener("keydown", close);
    document.addEventListener("pointerdown", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("pointerdown", close);
    };
  }, []);
  const side = opens === "down" ? "" : ` ct-menu--${opens}`;
  return (
    <details className={`ct-menu${side}`} ref={details}>
      <summary className={className}>{label}</summary>
      <div className="ct-menu__list">{children}</div>
    </details>
  );
}

/** The label of a filter that opens a list. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <>
      {children} <Icon name="down" small />
    </>
  );
}
