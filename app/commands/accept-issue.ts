import { z } from "zod";
import { clockFrom } from "../domain/clock";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome } from "../domain/problem";
import { changeIssue } from "./change-issue";
import { checkInput, referenceSchema, versionSchema } from "./check-input";

export const acceptIssueSchema = z.object({ issue: referenceSchema, version: versionSchema });

/** The owner's side says it will work on this. The next clock is its first reply. */
export async function acceptIssue(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(acceptIssueSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, version } = checked.value;
  return changeIssue(ports, actor, { reference, version, action: "accept" }, (issue, now) =>
    done({
      set: {
        state: "accepted",
        stateSince: now,
        clock: clockFrom("first-reply", issue.raisedAt),
        followers: [...new Set([...issue.followers, actor.person])],
      },
      happened: [{ type: "issue-accepted" }],
      value: { reference: issue.reference },
    }),
  );
}
