import { parseArgs } from "node:util";
import { compose } from "../app/server/compose";
import { openDataDirectory } from "../app/server/data-directory";
import { openDirectory } from "../app/server/directory-file";
import { readSettings } from "../app/server/env";
import { askForReindex } from "../app/server/reindex-socket";
import directoryJson from "../data/directory.json";
import { progressBar } from "./progress-bar";

/**
 * `npm run reindex`: builds the search index anew from the store, beside the one that answers meanwhile, and swaps. A
 * product that runs on the data directory does it itself and keeps answering; otherwise this process does. Reads the
 * settings of `npm start`; `--demo [DIR]` opens a demonstration instead.
 */
const { values, positionals } = parseArgs({
  options: { demo: { type: "boolean", default: false } },
  allowPositionals: true,
});

const { settings, data } = values.demo ? demo(positionals[0] ?? ".data/demo") : live();
const bar = progressBar("Issues that can be found");
const rebuilt = (await askForReindex(data.path, bar.to)) ?? (await rebuildHere());
const without = rebuilt.without > 0 ? `, without ${rebuilt.without} that could not be indexed` : "";
bar.end(`Done: ${rebuilt.done.toLocaleString("en-GB")} issues${without}`);

async function rebuildHere() {
  const composed = await compose({
    settings,
    dataDir: data.path,
    demo: values.demo,
    directory: { ...openDirectory(directoryJson), people: [], holdings: [] },
  });
  try {
    const search = await composed.index.state();
    if (search.state === "down") throw new Error(`There is no search engine to fill: ${search.why}`);
    return await composed.fillIndex(bar.to);
  } finally {
    await composed.close();
  }
}

function demo(dir: string) {
  const settings = {
    store: { kind: "embedded" },
    database: "common-thread",
    search: { kind: "embedded" },
    systemName: "Cheshire and Merseyside",
    referencePrefix: "CT",
  } as const;
  return { settings, data: openDataDirectory(dir, "demo") };
}

function live() {
  const read = readSettings(process.env);
  if (!read.ok) {
    console.error(`Settings are missing:\n${read.missing.map((line) => `  ${line}`).join("\n")}`);
    process.exit(2);
  }
  return { settings: read.settings, data: openDataDirectory(read.settings.dataDir, "live") };
}
