import { useLocation } from "@remix-run/react";
import { useCallback, useMemo, useRef, useState } from "react";
import { useLiveBoard } from "../../../realtime/client/use-live";
import type { IssueView } from "../../components/issue-view";
import type { BoardData } from "./read-board";

/**
 * The board as it was when the person came or asked for news. Loaders run again for other reasons too (a notice came
 * in): nothing moves under somebody's hand because of that. What changed is marked, new issues wait to be shown.
 */
export function useHeldBoard(loaded: BoardData) {
  const { key } = useLocation();
  const asked = useRef(false);
  const [held, setHeld] = useState({ key, data: loaded, loaded });
  let data = held.data;
  if (held.key !== key || (asked.current && held.loaded !== loaded)) {
    asked.current = false;
    data = loaded;
    setHeld({ key, data, loaded });
  }
  const [added, setAdded] = useState<{ to: BoardData; items: readonly IssueView[] }>({ to: data, items: [] });
  const more = added.to === data ? added.items : [];
  const shown = useMemo(() => [...issuesOf(data), ...more], [data, more]);
  const live = useLiveBoard(shown);
  const { show } = live;
  const refresh = useCallback(() => {
    asked.current = true;
    show();
  }, [show]);
  const addShown = useCallback(
    (items: readonly IssueView[]) =>
      setAdded((before) => ({ to: data, items: before.to === data ? [...before.items, ...items] : items })),
    [data],
  );
  return { data, live, refresh, addShown };
}

function issuesOf(data: BoardData): readonly IssueView[] {
  return data.list.kind === "columns"
    ? data.list.columns.flatMap((column) => column.items)
    : data.list.hits.map((hit) => hit.issue);
}
