import type { Directory } from "../../domain/directory";
import { type Issue, organisationsConcerned } from "../../domain/issue";
import type { Post, Role } from "../../domain/organisation";
import type { ThreadView } from "./thread-view";

/** Posts through which an organisation that is not concerned yet is reached. */
const doors: ReadonlySet<Role> = new Set<Role>([
  "interface-lead",
  "medical-director",
  "deputy-medical-director",
  "medicines-pharmacist",
  "patient-safety-lead",
  "place-lead",
  "icb-medical-director",
]);

/** Posts somebody holds today: all of the organisations concerned, then the doors of every trust, Place and the ICB. */
export function postChoices(directory: Directory, issue: Issue, now: Date): ThreadView["posts"] {
  const concerned = organisationsConcerned(issue);
  const others = directory.organisations
    .filter((each) => each.kind !== "practice" && !each.succeededBy && !concerned.includes(each.code))
    .map((each) => each.code);
  const group = (code: string, wanted: (post: Post) => boolean) => {
    const posts = directory
      .postsOf(code)
      .filter((post) => post.id !== issue.owner.post && wanted(post))
      .flatMap((post) => {
        const holders = directory.holders(post.id, now);
        return holders.length > 0 ? [{ id: post.id, name: `${post.title}: ${holdersWords(holders)}` }] : [];
      });
    return posts.length > 0 ? [{ organisation: directory.organisation(code)?.name ?? code, posts }] : [];
  };
  return [
    ...concerned.flatMap((code) => group(code, () => true)),
    ...others.flatMap((code) => group(code, (post) => doors.has(post.role))),
  ];
}

function holdersWords(holders: readonly { name: string }[]): string {
  const first = holders[0]?.name ?? "";
  return holders.length > 1 ? `${first} and ${holders.length - 1} more` : first;
}
