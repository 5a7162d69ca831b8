import { clockFrom } from "../domain/clock";
import type { Author } from "../domain/issue";
import type { Ports } from "../domain/ports";
import { changeUnattended } from "./change-issue";

/**
 * After a shared reply: its writer follows the issue, and the first one from the owning side takes an issue that is new
 * or accepted into work. Running twice changes nothing more.
 */
export async function startWork(ports: Ports, issueId: string, author: Author): Promise<void> {
  await changeUnattended(ports, issueId, author, (issue, now) => {
    const follows = issue.followers.includes(author.person);
    const owning = author.organisation === issue.owner.organisation && author.organisation !== issue.raisedFor;
    const starts = owning && (issue.state === "new" || issue.state === "accepted");
    if (follows && !starts) return undefined;
    return {
      set: {
        followers: [...new Set([...issue.followers, author.person])],
        ...(starts
          ? { state: "in-progress" as const, stateSince: now, clock: clockFrom("resolve", issue.raisedAt) }
          : {}),
      },
      happened: starts ? [{ type: "work-started" }] : [],
      value: undefined,
    };
  });
}
