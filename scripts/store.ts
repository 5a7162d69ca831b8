/**
 * The embedded store by itself:
 *   npm run store -- serve --data DIR (--port N | --socket PATH.sock)
 *   npm run store -- backup DATA_DIR BACKUP_DIR     (while it is in use)
 *   npm run store -- restore BACKUP_DIR DATA_DIR    (what was there is kept beside it)
 *   npm run store -- check DATA_DIR
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { backupStore, checkDirectory, restoreStore } from "../app/storage/embedded/backup";
import type { Findings } from "../app/storage/embedded/check";
import { type EmbeddedStoreOptions, serveEmbeddedStore } from "../app/storage/embedded/server";

const USAGE = `Usage:
  npm run store -- serve --data DIR (--port N | --socket PATH.sock)
  npm run store -- backup DATA_DIR BACKUP_DIR
  npm run store -- restore BACKUP_DIR DATA_DIR
  npm run store -- check DATA_DIR`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string" },
    port: { type: "string" },
    socket: { type: "string" },
    host: { type: "string" },
  },
});

function refuse(message: string): never {
  console.error(message);
  process.exit(1);
}

function directories(count: number): string[] {
  const list = positionals.slice(1);
  if (list.length !== count) refuse(USAGE);
  return list.map((d) => resolve(d));
}

function report(f: Findings): void {
  console.log(`${f.collections} collections, ${f.documents} documents, ${f.entries} index entries`);
  for (const p of f.problems.slice(0, 50)) console.error(p);
  if (f.problems.length > 0)
    refuse(`${f.problems.length} problems. Restore a backup: npm run store -- restore BACKUP_DIR DATA_DIR`);
  console.log("No problems.");
}

async function serve(): Promise<void> {
  if (!values.data || (values.port === undefined) === (values.socket === undefined)) refuse(USAGE);
  if (values.host !== undefined && !["127.0.0.1", "localhost"].includes(values.host)) {
    refuse("The store has no sign-in: it listens on 127.0.0.1 only.");
  }
  const options: EmbeddedStoreOptions = {
    dataDir: resolve(values.data),
    onFault: (e) => console.error(`fault: ${e.message}`),
  };
  if (values.socket !== undefined) options.socketPath = resolve(values.socket);
  else options.port = Number(values.port);
  const server = await serveEmbeddedStore(options);
  console.log(server.uri);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
}

async function main(): Promise<void> {
  switch (positionals[0]) {
    case "serve":
      return serve();
    case "backup": {
      const [from, to] = directories(2);
      return report(await backupStore(from!, to!));
    }
    case "restore": {
      const [from, to] = directories(2);
      const { findings, kept } = await restoreStore(from!, to!, new Date());
      if (kept) console.log(`What was there is kept as ${kept}`);
      return report(findings);
    }
    case "check":
      return report(await checkDirectory(directories(1)[0]!));
    default:
      refuse(USAGE);
  }
}

main().catch((error: unknown) => refuse(error instanceof Error ? error.message : String(error)));
