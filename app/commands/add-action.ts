import { z } from "zod";
import { limits } from "../domain/issue";
import { mayRead } from "../domain/permission";
import { type Actor, actorFor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { londonDay } from "../domain/working-days";
import { changeIssue } from "./change-issue";
import { checkInput, checkTexts, declaredSchema, referenceSchema, requiredText } from "./check-input";

const giveADay = "Give a day it is due by, such as 2026-11-27";

export const addActionSchema = z.object({
  issue: referenceSchema,
  text: requiredText(limits.action, "Say what is to be done"),
  owner: z.string({ required_error: "Choose who will do it" }).min(1, "Choose who will do it").max(80),
  dueOn: z
    .string({ required_error: giveADay })
    .regex(/^\d{4}-\d{2}-\d{2}$/, giveADay)
    .refine(isCalendarDay, giveADay),
  declared: declaredSchema,
});

/** Adds a thing to be done, by whom and by when. */
export async function addAction(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ action: string }>> {
  const checked = checkInput(addActionSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, text, owner, dueOn } = checked.value;
  const declared = checkTexts({ text }, checked.value.declared);
  if (!declared.ok) return declared;
  return changeIssue(ports, actor, { reference, action: "add-action" }, (issue, now) => {
    const person = ports.directory.person(owner);
    const theirs = person && actorFor(ports.directory, person.id, undefined, now);
    if (!person || !theirs || !mayRead(theirs, issue))
      return refused({ kind: "invalid", fields: [{ field: "owner", message: "Choose who will do it" }] });
    if (dueOn < londonDay(now))
      return refused({ kind: "invalid", fields: [{ field: "dueOn", message: "Give today or a later day" }] });
    const id = ports.newId();
    const action = { id, text, owner: { person: person.id, name: person.name }, dueOn, by: authorOf(actor), at: now };
    return done({
      set: {
        actions: [...issue.actions, action],
        followers: [...new Set([...issue.followers, actor.person, person.id])],
        declared: [...issue.declared, ...declared.value],
      },
      happened: [{ type: "action-added", action: id }],
      value: { action: id },
    });
  });
}

function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T12:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
