import type { PlacesView } from "../../domain/theme-views";
import { moreMayBeBetter, type Said, whole, withheldWords } from "../../domain/theme-words";

type Rows = PlacesView["rows"];

/** Where a theme stands furthest above what chance allows: the two cells with the largest share over the whole. */
export function heatTitle(rows: Rows): string {
  if (rows.length === 0) return "Nothing to show by Place";
  const high = rows
    .flatMap((row) =>
      row.cells.flatMap((cell) => {
        if (cell.funnel !== "above" || !cell.rate || !row.whole) return [];
        return [{ theme: row.name, place: cell.name, times: cell.rate.per10000 / row.whole.per10000 }];
      }),
    )
    .sort((a, b) => b.times - a.times);
  const [first, second] = high;
  if (!first) return "No Place stands above what chance allows for any theme";
  if (!second) return `“${first.theme}” in ${first.place} stands above what chance allows`;
  return `“${first.theme}” in ${first.place} and “${second.theme}” in ${second.place} stand furthest above the average`;
}

/** What the cells show, how many are withheld, and what a dark one does not mean. */
export function heatSaid(rows: Rows): Said {
  const cells = rows.flatMap((row) => row.cells);
  const withheld = cells.filter((cell) => cell.reports.kind === "withheld").length;
  const hidden =
    withheld > 0
      ? ` ${whole(withheld)} of ${whole(cells.length)} cells are withheld: under 5 reports, or hidden so that such a cell cannot be worked out.`
      : "";
  return {
    says: `▲▼ lie outside the 99.8 % limits round the rate of all Places together.${hidden}`,
    notMeans: `A dark cell may be a Place that reports well: read the issues first. ${moreMayBeBetter}${withheld > 0 ? ` ${withheldWords.notMeans}` : ""}`,
  };
}
