import { existsSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Rebuilt } from "../../search/index-writer";

/**
 * How `npm run reindex` asks a product that runs to rebuild its index: a socket in the data directory, which only its
 * owner can reach. Whoever connects is told how far it is, a line at a time.
 */
const saidSchema = z.union([
  z.object({ done: z.number(), total: z.number() }),
  z.object({ finished: z.object({ done: z.number(), without: z.number() }) }),
  z.object({ failed: z.literal(true) }),
]);

export type Progress = (done: number, total: number) => void;

/** Longest path of a socket that every system takes. */
const longestPath = 100;
const socketIn = (dataDir: string): string => join(dataDir, "reindex.sock");

/** Rebuilds whenever somebody connects. Undefined where the data directory's path is too long for a socket. */
export async function serveReindex(
  dataDir: string,
  rebuild: (onProgress: Progress) => Promise<Rebuilt>,
): Promise<Server | undefined> {
  const path = socketIn(dataDir);
  if (Buffer.byteLength(path) > longestPath) return undefined;
  // Left behind by a process that was killed: this one holds the data directory now.
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    const say = (said: z.infer<typeof saidSchema>) => socket.writable && socket.write(`${JSON.stringify(said)}\n`);
    rebuild((done, total) => say({ done, total })).then(
      (finished) => socket.end(`${JSON.stringify({ finished })}\n`),
      () => socket.end(`${JSON.stringify({ failed: true })}\n`),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  return server.unref();
}

/** Lets the product that runs on this data directory rebuild its index. Undefined when none runs. */
export function askForReindex(dataDir: string, onProgress: Progress): Promise<Rebuilt | undefined> {
  const path = socketIn(dataDir);
  if (!existsSync(path)) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once("error", () => resolve(undefined));
    socket.once("connect", () => {
      socket.removeAllListeners("error").on("error", reject);
      socket.once("close", () => reject(new Error("The product stopped before the index was built.")));
    });
    createInterface({ input: socket })
      .on("line", (line) => {
        const said = saidSchema.parse(JSON.parse(line));
        if ("finished" in said) resolve(said.finished);
        else if ("failed" in said) reject(new Error("The index could not be built: the product's log says why."));
        else onProgress(said.done, said.total);
      })
      .on("error", () => undefined);
  });
}
