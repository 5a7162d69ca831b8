import { useCallback, useEffect, useRef, useState } from "react";
import type { HerePerson } from "../protocol";
import { liveLink } from "./socket";

export interface Presence {
  /** Everyone looking at this issue now, yourself included, each once. */
  people: readonly HerePerson[];
  /** Call on every keystroke of a reply that both sides will see, and with false when it is sent or emptied. */
  typing(on: boolean): void;
}

/** Keystrokes within this long of the last message need no other. Well under `typingForMs`. */
const repeatAfterMs = 2_500;

/** Who is here now. Empty on the server and until the connection is live. */
export function usePresence(issueId: string): Presence {
  const [people, setPeople] = useState<readonly HerePerson[]>([]);
  const saidAt = useRef(0);

  useEffect(() => {
    const link = liveLink();
    const stop = [
      link.watchIssue(issueId),
      link.onHere((message) => message.issue === issueId && setPeople(message.people)),
      link.onState(() => link.state !== "live" && setPeople([])),
    ];
    return () => {
      stop.forEach((each) => void each());
      setPeople([]);
    };
  }, [issueId]);

  const typing = useCallback(
    (on: boolean) => {
      const now = Date.now();
      if (on && now - saidAt.current < repeatAfterMs) return;
      if (!on && saidAt.current === 0) return;
      saidAt.current = on ? now : 0;
      liveLink().typing(issueId, on);
    },
    [issueId],
  );
  return { people, typing };
}
