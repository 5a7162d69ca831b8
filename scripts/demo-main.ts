import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { londonDay } from "../app/domain/working-days";
import { openDataDirectory } from "../app/server/data-directory";
import { startServer } from "../app/server/start-server";
import { stopOnSignals } from "../app/server/stop-on-signals";
import { fillDemo } from "./demo/fill-demo";
import { openDemo } from "./demo/open-demo";

/**
 * The demonstration: made-up people and issues, sign-in without a password, on loopback only, in a data directory
 * marked demo. A bundle of its own (`build/demo.js`): what `npm start` runs holds none of this.
 */
const dev = process.env.NODE_ENV === "development";
const port = Number(process.env.PORT ?? 3000);
const issues = Number(process.env.DEMO_ISSUES ?? 2500);
const asOf = process.env.DEMO_DAY ?? londonDay(new Date());

try {
  const data = openDataDirectory(process.env.DATA_DIR ?? ".data/demo", "demo");
  const demo = openDemo();
  const server = await startServer({
    settings: {
      baseUrl: new URL(`http://localhost:${port}`),
      port,
      host: "127.0.0.1",
      sessionSecret: data.secret,
      store: { kind: "embedded" },
      database: "common-thread",
      dataDir: data.path,
      search: { kind: "embedded" },
      systemName: "Cheshire and Merseyside",
      referencePrefix: "CT",
    },
    dataDir: data.path,
    directory: demo.facts,
    demoPeople: demo.people,
    ...(dev ? {} : { buildDir: dirname(fileURLToPath(import.meta.url)) }),
    beforeListening: (composed) =>
      fillDemo(composed, { dataDir: data.path, directory: demo.facts, seed: 1, asOf, issues, say: console.log }),
  });
  stopOnSignals(() => server.close());
  console.log(`\nCommon Thread is ready: ${server.url}  (Ctrl+C stops it)\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
