import { Form } from "@remix-run/react";
import type { KeyboardEvent, RefObject } from "react";
import type { DraftState } from "../../../realtime/client/drafts";
import { BusyButton } from "../../components/busy-button";
import { CheckedText, stopUndeclared } from "../../components/checked-text";
import { Icon } from "../../components/icon";
import { SegmentChoice } from "../../components/segment";
import { useHydrated } from "../../web/use-hydrated";
import { useField, useThreadForms } from "./forms";
import type { ThreadView } from "./thread-view";
import { type ReplyBeingWritten, useReply } from "./use-reply";
import { fieldOf } from "./verbs";

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
  const { refused, version } = useThreadForms();
  const { error } = useField("reply", "text");
  const reply = useReply({ view, person, id, draftKey, typing });
  const hydrated = useHydrated();
  return (
    <Form
      method="post"
      id="reply"
      className={reply.inside ? "ct-composer ct-composer--inside" : "ct-composer"}
      aria-label="Reply"
      noValidate
      preventScrollReset
      onSubmit={(event) => stopUndeclared(event) || typing(false)}
    >
      <input type="hidden" name="verb" value="reply" />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name={fieldOf("reply", "id")} value={reply.id} />
      {hydrated ? null : <input type="hidden" name="to" value="reply" />}
      <WhoReads view={view} reply={reply} />
      <CheckedText
        name={fieldOf("reply", "text")}
        label={reply.inside ? "Internal note" : "Reply"}
        quiet
        bare
        rows={2}
        error={error}
        value={reply.text}
        onChange={reply.write}
        declared={refused?.verb === "reply" ? refused.typed.declared : undefined}
        onKeyDown={sendByKeys}
        fieldRef={field}
      />
      <Foot view={view} reply={reply} hydrated={hydrated} />
    </Form>
  );
}

/** Who will read it: a choice, and in words. */
function WhoReads({ view, reply }: { view: ThreadView; reply: ReplyBeingWritten }) {
  return (
    <div className="ct-composer__to">
      {view.may.reply && view.may["reply-internally"] ? (
        <span className="ct-js-only">
          <SegmentChoice
            label="Who sees this"
            name="seen-by"
            value={reply.audience}
            choices={[
              { name: "Shared reply", value: "shared" },
              { name: "Internal note", value: "internal", icon: "lock" },
            ]}
            onChoose={reply.choose}
          />
        </span>
      ) : null}
      <span className={reply.inside ? undefined : "ct-2"} role="status">
        {reply.inside ? view.audience.internal : view.audience.shared}
      </span>
    </div>
  );
}

/** The button says what happens. Without scripts there is one for each kind of reader. */
function Foot({ view, reply, hydrated }: { view: ThreadView; reply: ReplyBeingWritten; hydrated: boolean }) {
  const { busy } = useThreadForms();
  const name = fieldOf("reply", "audience");
  return (
    <div className="ct-composer__foot">
      <span className="ct-s ct-2">{draftWords(reply.draftState, reply.text)}</span>
      <span className="ct-row">
        <kbd className="ct-hide-s ct-js-only">Ctrl Enter</kbd>
        <BusyButton busy={busy === "reply"} busyWords="Sending" small name={name} value={reply.audience}>
          {reply.inside ? <Icon name="lock" small /> : null}
          {reply.inside ? view.audience.internalButton : "Send to both sides"}
        </BusyButton>
        {!hydrated && view.may["reply-internally"] && !reply.inside ? (
          <button
            type="submit"
            name={name}
            value="internal"
            className="nhsuk-button nhsuk-button--small nhsuk-button--secondary ct-nojs-only"
          >
            {view.audience.internalButton}
          </button>
        ) : null}
      </span>
    </div>
  );
}

function sendByKeys(event: KeyboardEvent<HTMLTextAreaElement | HTMLInputElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const { form } = event.currentTarget;
  event.preventDefault();
  form?.requestSubmit(form.querySelector<HTMLButtonElement>(".ct-composer__foot button[type='submit']"));
}

function draftWords(state: DraftState, text: string): string {
  if (text.trim() === "") return "";
  if (state === "kept") return "Draft kept on this device";
  return state === "not-kept" ? "Drafts cannot be kept on this device" : "";
}
