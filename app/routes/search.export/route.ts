import type { LoaderFunctionArgs } from "@remix-run/node";
import { readFindQuery } from "../../domain/find-query";
import { findIdentifiers } from "../../domain/identifiers";
import { mayExport } from "../../domain/permission";
import { londonDay } from "../../domain/working-days";
import { csvFile } from "../../web/csv";
import { exportRows } from "../../web/export-rows";
import { notFound } from "../../web/not-found";
import { requireActor } from "../../web/require-actor";

/** The issues a search finds, as a file for a spreadsheet, for those who may export. Everyone else finds nothing here. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const { board } = context;
  const query = readFindQuery(new URL(request.url).searchParams);
  if (!mayExport(actor) || findIdentifiers(query.text).length > 0) throw notFound();
  const found = await board.finder.export(actor, query);
  return new Response(csvFile(exportRows(found, board.directory)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="common-thread-search-${londonDay(board.now())}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}
