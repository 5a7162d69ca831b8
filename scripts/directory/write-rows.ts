/**
 * JSON with one line for each row of each list, so that a change of one row is one line of a diff, and everything else
 * on a line of its own.
 */
export function writeRows(json: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(json).map(([key, value]) => {
    if (!Array.isArray(value)) return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    const rows = value.map((row) => `    ${JSON.stringify(row)}`);
    return `  ${JSON.stringify(key)}: [\n${rows.join(",\n")}\n  ]`;
  });
  return `{\n${parts.join(",\n")}\n}\n`;
}
