import MongoStore from "connect-mongo";
import type { Connection } from "mongoose";

export const sessionCollection = "sessions";

/**
 * Sessions of signed-in people, over the connection everything else uses. `expires` is set from the cookie; the TTL
 * index that removes old ones is made with the others (`ensureSessionIndex`), not by the store behind our back.
 */
export function sessionStore(connection: Connection, database: string): MongoStore {
  return MongoStore.create({
    // Two copies of the driver's types: mongoose brings the same release of the driver.
    client: connection.getClient() as never,
    dbName: database,
    collectionName: sessionCollection,
    autoRemove: "disabled",
    stringify: false,
    // A session is written on every request only to move its end: once a minute is enough.
    touchAfter: 60,
  });
}

export async function ensureSessionIndex(connection: Connection): Promise<void> {
  await connection.collection(sessionCollection).createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
}
