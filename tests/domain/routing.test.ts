import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { categoryGroups } from "../../app/domain/category";
import { Directory, type DirectoryFacts } from "../../app/domain/directory";
import type { Harm } from "../../app/domain/issue";
import type { Organisation, Post, Role } from "../../app/domain/organisation";
import { routeIssue } from "../../app/domain/routing";
import { openDirectory } from "../../app/server/directory-file";
import { openDemoDirectory } from "../../scripts/directory/demo-people-file";

const day = new Date("2026-11-02T09:00:00Z");

const post = (organisation: string, role: Role, more: Partial<Post> = {}): Post => ({
  id: `${organisation}:${role}`,
  organisation,
  role,
  title: role,
  ...more,
});
const trustPosts = [
  post("T1", "clinician", { id: "T1:clinician:1", services: ["T1-stroke"] }),
  post("T1", "service-manager", { id: "T1:manager:1", services: ["T1-stroke"] }),
  post("T1", "interface-lead"),
  post("T1", "medical-director"),
  post("T1", "deputy-medical-director"),
  post("T1", "medicines-pharmacist", { categories: ["MED"] }),
  post("T1", "patient-safety-lead"),
];
const facts: DirectoryFacts = {
  places: [
    { id: "wirral", name: "Wirral", code: "QYG-WIR" },
    { id: "sefton", name: "Sefton", code: "QYG-SEF" },
  ],
  organisations: [
    organisation("T1", "trust", ["wirral", "sefton"]),
    organisation("T0", "trust", ["wirral"], { closedAt: "2026-04-01", succeededBy: "T1" }),
    organisation("P1", "practice", ["sefton"]),
    organisation("QYG-WIR", "place", ["wirral"], { shortName: "Wirral" }),
    organisation("QYG-SEF", "place", ["sefton"], { shortName: "Sefton" }),
    organisation("QYG", "icb", ["wirral", "sefton"]),
  ],
  services: [
    { id: "T1-stroke", organisation: "T1", name: "Stroke", kind: "stroke" },
    { id: "T1-ent", organisation: "T1", name: "Ear, nose and throat", kind: "ent" },
  ],
  posts: [
    ...trustPosts,
    post("P1", "gp"),
    post("P1", "practice-manager"),
    post("QYG-WIR", "place-lead"),
    post("QYG-SEF", "place-lead"),
    post("QYG", "icb-medical-director"),
  ],
  people: [],
  holdings: [],
};

function organisation(
  code: string,
  kind: Organisation["kind"],
  places: string[],
  more: Partial<Organisation> = {},
): Organisation {
  return { code, name: `Name of ${code}`, shortName: code, kind, places, standing: "live", ...more };
}

interface Case {
  about: string;
  service?: string;
  category?: string;
  harm?: Harm;
  /** Posts nobody holds today. All others are held. */
  vacant?: readonly string[];
  standing?: Organisation["standing"];
}

function route({ about, service, category, harm, vacant = [], standing }: Case) {
  const held = facts.posts.filter(({ id }) => !vacant.includes(id));
  const directory = new Directory({
    ...facts,
    organisations: facts.organisations.map((each) => (each.code === about && standing ? { ...each, standing } : each)),
    people: held.map(({ id }) => ({ id: `of ${id}`, name: `Person of ${id}`, demo: true })),
    holdings: held.map(({ id }) => ({ post: id, person: `of ${id}`, from: "2026-01-01" })),
  });
  return routeIssue(directory, { organisation: about, service }, { category, harm }, day);
}

