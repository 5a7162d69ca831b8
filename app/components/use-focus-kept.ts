import { useEffect } from "react";

/** Parts of a page that can stand in for something that went. */
const parts = "section, article, form, aside, main";

/**
 * Keeps the focus in its place when what had it goes: a button that was pressed and is of no more use, a form that was
 * sent. It then lies on the nearest part of the page that is still there, and Tab goes on from it.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let around: Element[] = [];
    const remember = (event: FocusEvent) => {
      around = event.target instanceof Element ? [event.target, ...ancestors(event.target)] : [];
    };
    const watcher = new MutationObserver(() => {
      if (document.activeElement !== document.body || !around[0] || around[0].isConnected) return;
      const stays = around.find((each) => each.isConnected && each.matches(parts));
      if (!(stays instanceof HTMLElement)) return;
      if (!stays.hasAttribute("tabindex")) stays.tabIndex = -1;
      stays.focus({ preventScroll: true });
    });
    document.addEventListener("focusin", remember);
    watcher.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", remember);
      watcher.disconnect();
    };
  }, []);
}

function ancestors(element: Element): Element[] {
  const parent = element.parentElement;
  return parent ? [parent, ...ancestors(parent)] : [];
}
