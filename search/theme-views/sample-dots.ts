/** A dot that could be drawn. */
export interface Candidate {
  /** Row of the issue. */
  issue: number;
  /** Number of its theme; -1 for none. */
  theme: number;
  /** Inside the filter. */
  matches: boolean;
  /** Decides who goes first: follows from the issue's id, so that the same dots are drawn every day. */
  order: number;
}

/**
 * At most `most` of them. Dots inside the filter go first; what room they leave is shared by the themes in proportion,
 * and where there are too many inside it, so is theirs. No theme that has any is left without a dot.
 */
export function sampleDots(candidates: readonly Candidate[], most: number): Candidate[] {
  if (candidates.length <= most) return [...candidates];
  const inside = candidates.filter((each) => each.matches);
  if (inside.length > most) return shared(inside, most);
  const outside = candidates.filter((each) => !each.matches);
  return [...inside, ...shared(outside, most - inside.length)];
}

/** By largest remainder (Hamilton): quotas sum to `most` and none is off by one or more. */
function shared(candidates: readonly Candidate[], most: number): Candidate[] {
  const byTheme = new Map<number, Candidate[]>();
  for (const each of candidates) {
    const theme = byTheme.get(each.theme);
    if (theme) theme.push(each);
    else byTheme.set(each.theme, [each]);
  }
  const quotas = [...byTheme].map(([theme, dots]) => {
    const exact = (dots.length * most) / candidates.length;
    return { theme, dots, quota: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let left = most - quotas.reduce((sum, { quota }) => sum + quota, 0);
  // A theme with no whole dot of its own comes before a larger remainder.
  const isWithout = ({ quota }: { quota: number }) => Number(quota === 0);
  quotas.sort((a, b) => isWithout(b) - isWithout(a) || b.rest - a.rest || a.theme - b.theme);
  for (const each of quotas) if (left-- > 0) each.quota++;
  return quotas.flatMap(({ dots, quota }) =>
    dots.sort((a, b) => a.order - b.order || a.issue - b.issue).slice(0, quota),
  );
}

/** A number that looks random and follows from the text (FNV-1a). */
export function orderOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
