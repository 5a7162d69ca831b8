import { parseArgs } from "node:util";
import { indexEntry } from "../app/followups/index-issue";
import { compose } from "../app/server/compose";
import { openDataDirectory } from "../app/server/data-directory";
import { openDirectory } from "../app/server/directory-file";
import { readSettings } from "../app/server/env";
import directoryJson from "../data/directory.json";

/**
 * `npm run reindex`: builds the search index anew from the store, beside the one that answers meanwhile, and swaps.
 * Reads the settings of `npm start`; `--demo [DIR]` opens a demonstration instead. With the embedded store the product
 * must be stopped, because one process at a time opens a data directory.
 */
const { values, positionals } = parseArgs({
  options: { demo: { type: "boolean", default: false } },
  allowPositionals: true,
});

const began = new Date();
const { settings, data } = values.demo ? demo(positionals[0] ?? ".data/demo") : live();
const composed = await compose({
  settings,
  dataDir: data.path,
  demo: values.demo,
  directory: { ...openDirectory(directoryJson), people: [], holdings: [] },
});
try {
  const search = await composed.index.state();
  if (search.state === "down") throw new Error(`There is no search engine to fill: ${search.why}`);
  await composed.fillIndex(say);
  const caughtUp = await putWhatChanged();
  say(`Done${caughtUp > 0 ? `, with ${caughtUp} that changed meanwhile` : ""}.`);
} finally {
  await composed.close();
}

/** What other processes changed in the old index while the new one was filled. */
async function putWhatChanged(): Promise<number> {
  const { storage, directory, index } = composed;
  const changed = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await storage.events.page({ limit: 500, ...(cursor ? { cursor } : {}) });
    const since = page.items.filter((event) => event.at >= began);
    for (const event of since) changed.add(event.issue);
    cursor = since.length === page.items.length ? page.next : undefined;
  } while (cursor);
  const ports = { issues: storage.issues, replies: storage.replies, directory };
  const entries = await Promise.all([...changed].map((id) => indexEntry(ports, id)));
  await index.put(entries.filter((entry) => entry !== null));
  return changed.size;
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

function say(line: string): void {
  const seconds = (Date.now() - began.getTime()) / 1000;
  console.log(`${seconds.toFixed(0).padStart(5)} s  ${line}`);
}
