import type { Directory } from "../../app/domain/directory";
import type { Person, Post } from "../../app/domain/organisation";
import type { DirectoryEntry, DirectoryKind } from "./kind";

/** People who hold a post today: name, title, organisation. Who has left is not in the directory's day. */
export const people: DirectoryKind = {
  from: "directory",
  kind: "people",
  entries: (directory, now) => {
    const held = new Map<string, { person: Person; posts: Post[] }>();
    for (const post of directory.posts)
      for (const person of directory.holders(post.id, now)) {
        const known = held.get(person.id);
        if (known) known.posts.push(post);
        else held.set(person.id, { person, posts: [post] });
      }
    return [...held.values()].map((each) => entryOf(directory, each.person, each.posts));
  },
};

function entryOf(directory: Directory, person: Person, held: readonly Post[]): DirectoryEntry {
  const posts = held.map((post) => ({
    post: post.id,
    title: post.title,
    organisation: {
      code: post.organisation,
      name: directory.organisation(post.organisation)?.name ?? post.organisation,
    },
  }));
  const codes = [...new Set(held.map((post) => post.organisation))];
  const found = codes.flatMap((code) => directory.organisation(code) ?? []);
  return {
    name: person.name,
    texts: [
      person.name,
      posts.map((each) => `${each.title}, ${each.organisation.name}`).join("; "),
      found.map((each) => each.shortName).join(" "),
    ],
    places: [...new Set(found.flatMap((each) => each.places))],
    organisations: codes,
    hit: ([name = [], detail = []]) => ({ kind: "people", person: person.id, name, detail, posts }),
  };
}
