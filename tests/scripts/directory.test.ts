import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Directory } from "../../app/domain/directory";
import type { Organisation } from "../../app/domain/organisation";
import { openDirectory } from "../../app/server/directory-file";
import { readCsv } from "../../scripts/directory/csv";
import { isoDate } from "../../scripts/directory/dates";
import { demoPeople } from "../../scripts/directory/demo-people";
import { demoPeopleFileSchema, openDemoDirectory } from "../../scripts/directory/demo-people-file";
import { readListSizes } from "../../scripts/directory/list-sizes";
import { readPractices } from "../../scripts/directory/practices";
import { readingName } from "../../scripts/directory/reading-name";

const fixtures = "tests/fixtures/ods";
const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const opened = openDirectory(json("data/directory.json"));
const practices = opened.organisations.filter(({ kind }) => kind === "practice");

function countBy(list: readonly Organisation[], keyOf: (organisation: Organisation) => string | undefined) {
  const counts: Record<string, number> = {};
  for (const each of list) counts[keyOf(each) ?? "none"] = (counts[keyOf(each) ?? "none"] ?? 0) + 1;
  return counts;
}

describe("the directory of Cheshire and Merseyside", () => {
  test("holds the 338 active GP practices of the register by sub-ICB location", () => {
    expect(countBy(practices, ({ subIcb }) => subIcb)).toEqual({
      "99A": 83,
      "27D": 79,
      "12F": 43,
      "01X": 28,
      "01T": 28,
      "02E": 26,
      "01J": 23,
      "01F": 14,
      "01V": 14,
    });
  });

  test("splits 27D into Cheshire West and Cheshire East by network, and joins 01T and 01V in Sefton", () => {
    const cheshire = practices.filter(({ subIcb }) => subIcb === "27D");
    expect(countBy(cheshire, ({ places }) => places.join())).toEqual({ "cheshire-west": 43, "cheshire-east": 36 });
    expect(practices.filter(({ places }) => places.includes("sefton"))).toHaveLength(42);
  });

  test("gives the list size and its date for all practices but one", () => {
    const counted = practices.filter(({ listSize }) => listSize !== undefined);
    expect(counted).toHaveLength(337);
    expect(new Set(counted.map(({ listSizeAt }) => listSizeAt))).toEqual(new Set(["2021-01-01"]));
    expect(practices.filter(({ pcn }) => !pcn).map(({ code }) => code)).toEqual(["Y02514"]);
  });

  test("has names to read, and a short name that tells namesakes apart", () => {
    const names = practices.flatMap(({ name, pcn }) => [name, pcn?.name ?? ""]);
    expect(names.filter((name) => /[A-Z]{6,}|\bMed\b|Ctr|[_@/]|\s{2}/.test(name.replace("SWAGGA", "")))).toEqual([]);
    expect(new Set(practices.map(({ shortName }) => shortName)).size).toBe(338);
    expect(practices.find(({ code }) => code === "N81001")).toMatchObject({
      name: "Audlem Medical Practice",
      postcode: "CW3 0AH",
      pcn: { code: "U29951", name: "Nantwich & Rural PCN" },
    });
  });

  test("follows the succession of Bridgewater to North Cheshire and Mersey", () => {
    const directory = new Directory({ ...opened, people: [], holdings: [] });
    expect(directory.organisation("RY2")).toMatchObject({ closedAt: "2026-04-01", succeededBy: "RWW" });
    expect(directory.successor("RY2")?.name).toBe("North Cheshire and Mersey NHS Foundation Trust");
    expect(directory.postsOf("RY2")).toEqual([]);
  });

  test("gives every open trust its five posts and services of its own", () => {
    const trusts = opened.organisations.filter(({ kind, closedAt }) => kind === "trust" && !closedAt);
    expect(trusts).toHaveLength(16);
    const directory = new Directory({ ...opened, people: [], holdings: [] });
    for (const { code } of trusts) {
      const roles = new Set(directory.postsOf(code).map(({ role }) => role));
      for (const role of ["interface-lead", "medical-director", "deputy-medical-director", "patient-safety-lead"]) {
        expect(roles, code).toContain(role);
      }
      expect(directory.postWithRole(code, "medicines-pharmacist")?.categories, code).toEqual(["MED"]);
      expect(directory.servicesOf(code).length, code).toBeGreaterThan(1);
    }
  });

  test("says where it comes from and stays small", () => {
    const text = readFileSync("data/directory.json", "utf8");
    expect(text).toContain("Contains information from NHS England, licensed under the Open Government Licence v3.0");
    expect(statSync("data/directory.json").size).toBeLessThan(150_000);
  });

  test("is refused when a row names what does not exist", () => {
    const file = JSON.parse(readFileSync("data/directory.json", "utf8"));
    file.services.push(["RZZ", "pharmacy", "Pharmacy"]);
    expect(() => openDirectory(file)).toThrow("trust of RZZ-pharmacy: there is no RZZ");
    expect(() => openDirectory({ ...file, v: 2 })).toThrow();
  });
});

