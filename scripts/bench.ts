import { parseArgs } from "node:util";
import { benchLive } from "../tests/bench/live";
import { benchPages } from "../tests/bench/pages";
import { benchSearch } from "../tests/bench/search";
import { benchStore } from "../tests/bench/store";
import { benchThemePages } from "../tests/bench/theme-pages";
import { benchThemes } from "../tests/bench/themes";
import { buildAll } from "./build";

const defaultSizes = "2500,100000";

/** `npm run bench -- pages|live|search|store|themes`: measures (pages and live: the production build), prints, writes JSON. */
const { values, positionals } = parseArgs({
  options: {
    sizes: { type: "string", default: defaultSizes },
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
  case "search":
    await benchSearch(values.sizes === defaultSizes ? [2_500, 10_000, 100_000] : values.sizes.split(",").map(Number));
    break;
  case "themes":
    await benchThemes(values.sizes === defaultSizes ? [1_000, 10_000, 100_000] : values.sizes.split(",").map(Number));
    await buildAll((line) => console.log(line));
    await benchThemePages(values.sizes.split(",").map(Number));
    break;
  default:
    console.error("Say what to measure: npm run bench -- pages, live, search, store or themes");
    process.exit(2);
}
