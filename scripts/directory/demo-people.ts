import type { Organisation, Post } from "../../app/domain/organisation";
import type { OpenedDirectory } from "../../app/server/directory-file";
import { networkPostId } from "../../app/server/directory-file";
import { nameGroups } from "./demo-names";
import type { DemoPeopleFile } from "./demo-people-file";
import { personas } from "./personas";

/** How many practices of a Place are live and invited in the demonstration: uneven on purpose, as joining is. */
const joined: Readonly<Record<string, { live: number; invited: number }>> = {
  "cheshire-east": { live: 14, invited: 5 },
  "cheshire-west": { live: 19, invited: 4 },
  halton: { live: 5, invited: 1 },
  knowsley: { live: 4, invited: 3 },
  liverpool: { live: 29, invited: 10 },
  sefton: { live: 12, invited: 5 },
  "st-helens": { live: 9, invited: 5 },
  warrington: { live: 9, invited: 3 },
  wirral: { live: 25, invited: 4 },
};
const trustsNotLive: Readonly<Record<string, "invited" | "not-yet">> = { RBQ: "invited", RX7: "not-yet" };

/** Posts that changed hands: the first holder left on this day and the present one came. */
const changedHands: Readonly<Record<string, string>> = {
  "RJR:interface-lead": "2026-02-01",
  "REM:deputy-medical-director": "2025-11-01",
  "RW4:patient-safety-lead": "2026-06-01",
  "RWW:service-manager:RWW-discharge-team": "2026-04-01",
  "RBT:medicines-pharmacist": "2025-09-01",
  "QYG-KNO:place-lead": "2026-01-01",
};

/** Surgeons are Mr or Ms; nurses, therapists and team managers go without a title. */
const surgicalKinds = new Set([
  "cardiac-surgery",
  "ent",
  "general-surgery",
  "gynaecology",
  "neurosurgery",
  "ophthalmology",
  "orthopaedics",
  "urology",
]);
const untitledKinds = new Set([
  "camhs",
  "continence",
  "crisis-team",
  "district-nursing",
  "learning-disability",
  "maternity",
  "memory-service",
  "podiatry",
  "therapies",
]);
const doctorRoles = new Set<string>([
  "gp",
  "pcn-director",
  "medical-director",
  "deputy-medical-director",
  "place-lead",
  "icb-medical-director",
]);

/**
 * Fills the posts of the demonstration with invented people. The same directory gives the same people: whom a post
 * gets follows from the post's id.
 */
export function demoPeople(directory: OpenedDirectory): DemoPeopleFile {
  const { live, invited } = standings(directory);
  const people: DemoPeopleFile["people"] = personas.map(({ id, name, line }) => ({
    id,
    name,
    demo: true,
    signIn: true,
    line,
  }));
  const holdings: DemoPeopleFile["holdings"] = personas.flatMap(({ id, posts }) =>
    posts.map((post) => ({ post, person: id, from: "2024-04-01" })),
  );
  const taken = new Set(people.map(({ name }) => bare(name)));
  const held = new Set(holdings.map(({ post }) => post));
  const appoint = (post: Post, nth: number, from: string, until?: string) => {
    const person = invent(post, nth, taken);
    people.push(person);
    holdings.push({ post: post.id, person: person.id, from, ...(until && { until }) });
    return person;
  };

  const liveCodes = new Set(live);
  for (const post of directory.posts) {
    if (post.role === "pcn-director") continue;
    const holders = liveCodes.has(post.organisation) ? holdersOf(post, held.has(post.id)) : 0;
    const since = changedHands[post.id];
    if (since && holders > 0) appoint(post, 1, startOf(post, 1), since);
    for (let nth = 0; nth < holders; nth += 1) appoint(post, nth, since ?? startOf(post, nth));
  }
  const directors = networkDirectors(directory, liveCodes, holdings);
  return {
    demo: true,
    note: "Invented people who hold posts in the demonstration. Any likeness to a real person is chance.",
    live,
    invited,
    people,
    holdings: [...holdings, ...directors],
  };
}

/** How many more people a post gets. Every post of a trust, a Place or the ICB has one; a practice has 1 to 3 people. */
function holdersOf(post: Post, isHeld: boolean): number {
  const dice = hash(post.organisation) % 12;
  switch (post.role) {
    case "gp":
      return (isHeld ? 0 : 1) + (dice % 4 === 1 ? 1 : 0);
    case "practice-manager":
      return isHeld || dice % 3 === 0 ? 0 : 1;
    case "practice-pharmacist":
      return dice === 2 || dice === 6 ? 1 : 0;
    case "practice-nurse":
      return dice === 4 || dice === 3 ? 1 : 0;
    default:
      return isHeld ? 0 : 1;
  }
}

