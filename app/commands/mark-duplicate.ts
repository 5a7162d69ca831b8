import { z } from "zod";
import { duplicateEvents } from "../domain/event";
import { type Actor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { changeIssue } from "./change-issue";
import { checkInput, referenceSchema, versionSchema } from "./check-input";
import { findOriginal, leadsTo } from "./find-original";
import { judgePair } from "./judge-likeness";

const chooseOriginal = "Choose the issue it is a duplicate of, or write its reference";

export const markDuplicateSchema = z.object({
  issue: referenceSchema,
  version: versionSchema,
  /** Reference of the original. */
  of: z
    .string({ required_error: chooseOriginal, invalid_type_error: chooseOriginal })
    .trim()
    .toUpperCase()
    .min(1, chooseOriginal)
    .max(20, chooseOriginal),
});

/**
 * Records that an issue is the same as another one. Both keep their state, clock and thread; the other shows it among its
 * duplicates to those who may read it. A duplicate of a duplicate is one of its original; there are no circles.
 */
export async function markDuplicate(
  ports: Ports,
  actor: Actor,
  input: unknown,
): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(markDuplicateSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, version } = checked.value;
  const invalid = (message: string) => refused({ kind: "invalid", fields: [{ field: "of", message }] });
  const named = await ports.issues.byReference(actor, checked.value.of);
  if (!named) return invalid("There is no such issue, or you cannot see it");
  const duplicate = await ports.issues.byReference(actor, reference);
  const isCircle = duplicate !== null && (await leadsTo(ports.issues, named, duplicate.id));
  const original = await findOriginal(ports.issues, named);
  const request = { reference, version, action: "mark-duplicate", conflicts: duplicateEvents } as const;
  const marked = await changeIssue(ports, actor, request, (issue, now) => {
    if (issue.id === named.id) return invalid("An issue is no duplicate of itself: choose another");
    if (isCircle) return invalid(`${named.reference} is recorded as a duplicate of this one: take that back first`);
    if (issue.duplicateOf?.issue === original.id)
      return refused({ kind: "already-done", what: "It is recorded as a duplicate of that issue already" });
    return done({
      set: { duplicateOf: { issue: original.id, by: authorOf(actor), at: now } },
      happened: [{ type: "duplicate-marked", of: original.id }],
      value: { reference: issue.reference },
    });
  });
  if (marked.ok && duplicate) await judgePair(ports, actor, duplicate, named, "same");
  return marked;
}
