import { useFetcher, useLocation, useRevalidator } from "@remix-run/react";
import { useCallback, useRef, useState } from "react";
import { useThemesChanged } from "../../realtime/client/use-live";
import { type ThemeQuery, writeThemeQuery } from "../domain/theme-query";
import { counted } from "../domain/theme-words";

interface ThemeNewsProps {
  query: ThemeQuery;
  /** Of the view that is shown. */
  version: number;
  onShow: () => void;
}

/** "3 new reports: show them". Nothing re-sorts under somebody's hand until they ask. */
export function ThemeNews({ query, version, onShow }: ThemeNewsProps) {
  const { load, data } = useFetcher<{ count: number; since: number }>({ key: "theme-news" });
  const asking = new URLSearchParams([...writeThemeQuery(query), ["since", String(version)]]).toString();
  useThemesChanged(useCallback(() => load(`/themes/since?${asking}`), [load, asking]));
  const fresh = data?.since === version ? data.count : 0;
  return (
    <div className="ct-news" role="status">
      {fresh > 0 ? (
        <button type="button" className="ct-filter is-on" onClick={onShow}>
          {counted(fresh, "new report")}: show {fresh === 1 ? "it" : "them"}
        </button>
      ) : null}
    </div>
  );
}

/** What was loaded when the person came, or asked for news: loaders run again for other reasons too. */
export function useHeldView<T>(loaded: T): { shown: T; show: () => void } {
  const { key } = useLocation();
  const { revalidate } = useRevalidator();
  const asked = useRef(false);
  const [held, setHeld] = useState({ key, loaded });
  let shown = held.loaded;
  if (held.key !== key || (asked.current && held.loaded !== loaded)) {
    asked.current = false;
    shown = loaded;
    setHeld({ key, loaded });
  }
  const show = useCallback(() => {
    asked.current = true;
    revalidate();
  }, [revalidate]);
  return { shown, show };
}
