import type { Author } from "../domain/issue";
import type { Ports } from "../domain/ports";
import { changeUnattended } from "./change-issue";

/** How the product signs what it does by itself. */
export const byTheClock: Author = { person: "system", name: "Common Thread", title: "by the clock" };

/** An offered outcome nobody answered within its working days resolves as "not confirmed". Once. */
export async function confirmBySilence(ports: Ports, issueId: string): Promise<void> {
  await changeUnattended(ports, issueId, byTheClock, (issue, now) => {
    if (issue.state !== "outcome-offered" || !issue.clock || issue.clock.dueAt >= now) return undefined;
    return {
      set: { state: "resolved", stateSince: now, closedAt: now, resolution: "not-confirmed" },
      unset: ["clock"],
      happened: [{ type: "issue-resolved", resolution: "not-confirmed" }],
      value: undefined,
    };
  });
}
