import { z } from "zod";
import { limits } from "../domain/issue";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome } from "../domain/problem";
import { changeIssue } from "./change-issue";
import { checkInput, checkTexts, declaredSchema, referenceSchema, requiredText, versionSchema } from "./check-input";

export const declineIssueSchema = z.object({
  issue: referenceSchema,
  version: versionSchema,
  reason: requiredText(limits.reason, "Say why, and where it belongs instead"),
  declared: declaredSchema,
});

/** The owner's side says it will not work on this, and why. Those who raised it can reopen it. */
export async function declineIssue(
  ports: Ports,
  actor: Actor,
  input: unknown,
): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(declineIssueSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, version, reason } = checked.value;
  const declared = checkTexts({ reason }, checked.value.declared);
  if (!declared.ok) return declared;
  return changeIssue(ports, actor, { reference, version, action: "decline" }, (issue, now) =>
    done({
      set: {
        state: "declined",
        stateSince: now,
        closedAt: now,
        declinedWhy: reason,
        declared: [...issue.declared, ...declared.value],
      },
      unset: ["clock"],
      happened: [{ type: "issue-declined", reason }],
      value: { reference: issue.reference },
    }),
  );
}
