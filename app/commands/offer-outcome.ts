import { z } from "zod";
import { clockFrom } from "../domain/clock";
import { limits } from "../domain/issue";
import { sideOf } from "../domain/permission";
import { type Actor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome } from "../domain/problem";
import { changeIssue } from "./change-issue";
import { checkInput, checkTexts, declaredSchema, referenceSchema, requiredText, versionSchema } from "./check-input";

export const offerOutcomeSchema = z.object({
  issue: referenceSchema,
  version: versionSchema,
  changed: requiredText(limits.outcome, "Say what has changed, or will from when"),
  forWhom: requiredText(limits.forWhom, "Say for whom it changes"),
  declared: declaredSchema,
});

/** Offers an outcome: what changed, for whom. The offering side has agreed; the other side is asked. */
export async function offerOutcome(
  ports: Ports,
  actor: Actor,
  input: unknown,
): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(offerOutcomeSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, version, changed, forWhom } = checked.value;
  const declared = checkTexts({ changed, forWhom }, checked.value.declared);
  if (!declared.ok) return declared;
  return changeIssue(ports, actor, { reference, version, action: "offer-outcome" }, (issue, now) => {
    const id = ports.newId();
    const side = sideOf(actor, issue) === "raising" ? "raising" : "owning";
    return done({
      set: {
        state: "outcome-offered",
        stateSince: now,
        clock: clockFrom("answer-outcome", now),
        outcome: { id, changed, forWhom, by: authorOf(actor), side, at: now, answers: [] },
        ...(issue.outcome ? { pastOutcomes: [...issue.pastOutcomes, issue.outcome] } : {}),
        followers: [...new Set([...issue.followers, actor.person])],
        declared: [...issue.declared, ...declared.value],
      },
      happened: [{ type: "outcome-offered", offer: id }],
      value: { reference: issue.reference },
    });
  });
}
