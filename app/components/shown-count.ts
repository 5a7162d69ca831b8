/** Counts stop here, as the board's do. */
const stopsAt = 500;

/** "38", or "500+" where counting stopped. */
export function shownCount(count: number): string {
  return count > stopsAt ? `${stopsAt}+` : String(count);
}
