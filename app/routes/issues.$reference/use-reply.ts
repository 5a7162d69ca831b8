import { useEffect, useRef, useState } from "react";
import { type DraftState, useDraft } from "../../../realtime/client/drafts";
import { useField } from "./forms";
import type { ThreadView } from "./thread-view";

export type ReplyAudience = "shared" | "internal";

export interface ReplyBeingWritten {
  /** Sending it twice stores it once. */
  id: string;
  text: string;
  audience: ReplyAudience;
  inside: boolean;
  draftState: DraftState;
  write(text: string): void;
  choose(audience: ReplyAudience): void;
}

interface ReplyParts {
  view: ThreadView;
  person: string;
  /** For the next reply, from the server. */
  id: string;
  draftKey: string | null;
  typing(on: boolean): void;
}

/** The reply being written: its text and readers, kept on this device until it stands in the thread. */
export function useReply({ view, person, id: next, draftKey, typing }: ReplyParts): ReplyBeingWritten {
  const typed = useField("reply", "text").typed ?? "";
  const typedAudience = useField("reply", "audience").typed;
  const [text, setText] = useState(typed);
  const [audience, setAudience] = useState<ReplyAudience>(startAudience(view, typedAudience));
  const { state, found, keep, discard } = useDraft(`reply:${view.reference}`, draftKey, person);
  const mayInside = view.may["reply-internally"];
  const inside = audience === "internal";
  const id = useFormId(next, view, () => {
    setText("");
    discard();
  });
  useEffect(() => {
    if (!found) return;
    setText((now) => (now === "" ? (found.text ?? "") : now));
    if (found.audience === "internal" && mayInside) setAudience("internal");
  }, [found, mayInside]);
  // Who it is for is worth keeping only with words.
  const remember = (words: string, readers: ReplyAudience) =>
    keep({ text: words, audience: words.trim() === "" ? "" : readers });
  return {
    id,
    text,
    audience,
    inside,
    draftState: state,
    write(words) {
      setText(words);
      remember(words, audience);
      // Nobody is told that an internal note is being written.
      if (!inside) typing(words.trim() !== "");
    },
    choose(readers) {
      setAudience(readers);
      typing(false);
      remember(text, readers);
    },
  };
}

function startAudience(view: ThreadView, wanted: string | undefined): ReplyAudience {
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
