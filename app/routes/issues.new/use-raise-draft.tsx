import { useEffect, useRef, useState } from "react";
import { type Draft, type DraftFields, useDraft } from "../../../realtime/client/drafts";
import { harms } from "../../domain/issue";
import { timeOfDay } from "../../web/time-words";
import type { AboutChoice } from "../issues.services/find-about";
import { emptyFields, type RaiseFields, readHidden } from "./raise-fields";
import type { RaiseSetting } from "./raise-form";

export interface RaiseDraft extends Pick<Draft, "state" | "discard"> {
  /** Empties the form and removes the draft. */
  startAgain(): void;
}

/** Keeps what is typed on this device, and puts it back into a form that is still empty. */
export function useRaiseDraft(
  fields: RaiseFields,
  change: (part: Partial<RaiseFields>) => void,
  setting: RaiseSetting,
): RaiseDraft {
  const draft = useDraft("raise", setting.draftKey, setting.person);
  const put = useRef(change);
  put.current = change;
  const now = useRef(fields);
  now.current = fields;
  const { found, keep } = draft;
  useEffect(() => {
    if (found && now.current.body === "") put.current(fromDraft(found, now.current));
  }, [found]);
  const first = useRef(fields);
  useEffect(() => {
    if (fields !== first.current) keep(toDraft(fields));
  }, [fields, keep]);
  return {
    state: draft.state,
    discard: draft.discard,
    startAgain: () => {
      change({ ...emptyFields(fields.id, null) });
      draft.discard();
    },
  };
}

/** "Draft kept on this device 10:42", or that it cannot be kept. */
export function DraftWords({ draft, empty }: { draft: RaiseDraft; empty: boolean }) {
  const [keptAt, setKeptAt] = useState("");
  const { state } = draft;
  const before = useRef(state);
  // A draft that was already there says no time: only what was kept just now does.
  useEffect(() => {
    if (state === "kept" && before.current === "keeping") setKeptAt(` ${timeOfDay(new Date())}`);
    before.current = state;
  }, [state]);
  if (state === "not-kept") return <span className="ct-s ct-2 ct-hide-s">Drafts cannot be kept on this device</span>;
  if (empty || (state !== "kept" && (state !== "keeping" || keptAt === ""))) return null;
  return (
    <span className="ct-row ct-s ct-2">
      <span className="ct-hide-s ct-nowrap">Draft kept on this device{keptAt}</span>
      <button type="button" className="nhsuk-button nhsuk-button--small ct-quiet-button" onClick={draft.startAgain}>
        Start again
      </button>
    </span>
  );
}

function toDraft(fields: RaiseFields): DraftFields {
  const { about, body, kind, other, harm, lfpseReference, visibility, hidden } = fields;
  // A choice alone is no draft: only words are worth keeping.
  if (body.trim() === "") return {};
  return {
    body,
    kind,
    other,
    harm,
    lfpseReference,
    visibility,
    hidden: hidden.join(" "),
    ...(about ? { about: about.value, aboutName: about.name, aboutDetail: about.detail, aboutSide: about.side } : {}),
  };
}

function fromDraft(found: DraftFields, now: RaiseFields): Partial<RaiseFields> {
  return {
    body: found.body ?? "",
    kind: found.kind ?? "",
    other: found.other ?? "",
    harm: harms.find((each) => each === found.harm) ?? "",
    lfpseReference: found.lfpseReference ?? "",
    visibility: found.visibility === "organisations" ? "organisations" : "system",
    hidden: readHidden((found.hidden ?? "").split(" ")),
    about: now.about ?? aboutOf(found),
  };
}

function aboutOf(found: DraftFields): AboutChoice | null {
  const { about, aboutName, aboutDetail, aboutSide } = found;
  if (!about || !aboutName) return null;
  const side = aboutSide === "practice" || aboutSide === "trust" ? aboutSide : "system";
  return { value: about, name: aboutName, detail: aboutDetail ?? "", side };
}
