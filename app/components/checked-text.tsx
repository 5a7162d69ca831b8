import { type FormEvent, type KeyboardEvent, type ReactNode, type Ref, useState } from "react";
import {
  findIdentifiers,
  type IdentifierDeclaration,
  type IdentifierFind,
  undeclaredIdentifiers,
} from "../domain/identifiers";
import { takeOutWords } from "../web/problem-words";
import { useHydrated } from "../web/use-hydrated";
import { Field } from "./field";
import { IdentifierWarning, withoutFind } from "./identifier-warning";

interface CheckedTextProps {
  /** Name and id of the field. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** The heading already says what the label says. */
  quiet?: boolean;
  error?: string | undefined;
  rows?: number;
  /** One line. */
  single?: boolean;
  /** Without the frame that marks finds inside the text: where the field brings its own frame. */
  bare?: boolean;
  /** With `onChange`: the page keeps the text. Without: the field does, beginning with `defaultValue`. */
  value?: string;
  onChange?: (text: string) => void;
  defaultValue?: string | undefined;
  declared?: readonly IdentifierDeclaration[] | undefined;
  onDeclare?: (declared: readonly IdentifierDeclaration[]) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement | HTMLInputElement>) => void;
  fieldRef?: Ref<HTMLTextAreaElement>;
}

/**
 * A text that people send. While it is written it is checked for patient identifiers: a find is marked, quoted and stops
 * sending until it is taken out or declared to be something else. Without scripts the server does the same.
 */
export function CheckedText(props: CheckedTextProps) {
  const { name, label, hint, quiet = false, error, defaultValue = "" } = props;
  const hydrated = useHydrated();
  const [own, setOwn] = useState(defaultValue);
  const [declared, setDeclared] = useState<readonly IdentifierDeclaration[]>(props.declared ?? []);
  const text = props.value ?? own;
  const finds = findIdentifiers(text);
  const stopped = undeclaredIdentifiers(text, declared).length > 0;
  const change = (next: string) => {
    setOwn(next);
    props.onChange?.(next);
  };
  const declare = (find: IdentifierFind, reason: string) => {
    const next = [...declared.filter((each) => each.span !== find.span), { span: find.span, reason }];
    setDeclared(next);
    props.onDeclare?.(next);
  };
  return (
    <div className="ct-checked" data-undeclared={stopped ? name : undefined}>
      <Field name={name} label={label} hint={hint} quiet={quiet} error={stopped ? takeOutWords : error}>
        {(control) => {
          const invalid = control["aria-invalid"] === true;
          const shared = { ...control, autoComplete: "off", value: text, onKeyDown: props.onKeyDown };
          if (props.single)
            return (
              <input
                {...shared}
                className={invalid ? "nhsuk-input nhsuk-input--error" : "nhsuk-input"}
                onChange={(event) => change(event.currentTarget.value)}
              />
            );
          const area = (
            <textarea
              {...shared}
              ref={props.fieldRef}
              className={invalid ? "nhsuk-textarea nhsuk-textarea--error" : "nhsuk-textarea"}
              rows={props.rows ?? 3}
              onChange={(event) => change(event.currentTarget.value)}
            />
          );
          return props.bare ? area : <Marked text={text} finds={finds} area={area} />;
        }}
      </Field>
      <p className="nhsuk-u-visually-hidden" role="status">
        {stopped ? "This looks like a patient’s NHS number. It is quoted below the field." : ""}
      </p>
      <IdentifierWarning
        field={name}
        text={text}
        finds={finds}
        declared={declared}
        onTakeOut={hydrated ? (find) => change(withoutFind(text, find)) : undefined}
        onDeclare={declare}
      />
    </div>
  );
}

/** The same text lies under the field, unseen, with the finds marked. */
function Marked({ text, finds, area }: { text: string; finds: readonly IdentifierFind[]; area: ReactNode }) {
  return (
    <div className="ct-write">
      {finds.length > 0 ? (
        <div className="ct-write__under" aria-hidden="true">
          {finds.map((find, at) => (
            <span key={find.start}>
              {text.slice(finds[at - 1]?.end ?? 0, find.start)}
              <mark>{find.span}</mark>
            </span>
          ))}
          {text.slice(finds.at(-1)?.end ?? 0)}
        </div>
      ) : null}
      {area}
    </div>
  );
}

/**
 * For `onSubmit`: nothing is sent while a text of the form holds what looks like a patient identifier and is not
 * declared to be something else. The cursor goes to that text. True when it was stopped.
 */
export function stopUndeclared(event: FormEvent<HTMLFormElement>): boolean {
  const stopped = event.currentTarget.querySelector<HTMLElement>("[data-undeclared]");
  if (!stopped) return false;
  event.preventDefault();
  stopped.querySelector<HTMLElement>("textarea, input:not([type='hidden'])")?.focus();
  return true;
}
