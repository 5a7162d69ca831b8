import { parseArgs } from "node:util";
import { benchLive } from "../tests/bench/live";
import { benchPages } from "../tests/bench/pages";
import { buildAll } from "./build";

/** `npm run bench -- pages|live`: measures the production build, prints the figures and writes them as JSON. */
const { values, positionals } = parseArgs({
  options: { sizes: { type: "string", default: "2500,100000" } },
  allowPositionals: true,
});
await buildAll((line) => console.log(line));
switch (positionals[0]) {
  case "pages":
    await benchPages(values.sizes.split(",").map(Number));
    break;
  case "live":
    await benchLive();
    break;
  default:
    console.error("Say what to measure: npm run bench -- pages, or npm run bench -- live");
    process.exit(2);
}
