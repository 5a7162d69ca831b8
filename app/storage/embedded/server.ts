/** The store as a server on a unix socket or a loopback port. Runs in any thread. */
import { chmodSync, existsSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Store } from "./commands/context";
import { hello } from "./commands/diagnostic";
import { runCommand } from "./commands/table";
import { StoreError } from "./errors";
import type { Reply } from "./reply";
import { openStore } from "./store";
import { startSweeper } from "./sweeper";
import { type Doc, doc, type Plain } from "./values";
import { errorReply, Framer, type Message, readMessage, WireError, writeReply } from "./wire";

export interface EmbeddedStoreOptions {
  dataDir: string;
  /** Listens here; the name must end in `.sock`. */
  socketPath?: string;
  /** Listens on 127.0.0.1 only; 0 takes any free port. */
  port?: number;
  /** With more of the data file than this in the process's memory, it is closed and opened again. */
  mostMappedBytes?: number;
  /** How often documents past their TTL index are removed. */
  sweepEveryMs?: number;
  /** Told of faults that no client is answered for. */
  onFault?: (error: Error) => void;
}

export interface EmbeddedStoreServer {
  uri: string;
  close(): Promise<void>;
}

/** Opens the data directory and serves it; resolves once it listens. Refuses a directory that is in use or damaged. */
export async function serveEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStoreServer> {
  const onFault = options.onFault ?? (() => {});
  const opened = await openStore(options.dataDir, { mostMappedBytes: options.mostMappedBytes });
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serveConnection(socket, opened.store, onFault);
  });
  try {
    await listen(server, options);
  } catch (error) {
    await opened.close();
    throw error;
  }
  const stopSweeper = startSweeper(opened.store, options.sweepEveryMs ?? 60_000, onFault);
  return {
    uri: uriOf(server, options),
    async close() {
      await stopSweeper();
      server.close();
      for (const s of sockets) s.destroy();
      await opened.close();
    },
  };
}

/** The longest socket path that the operating system takes without cutting it. */
export const MAX_SOCKET_PATH_BYTES = 107;

async function listen(server: Server, options: EmbeddedStoreOptions): Promise<void> {
  const { socketPath, port } = options;
  if (socketPath !== undefined) {
    if (!socketPath.endsWith(".sock")) throw new Error("the socket's name must end in .sock");
    if (Buffer.byteLength(socketPath) > MAX_SOCKET_PATH_BYTES) {
      throw new Error(
        `the socket path is longer than ${MAX_SOCKET_PATH_BYTES} bytes: choose a shorter temporary directory`,
      );
    }
  }
  if (socketPath !== undefined) await removeDeadSocket(socketPath);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    const ready = (): void => {
      server.off("error", reject);
      if (socketPath !== undefined) chmodSync(socketPath, 0o600);
      resolve();
    };
    if (socketPath !== undefined) server.listen(socketPath, ready);
    else server.listen(port ?? 0, "127.0.0.1", ready);
  });
}

/** A killed process leaves its socket behind: one that nobody answers at is removed. */
function removeDeadSocket(path: string): Promise<void> {
  if (!existsSync(path)) return Promise.resolve();
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once("connect", () => {
      probe.destroy();
      resolve();
    });
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") rmSync(path, { force: true });
      resolve();
    });
  });
}

function uriOf(server: Server, { socketPath }: EmbeddedStoreOptions): string {
  if (socketPath !== undefined) return `mongodb://${encodeURIComponent(socketPath)}/?directConnection=true`;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the store does not listen");
  return `mongodb://127.0.0.1:${address.port}/?directConnection=true`;
}

/** Commands of one connection run one after the other; a message that cannot be read ends it. */
function serveConnection(socket: Socket, store: Store, onFault: (e: Error) => void): void {
  const framer = new Framer();
  let queue = Promise.resolve();
  let waiting = 0;
  socket.on("error", () => socket.destroy());
  socket.on("data", (bytes) => {
    let messages: Buffer[];
    try {
      messages = framer.push(bytes);
    } catch {
      socket.destroy();
      return;
    }
    for (const m of messages) {
      waiting++;
      if (waiting > 100) socket.pause();
      queue = queue.then(async () => {
        await answer(socket, store, m, onFault);
        if (--waiting <= 100 && socket.isPaused()) socket.resume();
      });
    }
  });
}

async function answer(socket: Socket, store: Store, bytes: Buffer, onFault: (e: Error) => void): Promise<void> {
  if (socket.destroyed) return;
  let message: Message;
  try {
    message = readMessage(bytes);
  } catch (error) {
    if (!(error instanceof WireError || error instanceof StoreError || error instanceof RangeError))
      onFault(asError(error));
    socket.destroy();
    return;
  }
  const reply = await runSafely(store, message, onFault);
  if (!message.silent && !socket.destroyed) socket.write(writeReply(message, reply));
}

async function runSafely(store: Store, message: Message, onFault: (e: Error) => void): Promise<Reply> {
  try {
    if (message.legacy) return hello({ store });
    return await runCommand({ store, db: message.db, command: message.command, sequences: message.sequences });
  } catch (error) {
    if (error instanceof StoreError) return failure(error);
    onFault(asError(error));
    return failure(new StoreError(1, "embedded store: an internal fault; nothing of this command was stored"));
  }
}

function failure(error: StoreError): Doc {
  return new Map([["ok", 0], ...doc(errorReply(error) as Record<string, Plain>)]);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
