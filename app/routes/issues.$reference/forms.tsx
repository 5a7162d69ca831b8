import { Form, useNavigation } from "@remix-run/react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import { BusyButton } from "../../components/busy-button";
import { Callout } from "../../components/callout";
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
  /** The version on which each form was begun. What is being written stays, whatever others do meanwhile. */
  begun: Readonly<Partial<Record<Verb, number>>>;
  begin(verb: Verb): void;
  /** Empties a form: its words were sent in another way, or thrown away. */
  restart(verb: Verb): void;
}

const nobody: ThreadForms = {
  version: 1,
  refused: null,
  busy: null,
  rounds: {},
  begun: {},
  begin: () => {},
  restart: () => {},
};
const FormsContext = createContext<ThreadForms>(nobody);

/** What every form of the page needs to know: the version one decided on, and what was refused. */
export function ThreadFormsProvider(props: { version: number; refused: Refused | null; children: ReactNode }) {
  const { version, refused, children } = props;
  const navigation = useNavigation();
  const sent = navigation.formData?.get("verb");
  const busy = navigation.state !== "idle" && isVerb(sent) ? sent : null;
  const [rounds, setRounds] = useState<ThreadForms["rounds"]>({});
  const [begun, setBegun] = useState<ThreadForms["begun"]>({});
  const restart = useCallback((verb: Verb) => {
    setRounds((before) => ({ ...before, [verb]: (before[verb] ?? 0) + 1 }));
    setBegun(({ [verb]: _, ...rest }) => rest);
  }, []);
  const begin = useCallback(
    (verb: Verb) => setBegun((before) => (before[verb] ? before : { ...before, [verb]: version })),
    [version],
  );
  useRestartOnceSent(busy, refused, restart);
  const forms = { version, refused, busy, rounds, begun, begin, restart };
  return <FormsContext.Provider value={forms}>{children}</FormsContext.Provider>;
}

/** A form that was sent begins afresh; so does one whose refused words went as a reply instead. */
function useRestartOnceSent(busy: Verb | null, refused: Refused | null, restart: (verb: Verb) => void) {
  const last = useRef<Verb | null>(null);
  const kept = useRef<Verb | null>(null);
  useEffect(() => {
    if (busy) {
      last.current = busy;
      return;
    }
    const verb = last.current;
    last.current = null;
    if (verb && !refused) {
      restart(verb);
      if (kept.current && verb === "reply") restart(kept.current);
    }
    kept.current = refused?.verb ?? null;
  }, [busy, refused, restart]);
}

export function useThreadForms(): ThreadForms {
  return useContext(FormsContext);
}

/** Whether a form stands on the page: where it may be used, and where it was begun and may no longer be. */
export function useStands(): (verb: Verb, allowed: boolean) => boolean {
  const { begun } = useThreadForms();
  return (verb, allowed) => allowed || begun[verb] !== undefined;
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
  const { version, rounds, begun, begin } = useThreadForms();
  const hydrated = useHydrated();
  return (
    <Form
      key={rounds[verb] ?? 0}
      method="post"
      className={className}
      aria-label={label}
      noValidate
      preventScrollReset
      onInput={() => begin(verb)}
      onSubmit={stopUndeclared}
    >
      <input type="hidden" name="verb" value={verb} />
      <input type="hidden" name="version" value={begun[verb] ?? version} />
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
  /** What it does may still be done. False where somebody was faster than the person who is writing. */
  allowed: boolean;
  /** Anchor: following a link to it opens it. */
  id?: string;
  words: ReactNode;
  tone?: "secondary" | "quiet";
  children: ReactNode;
}

/** A form that opens under its button, with and without scripts. Open already when it was refused. */
export function Opening({ verb, allowed, id, words, tone = "secondary", children }: OpeningProps) {
  const { refused, rounds } = useThreadForms();
  const box = useRef<HTMLDetailsElement>(null);
  useOpenByLink(box, id);
  const look = tone === "quiet" ? "ct-quiet-button" : "nhsuk-button--secondary";
  return (
    <details className="ct-opening" id={id} ref={box} key={rounds[verb] ?? 0} open={refused?.verb === verb}>
      <summary className={`nhsuk-button nhsuk-button--small ${look}`}>{words}</summary>
      <div className="ct-opening__body ct-stack">
        {allowed ? null : (
          <Callout icon="people" tone="warn" role="status">
            <p className="ct-s">
              <b>This issue has changed while you were writing.</b> Your words are kept: send them to see what was done,
              and to add them as a reply.
            </p>
          </Callout>
        )}
        {children}
      </div>
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