/**
 * A network's director is a GP of one of its live practices, and wears two hats; without one the post is vacant. The
 * people one signs in as wear only the hats their line names.
 */
function networkDirectors(
  directory: OpenedDirectory,
  live: ReadonlySet<string>,
  holdings: DemoPeopleFile["holdings"],
): DemoPeopleFile["holdings"] {
  const icb = directory.organisations.find((organisation) => organisation.kind === "icb")?.code ?? "";
  const held = new Set(holdings.map(({ post }) => post));
  const named = new Set(personas.map(({ id }) => id));
  const directed = new Set<string>();
  return directory.organisations.flatMap(({ code, pcn }) => {
    const gp = holdings.find(({ post, person }) => post === `${code}:gp` && !named.has(person));
    const post = pcn && networkPostId(icb, pcn.code);
    if (!live.has(code) || !gp || !post || held.has(post) || directed.has(post)) return [];
    directed.add(post);
    return [{ post, person: gp.person, from: "2025-04-01" }];
  });
}

function standings({ organisations }: OpenedDirectory): { live: string[]; invited: string[] } {
  const wanted = new Set(personas.flatMap(({ posts }) => posts.map((post) => post.split(":")[0] ?? "")));
  const open = organisations.filter((organisation) => !organisation.closedAt);
  const trusts = open.filter(({ kind }) => kind === "trust");
  const live = open.filter(({ kind }) => kind === "icb" || kind === "place").map(({ code }) => code);
  live.push(...trusts.filter(({ code }) => !trustsNotLive[code]).map(({ code }) => code));
  const invited = trusts.filter(({ code }) => trustsNotLive[code] === "invited").map(({ code }) => code);
  for (const [place, count] of Object.entries(joined)) {
    const inTurn = open
      .filter((organisation) => organisation.kind === "practice" && organisation.places[0] === place)
      .filter(mayJoin)
      .map(({ code }) => code)
      .sort((one, other) => Number(wanted.has(other)) - Number(wanted.has(one)) || hash(one) - hash(other));
    live.push(...inTurn.slice(0, count.live));
    invited.push(...inTurn.slice(count.live, count.live + count.invited));
  }
  return { live: live.sort(), invited: invited.sort() };
}

/** Practices named after their doctors stay out, so that no invented event is pinned on a person; so does a walk-in centre. */
function mayJoin({ name, pcn }: Organisation): boolean {
  return pcn !== undefined && !/\bDrs?\b|Bousfield|Eric Moore/.test(name);
}

function invent(post: Post, nth: number, taken: Set<string>): DemoPeopleFile["people"][number] {
  for (let attempt = 0; ; attempt += 1) {
    const dice = hash(`${post.id}/${nth}/${attempt}`);
    const group = groupAt(dice % 1000);
    const woman = Math.floor(dice / 1000) % 5 < 3;
    const first = pick(woman ? group.women : group.men, hash(`${dice}/first`));
    const family = pick(group.families, hash(`${dice}/family`));
    const name = `${first} ${family}`;
    if (taken.has(name)) continue;
    taken.add(name);
    const id = `p-${first}-${family}`.toLowerCase();
    return { id, name: [titleOf(post, woman), name].filter(Boolean).join(" "), demo: true };
  }
}

function titleOf(post: Post, woman: boolean): string {
  if (doctorRoles.has(post.role)) return "Dr";
  const service = post.services?.[0];
  if (post.role !== "clinician" || !service) return "";
  const kind = service.slice(service.indexOf("-") + 1);
  if (untitledKinds.has(kind)) return "";
  if (!surgicalKinds.has(kind)) return "Dr";
  return woman ? "Ms" : "Mr";
}

/** First of a month between April 2021 and March 2025: before every issue of the demonstration. */
function startOf(post: Post, nth: number): string {
  const months = hash(`${post.id}/${nth}/from`) % 48;
  return new Date(Date.UTC(2021, 3 + months, 1)).toISOString().slice(0, 10);
}

function groupAt(thousandth: number) {
  const shares = nameGroups.reduce((sum, { share }) => sum + share, 0);
  let left = (thousandth / 1000) * shares;
  for (const group of nameGroups) {
    left -= group.share;
    if (left < 0) return group;
  }
  throw new Error("The shares of the name groups do not add up.");
}

function pick(from: readonly string[], dice: number): string {
  const name = from[dice % from.length];
  if (!name) throw new Error("A list of names is empty.");
  return name;
}

function bare(name: string): string {
  return name.replace(/^(Dr|Mr|Ms) /, "");
}

/** FNV-1a with a final mix: a number that follows from the text alone. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
