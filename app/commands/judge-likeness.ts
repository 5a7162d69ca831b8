import { z } from "zod";
import type { Issue } from "../domain/issue";
import { type Judgement, pairOf, type Shown, type Verdict, verdicts } from "../domain/likeness";
import { may, mayWrite } from "../domain/permission";
import { type Actor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { checkInput, referenceSchema } from "./check-input";

export const judgeLikenessSchema = z.object({
  issue: referenceSchema,
  /** Reference of the one it was shown with. */
  other: referenceSchema,
  verdict: z.enum([...verdicts, "none"], { errorMap: () => ({ message: "Say whether they are the same" }) }),
});

/**
 * Says of two issues that they are the same or not, in place of what the actor said of them before; `none` takes that
 * back. Both must be issues the actor may read: any other is answered as one that is not there.
 */
export async function judgeLikeness(
  ports: Ports,
  actor: Actor,
  input: unknown,
): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(judgeLikenessSchema, input);
  if (!checked.ok) return checked;
  const { verdict } = checked.value;
  const issue = await ports.issues.byReference(actor, checked.value.issue);
  const other = await ports.issues.byReference(actor, checked.value.other);
  if (!issue || !other || issue.id === other.id) return refused({ kind: "not-found" });
  if (!mayWrite(actor)) return refused({ kind: "not-allowed", action: "judge-likeness" });
  const value = done({ reference: issue.reference });
  if (verdict === "none") {
    await ports.likeness.withdraw(pairOf(issue.id, other.id), actor.person);
    return value;
  }
  await judgePair(ports, actor, issue, other, verdict);
  return value;
}

/** Keeps a verdict on two issues the actor may read. On the thread of one that they look after it counts for all. */
export async function judgePair(
  ports: Ports,
  actor: Actor,
  issue: Issue,
  other: Issue,
  verdict: Verdict,
): Promise<void> {
  const shown = await ports.likenessShown(actor, { issue: issue.id }, [other.id]);
  const decides = [issue, other].filter((each) => may(actor, "mark-duplicate", each)).map((each) => each.id);
  await keep(ports, actor, { issues: pairOf(issue.id, other.id), verdict, decides }, shown.get(other.id));
}

/** What was said in the composer, of issues shown beside a text: the text itself is not kept with it. */
export interface SaidWhileWriting {
  /** Id of the issue the text became, or of the draft that was given up for another issue. */
  draft: string;
  text: string;
  service?: string | undefined;
  verdict: Verdict;
}

/** Keeps a verdict on each of these issues. Of what the actor may not read nothing is kept, and nothing is said. */
export async function judgeWhileWriting(
  ports: Ports,
  actor: Actor,
  said: SaidWhileWriting,
  references: readonly string[],
): Promise<void> {
  const { draft, text, service, verdict } = said;
  const found = await Promise.all(references.map((reference) => ports.issues.byReference(actor, reference)));
  const others = found.flatMap((each) => (each && each.id !== draft ? [each.id] : []));
  if (others.length === 0) return;
  const shown = await ports.likenessShown(actor, { text, ...(service ? { service } : {}) }, others);
  for (const other of others)
    await keep(ports, actor, { issues: pairOf(draft, other), verdict, decides: [] }, shown.get(other));
}

function keep(
  ports: Ports,
  actor: Actor,
  judged: Pick<Judgement, "issues" | "verdict" | "decides">,
  shown: Shown | undefined,
): Promise<void> {
  return ports.likeness.put({ ...judged, by: authorOf(actor), at: ports.now(), ...(shown ? { shown } : {}) });
}
