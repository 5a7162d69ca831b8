import { readNamedCsv } from "./csv";
import { isoDate } from "./dates";
import { readingName } from "./reading-name";
import type { RowProblem } from "./row-problem";

export interface Network {
  code: string;
  name: string;
}

export interface NetworksRead {
  /** Primary care network by practice code. */
  ofPractice: Map<string, Network>;
  problems: RowProblem[];
  dates: Set<string>;
}

/** Reads the mapping file that comes with the list sizes: which primary care network a practice belongs to. */
export function readNetworks(file: string, text: string, practices: ReadonlySet<string>): NetworksRead {
  const read: NetworksRead = { ofPractice: new Map(), problems: [], dates: new Set() };
  const rows = readNamedCsv(file, text, [["PRACTICE_CODE"], ["EXTRACT_DATE"], ["PCN_CODE"], ["PCN_NAME"]]);
  for (const { line, cell } of rows) {
    if (!practices.has(cell("PRACTICE_CODE"))) continue;
    const code = cell("PCN_CODE");
    // The file writes U for a practice that has joined no network.
    if (code === "U") continue;
    const at = isoDate(cell("EXTRACT_DATE"));
    if (!/^U\d{5}$/.test(code) || !cell("PCN_NAME")) {
      const what = `"${code}" with the name "${cell("PCN_NAME")}" is not a primary care network.`;
      read.problems.push({ file, line, what, todo: "PCN_CODE wants U and five digits, PCN_NAME a name." });
    } else if (!at) {
      const what = `"${cell("EXTRACT_DATE")}" is not a date.`;
      read.problems.push({ file, line, what, todo: "EXTRACT_DATE wants 2026-04-01 or 01APR2026." });
    } else {
      read.ofPractice.set(cell("PRACTICE_CODE"), { code, name: readingName(cell("PCN_NAME")) });
      read.dates.add(at);
    }
  }
  return read;
}
