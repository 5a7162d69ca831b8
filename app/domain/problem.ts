import type { IdentifierFind } from "./identifiers";
import type { IssueState } from "./issue";

/** What a person can meet. `app/web` alone turns a problem into an HTTP status and words. */
export type Problem =
  | { kind: "not-signed-in" }
  /** Missing and forbidden look the same. */
  | { kind: "not-found" }
  | { kind: "not-allowed"; action: string }
  /** One entry per field: `{ field, message }`, the message in plain English saying what to do. */
  | { kind: "invalid"; fields: readonly FieldProblem[] }
  /** A text holds something that looks like a patient identifier. */
  | { kind: "identifier"; field: string; finds: readonly IdentifierFind[] }
  /** Somebody else changed the issue first: whose change it was and what the issue is now. */
  | { kind: "out-of-date"; state: IssueState; version: number; byName: string; at: Date; what: string }
  /** The issue is in a state in which this cannot be done. */
  | { kind: "wrong-state"; state: IssueState; wanted: string }
  | { kind: "already-done"; what: string };

export interface FieldProblem {
  field: string;
  message: string;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}
