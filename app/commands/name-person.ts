import { z } from "zod";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { changeIssue } from "./change-issue";
import { checkInput, referenceSchema } from "./check-input";

export const namePersonSchema = z.object({
  issue: referenceSchema,
  person: z.string({ required_error: "Choose a person" }).min(1, "Choose a person").max(80),
});

/** Lets one more person know of the issue and work on it, whatever organisation they are in. */
export async function namePerson(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(namePersonSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, person: id } = checked.value;
  return changeIssue(ports, actor, { reference, action: "name-person" }, (issue) => {
    const person = ports.directory.person(id);
    if (!person) return refused({ kind: "invalid", fields: [{ field: "person", message: "Choose a person" }] });
    if (issue.namedPeople.includes(id))
      return refused({ kind: "already-done", what: `${person.name} is already here` });
    return done({
      set: {
        namedPeople: [...issue.namedPeople, id],
        followers: [...new Set([...issue.followers, id])],
      },
      happened: [{ type: "person-named", person: id }],
      value: { reference: issue.reference },
    });
  });
}
