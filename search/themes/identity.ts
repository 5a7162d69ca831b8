/** Shares of common issues under which two groups are not the same theme any more. */
const sameFrom = 0.3;

/**
 * Which of the groups found now is which of those known before: pairs by the share of their common issues (Jaccard,
 * among issues that both analyses saw), the most alike first, each side once, none under 0.3. Returns the known name of
 * each group that has one.
 */
export function identify(
  found: readonly (readonly string[])[],
  before: ReadonlyMap<string, string>,
): Map<number, string> {
  const sizes = new Map<string, number>();
  const seenNow = new Set(found.flat());
  for (const [issue, name] of before) if (seenNow.has(issue)) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const pairs = found.flatMap((issues, group) => {
    const known = issues.flatMap((issue) => before.get(issue) ?? []);
    const common = new Map<string, number>();
    for (const name of known) common.set(name, (common.get(name) ?? 0) + 1);
    // Issues without a theme before could have joined any: they count as new, not as against.
    return [...common].map(([name, both]) => ({
      group,
      name,
      alike: both / (known.length + (sizes.get(name) ?? 0) - both),
    }));
  });
  pairs.sort((a, b) => b.alike - a.alike || a.group - b.group || (a.name < b.name ? -1 : 1));
  const names = new Map<number, string>();
  const taken = new Set<string>();
  for (const { group, name, alike } of pairs) {
    if (alike < sameFrom || names.has(group) || taken.has(name)) continue;
    names.set(group, name);
    taken.add(name);
  }
  return names;
}
