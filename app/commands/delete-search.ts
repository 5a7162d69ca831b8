import { z } from "zod";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { checkInput } from "./check-input";

export const deleteSearchSchema = z.object({ id: z.string().max(40) });

/** Takes a saved search away: from then on it tells nobody of anything. */
export async function deleteSearch(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ search: string }>> {
  const checked = checkInput(deleteSearchSchema, input);
  if (!checked.ok) return checked;
  const { id } = checked.value;
  return (await ports.searches.remove(actor.person, id)) ? done({ search: id }) : refused({ kind: "not-found" });
}
