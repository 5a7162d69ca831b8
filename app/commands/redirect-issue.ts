import { z } from "zod";
import { clockWhenRaised } from "../domain/clock";
import { limits } from "../domain/issue";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { changeIssue } from "./change-issue";
import { checkInput, checkTexts, declaredSchema, referenceSchema, requiredText, versionSchema } from "./check-input";

export const redirectIssueSchema = z.object({
  issue: referenceSchema,
  version: versionSchema,
  post: z.string({ required_error: "Choose who should have this" }).min(1, "Choose who should have this").max(80),
  reason: requiredText(limits.reason, "Say why it belongs there"),
  declared: declaredSchema,
});

/** Hands the issue to another post, in any organisation. It is new again there, with a clock of its own. */
export async function redirectIssue(
  ports: Ports,
  actor: Actor,
  input: unknown,
): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(redirectIssueSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, version, reason } = checked.value;
  const declared = checkTexts({ reason }, checked.value.declared);
  if (!declared.ok) return declared;
  return changeIssue(ports, actor, { reference, version, action: "redirect" }, (issue, now) => {
    const post = ports.directory.post(checked.value.post);
    const invalid = (message: string) => refused({ kind: "invalid", fields: [{ field: "post", message }] });
    if (!post) return invalid("Choose who should have this");
    if (post.id === issue.owner.post) return invalid("This post already owns it: choose another");
    if (ports.directory.holders(post.id, now).length === 0)
      return invalid("Nobody holds this post today: choose another");
    return done({
      set: {
        owner: { post: post.id, organisation: post.organisation, since: now, why: `because ${actor.name} sent it on` },
        state: "new",
        stateSince: now,
        clock: clockWhenRaised(issue.harm, now),
        followers: [...new Set([...issue.followers, actor.person])],
        declared: [...issue.declared, ...declared.value],
        ...(issue.outcome ? { pastOutcomes: [...issue.pastOutcomes, issue.outcome] } : {}),
      },
      unset: ["waitsForInvitation", "outcome"],
      happened: [{ type: "issue-redirected", from: issue.owner.post, to: post.id, reason }],
      value: { reference: issue.reference },
    });
  });
}
