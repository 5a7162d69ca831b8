import { useEffect, useRef, useState } from "react";
import { undeclaredIdentifiers } from "../../domain/identifiers";
import { chosenKind, type RaiseFields } from "./raise-fields";
import type { RaiseHelp } from "./raise-help";

/** After the last keystroke. */
const askAfterMs = 400;
/** What could not be looked for is asked for again. */
const askAgainAfterMs = 5_000;

export type Asking = "idle" | "asking" | "failed";

/**
 * Asks, a moment after the last change, whether it is known, what kind it may be and where it goes. A newer question
 * gives up the older one. A text that holds an identifier is not sent: what was known before stays. While similar issues
 * cannot be looked for, it asks again now and then.
 */
export function useHelp(fields: RaiseFields, given: RaiseHelp | null): { help: RaiseHelp | null; asking: Asking } {
  const [help, setHelp] = useState(given);
  const [asking, setAsking] = useState<Asking>("idle");
  const held = undeclaredIdentifiers(fields.body, fields.declared).length > 0;
  const question = new URLSearchParams({
    about: fields.about?.value ?? "",
    body: held ? "" : fields.body.trim(),
    kind: chosenKind(fields),
    harm: fields.harm,
    hidden: fields.hidden.join(" "),
  }).toString();
  const asked = useRef("");
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks the same question again
  useEffect(() => {
    if (question === asked.current || question === nothingAsked) return;
    const asks = new AbortController();
    const timer = setTimeout(async () => {
      asked.current = question;
      setAsking("asking");
      try {
        const answer = await ask(question, asks.signal);
        setHelp((before) => (held && before ? { ...before, goes: answer.goes } : answer));
        setAsking("idle");
      } catch {
        if (!asks.signal.aborted) setAsking("failed");
        asked.current = "";
      }
    }, askAfterMs);
    return () => {
      clearTimeout(timer);
      asks.abort();
    };
  }, [question, held, round]);
  const resting = help?.similar === "resting";
  useEffect(() => {
    if (!resting || asking === "asking") return;
    const timer = setTimeout(() => {
      asked.current = "";
      setRound((before) => before + 1);
    }, askAgainAfterMs);
    return () => clearTimeout(timer);
  }, [resting, asking]);
  return { help, asking };
}

const nothingAsked = new URLSearchParams({ about: "", body: "", kind: "", harm: "", hidden: "" }).toString();

async function ask(question: string, signal: AbortSignal): Promise<RaiseHelp> {
  const response = await fetch("/issues/similar", { method: "POST", body: new URLSearchParams(question), signal });
  const isAnswer = response.ok && response.headers.get("Content-Type")?.includes("application/json");
  if (!isAnswer) throw new Error("no help was answered");
  const answer: RaiseHelp = await response.json();
  return answer;
}
