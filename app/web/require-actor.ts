import { type AppLoadContext, redirect } from "@remix-run/node";
import type { Actor } from "../domain/person";
import { type LabelOf, typedBackResponse } from "./typed-back";

/** The signed-in actor. Nobody signed in: to the sign-in page, and back here afterwards. */
export function requireActor(context: AppLoadContext, request: Request): Actor {
  if (context.actor) return context.actor;
  throw toSignIn(request);
}

/** The signed-in actor, and the form they sent. Nobody signed in: what they typed goes back to them, and nothing else. */
export async function requireSender(
  context: AppLoadContext,
  request: Request,
  labelOf: LabelOf,
): Promise<{ actor: Actor; form: FormData }> {
  const form = await request.formData();
  if (context.actor) return { actor: context.actor, form };
  throw typedBackResponse(form, labelOf);
}

/** Addresses that answer parts of pages: nobody can go on to one of these. */
const partsOfPages: ReadonlySet<string> = new Set([
  "/issues/column",
  "/issues/services",
  "/issues/similar",
  "/search/quick",
  "/themes/dots",
  "/themes/since",
]);

/** A redirect to the sign-in page that remembers where the person was going, or the page they sent something from. */
export function toSignIn(request: Request): Response {
  const url = new URL(request.url);
  const isPage = request.method === "GET" && !partsOfPages.has(url.pathname);
  const back = isPage ? url.pathname + url.search : pageBefore(request);
  return redirect(back === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ to: back })}`);
}

/** Our own pages name themselves as the referrer to each other, and to nobody else. */
function pageBefore(request: Request): string {
  const referrer = request.headers.get("Referer") ?? "";
  if (!URL.canParse(referrer)) return "/";
  const { host, pathname, search } = new URL(referrer);
  return host === new URL(request.url).host ? pathOfOurs(pathname + search) : "/";
}

/** A path of our own to go on to, from what a form or an address says. Anything else becomes the home page. */
export function pathOfOurs(wanted: FormDataEntryValue | null): string {
  if (typeof wanted !== "string" || wanted.length > 500) return "/";
  // One slash and then a path: `//host` and `/\host` would leave the site.
  return /^\/(?![/\\])[!-~]*$/.test(wanted) ? wanted : "/";
}
