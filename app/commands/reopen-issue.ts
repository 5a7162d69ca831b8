import { z } from "zod";
import { clockFrom } from "../domain/clock";
import { limits } from "../domain/issue";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome } from "../domain/problem";
import { changeIssue } from "./change-issue";
import { checkInput, checkTexts, declaredSchema, referenceSchema, requiredText, versionSchema } from "./check-input";

export const reopenIssueSchema = z.object({
  issue: referenceSchema,
  version: versionSchema,
  reason: requiredText(limits.reason, "Say what brings it back"),
  declared: declaredSchema,
});

/** Takes a resolved or declined issue back into work, with a reason. */
export async function reopenIssue(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(reopenIssueSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, version, reason } = checked.value;
  const declared = checkTexts({ reason }, checked.value.declared);
  if (!declared.ok) return declared;
  return changeIssue(ports, actor, { reference, version, action: "reopen" }, (issue, now) =>
    done({
      set: {
        state: "in-progress",
        stateSince: now,
        clock: clockFrom("resolve", now),
        ...(issue.outcome ? { pastOutcomes: [...issue.pastOutcomes, issue.outcome] } : {}),
        followers: [...new Set([...issue.followers, actor.person])],
        declared: [...issue.declared, ...declared.value],
      },
      unset: ["closedAt", "resolution", "declinedWhy", "outcome"],
      happened: [{ type: "issue-reopened", reason }],
      value: { reference: issue.reference },
    }),
  );
}
