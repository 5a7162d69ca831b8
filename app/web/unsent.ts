import { isRouteErrorResponse } from "@remix-run/react";
import { problemWords } from "./problem-words";

/** Why a form did not get through. The page stays as it is, with what was typed. */
export type Unsent = "lost" | "signed-out";

export const unsentWords: Readonly<Record<Unsent, string>> = {
  lost: "This was not sent: there is no connection. Your words are kept here. Try again when you are back.",
  "signed-out": problemWords({ kind: "not-signed-in" }),
};

/**
 * What a page's own action answers then: an error of the server that could not be reached, or what it said. Either keeps
 * the router from loading the page again, which could not be done.
 */
export const unsentStatus: Readonly<Record<Unsent, number>> = { lost: 503, "signed-out": 401 };

/**
 * What the server answered, or why it took nothing. Without this a form sent while offline or signed out would end on an
 * error page, without its words.
 */
export async function answerOrUnsent<Answer extends object | null>(
  ask: () => Promise<Answer>,
): Promise<Answer | Unsent> {
  try {
    return await ask();
  } catch (error) {
    // A request that got no answer at all rejects with a TypeError (Fetch Standard, 4.1); answers are thrown as they are.
    if (error instanceof TypeError) return "lost";
    if (isRouteErrorResponse(error) && error.status === unsentStatus["signed-out"]) return "signed-out";
    throw error;
  }
}
