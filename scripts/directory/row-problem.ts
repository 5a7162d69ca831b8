/** A row the importer cannot use: where it is, what is wrong, and what to do about it. */
export interface RowProblem {
  file: string;
  line: number;
  what: string;
  todo: string;
}

export function inWords({ file, line, what, todo }: RowProblem): string {
  return `${file}, line ${line}: ${what} ${todo}`;
}

/** Something to know about that is no fault: a count of rows left out, a fact that is missing. */
export type Remark = string;

const postcodePattern = /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/;

export function isPostcode(text: string): boolean {
  return postcodePattern.test(text);
}
