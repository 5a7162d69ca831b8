import type { ReactNode } from "react";

/** What a field's parts need to know of each other: spread `control` on the input. */
export interface FieldControl {
  id: string;
  name: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface FieldProps {
  /** Name of the form field: also its id, so that the error summary can lead to it. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** Hides the label from sight where the heading already says it. */
  quiet?: boolean;
  children: (control: FieldControl) => ReactNode;
}

/** Label, hint, error and control, tied together. */
export function Field({ name, label, hint, error, quiet, children }: FieldProps) {
  const described = [hint ? `${name}-hint` : "", error ? `${name}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="ct-field">
      <label className={quiet ? "nhsuk-u-visually-hidden" : "nhsuk-label"} htmlFor={name}>
        {label}
      </label>
      {hint ? (
        <p className="nhsuk-hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      <FieldError name={name} error={error} />
      {children({
        id: name,
        name,
        ...(described ? { "aria-describedby": described } : {}),
        ...(error ? { "aria-invalid": true as const } : {}),
      })}
    </div>
  );
}

/** The message at a field: says what to do. */
export function FieldError({ name, error }: { name: string; error?: string | undefined }) {
  if (!error) return null;
  return (
    <p className="nhsuk-error-message" id={`${name}-error`}>
      <span className="nhsuk-u-visually-hidden">Error: </span>
      {error}
    </p>
  );
}
