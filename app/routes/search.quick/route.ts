import type { LoaderFunctionArgs } from "@remix-run/node";
import type { QuickView } from "../../components/search-hit-view";
import { readFindText } from "../../domain/find-query";
import { findIdentifiers } from "../../domain/identifiers";
import type { Actor } from "../../domain/person";
import { quickView } from "../../web/hit-view";
import type { Board } from "../../web/load-context";
import { requireActor } from "../../web/require-actor";

/** A few of each kind while somebody types in the palette; before that, the searches they have kept. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const text = readFindText(new URL(request.url).searchParams.get("q") ?? "");
  return Response.json(await answer(context.board, actor, text), { headers: { "Cache-Control": "no-store" } });
}

async function answer(board: Board, actor: Actor, text: string): Promise<QuickView> {
  if (text === "") return quickView({ groups: [], by: "engine" }, await board.finder.saved.list(actor), board);
  // Nothing is kept under a patient's number: it is not looked for, and goes no further.
  if (findIdentifiers(text).length > 0) return quickView({ groups: [], by: "engine" }, [], board);
  return quickView(await board.finder.quick(actor, text), [], board);
}
