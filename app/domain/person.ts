import type { Directory } from "./directory";
import type { Author } from "./issue";
import type { Post, Role } from "./organisation";

/** A signed-in person and the hat they wear now. A guest wears none: they know only what they were named on. */
export interface Actor {
  person: string;
  name: string;
  /** The hat: post, role, title and organisation go together. */
  post?: string;
  role?: Role;
  title: string;
  organisation?: string;
  /** Places of the hat's organisation. */
  places: readonly string[];
  /** Every post held today in the hat's organisation: what is owned by any of them is "mine". */
  posts: readonly string[];
}

/** The actor this person is today, wearing `hat` (a post id) or, without one they hold, their first post. */
export function actorFor(
  directory: Directory,
  personId: string,
  hat: string | undefined,
  now: Date,
): Actor | undefined {
  const person = directory.person(personId);
  if (!person) return undefined;
  const held = directory.postsHeldBy(personId, now);
  const post = held.find((each) => each.id === hat) ?? held[0];
  if (!post) return { person: person.id, name: person.name, title: "Guest", places: [], posts: [] };
  return {
    person: person.id,
    name: person.name,
    post: post.id,
    role: post.role,
    title: post.title,
    organisation: post.organisation,
    places: placesOf(directory, post),
    posts: held.filter((each) => each.organisation === post.organisation).map((each) => each.id),
  };
}

/** How the actor signs what they do. */
export function authorOf(actor: Actor): Author {
  return {
    person: actor.person,
    name: actor.name,
    title: actor.title,
    ...(actor.post ? { post: actor.post } : {}),
    ...(actor.organisation ? { organisation: actor.organisation } : {}),
  };
}

function placesOf(directory: Directory, post: Post): readonly string[] {
  return directory.organisation(post.organisation)?.places ?? [];
}
