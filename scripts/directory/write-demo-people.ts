/** Writes the people of the demonstration: `npx tsx scripts/directory/write-demo-people.ts`, after an import. */
import { readFileSync, writeFileSync } from "node:fs";
import { openDirectory } from "../../app/server/directory-file";
import { demoPeople } from "./demo-people";
import { openDemoDirectory } from "./demo-people-file";
import { writeRows } from "./write-rows";

const directory = openDirectory(JSON.parse(readFileSync("data/directory.json", "utf8")));
const people = demoPeople(directory);
openDemoDirectory(directory, people);
writeFileSync("data/demo/people.json", writeRows({ ...people }));
console.log(`data/demo/people.json: ${people.people.length} people, ${people.holdings.length} posts held.`);
