import { useFetcher } from "@remix-run/react";
import { type MouseEvent, useEffect, useRef, useState } from "react";
import type { loader } from "./route";
import type { LineView } from "./thread-view";
import { type WholeLine, withEarlier, withLatest } from "./whole-line";

interface ShownLine extends WholeLine {
  busy: boolean;
  showEarlier(event: MouseEvent): void;
}

/** The page's part of the line, with what came before it as far as it was asked for. */
export function useWholeLine(reference: string, line: LineView): ShownLine {
  const fetcher = useFetcher<typeof loader>();
  const [seen, setSeen] = useState<WholeLine>(line);
  const shownLine = useRef(line);
  const loaded = fetcher.data?.view.line;
  const shownPage = useRef(loaded);
  useEffect(() => {
    if (shownLine.current === line) return;
    shownLine.current = line;
    setSeen((before) => (line.past ? line : withLatest(before, line)));
  }, [line]);
  useEffect(() => {
    if (!loaded || shownPage.current === loaded) return;
    shownPage.current = loaded;
    setSeen((before) => (before.earlier === null ? before : withEarlier(before, loaded)));
  }, [loaded]);
  return {
    ...seen,
    busy: fetcher.state === "loading" && fetcher.data?.view.line === shownPage.current,
    showEarlier(event) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || !seen.earlier) return;
      event.preventDefault();
      fetcher.load(`/issues/${reference}${seen.earlier}`);
    },
  };
}
