import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { readThemeQuery } from "../../domain/theme-query";
import { requireActor } from "../../web/require-actor";

/** How many reports came since a page was loaded, among what the viewer may know of and the filters let through. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const params = new URL(request.url).searchParams;
  const version = Number(params.get("since"));
  const asked = Number.isFinite(version) && version >= 0 ? version : 0;
  const count = await context.board.themes.newSince(actor, readThemeQuery(params), asked);
  return data({ count, since: asked }, { headers: { "Cache-Control": "private, no-store" } });
}
