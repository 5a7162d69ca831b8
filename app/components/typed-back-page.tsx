import { Form, useLocation } from "@remix-run/react";
import type { TypedBack } from "../web/typed-back";
import { Field } from "./field";
import { SignInAgain } from "./sign-in-again";

/**
 * Without scripts: a form was sent after the session had ended. Shows what was typed, and nothing of the page it was typed
 * on; once signed in, the same is sent with one press.
 */
export function TypedBackPage({ fields }: { fields: readonly TypedBack[] }) {
  const { pathname, search } = useLocation();
  const isShown = ({ label, value }: TypedBack) => label !== null && value.trim() !== "";
  return (
    <div className="ct-door ct-door--narrow">
      <div className="ct-panel ct-facing">
        <Form method="post" action={pathname + search} reloadDocument className="ct-panel__body ct-stack">
          <h1>Signed out</h1>
          <p role="status">
            <b>Your session has ended, so this was not sent.</b>{" "}
            {fields.some(isShown) ? "Here is what you wrote. It is kept on this page only." : ""}
          </p>
          <p>
            <SignInAgain />, then come back to this page and send it again.
          </p>
          {fields.map((field, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and names may repeat
            <OneField key={at} at={at} field={field} shown={isShown(field)} />
          ))}
          <button type="submit" className="nhsuk-button">
            Send again
          </button>
        </Form>
      </div>
    </div>
  );
}

/** Each in its place, as it was sent: fields of one name belong together by their order. */
function OneField({ field, at, shown }: { field: TypedBack; at: number; shown: boolean }) {
  const { name, value, label } = field;
  if (!shown) return <input type="hidden" name={name} value={value} />;
  return (
    <Field name={`typed-${at}`} label={label}>
      {(control) => (
        <textarea {...control} className="nhsuk-textarea" name={name} rows={5} readOnly defaultValue={value} />
      )}
    </Field>
  );
}
