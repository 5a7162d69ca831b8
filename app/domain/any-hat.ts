import type { Directory } from "./directory";
import { audienceKeys } from "./permission";
import { type Actor, actorFor } from "./person";

/** This person under every hat they can wear today; without any, as a guest. Empty for somebody nobody knows. */
export function underEveryHat(directory: Directory, person: string, now: Date): Actor[] {
  const posts = directory.postsHeldBy(person, now);
  const hats = posts.length > 0 ? posts.map((post) => post.id) : [undefined];
  return hats.flatMap((hat) => actorFor(directory, person, hat, now) ?? []);
}

/** What this person may know of under any hat, as keys: for what reaches them whatever they wear. */
export function keysUnderAnyHat(directory: Directory, person: string, now: Date): string[] {
  return [...new Set(underEveryHat(directory, person, now).flatMap(audienceKeys))];
}
