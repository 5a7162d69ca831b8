/** Filters in the board's address, each as its own parameter. */
export type FilterName =
  | "mine"
  | "org"
  | "place"
  | "trust"
  | "category"
  | "state"
  | "overdue"
  | "view"
  | "q"
  | "show"
  | "cursor";

const filterNames: readonly FilterName[] = ["mine", "org", "place", "trust", "category", "state", "overdue"];

/**
 * The board's address with some parameters set, or taken out with null. A page further on belongs to one list only, so
 * the cursor never outlives a change.
 */
export function boardLink(params: URLSearchParams, change: Partial<Record<FilterName, string | null>>): string {
  const next = new URLSearchParams(params);
  next.delete("cursor");
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined) next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text ? `/issues?${text}` : "/issues";
}

/** What a new search keeps: the filters, not the text, the view or the page. */
export function keptFilters(params: URLSearchParams): [string, string][] {
  return filterNames.flatMap((name): [string, string][] => {
    const value = params.get(name);
    return value ? [[name, value]] : [];
  });
}

/** Whether any filter is on. */
export function isFiltered(params: URLSearchParams): boolean {
  return filterNames.some((name) => params.has(name));
}

/** The same board without filters, in the same view, with the same text. */
export function clearedLink(params: URLSearchParams): string {
  return boardLink(params, Object.fromEntries([...filterNames, "show"].map((name) => [name, null])));
}
