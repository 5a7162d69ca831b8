import type { Directory } from "../../app/domain/directory";
import type { Author } from "../../app/domain/issue";
import type { Organisation, Post, Service } from "../../app/domain/organisation";
import type { Random } from "./random";

/** Who could have raised, answered or joined in the demonstration. */
export interface Cast {
  directory: Directory;
  /** Live practices with somebody in them, by Place. */
  practices: ReadonlyMap<string, readonly Organisation[]>;
  /** Services of live trusts, by kind. */
  services: ReadonlyMap<string, readonly Service[]>;
}

export function castOf(directory: Directory, at: Date): Cast {
  const practices = new Map<string, Organisation[]>();
  for (const practice of directory.organisations) {
    if (practice.kind !== "practice" || practice.standing !== "live") continue;
    if (directory.peopleIn(practice.code, at).length === 0) continue;
    for (const place of practice.places) practices.set(place, [...(practices.get(place) ?? []), practice]);
  }
  const services = new Map<string, Service[]>();
  for (const service of directory.services) {
    if (directory.organisation(service.organisation)?.standing !== "live") continue;
    services.set(service.kind, [...(services.get(service.kind) ?? []), service]);
  }
  return { directory, practices, services };
}

/** Somebody in this organisation who writes at `at`: the holder of one of the wanted posts, else anybody there. */
export function authorIn(
  cast: Cast,
  organisation: string,
  at: Date,
  random: Random,
  wanted?: (post: Post) => boolean,
): Author | undefined {
  const posts = cast.directory.postsOf(organisation).filter((post) => cast.directory.holders(post.id, at).length > 0);
  const chosen = wanted ? posts.filter(wanted) : [];
  const from = chosen.length > 0 ? chosen : posts;
  if (from.length === 0) return undefined;
  const post = random.pick(from);
  const person = random.pick(cast.directory.holders(post.id, at));
  return { person: person.id, name: person.name, post: post.id, title: post.title, organisation };
}
