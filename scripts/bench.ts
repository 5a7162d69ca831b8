import { parseArgs } from "node:util";
import { benchLive } from "../tests/bench/live";
import { benchPages } from "../tests/bench/pages";
import { benchStore } from "../tests/bench/store";
import { buildAll } from "./build";

/** `npm run bench -- pages|live|store`: measures (pages and live: the production build), prints, writes JSON. */
const { values, positionals } = parseArgs({
  options: {
    sizes: { type: "string", default: "2500,100000" },
    documents: { type: "string", default: "100000" },
  },
  allowPositionals: true,
});
switch (positionals[0]) {
  case "pages":
    await buildAll((line) => console.log(line));
    await benchPages(values.sizes.split(",").map(Number));
    break;
  case "live":
    await buildAll((line) => console.log(line));
    await benchLive();
    break;
  case "store":
    await benchStore(Number(values.documents));
    break;
  default:
    console.error("Say what to measure: npm run bench -- pages, live or store");
    process.exit(2);
}
