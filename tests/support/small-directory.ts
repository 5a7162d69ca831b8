import { Directory, type DirectoryFacts } from "../../app/domain/directory";
import type { Role } from "../../app/domain/organisation";
import { type Actor, actorFor } from "../../app/domain/person";

/** The day on which tests happen unless they say otherwise. */
export const testDay = new Date("2026-11-02T09:00:00Z");

const organisations: DirectoryFacts["organisations"] = [
  practice("P1", "wirral"),
  practice("P2", "wirral"),
  practice("P3", "liverpool"),
  practice("P4", "liverpool"),
  { code: "T1", name: "Trust One", shortName: "T One", kind: "trust", places: ["wirral"], standing: "live" },
  { code: "T2", name: "Trust Two", shortName: "T Two", kind: "trust", places: ["liverpool"], standing: "live" },
  { code: "QYG", name: "The ICB", shortName: "ICB", kind: "icb", places: ["wirral", "liverpool"], standing: "live" },
];

const posts = organisations.flatMap(({ code, kind }) =>
  rolesOf(kind).map((role) => ({ id: `${code}:${role}`, organisation: code, role, title: role })),
);

/** Person ids are the post's id with a dash: `P1-gp` holds `P1:gp`. `two-hats` holds posts in P1 and QYG; `guest` none. */
export const smallFacts: DirectoryFacts = {
  places: [
    { id: "wirral", name: "Wirral", code: "QYG-WIR" },
    { id: "liverpool", name: "Liverpool", code: "QYG-LIV" },
  ],
  organisations,
  services: [{ id: "T1-pharmacy", organisation: "T1", name: "Pharmacy", kind: "pharmacy" }],
  posts,
  people: [
    ...posts.map((post) => ({ id: post.id.replace(":", "-"), name: `Person of ${post.id}`, demo: true })),
    { id: "two-hats", name: "Person with two hats", demo: true },
    { id: "guest", name: "A guest", demo: true },
  ],
  holdings: [
    ...posts.map((post) => ({ post: post.id, person: post.id.replace(":", "-"), from: "2020-01-01" })),
    { post: "P1:gp", person: "two-hats", from: "2021-01-01" },
    { post: "QYG:icb-medical-director", person: "two-hats", from: "2022-01-01" },
  ],
};

export function smallDirectory(): Directory {
  return new Directory(smallFacts);
}

/** Somebody of the small directory, wearing their first hat or the one named. */
export function actorOf(directory: Directory, person: string, hat?: string): Actor {
  const actor = actorFor(directory, person, hat, testDay);
  if (!actor) throw new Error(`the small directory has nobody called ${person}`);
  return actor;
}

function practice(code: string, place: string): DirectoryFacts["organisations"][number] {
  return { code, name: `Practice ${code}`, shortName: code, kind: "practice", places: [place], standing: "live" };
}

function rolesOf(kind: DirectoryFacts["organisations"][number]["kind"]): readonly Role[] {
  if (kind === "practice") return ["gp", "practice-manager"];
  if (kind === "trust") return ["interface-lead", "clinician", "medical-director"];
  return ["icb-medical-director", "administrator", "auditor"];
}
