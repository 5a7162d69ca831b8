import type { IdentifierDeclaration, IdentifierFind } from "../domain/identifiers";
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
  error?: string | undefined;
}

/**
 * Something in a text looks like a patient identifier. It stops sending until it is taken out, or declared to be
 * something else with a reason. Nothing is ever changed silently. Works as plain fields of the form around it.
 */
export function IdentifierWarning(props: IdentifierWarningProps) {
  const { field, finds, error } = props;
  const spans = finds.filter((find, at) => finds.findIndex((other) => other.span === find.span) === at);
  if (spans.length === 0) return null;
  return (
    <div className="ct-stack" id={`${field}-identifier`}>
      <FieldError name={`${field}-reason`} error={error} />
      {spans.map((find) => (
        <OneFind key={find.span} {...props} find={find} />
      ))}
    </div>
  );
}

function OneFind({
  field,
  text,
  find,
  declared = [],
  onTakeOut,
  onDeclare,
}: IdentifierWarningProps & { find: IdentifierFind }) {
  const reason = declared.find((each) => each.span === find.span)?.reason ?? "";
  const reasonId = `${field}-reason-${find.start}`;
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
        <label className="nhsuk-label" htmlFor={reasonId}>
          What is it? Your reason is kept with what you send.
        </label>
        <input
          className="nhsuk-input"
          id={reasonId}
          name="declared-reason"
          defaultValue={reason}
          maxLength={200}
          autoComplete="off"
          onChange={onDeclare ? (event) => onDeclare(find, event.currentTarget.value) : undefined}
        />
      </details>
    </div>
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
