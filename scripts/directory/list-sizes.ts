import { readNamedCsv } from "./csv";
import { isoDate } from "./dates";
import type { RowProblem } from "./row-problem";

export interface ListSize {
  patients: number;
  /** The day they were counted, an ISO date. */
  at: string;
}

export interface ListSizesRead {
  sizes: Map<string, ListSize>;
  problems: RowProblem[];
  dates: Set<string>;
}

/**
 * Reads "Patients registered at a GP practice" (one row per practice, all ages and both sexes), as published until
 * 2022 (`CCG_CODE`, `01JAN2021`) and since (`SUB_ICB_LOCATION_CODE`, `2026-04-01`). Only rows of `subIcbs` or of
 * `practices` are ours: a practice can have changed its area since the count.
 */
export function readListSizes(
  file: string,
  text: string,
  subIcbs: ReadonlySet<string>,
  practices: ReadonlySet<string>,
): ListSizesRead {
  const read: ListSizesRead = { sizes: new Map(), problems: [], dates: new Set() };
  const rows = readNamedCsv(file, text, [
    ["CODE"],
    ["EXTRACT_DATE"],
    ["NUMBER_OF_PATIENTS"],
    ["SEX"],
    ["AGE"],
    ["SUB_ICB_LOCATION_CODE", "CCG_CODE"],
  ]);
  for (const { line, cell } of rows) {
    if (cell("SEX") !== "ALL" || cell("AGE") !== "ALL") continue;
    if (!subIcbs.has(cell("SUB_ICB_LOCATION_CODE")) && !practices.has(cell("CODE"))) continue;
    const at = isoDate(cell("EXTRACT_DATE"));
    const patients = Number(cell("NUMBER_OF_PATIENTS"));
    if (!at) {
      const what = `"${cell("EXTRACT_DATE")}" is not a date.`;
      read.problems.push({ file, line, what, todo: "EXTRACT_DATE wants 2026-04-01 or 01APR2026." });
    } else if (!Number.isSafeInteger(patients) || patients <= 0) {
      const what = `"${cell("NUMBER_OF_PATIENTS")}" is not a number of patients.`;
      read.problems.push({ file, line, what, todo: "NUMBER_OF_PATIENTS wants a whole number above 0." });
    } else {
      read.sizes.set(cell("CODE"), { patients, at });
      read.dates.add(at);
    }
  }
  return read;
}
