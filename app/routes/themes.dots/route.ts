import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { issuesBehind, readThemeQuery } from "../../domain/theme-query";
import { requireActor } from "../../web/require-actor";

/** Longer than anybody types into the map. */
const mostTyped = 200;

/**
 * The issues behind the dots of the map, in its order; with words (`q`), also which dots hold them. Asked for once
 * somebody looks closely: the page itself does not carry it.
 */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const params = new URL(request.url).searchParams;
  const query = readThemeQuery(params);
  const text = params.get("q")?.trim().slice(0, mostTyped) ?? "";
  const { themes, finder } = context.board;
  const map = await themes.map(actor, query);
  const references = map.dots.map((dot) => dot.reference ?? null);
  let found: number[] | null = null;
  if (text && !map.marksWithheld) {
    const { summaries } = await finder.export(actor, { ...issuesBehind(query), text });
    const ids = new Set(summaries.map(({ id }) => id));
    found = map.dots.flatMap((dot, at) => (ids.has(dot.id) ? [at] : []));
  }
  const answer = { version: map.version, references, text, found };
  return data(answer, { headers: { "Cache-Control": "private, no-store" } });
}
