import { audienceKeys } from "../../app/domain/permission";
import type { Actor } from "../../app/domain/person";
import { sightOf } from "../../app/domain/suppression";
import { type ThemeQuery, writeThemeQuery } from "../../app/domain/theme-query";
import type { FactTable } from "./fact-table";

/** Of one kind of page. */
const answersKept = 30;

/** Answers kept until anything changes: people with the same rights who ask the same get the same. */
export class KeptAnswers<T> {
  readonly #kept = new Map<string, { made: T }>();
  #state = "";

  /** `state` says what the answer rests on besides its key: where it moves, all that is kept goes. */
  of(state: string, key: string, make: () => T): T {
    if (state !== this.#state) this.#kept.clear();
    this.#state = state;
    const known = this.#kept.get(key);
    if (known) return known.made;
    const made = make();
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= answersKept && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, { made });
    return made;
  }
}

/**
 * What of a person decides an answer: which of their audience keys open any issue, and what they see exactly. Where
 * nothing of an answer is a part of the system, the second plays no role.
 */
export function askerKey(table: FactTable, actor: Actor, query: ThemeQuery, hasParts: boolean): string {
  const opens = audienceKeys(actor).filter((key) => table.audienceKeys.has(key));
  const isPart = query.place !== undefined || query.organisation !== undefined || query.service !== undefined;
  const sight = hasParts || isPart ? JSON.stringify(sightOf(actor)) : "";
  return `${opens.join(",")}|${sight}|${actor.organisation === undefined}|${writeThemeQuery(query)}`;
}
