import type { LoaderFunctionArgs } from "@remix-run/node";
import { notFound } from "../../web/not-found";
import { requireActor } from "../../web/require-actor";
import { columnView, knownQuery } from "../issues._index/read-board";

/** The next page of one column, for "Show more". */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const params = new URL(request.url).searchParams;
  const query = knownQuery(params, context.board);
  const cursor = params.get("cursor")?.slice(0, 500);
  if (!query.state || !cursor) throw notFound();
  return columnView(await context.board.reader.column(actor, query, query.state, cursor), context.board);
}
