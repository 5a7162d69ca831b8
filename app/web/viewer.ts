import type { Viewer } from "../components/viewer";
import type { Post } from "../domain/organisation";
import { mayRaise } from "../domain/permission";
import type { Actor } from "../domain/person";
import { sideOfCode } from "./issue-view";
import type { Board } from "./load-context";

/** The signed-in person as the frame of each page shows them. */
export function viewerOf(actor: Actor, { directory, now }: Pick<Board, "directory" | "now">): Viewer {
  const hatWords = (post: Pick<Post, "title" | "organisation">) =>
    `${post.title}, ${directory.organisation(post.organisation)?.shortName ?? post.organisation}`;
  return {
    name: actor.name,
    what: actor.organisation ? hatWords({ title: actor.title, organisation: actor.organisation }) : "Guest",
    side: sideOfCode(directory, actor.organisation),
    mayRaise: mayRaise(actor),
    hats: directory.postsHeldBy(actor.person, now()).map((post) => ({
      post: post.id,
      what: hatWords(post),
      worn: post.id === actor.post,
    })),
  };
}
