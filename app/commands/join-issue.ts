import { z } from "zod";
import { limits } from "../domain/issue";
import { may } from "../domain/permission";
import { type Actor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { changeIssue, whyNot } from "./change-issue";
import { checkInput, checkTexts, declaredSchema, formIdSchema, referenceSchema, requiredText } from "./check-input";
import { judgePair, judgeWhileWriting } from "./judge-likeness";

export const joinIssueSchema = z.object({
  issue: referenceSchema,
  context: requiredText(limits.context, "Add a line on how it shows at your organisation"),
  declared: declaredSchema,
  /** The draft it was shown beside, which is given up for it: its form's id and text. The text is not kept. */
  draft: formIdSchema,
  text: z.string().max(limits.body).catch(""),
  service: z.string().max(60).optional().catch(undefined),
  /** Reference of the issue on whose thread it was shown. */
  like: referenceSchema.optional().catch(undefined),
});

/**
 * "Us too": the actor's organisation joins the issue with a line of its own context. Each organisation once. Where the
 * issue was shown as like another, or like a draft, this says that the two are the same.
 */
export async function joinIssue(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(joinIssueSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, context } = checked.value;
  const declared = checkTexts({ context }, checked.value.declared);
  if (!declared.ok) return declared;
  // Asked to read only, so that who has joined already is told that, and not that they may not.
  const joined = await changeIssue(ports, actor, { reference, action: "read" }, (issue, now) => {
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
  if (joined.ok) await keepSameness(ports, actor, checked.value);
  return joined;
}

async function keepSameness(
  ports: Ports,
  actor: Actor,
  { issue: reference, draft, text, service, like }: z.output<typeof joinIssueSchema>,
): Promise<void> {
  if (draft) await judgeWhileWriting(ports, actor, { draft, text, service, verdict: "same" }, [reference]);
  if (!like) return;
  const [issue, shownOn] = [
    await ports.issues.byReference(actor, reference),
    await ports.issues.byReference(actor, like),
  ];
  if (issue && shownOn && issue.id !== shownOn.id) await judgePair(ports, actor, issue, shownOn, "same");
}
