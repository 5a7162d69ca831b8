import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import type { Directory } from "../../app/domain/directory";
import { connectStore, type Storage, type StoreOptions } from "../../app/storage/connect";
import { smallDirectory } from "./small-directory";

declare module "vitest" {
  interface ProvidedContext {
    /** A MongoDB to test against: the embedded store of this run, or `MONGODB_URI`. */
    storeUri: string;
  }
}

export interface TestStore extends Storage {
  uri: string;
  database: string;
  knownPeople: Directory;
  /** Drops the database and closes the connection. */
  drop(): Promise<void>;
}

/** A connected store on a database nobody else uses. Call `drop` when the file is done. */
export async function openTestStore(options: Partial<StoreOptions> = {}): Promise<TestStore> {
  const uri = inject("storeUri");
  const database = `ct-test-${randomBytes(6).toString("hex")}`;
  const directory = options.directory ?? smallDirectory();
  const storage = await connectStore({ uri, database, ...options, directory });
  await storage.migrate();
  await storage.ensureIndexes();
  return {
    ...storage,
    uri,
    database,
    knownPeople: directory,
    async drop() {
      await storage.connection.db?.dropDatabase();
      await storage.close();
    },
  };
}
