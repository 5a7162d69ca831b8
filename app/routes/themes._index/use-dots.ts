import { useFetcher } from "@remix-run/react";
import { useMemo, useRef, useState } from "react";
import { type ThemeQuery, writeThemeQuery } from "../../domain/theme-query";
import type { loader } from "../themes.dots/route";

/** The issues behind the dots, asked for when first needed; and the dots that hold some words. */
export function useDots(query: ThemeQuery, version: number) {
  const behind = useFetcher<typeof loader>({ key: "theme-dots" });
  const words = useFetcher<typeof loader>({ key: "theme-words" });
  const [text, setText] = useState("");
  const asked = useRef("");
  const path = `/themes/dots?${writeThemeQuery(query)}`;
  const isSame = (data: { version: number } | undefined) => data?.version === version;
  const load = () => {
    if (asked.current === path + version) return;
    asked.current = path + version;
    behind.load(path);
  };
  const gather = (typed: string) => {
    const kept = typed.trim();
    setText(kept);
    if (kept) words.load(`${path}${path.endsWith("?") ? "" : "&"}${new URLSearchParams({ q: kept })}`);
  };
  const found = text && words.data?.text === text && isSame(words.data) ? words.data.found : null;
  const marked = useMemo(() => (found ? new Set(found) : null), [found]);
  const references: readonly (string | null)[] | null = isSame(behind.data) ? (behind.data?.references ?? null) : null;
  return {
    text,
    found: marked,
    isLoading: words.state === "loading",
    references,
    load,
    gather,
    forget: () => setText(""),
  };
}
