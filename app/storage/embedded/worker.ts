/** The worker thread that the store runs in. */
import { parentPort, workerData } from "node:worker_threads";
import { serveEmbeddedStore } from "./server";

const port = parentPort;
if (!port) throw new Error("this file runs as a worker thread");

const { dataDir, socketPath } = workerData as { dataDir: string; socketPath: string };

/** Faults carry no document content: the engine's and this store's messages name only files and codes. */
const fault = (error: Error): void => port.postMessage({ kind: "fault", message: error.message, stack: error.stack });

try {
  const server = await serveEmbeddedStore({ dataDir, socketPath, onFault: fault });
  port.on("message", async (m: unknown) => {
    if (m !== "close") return;
    await server.close();
    port.postMessage({ kind: "closed" });
    port.close();
  });
  port.postMessage({ kind: "ready", uri: server.uri });
} catch (error) {
  port.postMessage({ kind: "refused", message: error instanceof Error ? error.message : String(error) });
  port.close();
}
