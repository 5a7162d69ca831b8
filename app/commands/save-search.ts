import { z } from "zod";
import { mostSavedSearches, type StoredSearch } from "../domain/find-ports";
import { asksForSomething, type FindQuery, readFindQuery, writeFindQuery } from "../domain/find-query";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { checkInput, checkTexts, requiredText } from "./check-input";

const longestName = 60;
const yes = z.union([z.boolean(), z.enum(["yes", "no", "on"]).transform((value) => value !== "no")]);

export const saveSearchSchema = z.object({
  /** One of theirs, to be changed; without it a new one. */
  id: z.string().max(40).optional(),
  name: requiredText(longestName, "Give this search a name"),
  /** The part of the search's address after `?`. */
  query: z.string().max(8_000).default(""),
  tells: yes.default(false),
});

/**
 * Keeps a search under a name, or changes one that is kept. What it finds now is nothing new; with `tells`, its owner is
 * told of issues that come to match from now on. The same search kept again is the one that is there.
 */
export async function saveSearch(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ search: string }>> {
  const checked = checkInput(saveSearchSchema, input);
  if (!checked.ok) return checked;
  const { id, name, tells } = checked.value;
  const query = readFindQuery(new URLSearchParams(checked.value.query));
  if (!asksForSomething(query))
    return refused({
      kind: "invalid",
      fields: [{ field: "query", message: "Search for something before you save it" }],
    });
  const texts = checkTexts({ name, query: query.text }, []);
  if (!texts.ok) return texts;
  const kept = await ports.searches.list(actor.person);
  const before = kept.find((each) => (id ? each.id === id : addressOf(each.query) === addressOf(query)));
  if (id && !before) return refused({ kind: "not-found" });
  const search: Omit<StoredSearch, "known"> = {
    id: before?.id ?? ports.newId(),
    person: actor.person,
    name,
    query,
    tells,
    savedAt: ports.now(),
  };
  const known = tells ? await ports.foundNow(actor.person, query) : "too-many";
  if ((await ports.searches.put({ ...search, known })) === "too-many")
    return refused({
      kind: "invalid",
      fields: [{ field: "name", message: `You keep ${mostSavedSearches} searches: delete one first` }],
    });
  return done({ search: search.id });
}

function addressOf(query: FindQuery): string {
  return writeFindQuery(query).toString();
}
