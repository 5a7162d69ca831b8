import type { LoaderFunctionArgs } from "@remix-run/node";
import { readBoardQuery } from "../../domain/board-query";
import { notFound } from "../../web/problem-response";
import { requireActor } from "../../web/require-actor";
import { columnView } from "../issues._index/read-board";

/** The next page of one column, for "Show more". */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const params = new URL(request.url).searchParams;
  const query = readBoardQuery(params);
  const cursor = params.get("cursor")?.slice(0, 500);
  if (!query.state || !cursor) throw notFound();
  return columnView(await context.board.reader.column(actor, query, query.state, cursor), context.board);
}
