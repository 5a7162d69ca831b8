import { Form, useNavigation } from "@remix-run/react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Callout, NotForUrgentCare } from "../../components/callout";
import { CheckedText, stopUndeclared } from "../../components/checked-text";
import { ErrorSummary } from "../../components/error-summary";
import { PageTop } from "../../components/shell";
import { SignInAgain } from "../../components/sign-in-again";
import type { FieldProblem } from "../../domain/problem";
import { type Unsent, unsentWords } from "../../web/unsent";
import { useHydrated } from "../../web/use-hydrated";
import { AboutPicker } from "./about-picker";
import { AlreadyKnown } from "./already-known";
import { GoesToBox } from "./goes-to-box";
import { HarmChoice } from "./harm-choice";
import { KindPicker } from "./kind-picker";
import { chosenKind, type RaiseAnswer, type RaiseFields } from "./raise-fields";
import { SendRow } from "./send-row";
import { ServiceChoices } from "./service-choices";
import { useHelp } from "./use-help";
import { DraftWords, useRaiseDraft } from "./use-raise-draft";

/** Who raises, and from where. */
export interface RaiseSetting {
  mayRaise: boolean;
  person: string;
  /** Name of the raising organisation. */
  ours: string;
  system: string;
  draftKey: string | null;
}

/** The role was changed after the form was opened. */
const readsNowWords = "Your role only reads now. Change the role you act in to send this: your words are kept here.";

interface RaiseFormProps {
  start: RaiseFields;
  answer: RaiseAnswer | null;
  /** The last try did not get through. */
  unsent: Unsent | null;
  setting: RaiseSetting;
}

/** The page of four answers. With scripts it keeps a draft, checks and looks for likes while one writes. */
export function RaiseForm({ start, answer, unsent, setting }: RaiseFormProps) {
  const [fields, setFields] = useState(start);
  const change = (part: Partial<RaiseFields>) => setFields((before) => ({ ...before, ...part }));
  const draft = useRaiseDraft(fields, change, setting);
  const { help, asking } = useHelp(fields, answer?.help ?? null);
  const hydrated = useHydrated();
  const navigation = useNavigation();
  const sending = navigation.state !== "idle" && navigation.formMethod === "POST";
  const problems = answer?.problems ?? [];
  const message = unsent ? unsentWords[unsent] : messageOf(answer, setting);
  const errorOf = (field: string) => problems.find((each) => each.field === field)?.message;
  useForgetOnceSent(draft.discard);

  return (
    <>
      <PageTop
        title="Raise an issue"
        sub="Four answers, about a minute"
        aside={<DraftWords draft={draft} empty={fields.body === ""} />}
      />
      <div className="ct-body ct-raisepage">
        <Form method="post" className="ct-raise" noValidate onSubmit={(event) => guard(event, hydrated)}>
          <Unseen fields={fields} />
          <Notices problems={problems} message={message} signedOut={unsent === "signed-out"} />
          <div className="ct-q">
            <AboutPicker
              chosen={fields.about}
              find={fields.find}
              matches={answer?.matches ?? []}
              error={fields.about ? undefined : errorOf("find")}
              onChoose={(about) => change({ about, find: "" })}
              onFind={(find) => change({ find })}
            />
            {fields.about ? <GoesToBox goes={help?.goes ?? null} /> : null}
            {fields.about && !fields.about.value.includes("/") ? (
              <ServiceChoices suggested={help?.services ?? []} onChoose={(about) => change({ about, find: "" })} />
            ) : null}
          </div>
          <WhatHappened fields={fields} error={errorOf("body")} onChange={change} />
          <aside aria-label="Help while you write">
            <AlreadyKnown
              similar={help?.similar ?? null}
              asking={asking}
              hidden={fields.hidden}
              ours={setting.ours}
              contexts={answer?.contexts ?? {}}
              errorOf={errorOf}
              onHide={(reference) => change({ hidden: [...fields.hidden, reference] })}
              onShowAll={() => change({ hidden: [] })}
            />
          </aside>
          <KindPicker
            suggested={help?.kinds ?? []}
            kind={fields.kind}
            other={fields.other}
            error={chosenKind(fields) ? undefined : errorOf("kind")}
            onChange={change}
          />
          <HarmChoice
            harm={fields.harm}
            lfpseReference={fields.lfpseReference}
            declared={fields.declared}
            error={fields.harm ? undefined : errorOf("harm")}
            referenceError={errorOf("lfpseReference")}
            onChange={change}
          />
          <SendRow
            visibility={fields.visibility}
            goes={fields.about ? (help?.goes ?? null) : null}
            about={fields.about}
            setting={setting}
            sending={sending}
            onChange={change}
          />
        </Form>
      </div>
    </>
  );
}

