import { readCsv } from "./csv";
import { isoDate } from "./dates";
import { isPostcode, type RowProblem } from "./row-problem";

/** An active GP practice as the register has it. */
export interface RegisteredPractice {
  file: string;
  line: number;
  code: string;
  officialName: string;
  subIcb: string;
  postcode: string;
}

export interface PracticesRead {
  practices: RegisteredPractice[];
  problems: RowProblem[];
  /** How many rows were left out, by reason. */
  leftOut: { elsewhere: number; notGpPractice: number; notActive: number };
  newestDate: string | undefined;
}

const columns = 27;
const statuses = new Map([
  ["A", "active"],
  ["ACTIVE", "active"],
  ["C", "closed"],
  ["INACTIVE", "closed"],
  ["D", "dormant"],
  ["DORMANT", "dormant"],
  ["P", "proposed"],
  ["PROPOSED", "proposed"],
]);
/** Prescribing setting of a GP practice: a number until 2025, a role id since. */
const gpPractice = new Set(["4", "RO76"]);

/**
 * Reads `epraccur`, in the older format (status `A`, setting `4`) or the newer (`ACTIVE`, `RO76`): 27 columns, no
 * headings. Keeps the active GP practices whose commissioner is one of `subIcbs`; faults in rows of other areas are
 * none of ours.
 */
export function readPractices(file: string, text: string, subIcbs: ReadonlySet<string>): PracticesRead {
  const read: PracticesRead = {
    practices: [],
    problems: [],
    leftOut: { elsewhere: 0, notGpPractice: 0, notActive: 0 },
    newestDate: undefined,
  };
  for (const { line, cells } of readCsv(file, text)) {
    if (cells.length !== columns) {
      const what = `${cells.length} columns where epraccur has ${columns}.`;
      read.problems.push({ file, line, what, todo: "Restore the row from the register; look for a stray comma." });
      continue;
    }
    readRow(read, file, line, cells, subIcbs);
  }
  return read;
}

function readRow(
  read: PracticesRead,
  file: string,
  line: number,
  cells: readonly string[],
  subIcbs: ReadonlySet<string>,
): void {
  const cell = (column: number) => cells[column - 1] ?? "";
  const subIcb = cell(15);
  if (!subIcbs.has(subIcb)) {
    read.leftOut.elsewhere += 1;
    return;
  }
  read.newestDate = newest([read.newestDate, ...[11, 12, 16, 17].map((column) => isoDate(cell(column)))]);
  const status = statuses.get(cell(13));
  const setting = cell(26);
  const refuse = (what: string, todo: string) => read.problems.push({ file, line, what, todo });

  if (!/^(\d{1,2}|RO\d+)$/.test(setting)) {
    refuse(`Prescribing setting "${setting}" is not known.`, "Column 26 wants 4 or RO76 for a GP practice.");
  } else if (!status) {
    refuse(
      `Status "${cell(13)}" is not known.`,
      "Column 13 wants ACTIVE, INACTIVE, DORMANT or PROPOSED (or A, C, D, P).",
    );
  } else if (!gpPractice.has(setting)) {
    read.leftOut.notGpPractice += 1;
  } else if (status !== "active") {
    read.leftOut.notActive += 1;
  } else if (!/^[A-Z]\d{5}$/.test(cell(1))) {
    refuse(`"${cell(1)}" is not a practice code.`, "Column 1 wants a letter and five digits.");
  } else if (!cell(2)) {
    refuse("The practice has no name.", "Fill column 2.");
  } else if (!isPostcode(cell(10))) {
    refuse(`"${cell(10)}" is not a postcode.`, "Column 10 wants a full postcode with its space.");
  } else {
    read.practices.push({ file, line, code: cell(1), officialName: cell(2), subIcb, postcode: cell(10) });
  }
}

function newest(dates: readonly (string | undefined)[]): string | undefined {
  return dates
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);
}
