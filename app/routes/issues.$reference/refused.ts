import { limits } from "../../domain/issue";
import type { FieldProblem, Problem } from "../../domain/problem";
import { fieldProblems, problemWords } from "../../web/problem-words";
import type { Typed } from "../../web/read-form";
import { dayWords, timeOfDay } from "../../web/time-words";
import { type Unsent, unsentWords } from "../../web/unsent";
import { fieldOf, type Verb } from "./verbs";

/** A form of the page that was refused: why, and everything that was typed in it. */
export interface Refused {
  verb: Verb;
  /** At their fields. */
  problems: FieldProblem[];
  /** Why, where it belongs to no field. */
  message: string | null;
  /** Somebody else was first. */
  conflict: { byName: string; what: string; when: string } | null;
  /** The words that were written, for the panel that offers to send them as a reply. */
  mine: string | null;
  typed: Typed;
  /** It did not get through: everything typed is still in its form. */
  unsent: Unsent | null;
}

export function refusedBy(verb: Verb, problem: Problem, typed: Typed, now: Date): Refused {
  const problems = fieldProblems(problem).map((each) => ({ ...each, field: fieldOf(verb, each.field) }));
  const stale = problem.kind === "out-of-date";
  return {
    verb,
    problems,
    message: problems.length > 0 || stale ? null : wordsFor(problem),
    conflict: stale ? { byName: problem.byName, what: problem.what, when: whenWords(problem.at, now) } : null,
    mine: wordsOf(verb, typed),
    typed,
    unsent: null,
  };
}

/** In words. What was wanted is a name of the code: the button one has just pressed says it better. */
function wordsFor(problem: Problem): string {
  return problemWords(problem);
}

/** Nothing is refused: the server could not be reached, or asked to sign in first. */
export function unsentOf(verb: Verb, unsent: Unsent): Refused {
  const typed: Typed = { fields: {}, declared: [] };
  return { verb, problems: [], message: unsentWords[unsent], conflict: null, mine: null, typed, unsent };
}

/** "at 10:44", "on Monday at 10:44". */
function whenWords(at: Date, now: Date): string {
  const day = dayWords(at, now);
  return day === "Today"
    ? `at ${timeOfDay(at)}`
    : `${day === "Yesterday" ? "yesterday" : `on ${day}`} at ${timeOfDay(at)}`;
}

/** Fields that hold what a person wrote, in the order they are read. */
const written = ["changed", "forWhom", "context", "text", "reason"];

function wordsOf(verb: Verb, { fields }: Typed): string | null {
  const words = written.map((field) => (fields[fieldOf(verb, field)] ?? "").trim()).filter((text) => text !== "");
  return words.length > 0 ? words.join("\n\n").slice(0, limits.reply) : null;
}
