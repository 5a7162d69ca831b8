import { z } from "zod";
import { limits } from "../domain/issue";
import { may } from "../domain/permission";
import { type Actor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { changeIssue, whyNot } from "./change-issue";
import { checkInput, checkTexts, declaredSchema, referenceSchema, requiredText } from "./check-input";

export const joinIssueSchema = z.object({
  issue: referenceSchema,
  context: requiredText(limits.context, "Add a line on how it shows at your organisation"),
  declared: declaredSchema,
});

/** "Us too": the actor's organisation joins the issue with a line of its own context. Each organisation once. */
export async function joinIssue(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(joinIssueSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, context } = checked.value;
  const declared = checkTexts({ context }, checked.value.declared);
  if (!declared.ok) return declared;
  // Asked to read only, so that who has joined already is told that, and not that they may not.
  return changeIssue(ports, actor, { reference, action: "read" }, (issue, now) => {
    const organisation = actor.organisation;
    const already = issue.joined.some((each) => each.organisation === organisation) || issue.raisedFor === organisation;
    if (already) return refused({ kind: "already-done", what: "Your organisation is already part of this issue" });
    if (organisation === undefined || !may(actor, "join", issue)) return refused(whyNot(actor, "join", issue));
    const id = ports.newId();
    return done({
      set: {
        joined: [...issue.joined, { id, by: authorOf(actor), organisation, context, at: now }],
        followers: [...new Set([...issue.followers, actor.person])],
        declared: [...issue.declared, ...declared.value],
      },
      happened: [{ type: "issue-joined", joining: id, organisation }],
      value: { reference: issue.reference },
    });
  });
}
