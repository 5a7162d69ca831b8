/**
 * Rows as a file for a spreadsheet: UTF-8 with its mark, so that Excel reads it as such; every cell quoted; and no cell
 * that a spreadsheet would take for a formula. Such a cell gets an apostrophe before it, as OWASP advises.
 */
export function csvFile(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;
}

/** Signs with which a formula begins, in the widths in which spreadsheets know them. A sign may stand after blanks. */
const formula = /^[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

function csvCell(text: string): string {
  const plain = text.replace(/\p{Surrogate}/gu, "\ufffd").replaceAll("\0", "\ufffd");
  const safe = formula.test(plain) ? `'${plain}` : plain;
  return `"${safe.replaceAll('"', '""')}"`;
}
