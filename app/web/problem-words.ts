import { stateNames } from "../domain/issue";
import type { FieldProblem, Problem } from "../domain/problem";

/** The HTTP status of a problem. */
export function problemStatus(problem: Problem): number {
  switch (problem.kind) {
    case "not-signed-in":
      return 401;
    case "not-found":
      return 404;
    case "not-allowed":
      return 403;
    case "invalid":
    case "identifier":
      return 422;
    case "out-of-date":
    case "wrong-state":
    case "already-done":
      return 409;
  }
}

export const takeOutWords =
  "Take out the NHS number before you send, or say what else it is, in three characters or more";

/** What to tell the person, in plain English: what is the matter, and what to do. */
export function problemWords(problem: Problem): string {
  switch (problem.kind) {
    case "not-signed-in":
      return "You are signed out, so this was not sent. Your words are kept here: sign in again, then send them.";
    case "not-found":
      return "There is no such page, or you cannot see it.";
    case "not-allowed":
      return "Your role does not let you do this here. Ask the owner of the issue, or change the role you act in.";
    case "invalid":
      return problem.fields[0]?.message ?? "Something in the form is missing.";
    case "identifier":
      return takeOutWords;
    case "out-of-date":
      return `${problem.byName} ${problem.what} while you were writing. Look at what changed, then decide again.`;
    case "wrong-state":
      return `This issue is ${stateNames[problem.state].toLowerCase()} now, so this can no longer be done.`;
    case "already-done":
      return problem.what;
  }
}

/** Problems at their fields, for the error summary. Empty when the problem belongs to no field. */
export function fieldProblems(problem: Problem): readonly FieldProblem[] {
  if (problem.kind === "invalid") return problem.fields;
  if (problem.kind === "identifier") return [{ field: problem.field, message: problemWords(problem) }];
  return [];
}