describe("the people of the demonstration", () => {
  const file = demoPeopleFileSchema.parse(json("data/demo/people.json"));
  const demo = openDemoDirectory(opened, file);
  const directory = new Directory(demo.facts);
  const today = new Date("2026-11-22T09:00:00Z");

  test("are what the directory gives: nobody is added or lost by hand", () => {
    expect(demoPeople(opened)).toEqual(file);
  });

  test("offer one person to sign in as for each of fifteen personas, each holding a post in a live organisation", () => {
    expect(demo.signIn).toHaveLength(16);
    const roles = demo.signIn.map(({ person }) => {
      const posts = directory.postsHeldBy(person, today);
      for (const post of posts) expect(directory.organisation(post.organisation)?.standing).toBe("live");
      return posts.map(({ role }) => role).join("+");
    });
    expect(roles).toEqual([
      "gp",
      "gp",
      "gp+pcn-director",
      "practice-manager",
      "interface-lead",
      "clinician",
      "clinician",
      "clinician",
      "medicines-pharmacist",
      "deputy-medical-director",
      "medical-director",
      "place-lead",
      "icb-medical-director",
      "administrator",
      "auditor",
      "",
    ]);
  });

  test("fill every post of every live trust, Place and the ICB, and put 1 to 3 people into every live practice", () => {
    for (const { code, kind, standing } of demo.facts.organisations) {
      const people = directory.peopleIn(code, today).length;
      if (standing !== "live") expect(people, code).toBe(0);
      else if (kind === "practice") expect([1, 2, 3], code).toContain(people);
      else {
        const posts = directory.postsOf(code).filter(({ role }) => role !== "pcn-director");
        expect(
          posts.filter(({ id }) => directory.holders(id, today).length !== 1),
          code,
        ).toEqual([]);
      }
    }
  });

  test("live in about 120 practices and all open trusts but two", () => {
    const of = (kind: string, standing: string) =>
      demo.facts.organisations.filter((each) => each.kind === kind && !each.closedAt && each.standing === standing);
    expect(of("practice", "live").length).toBe(126);
    expect(of("practice", "invited").length).toBe(40);
    expect(of("trust", "live").length).toBe(14);
  });
});

describe("reading the register", () => {
  const cut = readFileSync(join(fixtures, "epraccur-older-format.csv"), "utf8");

  test("takes the older format: status A, setting 4", () => {
    const read = readPractices("old", cut, new Set(["27D", "12F"]));
    expect(read.problems).toEqual([]);
    expect(read.practices.map(({ code }) => code)).toEqual([
      "N81001",
      "N81034",
      "N81079",
      "N81614",
      "N85002",
      "N85046",
    ]);
    expect(read.leftOut.notActive).toBeGreaterThan(0);
    expect(read.leftOut.notGpPractice).toBeGreaterThan(0);
  });

  test("takes the newer format: status ACTIVE, setting RO76", () => {
    const text = readFileSync(join(fixtures, "epraccur-newer-format.csv"), "utf8");
    const read = readPractices("new", text, new Set(["16C", "00K"]));
    expect(read.problems).toEqual([]);
    expect(read.practices.map(({ code }) => code)).toEqual(["A81001", "A81016", "A81030"]);
    expect(read.leftOut).toEqual({ elsewhere: 0, notGpPractice: 0, notActive: 4 });
  });

  test("takes list sizes of both generations with their dates", () => {
    const old = readFileSync(join(fixtures, "gp-reg-pat-prac-all-2021-01.csv"), "utf8");
    const fresh = readFileSync(join(fixtures, "gp-reg-pat-prac-all-2026-04.csv"), "utf8");
    expect(readListSizes("old", old, new Set(["27D"]), new Set()).sizes.get("N81034")?.at).toBe("2021-01-01");
    expect(readListSizes("new", fresh, new Set(["16C"]), new Set()).sizes.get("A81001")).toEqual({
      patients: 3747,
      at: "2026-04-01",
    });
  });

  test("reads quoted cells, and names the line where a quote is left open", () => {
    expect(readCsv("f", 'a,"b, ""c""\nd",\r\n\n"e"').map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, "a", 'b, "c"\nd', ""],
      [4, "e"],
    ]);
    expect(() => readCsv("f.csv", 'a\n"b')).toThrow("f.csv, line 2");
  });

  test.each([
    ["20260331", "2026-03-31"],
    ["01JAN2021", "2021-01-01"],
    ["01Jan2022", "2022-01-01"],
    ["2026-04-01", "2026-04-01"],
    ["20260231", undefined],
    ["01FOO2021", undefined],
    ["", undefined],
  ])("reads the date %j as %j", (text, date) => {
    expect(isoDate(text)).toBe(date);
  });

  test.each([
    ["AUDLEM MEDICAL PRACTICE", "Audlem Medical Practice"],
    ["BERRYMEAD FAMILY MED.CTR.", "Berrymead Family Medical Centre"],
    ["GUARDIAN STREET MED/CTR", "Guardian Street Medical Centre"],
    ["STOCKBRIDGE VILLAGE HC", "Stockbridge Village Health Centre"],
    ["ST. JAMES' HEALTH CENTRE", "St James' Health Centre"],
    ["ST CATHERINE'S SURGERY", "St Catherine's Surgery"],
    ["WESTMORELAND GP CENTRE", "Westmoreland GP Centre"],
    ["VERNOVA HEALTHCARE CIC", "Vernova Healthcare CIC"],
    ["THE HEALTH CENTRE (HOLMES CHAPEL)", "The Health Centre (Holmes Chapel)"],
    ["COUNTESS OF CHESTER HOSPITAL NHS FOUNDATION TRUST", "Countess of Chester Hospital NHS Foundation Trust"],
    [
      "CHAW (CHELFORD, HANDFORTH, ALDERLEY EDGE, WILMSLOW) PCN",
      "CHAW (Chelford, Handforth, Alderley Edge, Wilmslow) PCN",
    ],
  ])("writes %s as %s", (official, reading) => {
    expect(readingName(official)).toBe(reading);
  });
});

