import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireActor } from "../../web/require-actor";
import { findAbout } from "./find-about";

/** How many choices a list that opens under a field can hold. */
const atMost = 8;

/** What an issue can be about, by part of a name: names of organisations and services only. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const text = (new URL(request.url).searchParams.get("q") ?? "").slice(0, 80);
  return { choices: findAbout(context.board.directory, text, actor, atMost) };
}
