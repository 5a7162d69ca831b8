// Serves a store and writes to it from several writers until killed. Prints each acknowledged document's number.
import { MongoClient } from "mongodb";
import { serveEmbeddedStore } from "../../../app/storage/embedded/server";

const [dataDir, socketPath, from, way] = process.argv.slice(2) as [string, string, string, string];
const server = await serveEmbeddedStore({
  dataDir,
  socketPath,
  ...(way === "reopening" ? { mostMappedBytes: 0 } : {}),
});
const client = await new MongoClient(server.uri).connect();
const c = client.db("kill").collection<{ _id: number; keys: string[]; n: number; text: string }>("docs");
await c.createIndexes([{ key: { keys: 1, n: 1 } }, { key: { n: 1 }, unique: true }]);
const counter = client.db("kill").collection<{ _id: string; n: number }>("counter");
let next = Number(from);
process.stdout.write("ready\n");
const writer = async (): Promise<void> => {
  for (;;) {
    const id = next++;
    await c.insertOne({ _id: id, keys: [`k${id % 7}`, `j${id % 11}`], n: id, text: "x".repeat(id % 3000) });
    process.stdout.write(`${id}\n`);
    if (id % 3 === 0) {
      await c.updateOne({ _id: id }, { $push: { keys: "changed" } });
      process.stdout.write(`u${id}\n`);
    }
    if (id % 50 === 0) await counter.updateOne({ _id: "c" }, { $inc: { n: 1 } }, { upsert: true });
  }
};
await Promise.all(Array.from({ length: 8 }, writer));
