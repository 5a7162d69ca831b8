import { Form } from "@remix-run/react";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useDraft } from "../../../realtime/client/drafts";
import { BusyButton } from "../../components/busy-button";
import { CheckedText, stopUndeclared } from "../../components/checked-text";
import { Icon } from "../../components/icon";
import { SegmentChoice } from "../../components/segment";
import { useHydrated } from "../../web/use-hydrated";
import { useField, useThreadForms } from "./forms";
import type { ThreadView } from "./thread-view";
import { fieldOf } from "./verbs";

type Audience = "shared" | "internal";

interface ComposerProps {
  view: ThreadView;
  person: string;
  id: string;
  draftKey: string | null;
  typing(on: boolean): void;
  field: RefObject<HTMLTextAreaElement>;
}

/** Where one writes: to both sides, or for one's own organisation only. Who will read it is said before it is sent. */
export function Composer(props: ComposerProps) {
  const { view } = props;
  const { reply, "reply-internally": internally } = view.may;
  if (!reply && !internally)
    return <p className="ct-s ct-2 ct-noreply">You can read this issue. Your role does not reply here.</p>;
  return <OpenComposer {...props} />;
}

function OpenComposer({ view, person, id, draftKey, typing, field }: ComposerProps) {
  const { refused, busy, version } = useThreadForms();
  const { typed, error } = useField("reply", "text");
  const [text, setText] = useState(typed ?? "");
  const [audience, setAudience] = useState<Audience>(
    startAudience(view, refused?.typed.fields[fieldOf("reply", "audience")]),
  );
  const draft = useDraft(`reply:${view.reference}`, draftKey, person);
  const hydrated = useHydrated();
  const inside = audience === "internal";
  const mayInside = view.may["reply-internally"];
  const formId = useFormId(id, view, () => {
    setText("");
    draft.discard();
  });
  useEffect(() => {
    if (!draft.found) return;
    const { text: kept, audience: keptAudience } = draft.found;
    setText((now) => (now === "" ? (kept ?? "") : now));
    if (keptAudience === "internal" && mayInside) setAudience("internal");
  }, [draft.found, mayInside]);
  const write = (next: string) => {
    setText(next);
    draft.keep({ text: next, audience: next.trim() === "" ? "" : audience });
    if (!inside) typing(next.trim() !== "");
  };
  const choose = (next: Audience) => {
    setAudience(next);
    typing(false);
    draft.keep({ text, audience: text.trim() === "" ? "" : next });
  };
  return (
    <Form
      method="post"
      id="reply"
      className={inside ? "ct-composer ct-composer--inside" : "ct-composer"}
      aria-label="Reply"
      noValidate
      preventScrollReset
      onSubmit={(event) => stopUndeclared(event) || typing(false)}
    >
      <input type="hidden" name="verb" value="reply" />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name={fieldOf("reply", "id")} value={formId} />
      {hydrated ? null : <input type="hidden" name="to" value="reply" />}
      <div className="ct-composer__to">
        {view.may.reply && view.may["reply-internally"] ? (
          <span className="ct-js-only">
            <SegmentChoice
              label="Who sees this"
              name="seen-by"
              value={audience}
              choices={[
                { name: "Shared reply", value: "shared" },
                { name: "Internal note", value: "internal", icon: "lock" },
              ]}
              onChoose={choose}
            />
          </span>
        ) : null}
        <span className={inside ? undefined : "ct-2"} id="reply-seen-by" role="status">
          {inside ? view.audience.internal : view.audience.shared}
        </span>
      </div>
      <CheckedText
        name={fieldOf("reply", "text")}
        label={inside ? "Internal note" : "Reply"}
        quiet
        bare
        rows={2}
        error={error}
        value={text}
        onChange={write}
        declared={refused?.verb === "reply" ? refused.typed.declared : undefined}
        onKeyDown={sendByKeys}
        fieldRef={field}
      />
      <div className="ct-composer__foot">
        <span className="ct-s ct-2">{draftWords(draft.state, text)}</span>
        <span className="ct-row">
          <kbd className="ct-hide-s ct-js-only">Ctrl Enter</kbd>
          <BusyButton
            busy={busy === "reply"}
            busyWords="Sending"
            small
            name={fieldOf("reply", "audience")}
            value={audience}
          >
            {inside ? <Icon name="lock" small /> : null}
            {inside ? view.audience.internalButton : "Send to both sides"}
          </BusyButton>
          {!hydrated && view.may["reply-internally"] && !inside ? (
            <button
              type="submit"
              name={fieldOf("reply", "audience")}
              value="internal"
              className="nhsuk-button nhsuk-button--small nhsuk-button--secondary ct-nojs-only"
            >
              {view.audience.internalButton}
            </button>
          ) : null}
        </span>
      </div>
    </Form>
  );
}

function startAudience(view: ThreadView, wanted: string | undefined): Audience {
  if (!view.may.reply) return "internal";
  return wanted === "internal" && view.may["reply-internally"] ? "internal" : "shared";
}

/**
 * The id of the reply being written. It stays the same until that reply stands in the thread, so that what is sent twice
 * is stored once; then the next one begins.
 */
function useFormId(next: string, view: ThreadView, onArrived: () => void): string {
  const [id, setId] = useState(next);
  const arrived = view.line.items.some((item) => item.key === id);
  const done = useRef(onArrived);
  done.current = onArrived;
  useEffect(() => {
    if (!arrived) return;
    done.current();
    setId(next);
  }, [arrived, next]);
  return id;
}

function sendByKeys(event: KeyboardEvent<HTMLTextAreaElement | HTMLInputElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const { form } = event.currentTarget;
  event.preventDefault();
  form?.requestSubmit(form.querySelector<HTMLButtonElement>(".ct-composer__foot button[type='submit']"));
}

function draftWords(state: ReturnType<typeof useDraft>["state"], text: string): string {
  if (text.trim() === "") return "";
  if (state === "kept") return "Draft kept on this device";
  return state === "not-kept" ? "Drafts cannot be kept on this device" : "";
}