function messageOf(answer: RaiseAnswer | null, { mayRaise }: RaiseSetting): string | null {
  if (answer) return answer.message;
  return mayRaise ? null : readsNowWords;
}

/** The default button and what the form carries along. */
function Unseen({ fields }: { fields: RaiseFields }) {
  return (
    <>
      {/* Enter in a field looks, and never sends. */}
      <button type="submit" name="intent" value="check" className="ct-default" tabIndex={-1} aria-hidden="true">
        Check
      </button>
      <input type="hidden" name="id" value={fields.id} />
      {fields.hidden.map((reference) => (
        <input key={reference} type="hidden" name="hidden" value={reference} />
      ))}
    </>
  );
}

interface NoticesProps {
  problems: readonly FieldProblem[];
  message: string | null | undefined;
  signedOut: boolean;
}

function Notices({ problems, message, signedOut }: NoticesProps) {
  return (
    <div className="ct-q ct-stack">
      <ErrorSummary problems={problems} />
      {message ? (
        <Callout icon="alert" tone="bad" role="alert">
          <p>
            <b>{message}</b> {signedOut ? <SignInAgain /> : null}
          </p>
        </Callout>
      ) : null}
      <NotForUrgentCare />
    </div>
  );
}

interface WhatHappenedProps {
  fields: RaiseFields;
  error: string | undefined;
  onChange: (part: Partial<RaiseFields>) => void;
}

function WhatHappened({ fields, error, onChange }: WhatHappenedProps) {
  return (
    <div className="ct-q">
      <CheckedText
        name="body"
        label={
          <>
            <span className="ct-q__n">2.</span> What happened?
          </>
        }
        hint="What you saw and what it led to. No names, numbers or birth dates; age band and month are fine."
        rows={5}
        error={error}
        value={fields.body}
        onChange={(body) => onChange({ body })}
        declared={fields.declared}
        onDeclare={(declared) => onChange({ declared })}
      />
      <button
        type="submit"
        name="intent"
        value="check"
        className="nhsuk-button nhsuk-button--secondary ct-nojs-only ct-check"
      >
        Check whether it is known, and where it goes
      </button>
    </div>
  );
}

/** Stops what must not leave the device, and the unseen default button: with scripts, looking needs no press. */
function guard(event: FormEvent<HTMLFormElement>, hydrated: boolean): void {
  if (stopUndeclared(event)) return;
  const native = event.nativeEvent;
  const pressed = native instanceof SubmitEvent ? native.submitter : null;
  if (hydrated && pressed?.classList.contains("ct-default")) event.preventDefault();
}

/** Once a thread is on its way, nothing of the draft is needed any more. On the way to signing in again, all of it is. */
function useForgetOnceSent(discard: () => void): void {
  const navigation = useNavigation();
  const forgotten = useRef(false);
  const sent =
    navigation.state === "loading" &&
    navigation.formMethod === "POST" &&
    /^\/issues\/(?!new$)/.test(navigation.location.pathname);
  useEffect(() => {
    if (!sent || forgotten.current) return;
    forgotten.current = true;
    discard();
  }, [sent, discard]);
}