describe("where an issue about a trust goes", () => {
  test.each<[string, Omit<Case, "about">, string, RegExp]>([
    [
      "harm that is moderate or worse first",
      { harm: "severe", service: "T1-stroke" },
      "T1:patient-safety-lead",
      /harm/,
    ],
    ["then the service", { service: "T1-stroke", category: "MED.1" }, "T1:clinician:1", /answers for Stroke/],
    ["then the kind", { service: "T1-ent", category: "MED.1" }, "T1:medicines-pharmacist", /medicines/],
    ["then the interface lead", { service: "T1-ent", category: "DIS.1" }, "T1:interface-lead", /no owner named/],
    ["the interface lead when no service is named", {}, "T1:interface-lead", /no one service/],
    ["then the medical director", { vacant: ["T1:interface-lead"] }, "T1:medical-director", /no interface lead/],
  ])("6.1 %s", (_, given, expected, why) => {
    const found = route({ about: "T1", ...given });
    expect(found?.post.id).toBe(expected);
    expect(found?.why).toMatch(why);
    expect(found?.holders).toEqual([{ id: `of ${expected}`, name: `Person of ${expected}`, demo: true }]);
    expect(found?.waitsForInvitation).toBe(false);
  });

  test("6.2 a post nobody holds is passed over, for another that answers for the same", () => {
    const stroke: Case = { about: "T1", service: "T1-stroke", vacant: ["T1:clinician:1"] };
    expect(route(stroke)?.post.id).toBe("T1:manager:1");
    expect(route({ ...stroke, vacant: ["T1:clinician:1", "T1:manager:1"] })?.post.id).toBe("T1:interface-lead");
    expect(route({ about: "T1", harm: "fatal", vacant: ["T1:patient-safety-lead"] })?.post.id).toBe(
      "T1:interface-lead",
    );
  });

  test("6.2 where nobody of a trust that serves every Place holds anything, the ICB has it", () => {
    const vacant = trustPosts.map(({ id }) => id);
    const found = route({ about: "T1", vacant });
    expect(found?.post.id).toBe("QYG:icb-medical-director");
    expect(found?.why).toMatch(/nobody at T1/);
    expect(found?.waitsForInvitation).toBe(false);
  });

  test("6.3 an organisation that was taken over is answered for by its successor", () => {
    expect(route({ about: "T0" })?.post.id).toBe("T1:interface-lead");
  });
});

describe("where an issue about a practice goes", () => {
  test("6.1 the practice manager, then the GP, then its Place, then the ICB", () => {
    const vacant: string[] = [];
    const goesTo: (string | undefined)[] = [];
    for (let i = 0; i < 5; i++) {
      const id = route({ about: "P1", vacant })?.post.id;
      goesTo.push(id);
      if (id) vacant.push(id);
    }
    expect(goesTo).toEqual([
      "P1:practice-manager",
      "P1:gp",
      "QYG-SEF:place-lead",
      "QYG:icb-medical-director",
      undefined,
    ]);
  });

  test.each(["not-yet", "invited"] as const)(
    "6.4 one that is %s: its Place's queue, and the sender is told",
    (standing) => {
      const found = route({ about: "P1", standing, harm: "severe" });
      expect(found?.post.id).toBe("QYG-SEF:place-lead");
      expect(found?.waitsForInvitation).toBe(true);
      expect(found?.why).toBe("because P1 has not joined yet: Sefton looks after it and invites them");
    },
  );

  test("6.4 an organisation nobody knows goes nowhere", () => {
    expect(route({ about: "Z9" })).toBeUndefined();
  });
});

describe("over the real directory", () => {
  const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
  const demo = openDemoDirectory(openDirectory(json("data/directory.json")), json("data/demo/people.json"));
  const directory = new Directory(demo.facts);
  const harms: readonly Harm[] = ["not-known", "severe"];

  test("6.5 nothing is left unowned: every organisation, service, kind and harm reaches somebody", () => {
    let routes = 0;
    const unowned: string[] = [];
    for (const { code, standing } of directory.organisations) {
      const home = directory.successor(code);
      for (const service of [undefined, ...directory.servicesOf(code).map(({ id }) => id)]) {
        for (const group of categoryGroups) {
          for (const harm of harms) {
            routes++;
            const found = routeIssue(
              directory,
              { organisation: code, service },
              { category: `${group.code}.1`, harm },
              day,
            );
            const waits = home?.standing !== "live";
            if (!found || found.holders.length === 0 || found.waitsForInvitation !== waits)
              unowned.push(`${code} (${standing}) ${service} ${group.code} ${harm}`);
          }
        }
      }
    }
    expect(unowned).toEqual([]);
    expect(routes).toBeGreaterThan(10_000);
  });

  test("6.4 an organisation that has not joined goes to the lead of its own Place", () => {
    const waiting = directory.organisations.filter(({ kind, standing }) => kind === "practice" && standing !== "live");
    expect(waiting.length).toBeGreaterThan(100);
    for (const { code, places } of waiting) {
      const found = routeIssue(directory, { organisation: code }, { category: "DIS.1", harm: "low" }, day);
      expect(found?.post.id).toBe(`${directory.place(places[0] ?? "")?.code}:place-lead`);
    }
  });
});
