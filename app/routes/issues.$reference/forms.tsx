import { Form, useNavigation } from "@remix-run/react";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { BusyButton } from "../../components/busy-button";
import { CheckedText, stopUndeclared } from "../../components/checked-text";
import { useHydrated } from "../../web/use-hydrated";
import type { Refused } from "./refused";
import { fieldOf, isVerb, type Verb } from "./verbs";

interface ThreadForms {
  version: number;
  refused: Refused | null;
  /** The form that is being sent. */
  busy: Verb | null;
  /** How often each form was sent: a form begins afresh once what it held has arrived. */
  rounds: Readonly<Partial<Record<Verb, number>>>;
}

const FormsContext = createContext<ThreadForms>({ version: 1, refused: null, busy: null, rounds: {} });

/** What every form of the page needs to know: the version one decided on, and what was refused. */
export function ThreadFormsProvider(props: { version: number; refused: Refused | null; children: ReactNode }) {
  const { version, refused, children } = props;
  const navigation = useNavigation();
  const sent = navigation.formData?.get("verb");
  const busy = navigation.state !== "idle" && isVerb(sent) ? sent : null;
  const rounds = useRounds(busy, refused);
  return <FormsContext.Provider value={{ version, refused, busy, rounds }}>{children}</FormsContext.Provider>;
}

function useRounds(busy: Verb | null, refused: Refused | null) {
  const [rounds, setRounds] = useState<Partial<Record<Verb, number>>>({});
  const last = useRef<Verb | null>(null);
  useEffect(() => {
    if (busy) {
      last.current = busy;
      return;
    }
    const verb = last.current;
    last.current = null;
    if (verb && refused?.verb !== verb) setRounds((before) => ({ ...before, [verb]: (before[verb] ?? 0) + 1 }));
  }, [busy, refused]);
  return rounds;
}

export function useThreadForms(): ThreadForms {
  return useContext(FormsContext);
}

interface VerbFormProps {
  verb: Verb;
  /** Part of the page to come back to without scripts. */
  part: string;
  className?: string;
  label?: string;
  children: ReactNode;
}

/** A form that gives one command. Nothing that looks like a patient identifier leaves with it. */
export function VerbForm({ verb, part, className, label, children }: VerbFormProps) {
  const { version, rounds } = useThreadForms();
  const hydrated = useHydrated();
  return (
    <Form
      key={rounds[verb] ?? 0}
      method="post"
      className={className}
      aria-label={label}
      noValidate
      preventScrollReset
      onSubmit={stopUndeclared}
    >
      <input type="hidden" name="verb" value={verb} />
      <input type="hidden" name="version" value={version} />
      {hydrated ? null : <input type="hidden" name="to" value={part} />}
      {children}
    </Form>
  );
}

interface VerbTextProps {
  verb: Verb;
  field: string;
  label: ReactNode;
  hint?: ReactNode;
  rows?: number;
  single?: boolean;
}

/** A text of one of the forms: what was typed and what was wrong with it come back after a refusal. */
export function VerbText({ verb, field, ...rest }: VerbTextProps) {
  const { typed, error } = useField(verb, field);
  const { refused } = useThreadForms();
  const declared = refused?.verb === verb ? refused.typed.declared : undefined;
  return <CheckedText name={fieldOf(verb, field)} error={error} defaultValue={typed} declared={declared} {...rest} />;
}

/** What was typed in a field that was refused, and why. */
export function useField(verb: Verb, field: string): { typed: string | undefined; error: string | undefined } {
  const { refused } = useThreadForms();
  if (refused?.verb !== verb) return { typed: undefined, error: undefined };
  const name = fieldOf(verb, field);
  return { typed: refused.typed.fields[name], error: refused.problems.find((each) => each.field === name)?.message };
}

interface VerbButtonProps {
  verb: Verb;
  busyWords?: string;
  tone?: "primary" | "secondary" | "warning";
  children: ReactNode;
}

export function VerbButton({ verb, busyWords = "Sending", tone = "primary", children }: VerbButtonProps) {
  const { busy } = useThreadForms();
  return (
    <BusyButton busy={busy === verb} busyWords={busyWords} tone={tone} small>
      {children}
    </BusyButton>
  );
}

interface OpeningProps {
  verb: Verb;
  /** Anchor: following a link to it opens it. */
  id?: string;
  words: ReactNode;
  tone?: "secondary" | "quiet";
  children: ReactNode;
}

/** A form that opens under its button, with and without scripts. Open already when it was refused. */
export function Opening({ verb, id, words, tone = "secondary", children }: OpeningProps) {
  const { refused, rounds } = useThreadForms();
  const box = useRef<HTMLDetailsElement>(null);
  useOpenByLink(box, id);
  const look = tone === "quiet" ? "ct-quiet-button" : "nhsuk-button--secondary";
  return (
    <details className="ct-opening" id={id} ref={box} key={rounds[verb] ?? 0} open={refused?.verb === verb}>
      <summary className={`nhsuk-button nhsuk-button--small ${look}`}>{words}</summary>
      <div className="ct-opening__body">{children}</div>
    </details>
  );
}

/** Opens the form that the address names, now and when a link to it is followed. */
function useOpenByLink(box: { readonly current: HTMLDetailsElement | null }, id: string | undefined): void {
  useEffect(() => {
    if (!id) return;
    const look = () => {
      if (location.hash !== `#${id}` || !box.current) return;
      box.current.open = true;
      box.current.querySelector("summary")?.focus();
    };
    look();
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, [box, id]);
}
