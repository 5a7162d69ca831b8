import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { DirectoryFile } from "../../app/server/directory-file";
import type { Gathered } from "./build-directory";
import { readNamedCsv } from "./csv";
import { type ListSize, readListSizes } from "./list-sizes";
import { type Network, readNetworks } from "./networks";
import { type RegisteredPractice, readPractices } from "./practices";
import { readingName } from "./reading-name";
import { readReference } from "./reference";
import type { Remark, RowProblem } from "./row-problem";
import { readTrusts } from "./trusts";

interface File {
  name: string;
  text: string;
}

export interface GatheredFiles {
  gathered: Gathered;
  problems: RowProblem[];
  remarks: Remark[];
}

/**
 * Reads every file of `folder` that the importer knows by its name (`epraccur*`, `etr*`, `gp-reg-pat-prac-all*`,
 * `gp-reg-pat-prac-map*`, `icb-list*`) and the reference list. Throws when a kind of file is missing.
 */
export function gatherFiles(folder: string, referencePath: string): GatheredFiles {
  const reference = readReference(basename(referencePath), readFileSync(referencePath, "utf8"));
  const subIcbs = new Set(reference.areas.keys());
  const problems = [...reference.problems];
  const remarks: Remark[] = [];
  const sources: DirectoryFile["sources"] = [];

  const practices = gatherPractices(filesNamed(folder, "epraccur"), subIcbs, problems, remarks, sources);
  const codes = new Set(practices.map((practice) => practice.code));
  const trusts = filesNamed(folder, "etr").flatMap(({ name, text }) => {
    const read = readTrusts(name, text);
    problems.push(...read.problems);
    sources.push({ file: name, holds: "trusts" });
    return read.trusts;
  });
  const listSizes = gatherListSizes(filesNamed(folder, "gp-reg-pat-prac-all"), subIcbs, codes, problems, sources);
  const networks = gatherNetworks(filesNamed(folder, "gp-reg-pat-prac-map"), codes, problems, sources);
  const icbName = nameOfIcb(filesNamed(folder, "icb-list"), reference.icb?.code ?? "");
  return { gathered: { reference, icbName, practices, trusts, listSizes, networks, sources }, problems, remarks };
}

function filesNamed(folder: string, start: string): File[] {
  const names = readdirSync(folder)
    .filter((name) => name.startsWith(start) && name.endsWith(".csv"))
    .sort();
  if (names.length === 0) throw new Error(`${folder} holds no ${start}*.csv. Put the file there and start again.`);
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

function gatherPractices(
  files: readonly File[],
  subIcbs: ReadonlySet<string>,
  problems: RowProblem[],
  remarks: Remark[],
  sources: DirectoryFile["sources"],
): RegisteredPractice[] {
  return files.flatMap(({ name, text }) => {
    const { practices, leftOut, newestDate, ...read } = readPractices(name, text, subIcbs);
    problems.push(...read.problems);
    remarks.push(
      `${name}: ${practices.length} active GP practices; left out ${leftOut.elsewhere} rows of other areas, ` +
        `${leftOut.notGpPractice} that are no GP practice, ${leftOut.notActive} that are not active.`,
    );
    if (practices.length > 0) sources.push({ file: name, holds: "practices", ...(newestDate && { newestDate }) });
    return practices;
  });
}

/** Of several counts of one practice the newest stands. */
function gatherListSizes(
  files: readonly File[],
  subIcbs: ReadonlySet<string>,
  practices: ReadonlySet<string>,
  problems: RowProblem[],
  sources: DirectoryFile["sources"],
): Map<string, ListSize> {
  const newest = new Map<string, ListSize>();
  for (const { name, text } of files) {
    const read = readListSizes(name, text, subIcbs, practices);
    problems.push(...read.problems);
    for (const extractDate of read.dates) sources.push({ file: name, holds: "list sizes", extractDate });
    for (const [code, size] of read.sizes) {
      const known = newest.get(code);
      if (!known || known.at < size.at) newest.set(code, size);
    }
  }
  return newest;
}

/** Files are read in the order of their names, which hold a date: the later one stands. */
function gatherNetworks(
  files: readonly File[],
  practices: ReadonlySet<string>,
  problems: RowProblem[],
  sources: DirectoryFile["sources"],
): Map<string, Network> {
  const networks = new Map<string, Network>();
  for (const { name, text } of files) {
    const read = readNetworks(name, text, practices);
    problems.push(...read.problems);
    for (const extractDate of read.dates) sources.push({ file: name, holds: "primary care networks", extractDate });
    for (const [code, network] of read.ofPractice) networks.set(code, network);
  }
  return networks;
}

function nameOfIcb(files: readonly File[], code: string): string {
  for (const { name, text } of files) {
    const row = readNamedCsv(name, text, [["ods_code"], ["name"]]).find(({ cell }) => cell("ods_code") === code);
    if (row) return readingName(row.cell("name"));
  }
  throw new Error(`No icb-list*.csv names the ICB "${code}" of the reference list.`);
}
