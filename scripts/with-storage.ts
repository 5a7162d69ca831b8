import { Directory } from "../app/domain/directory";
import { type DataKind, openDataDirectory } from "../app/server/data-directory";
import type { Settings } from "../app/server/env";
import { connectStore, type Storage } from "../app/storage/connect";
import { startEmbeddedStore } from "../app/storage/embedded/start";

/** Opens the store that `npm start` or `npm run demo` would open, and closes it whatever happens. */
export async function withStorage(
  settings: Pick<Settings, "store" | "database" | "dataDir">,
  kind: DataKind,
  use: (storage: Storage) => Promise<void>,
): Promise<void> {
  const embedded =
    settings.store.kind === "embedded"
      ? await startEmbeddedStore({ dataDir: openDataDirectory(settings.dataDir, kind).path })
      : undefined;
  const uri = settings.store.kind === "mongodb" ? settings.store.uri : (embedded?.uri ?? "");
  const directory = new Directory({ places: [], organisations: [], services: [], posts: [], people: [], holdings: [] });
  try {
    const storage = await connectStore({ uri, database: settings.database, directory });
    try {
      await storage.migrate();
      await storage.ensureIndexes();
      await use(storage);
    } finally {
      await storage.close();
    }
  } finally {
    await embedded?.close();
  }
}
