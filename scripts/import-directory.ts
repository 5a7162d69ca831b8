/**
 * Builds the directory of organisations from files of the NHS Organisation Data Service:
 * `npx tsx scripts/import-directory.ts --ods DIR --reference FILE --out data/directory.json`
 *
 * Rows that cannot be used are listed with file, line and what to do, and nothing is written; with
 * `--leave-out-bad-rows` the rest is written all the same.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openDirectory } from "../app/server/directory-file";
import { buildDirectory } from "./directory/build-directory";
import { gatherFiles } from "./directory/gather";
import { inWords } from "./directory/row-problem";
import { writeRows } from "./directory/write-rows";

const { values } = parseArgs({
  options: {
    ods: { type: "string" },
    reference: { type: "string" },
    out: { type: "string" },
    "leave-out-bad-rows": { type: "boolean", default: false },
  },
});

function main(): number {
  const { ods, reference, out } = values;
  if (!ods || !reference || !out) {
    console.error("Usage: npx tsx scripts/import-directory.ts --ods DIR --reference FILE --out FILE");
    return 2;
  }
  const files = gatherFiles(ods, reference);
  const built = buildDirectory(files.gathered);
  const problems = [...files.problems, ...built.problems];
  for (const remark of [...files.remarks, ...built.remarks]) console.log(remark);
  for (const problem of problems) console.error(inWords(problem));
  if (problems.length > 0 && !values["leave-out-bad-rows"]) {
    console.error(`Not written: ${problems.length} rows need attention (--leave-out-bad-rows writes without them).`);
    return 1;
  }
  const opened = openDirectory(built.directory);
  writeFileSync(out, writeRows(built.directory));
  const counts = [
    `${built.directory.practices.length} practices`,
    `${built.directory.trusts.length} trusts`,
    `${opened.services.length} services`,
    `${opened.posts.length} posts`,
  ];
  console.log(`${out}: ${counts.join(", ")}, ${problems.length} rows left out for a fault.`);
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
