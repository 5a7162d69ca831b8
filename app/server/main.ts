import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import directoryJson from "../../data/directory.json";
import { openDataDirectory, WrongDataDirectory } from "./data-directory";
import { openDirectory } from "./directory-file";
import { readSettings } from "./env";
import { log } from "./log";
import { startServer } from "./start-server";
import { stopOnSignals } from "./stop-on-signals";

/** `npm start`: the product for real. Refuses to run half-configured, naming each missing setting. */
const read = readSettings(process.env);
if (!read.ok) {
  console.error(`Common Thread cannot start. Set:\n${read.missing.map((line) => `  ${line}`).join("\n")}`);
  process.exit(2);
}
try {
  const data = openDataDirectory(read.settings.dataDir, "live");
  const server = await startServer({
    settings: read.settings,
    dataDir: data.path,
    directory: { ...openDirectory(directoryJson), people: [], holdings: [] },
    buildDir: dirname(fileURLToPath(import.meta.url)),
  });
  stopOnSignals(() => server.close());
  log("listening", { url: server.url });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(error instanceof WrongDataDirectory ? 2 : 1);
}
