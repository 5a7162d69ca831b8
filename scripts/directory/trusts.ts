import { readCsv } from "./csv";
import { dayAfter, isoDate } from "./dates";
import { readingName } from "./reading-name";
import { isPostcode, type RowProblem } from "./row-problem";

/** A trust as the register has it. */
export interface RegisteredTrust {
  file: string;
  line: number;
  code: string;
  name: string;
  postcode: string;
  /** First day on which it no longer exists. */
  closedAt?: string;
}

/** Reads `etr`, which has the layout of `epraccur` with fewer columns filled. */
export function readTrusts(file: string, text: string): { trusts: RegisteredTrust[]; problems: RowProblem[] } {
  const trusts: RegisteredTrust[] = [];
  const problems: RowProblem[] = [];
  for (const { line, cells } of readCsv(file, text)) {
    const [code = "", name = ""] = cells;
    const [postcode = "", , closes = ""] = cells.slice(9);
    const lastDay = isoDate(closes);
    if (cells.length < 12 || !/^[A-Z0-9]{3}$/.test(code) || !name || !isPostcode(postcode)) {
      const what = "A trust needs a code of three characters, a name and a postcode.";
      problems.push({ file, line, what, todo: "Put columns 1, 2 and 10 right." });
    } else if (closes && !lastDay) {
      problems.push({ file, line, what: `"${closes}" is not a date.`, todo: "Column 12 wants 20260331." });
    } else {
      const trust = { file, line, code, name: readingName(name), postcode };
      trusts.push(lastDay ? { ...trust, closedAt: dayAfter(lastDay) } : trust);
    }
  }
  return { trusts, problems };
}
