import { z } from "zod";
import { duplicateEvents } from "../domain/event";
import { limits } from "../domain/issue";
import { pairOf } from "../domain/likeness";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { changeIssue } from "./change-issue";
import { checkInput, checkTexts, declaredSchema, referenceSchema, requiredText, versionSchema } from "./check-input";

export const unmarkDuplicateSchema = z.object({
  issue: referenceSchema,
  version: versionSchema,
  reason: requiredText(limits.reason, "Say why it is an issue of its own"),
  declared: declaredSchema,
});

/** Takes back that an issue is a duplicate, with a reason. Where the actor may not know of the original, there is none. */
export async function unmarkDuplicate(
  ports: Ports,
  actor: Actor,
  input: unknown,
): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(unmarkDuplicateSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, version, reason } = checked.value;
  const declared = checkTexts({ reason }, checked.value.declared);
  if (!declared.ok) return declared;
  const marked = await ports.issues.byReference(actor, reference);
  const original = marked?.duplicateOf ? await ports.issues.byId(actor, marked.duplicateOf.issue) : null;
  const request = { reference, version, action: "mark-duplicate", conflicts: duplicateEvents } as const;
  const unmarked = await changeIssue(ports, actor, request, (issue) => {
    const of = issue.duplicateOf?.issue;
    if (of === undefined || of !== original?.id)
      return refused({ kind: "already-done", what: "It is not recorded as a duplicate" });
    return done({
      set: { declared: [...issue.declared, ...declared.value] },
      unset: ["duplicateOf"],
      happened: [{ type: "duplicate-unmarked", of, reason }],
      value: { id: issue.id, of, reference: issue.reference },
    });
  });
  if (!unmarked.ok) return unmarked;
  const { id, of } = unmarked.value;
  await ports.likeness.withdraw(pairOf(id, of), actor.person);
  return done({ reference: unmarked.value.reference });
}
