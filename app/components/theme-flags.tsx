import type { ThemeRow } from "../domain/theme-views";

type Flagged = Pick<ThemeRow, "oneVoice" | "isThanks" | "isConfirmed" | "isPinned"> & { emerging: unknown };

/** What a theme is marked with, in words. */
export function ThemeFlags({ row }: { row: Flagged }) {
  return (
    <>
      {row.emerging ? <span className="ct-flag ct-flag--emerging">◆ Emerging</span> : null}
      {row.oneVoice ? <span className="ct-flag ct-flag--one">One voice</span> : null}
      {row.isThanks ? <span className="ct-flag">Thanks</span> : null}
      {row.isPinned ? <span className="ct-flag">Pinned</span> : null}
      {row.isConfirmed ? <span className="ct-flag">Confirmed</span> : null}
    </>
  );
}
