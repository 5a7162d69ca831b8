import { parseArgs } from "node:util";
import { londonDay } from "../app/domain/working-days";
import { compose } from "../app/server/compose";
import { openDataDirectory } from "../app/server/data-directory";
import { fillDemo } from "./demo/fill-demo";
import { openDemo } from "./demo/open-demo";

/**
 * `npm run seed -- --issues 100000 --seed 1 [--day 2026-11-20] [--data DIR]`: the large set for measuring, five replies
 * each of about 700 characters, in a demonstration data directory of its own. Open it with
 * `DATA_DIR=.data/seed-100000 npm run demo`.
 */
const { values } = parseArgs({
  options: {
    issues: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    day: { type: "string" },
    data: { type: "string" },
  },
});
const issues = Number(values.issues);
const seed = Number(values.seed);
if (!Number.isInteger(issues) || issues < 1 || !Number.isInteger(seed)) {
  console.error("Give whole numbers: npm run seed -- --issues 100000 --seed 1");
  process.exit(2);
}
const data = openDataDirectory(values.data ?? `.data/seed-${issues}`, "demo");
const demo = openDemo();
const composed = await compose({
  settings: {
    store: { kind: "embedded" },
    database: "common-thread",
    search: { kind: "embedded" },
    systemName: "Cheshire and Merseyside",
    referencePrefix: "CT",
  },
  dataDir: data.path,
  demo: true,
  directory: demo.facts,
});
const began = performance.now();
const say = (line: string) => console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`);
await fillDemo(composed, {
  dataDir: data.path,
  directory: demo.facts,
  seed,
  asOf: values.day ?? londonDay(new Date()),
  issues,
  replies: { each: 5, characters: 700 },
  say,
});
await composed.fillIndex((done) => say(`Indexing: ${done.toLocaleString("en-GB")} issues can be found`));
await composed.close();
say(`Done: ${data.path}`);
