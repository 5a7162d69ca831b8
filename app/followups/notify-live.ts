import type { Directory } from "../domain/directory";
import type { Issue, Reply } from "../domain/issue";
import { organisationKey, personKey } from "../domain/permission";
import { type FollowUp, type FollowUpPorts, oneByOne } from "./follow-up";

/** Tells open screens that an issue is at a new version: only those who may see what changed, and never what it was. */
export function notifyLive(
  ports: Pick<FollowUpPorts, "issues" | "replies" | "notifier" | "directory" | "now">,
): FollowUp {
  return oneByOne(async ({ event, issue: id }) => {
    const issue = await ports.issues.unfiltered(id);
    if (!issue) return;
    const reply = event.type === "reply-posted" ? await ports.replies.unfiltered(event.reply) : undefined;
    if (reply === null) return;
    ports.notifier.issueChanged({
      id,
      reference: issue.reference,
      version: issue.version,
      audience: reply ? audienceOfReply(issue, reply, ports.directory, ports.now()) : issue.audience,
    });
    if (event.type === "duplicate-marked" || event.type === "duplicate-unmarked") await notifyOriginal(ports, event.of);
  });
}

/** The thread of the original shows its duplicates, though nothing of the original itself has changed. */
async function notifyOriginal({ issues, notifier }: Pick<FollowUpPorts, "issues" | "notifier">, id: string) {
  const original = await issues.unfiltered(id);
  if (!original) return;
  const { reference, version, audience } = original;
  notifier.issueChanged({ id, reference, version, audience });
}

/** An internal note is heard of in its own organisation only, and there only by those who may know of the issue. */
function audienceOfReply(issue: Issue, reply: Reply, directory: Directory, now: Date): readonly string[] {
  if (reply.audience.kind === "shared") return issue.audience;
  const { organisation } = reply.audience;
  const own = organisationKey(organisation);
  if (issue.visibility === "system" || issue.audience.includes(own)) return [own];
  return issue.namedPeople
    .filter((person) => directory.postsHeldBy(person, now).some((post) => post.organisation === organisation))
    .map(personKey);
}