describe("importing", () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  function freshFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "directory-"));
    folders.push(folder);
    cpSync(fixtures, folder, { recursive: true });
    return folder;
  }

  function run(folder: string, ...more: string[]) {
    const reference = join(folder, "organisations.csv");
    const out = join(folder, "directory.json");
    const script = ["--import", "tsx", "scripts/import-directory.ts", "--ods", folder, "--reference", reference];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...script, "--out", out, ...more], {
      encoding: "utf8",
    });
    return { status, stdout, stderr, out };
  }

  test("writes the same bytes twice, and counts what it leaves out", () => {
    const folder = freshFolder();
    const { status, stdout, stderr, out } = run(folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("RQ6 is in the register (closed 2019-10-01) and not in the reference: left out.");
    expect(stdout).toContain("Y02514 has no list size");
    const first = readFileSync(out, "utf8");
    run(folder);
    expect(readFileSync(out, "utf8")).toBe(first);
    const { organisations } = openDirectory(JSON.parse(first));
    expect(organisations.find(({ code }) => code === "N82070")?.shortName).toBe("The Elms Medical Centre (Liverpool)");
  });

  test("names file, line and remedy of every bad row, and writes nothing unless told to leave them out", () => {
    const folder = freshFolder();
    const register = join(folder, "epraccur-older-format.csv");
    const lines = readFileSync(register, "utf8").split(/\r?\n/);
    const lineOf = (code: string) => lines.findIndex((line) => line.startsWith(`"${code}"`)) + 1;
    const spoil = (code: string, from: string, to: string) => {
      lines[lineOf(code) - 1] = lines[lineOf(code) - 1]!.replace(from, to);
    };
    spoil("N81001", '"CW3 0AH"', '"CW30AH"');
    spoil("N85002", '"Y62",', "");
    spoil("N82070", '"A","B"', '"Z","B"');
    writeFileSync(register, lines.join("\n"));
    const sizes = join(folder, "gp-reg-pat-prac-all-2021-01.csv");
    writeFileSync(sizes, readFileSync(sizes, "utf8").replace(/ALL,ALL,\d+/, "ALL,ALL,many"));

    const { status, stderr, out } = run(folder);
    expect(status).toBe(1);
    expect(existsSync(out)).toBe(false);
    const name = "epraccur-older-format.csv";
    expect(stderr).toContain(`${name}, line ${lineOf("N81001")}: "CW30AH" is not a postcode. Column 10 wants`);
    expect(stderr).toContain(`${name}, line ${lineOf("N85002")}: 26 columns where epraccur has 27. Restore`);
    expect(stderr).toContain(`${name}, line ${lineOf("N82070")}: Status "Z" is not known. Column 13 wants`);
    expect(stderr).toContain('gp-reg-pat-prac-all-2021-01.csv, line 2: "many" is not a number of patients.');
    expect(stderr).toContain("Not written: 4 rows need attention");

    expect(run(folder, "--leave-out-bad-rows").status).toBe(0);
    const codes = openDirectory(json(out)).organisations.map(({ code }) => code);
    expect(codes).toContain("N81079");
    expect(codes).not.toContain("N81001");
  });

  test("says which file is missing", () => {
    const folder = freshFolder();
    rmSync(join(folder, "etr.csv"));
    const { status, stderr } = run(folder);
    expect(status).toBe(1);
    expect(stderr).toContain("holds no etr*.csv");
  });
});
