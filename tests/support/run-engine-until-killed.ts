/** Starts the engine on the folder given, says its address and process id, and waits to be killed. */
import { startEmbeddedSearch } from "../../search/embedded";

const [dataDir = ""] = process.argv.slice(2);
void startEmbeddedSearch({ dataDir }).then((engine) => {
  process.stdout.write(`${JSON.stringify({ ...engine.address(), pid: engine.pid(), why: engine.unavailable() })}\n`);
});
// Nothing but a signal ends this process.
setInterval(() => undefined, 60_000);
