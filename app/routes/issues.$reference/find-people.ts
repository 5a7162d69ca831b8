import type { Directory } from "../../domain/directory";
import { personWords } from "./build-line";
import type { PersonChoice } from "./thread-view";

const atMost = 8;
/** Fewer letters than this name half the directory. */
const shortest = 2;

/** People with a post today whose name a text begins a word of, without those already there. */
export function findPeople(directory: Directory, text: string, without: readonly string[], now: Date): PersonChoice[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (text.trim().length < shortest) return [];
  const found = new Map<string, PersonChoice>();
  for (const post of directory.posts) {
    for (const { id, name } of directory.holders(post.id, now)) {
      if (found.size === atMost) return [...found.values()];
      const names = name.toLowerCase().split(/[\s-]+/);
      if (without.includes(id) || !words.every((word) => names.some((each) => each.startsWith(word)))) continue;
      found.set(id, { id, name: personWords(directory, id, now) });
    }
  }
  return [...found.values()];
}
