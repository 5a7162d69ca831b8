import { z } from "zod";
import type { ReplyEvent } from "../domain/event";
import { limits, type Reply } from "../domain/issue";
import { may } from "../domain/permission";
import { type Actor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { checkInput, checkTexts, declaredSchema, formIdSchema, referenceSchema, requiredText } from "./check-input";

export const postReplySchema = z.object({
  id: formIdSchema,
  issue: referenceSchema,
  text: requiredText(limits.reply, "Write your reply"),
  audience: z.enum(["shared", "internal"], { errorMap: () => ({ message: "Choose who sees this" }) }),
  declared: declaredSchema,
});

/** Posts a reply that both sides see, or an internal note that only the writer's organisation sees. */
export async function postReply(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ reply: string }>> {
  const checked = checkInput(postReplySchema, input);
  if (!checked.ok) return checked;
  const { text, audience } = checked.value;
  const declared = checkTexts({ text }, checked.value.declared);
  if (!declared.ok) return declared;
  const issue = await ports.issues.byReference(actor, checked.value.issue);
  if (!issue) return refused({ kind: "not-found" });
  const action = audience === "internal" ? "reply-internally" : "reply";
  if (!may(actor, action, issue)) return refused({ kind: "not-allowed", action });
  const reply: Reply = {
    id: checked.value.id ?? ports.newId(),
    issue: issue.id,
    by: authorOf(actor),
    at: ports.now(),
    text,
    audience:
      audience === "internal" && actor.organisation !== undefined
        ? { kind: "organisation", organisation: actor.organisation }
        : { kind: "shared" },
    declared: declared.value,
  };
  return store(ports, reply);
}

/**
 * The same form sent twice is the same reply. With other words it is another one: somebody who heard no answer may have
 * gone on writing before they sent it again, and nothing they wrote may be lost.
 */
async function store(ports: Ports, reply: Reply): Promise<Outcome<{ reply: string }>> {
  const { by, at, id } = reply;
  const posted: ReplyEvent = { type: "reply-posted", id: ports.newId(), at, by, reply: id };
  if ((await ports.replies.insert(reply, [posted])) === "inserted") ports.wakeFollowUps();
  else if (!sameReply(await ports.replies.unfiltered(id), reply)) return store(ports, { ...reply, id: ports.newId() });
  return done({ reply: id });
}

function sameReply(stored: Reply | null, sent: Reply): boolean {
  return (
    stored?.text === sent.text &&
    stored.issue === sent.issue &&
    stored.by.person === sent.by.person &&
    stored.audience.kind === sent.audience.kind
  );
}
