import { useNavigate } from "@remix-run/react";
import { useKeys } from "./keys";
import { usePalette } from "./palette-provider";

/** The keys that work on every page. */
export function FrameKeys({ mayRaise }: { mayRaise: boolean }) {
  const navigate = useNavigate();
  const palette = usePalette();
  useKeys([
    { key: "/", does: "Search", run: () => focusSearch(palette.open) },
    ...(mayRaise ? [{ key: "c", does: "Raise an issue", run: () => navigate("/issues/new") }] : []),
    { key: "g h", does: "Go home", run: () => navigate("/") },
    { key: "g b", does: "Go to the board", run: () => navigate("/issues") },
    { key: "g i", does: "Go to the inbox", run: () => navigate("/inbox") },
    { key: "g s", does: "Go to search", run: () => navigate("/search") },
  ]);
  return null;
}

/** Into the page's own search box; where it has none in sight, to the palette. */
function focusSearch(elsewhere: () => void) {
  const box = document.querySelector<HTMLInputElement>("[data-search]");
  if (!box?.offsetParent) return elsewhere();
  box.focus();
  box.select();
}
