import { type AppLoadContext, redirect } from "@remix-run/node";
import type { Actor } from "../domain/person";

/** The signed-in actor. Nobody signed in: to the sign-in page, and back here afterwards. */
export function requireActor(context: AppLoadContext, request: Request): Actor {
  if (context.actor) return context.actor;
  throw toSignIn(request);
}

/** A redirect to the sign-in page that remembers where the person was going, if it was a page. */
export function toSignIn(request: Request): Response {
  const url = new URL(request.url);
  const back = request.method === "GET" ? url.pathname + url.search : "/";
  return redirect(back === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ to: back })}`);
}

/** A path of our own to go on to, from what a form or an address says. Anything else becomes the home page. */
export function pathOfOurs(wanted: FormDataEntryValue | null): string {
  if (typeof wanted !== "string" || wanted.length > 500) return "/";
  // One slash and then a path: `//host` and `/\host` would leave the site.
  return /^\/(?![/\\])[!-~]*$/.test(wanted) ? wanted : "/";
}
