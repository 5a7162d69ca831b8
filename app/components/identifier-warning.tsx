import { useState } from "react";
import { type IdentifierDeclaration, type IdentifierFind, isReason } from "../domain/identifiers";
import { FieldError } from "./field";
import { Icon } from "./icon";

interface IdentifierWarningProps {
  /** Name of the text's field. Declarations are sent as pairs of `declared-span` and `declared-reason`. */
  field: string;
  text: string;
  finds: readonly IdentifierFind[];
  /** Declarations already given, shown again with what was typed. */
  declared?: readonly IdentifierDeclaration[];
  /** With scripts: takes the span out of the text. Without, the person does it themselves. */
  onTakeOut?: ((find: IdentifierFind) => void) | undefined;
  onDeclare?: ((find: IdentifierFind, reason: string) => void) | undefined;
}

export const shortReasonWords = "Say what it is in three characters or more";

/**
 * Something in a text looks like a patient identifier. It stops sending until it is taken out, or declared to be
 * something else with a reason. Nothing is ever changed silently. Works as plain fields of the form around it.
 */
export function IdentifierWarning(props: IdentifierWarningProps) {
  const { field, finds } = props;
  const spans = finds.filter((find, at) => finds.findIndex((other) => other.span === find.span) === at);
  if (spans.length === 0) return null;
  return (
    <div className="ct-stack" id={`${field}-identifier`}>
      {spans.map((find) => (
        <OneFind key={find.span} {...props} find={find} />
      ))}
    </div>
  );
}

function OneFind({ field, text, find, declared = [], onTakeOut, onDeclare }: OneFindProps) {
  const reason = declared.find((each) => each.span === find.span)?.reason ?? "";
  return (
    <div className="ct-callout ct-callout--bad">
      <Icon name="shield" />
      <p>
        This looks like a patient’s NHS number: “{before(text, find)}
        <span className="ct-span">{find.span}</span>
        {after(text, find)}”
      </p>
      <p className="ct-s ct-2">It has not been sent. We never change your words for you.</p>
      <div className="ct-row">
        {onTakeOut ? (
          <button type="button" className="nhsuk-button nhsuk-button--small" onClick={() => onTakeOut(find)}>
            Take it out
          </button>
        ) : (
          <p className="ct-s">Take it out of the text, or say what it is.</p>
        )}
      </div>
      <details className="ct-declare" open={reason !== ""}>
        <summary className="nhsuk-button nhsuk-button--small nhsuk-button--secondary">It is something else</summary>
        <input type="hidden" name="declared-span" value={find.span} />
        <Reason
          id={`${field}-reason-${find.start}`}
          reason={reason}
          onWrite={onDeclare ? (written) => onDeclare(find, written) : undefined}
        />
      </details>
    </div>
  );
}

type OneFindProps = IdentifierWarningProps & { find: IdentifierFind };

interface ReasonProps {
  id: string;
  reason: string;
  onWrite: ((reason: string) => void) | undefined;
}

/** Why it is something else. One that is too short says so, but not while its first letters are being written. */
function Reason({ id, reason, onWrite }: ReasonProps) {
  const [left, setLeft] = useState(reason !== "");
  const error = left && reason.trim() !== "" && !isReason(reason) ? shortReasonWords : undefined;
  return (
    <>
      <label className="nhsuk-label" htmlFor={id}>
        What is it? Your reason is kept with what you send.
      </label>
      <FieldError name={id} error={error} />
      <input
        className={error ? "nhsuk-input nhsuk-input--error" : "nhsuk-input"}
        id={id}
        name="declared-reason"
        defaultValue={reason}
        maxLength={200}
        autoComplete="off"
        aria-describedby={error ? `${id}-error` : undefined}
        aria-invalid={error ? true : undefined}
        onChange={onWrite ? (event) => onWrite(event.currentTarget.value) : undefined}
        onBlur={() => setLeft(true)}
      />
    </>
  );
}

const contextLength = 32;

function before(text: string, find: IdentifierFind): string {
  const from = Math.max(0, find.start - contextLength);
  return (from > 0 ? "… " : "") + text.slice(from, find.start);
}

function after(text: string, find: IdentifierFind): string {
  const until = Math.min(text.length, find.end + contextLength);
  return text.slice(find.end, until) + (until < text.length ? " …" : "");
}

/** The text without a find, and without the double space it would leave. */
export function withoutFind(text: string, find: IdentifierFind): string {
  const head = text.slice(0, find.start);
  const tail = text.slice(find.end);
  return head.endsWith(" ") && (tail.startsWith(" ") || tail === "") ? head + tail.slice(1) : head + tail;
}
