import { useFetcher } from "@remix-run/react";
import { type MouseEvent, useEffect, useState } from "react";
import type { loader } from "./route";
import type { LineItem, LineView } from "./thread-view";

interface WholeLine {
  items: LineItem[];
  earlier: string | null;
  busy: boolean;
  showEarlier(event: MouseEvent): void;
}

/**
 * The page's part of the line with what came before it, as far as it was asked for. What was once shown stays, also when
 * newer replies push it out of the latest page.
 */
export function useWholeLine(reference: string, line: LineView): WholeLine {
  const fetcher = useFetcher<typeof loader>();
  const [before, setBefore] = useState<{ items: LineItem[]; earlier: string | null } | null>(null);
  const loaded = fetcher.data?.view.line;
  useEffect(() => {
    if (!loaded) return;
    setBefore((known) => ({
      items: merge(loaded.items.slice(1), known?.items ?? []),
      earlier: known && oldest(known.items) < oldest(loaded.items.slice(1)) ? known.earlier : loaded.earlier,
    }));
  }, [loaded]);
  useEffect(() => {
    setBefore((known) => known && { ...known, items: merge(known.items, line.items.slice(1)) });
  }, [line]);
  const [raised, ...latest] = line.items;
  const earlier = before ? before.earlier : line.earlier;
  const shown = before ? merge(before.items, latest) : latest;
  return {
    items: raised ? [raised, ...shown] : shown,
    earlier,
    busy: fetcher.state !== "idle",
    showEarlier(event) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || !earlier) return;
      event.preventDefault();
      fetcher.load(`/issues/${reference}${earlier}`);
    },
  };
}

/** Both, each item once and in the order of time; the newer copy of an item counts. Where the new begins stays put. */
function merge(older: readonly LineItem[], newer: readonly LineItem[]): LineItem[] {
  const fresh = new Map(newer.map((each) => [each.key, each]));
  const kept = older.filter((each) => each.kind !== "new" && !fresh.has(each.key));
  const first = newer.find((each) => each.kind !== "new");
  const start = first?.at ?? "";
  return [...kept.filter((each) => each.kind !== "new" && (start === "" || each.at <= start)), ...newer];
}

function oldest(items: readonly LineItem[]): string {
  const first = items.find((each) => each.kind !== "new");
  return first?.at ?? "";
}
