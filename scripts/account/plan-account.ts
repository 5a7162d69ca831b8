import { Directory, type DirectoryFacts } from "../../app/domain/directory";
import { type Organisation, type Post, type Role, roles } from "../../app/domain/organisation";

export interface AccountRequest {
  username: string;
  name: string;
  /** Code of the organisation. */
  organisation: string;
  role: string;
  /** Which of the role's posts, by its title; a title nobody has yet makes a new post. */
  title?: string | undefined;
}

/** The directory with one more person in it, and what to tell the administrator. */
export type AccountPlan =
  | { ok: true; facts: DirectoryFacts; post: Post; organisation: Organisation; newPost: boolean; nowLive: boolean }
  | { ok: false; why: string };

/**
 * Adds a person who holds a post from today to the directory, makes the post when the organisation has none, and marks
 * the organisation live: from then on issues about it reach its own people. Refuses in words for the terminal.
 */
export function planAccount(
  facts: DirectoryFacts,
  request: AccountRequest,
  person: string,
  today: string,
): AccountPlan {
  const no = (why: string): AccountPlan => ({ ok: false, why });
  const name = request.name.trim();
  if (name.length < 2 || name.length > 100) return no("--name must be 2 to 100 characters, as colleagues know them");
  if (!/^\S{2,100}$/u.test(request.username)) return no("--username must be 2 to 100 characters without spaces");
  const organisation = facts.organisations.find(({ code }) => code === request.organisation.trim().toUpperCase());
  if (!organisation) return no(unknownOrganisation(facts.organisations, request.organisation));
  if (organisation.closedAt && organisation.closedAt <= today) {
    const successor = new Directory(facts).successor(organisation.code);
    const instead = successor === organisation ? "" : `; ${successor?.name} (${successor?.code}) took over from it`;
    return no(`${organisation.name} closed on ${organisation.closedAt}${instead}`);
  }
  const role = roles.find((each) => each === request.role);
  if (!role) return no(`there is no role “${request.role}”. Roles: ${roles.join(", ")}`);
  const ofRole = facts.posts.filter((each) => each.organisation === organisation.code && each.role === role);
  const title = request.title?.trim() || undefined;
  const known = ofRole.find((each) => (title ? sameTitle(each.title, title) : each.id === plainId(each)));
  if (!known && !title && ofRole.length > 0) return no(whichPost(organisation, ofRole));
  const post = known ?? newPost(organisation.code, role, title);
  const live: Organisation = { ...organisation, standing: "live" };
  return {
    ok: true,
    post,
    organisation: live,
    newPost: known === undefined,
    nowLive: organisation.standing !== "live",
    facts: {
      ...facts,
      organisations: facts.organisations.map((each) => (each === organisation ? live : each)),
      posts: known ? facts.posts : [...facts.posts, post],
      people: [...facts.people, { id: person, name, demo: false }],
      holdings: [...facts.holdings, { post: post.id, person, from: today }],
    },
  };
}

/** The post of this role that answers for no one service in particular. */
function plainId({ organisation, role }: Pick<Post, "organisation" | "role">): string {
  return `${organisation}:${role}`;
}

function sameTitle(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function whichPost(organisation: Organisation, posts: readonly Post[]): string {
  const titles = posts.map(({ title }) => `  ${title}`).sort();
  return [
    `${organisation.name} has several posts of this role. Say which with --title, or name a new one:`,
    ...titles,
  ].join("\n");
}

function newPost(organisation: string, role: Role, title: string | undefined): Post {
  const plain = plainId({ organisation, role });
  if (!title)
    return {
      id: plain,
      organisation,
      role,
      title: role.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase()),
    };
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return { id: `${plain}:${slug}`, organisation, role, title };
}

function unknownOrganisation(organisations: readonly Organisation[], asked: string): string {
  const near = nearNames(organisations, asked).map(({ code, name }) => `  ${code}  ${name}`);
  return [`there is no organisation with the code “${asked}”. The nearest:`, ...near].join("\n");
}

/** The five organisations whose code or name holds most of the letter pairs of what was asked. */
function nearNames(organisations: readonly Organisation[], asked: string): Organisation[] {
  const wanted = [...pairs(asked)];
  const likeness = (text: string) => {
    const own = pairs(text);
    return wanted.filter((pair) => own.has(pair)).length / (wanted.length || 1);
  };
  return organisations
    .map((each) => ({ each, score: Math.max(likeness(each.code), likeness(each.shortName), likeness(each.name)) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
    .map(({ each }) => each);
}

function pairs(text: string): Set<string> {
  const letters = text.toLowerCase().replace(/[^a-z0-9]/g, "");
  return new Set(Array.from({ length: Math.max(letters.length - 1, 0) }, (_, at) => letters.slice(at, at + 2)));
}
