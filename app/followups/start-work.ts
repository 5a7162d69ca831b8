import { type FollowUp, type FollowUpPorts, oneByOne } from "./follow-up";

/** A shared reply makes its writer follow the issue, and the owning side's first one takes it into work. */
export function startWork({ replies, unattended }: Pick<FollowUpPorts, "replies" | "unattended">): FollowUp {
  return oneByOne(async ({ event, issue }) => {
    if (event.type !== "reply-posted") return;
    const reply = await replies.unfiltered(event.reply);
    if (reply?.audience.kind === "shared") await unattended.startWork(issue, reply.by);
  });
}
