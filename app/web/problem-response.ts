import { data } from "@remix-run/node";
import type { Problem } from "../domain/problem";
import { problemStatus, problemWords } from "./problem-words";
import { toSignIn } from "./require-actor";

/** The same page for what is missing and for what may not be seen. */
export function notFound(): Response {
  return new Response(null, { status: 404, statusText: "Not found" });
}

/**
 * Turns a problem into an answer. Nobody signed in goes to the sign-in page and missing things to the "not found" page,
 * by throwing; everything else is data for the page, which shows it at its field and keeps what was typed.
 */
export function problemResponse(problem: Problem, request: Request) {
  if (problem.kind === "not-signed-in") throw toSignIn(request);
  if (problem.kind === "not-found") throw notFound();
  return data({ problem, message: problemWords(problem) }, { status: problemStatus(problem) });
}
