import type { LineItem, LineView } from "./thread-view";

/** All of the line that has been on the page: its items, and where what came before them begins. */
export type WholeLine = Pick<LineView, "items" | "earlier">;

/**
 * The line after the page was loaded again: what was once shown stays, also when newer replies push it out of the latest
 * page. Where so much came at once that something between is missing, the latest page alone is shown.
 */
export function withLatest(seen: WholeLine, latest: WholeLine): WholeLine {
  const [, ...shown] = seen.items;
  const [raised, ...items] = latest.items;
  const known = new Set(shown.map((each) => each.key));
  const touches = latest.earlier === null || items.some((each) => each.kind !== "new" && known.has(each.key));
  if (!raised || !touches) return latest;
  const kept = before(shown, items);
  return { items: [raised, ...kept, ...items], earlier: kept.length > 0 ? seen.earlier : latest.earlier };
}

/** The line with the page before it. */
export function withEarlier(seen: WholeLine, page: WholeLine): WholeLine {
  const [raised, ...shown] = seen.items;
  const [, ...items] = page.items;
  if (!raised) return seen;
  return { items: [raised, ...before(items, shown), ...shown], earlier: page.earlier };
}

/** Those of the older items that are not among the newer ones and stand before them. */
function before(older: readonly LineItem[], newer: readonly LineItem[]): LineItem[] {
  const keys = new Set(newer.map((each) => each.key));
  const first = newer.find((each) => each.kind !== "new")?.at;
  return older.filter(
    (each) => each.kind !== "new" && !keys.has(each.key) && (first === undefined || each.at <= first),
  );
}
