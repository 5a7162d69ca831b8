import type { DirectoryFile } from "../../app/server/directory-file";
import type { ListSize } from "./list-sizes";
import type { Network } from "./networks";
import { placeOfPractice, places } from "./places";
import { standardPosts } from "./posts";
import type { RegisteredPractice } from "./practices";
import { readingName } from "./reading-name";
import type { Reference } from "./reference";
import type { Remark, RowProblem } from "./row-problem";
import { serviceKinds } from "./service-kinds";
import { trustServices } from "./trust-services";
import type { RegisteredTrust } from "./trusts";

export interface Gathered {
  reference: Reference;
  icbName: string;
  practices: readonly RegisteredPractice[];
  trusts: readonly RegisteredTrust[];
  listSizes: ReadonlyMap<string, ListSize>;
  networks: ReadonlyMap<string, Network>;
  sources: DirectoryFile["sources"];
}

export interface Built {
  directory: DirectoryFile;
  problems: RowProblem[];
  remarks: Remark[];
}

/** Joins what the files say into one directory, in an order that depends on the facts alone. */
export function buildDirectory(gathered: Gathered): Built {
  const problems: RowProblem[] = [];
  const remarks: Remark[] = [];
  const { reference } = gathered;
  const practices = practiceRows(gathered, problems, remarks);
  const trusts = trustRows(gathered, problems, remarks);
  const here = new Set(trusts.filter((trust) => !trust.closedAt).map((trust) => trust.code));
  const networkCodes = new Set(practices.map((row) => row[5]));
  const networks = new Map(
    [...gathered.networks.values()].filter(({ code }) => networkCodes.has(code)).map(({ code, name }) => [code, name]),
  );
  const directory: DirectoryFile = {
    format: "common-thread-directory",
    v: 1,
    attribution: "Contains information from NHS England, licensed under the Open Government Licence v3.0",
    licence: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    sources: gathered.sources,
    icb: { code: reference.icb?.code ?? "", name: gathered.icbName, shortName: reference.icb?.shortName ?? "" },
    places: [...places],
    areas: byCode([...reference.areas].map(([code, area]) => [code, area.name, area.places])),
    networks: byCode([...networks]),
    trusts,
    services: serviceRows(here),
    standardPosts,
    servicePosts: servicePostRows(here),
    practices,
  };
  return { directory, problems, remarks };
}

type PracticeRow = DirectoryFile["practices"][number];

function practiceRows(gathered: Gathered, problems: RowProblem[], remarks: Remark[]): PracticeRow[] {
  const rows: PracticeRow[] = [];
  const lines = new Map<string, RegisteredPractice>();
  for (const practice of gathered.practices) {
    const { file, line, code, subIcb } = practice;
    const twin = lines.get(code);
    if (twin) {
      const what = `${code} is also in ${twin.file}, line ${twin.line}.`;
      problems.push({ file, line, what, todo: "Keep the newer row only." });
      continue;
    }
    lines.set(code, practice);
    const network = gathered.networks.get(code);
    const size = gathered.listSizes.get(code);
    const place = placeOfPractice(gathered.reference.areas.get(subIcb)?.places ?? [], network?.code);
    if (!place) {
      const what = `${code} is in ${subIcb}, which holds two Places, and its network (${network?.code ?? "none"}) names neither.`;
      problems.push({ file, line, what, todo: "Add the network to scripts/directory/places.ts." });
      continue;
    }
    if (!network) remarks.push(`${code} belongs to no primary care network in these files.`);
    if (!size) remarks.push(`${code} has no list size in these files: no rate can be given for it.`);
    const name = readingName(practice.officialName);
    const counted = [size?.patients ?? null, size?.at ?? null] as const;
    rows.push([code, name, null, place, subIcb, network?.code ?? null, ...counted, practice.postcode]);
  }
  return byCode(tellApart(rows));
}

/** Names too plain to say which practice is meant. */
const plainNames = new Set(["The Surgery"]);

/** Practices of one name get a short name with their Place, and with the postcode where that is not enough. */
function tellApart(rows: readonly PracticeRow[]): PracticeRow[] {
  const count = (same: (row: PracticeRow) => boolean) => rows.filter(same).length;
  return rows.map((row): PracticeRow => {
    const [code, name, , place, ...rest] = row;
    const sameName = count((other) => other[1] === name);
    if (sameName === 1 && !plainNames.has(name)) return row;
    const sameInPlace = count((other) => other[1] === name && other[3] === place);
    const placeName = places.find((each) => each.id === place)?.name ?? place;
    const where = sameInPlace > 1 ? row[8] : placeName;
    return [code, name, `${name} (${where})`, place, ...rest];
  });
}

function trustRows(gathered: Gathered, problems: RowProblem[], remarks: Remark[]): DirectoryFile["trusts"] {
  const registered = new Map(gathered.trusts.map((trust) => [trust.code, trust]));
  const rows: DirectoryFile["trusts"] = [];
  for (const { file, line, code, kinds, places: served, succession } of gathered.reference.trusts) {
    const trust = registered.get(code);
    const ours = trustServices[code];
    if (!trust) {
      problems.push({ file, line, what: `${code} is not in the register.`, todo: "Check the code, or add it to etr." });
    } else if (!ours) {
      problems.push({
        file,
        line,
        what: `${code} has no services.`,
        todo: "Add it to scripts/directory/trust-services.ts.",
      });
    } else if (trust.closedAt !== succession?.closedAt) {
      const what = `${code}: the register says closed ${trust.closedAt ?? "never"}, the reference ${succession?.closedAt ?? "never"}.`;
      problems.push({ file, line, what, todo: "Find out which is right and correct the other." });
    } else {
      const closing = succession && { closedAt: succession.closedAt, succeededBy: succession.by };
      const { name, postcode } = trust;
      rows.push({ code, name, shortName: ours.shortName, kinds, places: served, postcode, ...closing });
    }
    registered.delete(code);
  }
  for (const { code, closedAt } of registered.values()) {
    remarks.push(
      `${code} is in the register${closedAt ? ` (closed ${closedAt})` : ""} and not in the reference: left out.`,
    );
  }
  return rows.sort((one, other) => compare(one.code, other.code));
}

function serviceRows(trusts: ReadonlySet<string>): DirectoryFile["services"] {
  return Object.entries(trustServices)
    .filter(([code]) => trusts.has(code))
    .sort(([one], [other]) => compare(one, other))
    .flatMap(([code, { ownPost, viaInterfaceLead, called }]) =>
      [...ownPost, ...viaInterfaceLead]
        .sort()
        .map((kind): [string, string, string] => [code, kind, called?.[kind] ?? serviceKinds[kind].name]),
    );
}

function servicePostRows(trusts: ReadonlySet<string>): DirectoryFile["servicePosts"] {
  return Object.entries(trustServices)
    .filter(([code]) => trusts.has(code))
    .sort(([one], [other]) => compare(one, other))
    .flatMap(([code, { ownPost }]) =>
      ownPost.map((kind): DirectoryFile["servicePosts"][number] => [
        serviceKinds[kind].role,
        `${code}-${kind}`,
        serviceKinds[kind].title,
      ]),
    );
}

function byCode<Row extends [string, ...unknown[]]>(rows: Row[]): Row[] {
  return rows.sort((one, other) => compare(one[0], other[0]));
}

/** Order of code points: the same on every machine, whatever its language. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
