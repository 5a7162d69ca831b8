import { z } from "zod";
import { type Actor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { changeIssue } from "./change-issue";
import { checkInput, referenceSchema } from "./check-input";

export const completeActionSchema = z.object({ issue: referenceSchema, action: z.string().max(40) });

/** Marks an action as done, by whom and when. */
export async function completeAction(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ action: string }>> {
  const checked = checkInput(completeActionSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, action: id } = checked.value;
  return changeIssue(ports, actor, { reference, action: "complete-action" }, (issue, now) => {
    const action = issue.actions.find((each) => each.id === id);
    if (!action) return refused({ kind: "not-found" });
    if (action.done) return refused({ kind: "already-done", what: `${action.done.by.name} already marked it done` });
    const finished = { ...action, done: { by: authorOf(actor), at: now } };
    return done({
      set: { actions: issue.actions.map((each) => (each.id === id ? finished : each)) },
      happened: [{ type: "action-completed", action: id }],
      value: { action: id },
    });
  });
}
