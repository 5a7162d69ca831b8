export interface CsvRow {
  /** Line of the file on which the row begins, counted from 1. */
  line: number;
  cells: string[];
}

/**
 * Rows of a comma-separated file as RFC 4180 writes it: quoted cells may hold commas, quotes and line ends. Empty
 * lines are passed over. Throws, naming file and line, where the quotes do not pair.
 */
export function readCsv(file: string, text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  const source = text.replace(/^\uFEFF/, "");
  let line = 1;
  let row: CsvRow = { line, cells: [] };
  while (cell.lastIndex < source.length || row.cells.length > 0) {
    const found = cell.exec(source);
    if (!found) throw new Error(`${file}, line ${line}: a quote is opened and not closed, or stands inside a cell.`);
    const [whole, quoted, plain, end] = found;
    row.cells.push((quoted?.replaceAll('""', '"') ?? plain ?? "").trim());
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ",") continue;
    if (row.cells.some((each) => each !== "")) rows.push(row);
    row = { line, cells: [] };
    if (cell.lastIndex >= source.length) break;
  }
  return rows;
}

export interface NamedRow {
  line: number;
  /** The cell under this heading, empty when the row is short. */
  cell(heading: string): string;
}

/**
 * Rows of a file whose first line names its columns. Each wanted column may have had several names over the years;
 * it is asked for by the first.
 */
export function readNamedCsv(
  file: string,
  text: string,
  wanted: readonly (readonly [string, ...string[]])[],
): NamedRow[] {
  const [heading, ...rows] = readCsv(file, text);
  const places = new Map<string, number>();
  for (const names of wanted) {
    const place = heading?.cells.findIndex((cell) => names.includes(cell)) ?? -1;
    if (place < 0) throw new Error(`${file}, line 1: no column ${names.join(" or ")}. Is this the right file?`);
    places.set(names[0], place);
  }
  return rows.map(({ line, cells }) => ({ line, cell: (name) => cells[places.get(name) ?? -1] ?? "" }));
}
