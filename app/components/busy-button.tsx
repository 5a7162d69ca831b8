import type { ReactNode } from "react";

interface BusyButtonProps {
  /** While it is being sent. */
  busy: boolean;
  /** What it says meanwhile: "Sending". */
  busyWords: string;
  tone?: "primary" | "secondary" | "warning";
  small?: boolean;
  name?: string;
  value?: string;
  children: ReactNode;
}

const tones = { primary: "", secondary: " nhsuk-button--secondary", warning: " nhsuk-button--warning" };

/** A button that sends its form, and says so while it does. A second press while busy does nothing. */
export function BusyButton({ busy, busyWords, tone = "primary", small, name, value, children }: BusyButtonProps) {
  return (
    <button
      type="submit"
      className={`nhsuk-button${small ? " nhsuk-button--small" : ""}${tones[tone]}`}
      name={name}
      value={value}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : undefined}
    >
      {busy ? <span className="ct-spin" aria-hidden="true" /> : null}
      {busy ? busyWords : children}
    </button>
  );
}
