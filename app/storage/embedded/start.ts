/** Starts the store in a worker thread behind a socket only this user can reach. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

export interface RunningStore {
  /** For the MongoDB driver or mongoose. */
  uri: string;
  close(): Promise<void>;
  /** Called when the store fails outside any command, or its thread ends unasked. */
  onFault(cb: (error: Error) => void): void;
}

type Said =
  | { kind: "ready"; uri: string }
  | { kind: "refused" | "fault"; message: string; stack?: string }
  | { kind: "closed" };

/** Opens `dataDir` (made when absent) and serves it; rejects with what to do when it is in use or damaged. */
export async function startEmbeddedStore(options: { dataDir: string }): Promise<RunningStore> {
  const folder = mkdtempSync(join(tmpdir(), "ct-"));
  chmodSync(folder, 0o700);
  const listeners: ((e: Error) => void)[] = [];
  const worker = startWorker({ dataDir: options.dataDir, socketPath: join(folder, "s.sock") });
  let closing = false;
  const report = (e: Error): void => {
    for (const l of listeners) l(e);
  };
  try {
    const uri = await ready(worker);
    worker.on("message", (m: Said) => {
      if (m.kind === "fault") report(faultOf(m));
    });
    worker.on("error", (e) => report(e instanceof Error ? e : new Error(String(e))));
    worker.on("exit", () => {
      if (!closing) report(new Error("the store's thread ended"));
    });
    return {
      uri,
      onFault: (cb) => listeners.push(cb),
      async close() {
        if (closing) return;
        closing = true;
        await closed(worker);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function faultOf(m: { message: string; stack?: string }): Error {
  const error = new Error(m.message);
  if (m.stack) error.stack = m.stack;
  return error;
}

/** Bundled, the worker lies beside this file; from source, it is TypeScript and tsx has to read it. */
function startWorker(workerData: { dataDir: string; socketPath: string }): Worker {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = join(here, "embedded-store-worker.js");
  if (existsSync(bundled)) return new Worker(bundled, { workerData });
  return new Worker(join(here, "worker-from-source.mjs"), { workerData, execArgv: [] });
}

function ready(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the store's thread ended before it was ready")));
    worker.once("message", (m: Said) => {
      worker.off("error", reject);
      worker.removeAllListeners("exit");
      if (m.kind === "ready") resolve(m.uri);
      else reject(new Error("message" in m ? m.message : "the store did not start"));
    });
  });
}

function closed(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once("exit", () => resolve());
    worker.postMessage("close");
  });
}
