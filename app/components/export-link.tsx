import { type ThemeQuery, writeThemeQuery } from "../domain/theme-query";

/** Tables of theme pages that are to be had as files. */
export const exportedTables = [
  "practices-raise",
  "trusts-raise",
  "theme-places",
  "theme-practices",
  "theme-over-time",
  "places",
  "flow",
  "balance",
  "quiet",
] as const;
export type ExportedTable = (typeof exportedTables)[number];

interface ExportLinkProps {
  table: ExportedTable;
  query: Partial<ThemeQuery>;
  children: string;
}

/** A table as a file for a spreadsheet: what the page shows, no more. Works without scripts. */
export function ExportLink({ table, query, children }: ExportLinkProps) {
  const params = writeThemeQuery(query);
  params.set("table", table);
  return (
    <a href={`/themes/export?${params}`} download>
      {children}
    </a>
  );
}
