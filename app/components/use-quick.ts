import { useEffect, useState } from "react";
import { findIdentifiers } from "../domain/identifiers";
import type { QuickView } from "./search-hit-view";

/** After the last keystroke. */
const askAfterMs = 90;

export interface Quick {
  /** The latest answer there is: that of an earlier text while a newer one is asked, so that nothing flickers. */
  view: QuickView | null;
  /** The text it answers. */
  of: string;
  state: "idle" | "asking" | "failed" | "identifier";
}

const nothing: Quick = { view: null, of: "", state: "idle" };

/** What a text finds, a few of each kind. A newer question gives up the older one. */
export function useQuick(text: string): Quick {
  const asked = text.trim();
  const [quick, setQuick] = useState(nothing);
  useEffect(() => {
    if (asked === "") return setQuick(nothing);
    if (findIdentifiers(asked).length > 0) return setQuick({ ...nothing, state: "identifier" });
    const asks = new AbortController();
    setQuick((before) => ({ ...before, state: "asking" }));
    const timer = setTimeout(async () => {
      try {
        const view = await ask(asked, asks.signal);
        setQuick({ view, of: asked, state: "idle" });
      } catch {
        if (!asks.signal.aborted) setQuick({ ...nothing, state: "failed" });
      }
    }, askAfterMs);
    return () => {
      clearTimeout(timer);
      asks.abort();
    };
  }, [asked]);
  return quick;
}

/** The searches this person has kept, asked for once. None where they cannot be had: the palette works without. */
export function useSavedSearches(): QuickView["saved"] {
  const [saved, setSaved] = useState<QuickView["saved"]>([]);
  useEffect(() => {
    const asks = new AbortController();
    ask("", asks.signal).then(
      (view) => setSaved(view.saved),
      () => {},
    );
    return () => asks.abort();
  }, []);
  return saved;
}

async function ask(text: string, signal: AbortSignal): Promise<QuickView> {
  const response = await fetch(`/search/quick?${new URLSearchParams({ q: text })}`, { signal });
  const isAnswer = response.ok && response.headers.get("Content-Type")?.includes("application/json");
  if (!isAnswer) throw new Error("nothing was answered");
  const view: QuickView = await response.json();
  return view;
}
