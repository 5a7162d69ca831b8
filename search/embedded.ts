import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { engineVersion, findEngineBinary } from "./engine-binary";
import { claimEngineFolder, clearEngineFolder, releaseEngineFolder } from "./engine-owner";
import { type EngineProcess, runEngine } from "./engine-process";

/** The engine of one machine: a child of this process, on loopback only, with a key nobody else knows. */
export interface EmbeddedSearch {
  /** Where it answers and the key it wants; undefined when it is unavailable. */
  address(): { url: string; key: string } | undefined;
  /** Why there is none. The product runs without: basic search from the store. */
  unavailable(): string | undefined;
  /** Process id of the engine that runs now. */
  pid(): number | undefined;
  close(): Promise<void>;
}

export interface EmbeddedSearchOptions {
  dataDir: string;
  /** Told when the engine ended by itself, before it is started again. */
  onFault?: (fault: Error) => void;
  /** Shortest and longest wait before a start after it ended. */
  backoffMs?: { shortest: number; longest: number };
}

/** Longest wait for the first answer of an engine that is starting. */
const startWithinMs = 30_000;
/** An engine that ran this long is trusted to start at once when it ends. */
const steadyAfterMs = 60_000;

/**
 * Starts Meilisearch with its data in `<dataDir>/search` and keeps it running: when it ends it is started again on the
 * same port with the same key, sooner or later by how often it ended. It ends with this process, however that ends.
 * Never throws: whatever stands in its way is what `unavailable` says.
 */
export async function startEmbeddedSearch(options: EmbeddedSearchOptions): Promise<EmbeddedSearch> {
  try {
    const started = await start(options);
    return typeof started === "string" ? unavailable(started) : started;
  } catch (fault) {
    return unavailable(fault instanceof Error ? fault.message : "The search engine did not start.");
  }
}

/** The running engine, or why there can be none. */
async function start(options: EmbeddedSearchOptions): Promise<EmbeddedSearch | string> {
  // One folder a version: an engine refuses the files of another, and the index can always be built again.
  const folder = join(options.dataDir, "search", engineVersion);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!(await clearEngineFolder(folder))) return "Another process runs the search engine on this data folder.";
  const binary = await findEngineBinary(options.dataDir);
  if (!binary.found) return binary.why;
  const key = randomBytes(32).toString("base64url");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const supervisor = new Supervisor({ ...options, folder, key, port, url });
  await supervisor.begin(binary.path);
  return {
    address: () => ({ url, key }),
    unavailable: () => undefined,
    pid: () => supervisor.pid,
    close: () => supervisor.close(),
  };
}

function unavailable(why: string): EmbeddedSearch {
  return { address: () => undefined, unavailable: () => why, pid: () => undefined, close: async () => undefined };
}

class Supervisor {
  readonly #options: EmbeddedSearchOptions & { folder: string; key: string; port: number; url: string };
  readonly #closing = new AbortController();
  #engine: EngineProcess | undefined;
  #watching: Promise<void> = Promise.resolve();

  constructor(options: EmbeddedSearchOptions & { folder: string; key: string; port: number; url: string }) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#engine?.pid;
  }

  async begin(path: string): Promise<void> {
    await this.#run(path);
    this.#watching = this.#keepRunning();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#engine?.stop();
    await this.#watching;
    await releaseEngineFolder(this.#options.folder);
  }

  async #run(path: string): Promise<void> {
    const { folder, key, port, url } = this.#options;
    const engine = await runEngine(path, argumentsFor(folder, port), {
      cwd: folder,
      env: { MEILI_MASTER_KEY: key, PATH: process.env.PATH ?? "" },
    });
    this.#engine = engine;
    await claimEngineFolder(folder, engine.pid);
    try {
      await answering(url, engine);
    } catch (fault) {
      await engine.stop();
      throw fault;
    }
  }

  /** Waits for the engine to end and starts it again, until closed. */
  async #keepRunning(): Promise<void> {
    const { shortest, longest } = this.#options.backoffMs ?? { shortest: 500, longest: 30_000 };
    let waitMs = shortest;
    while (!this.#closing.signal.aborted) {
      const startedAt = performance.now();
      const end = await this.#engine?.ended;
      if (this.#closing.signal.aborted) return;
      this.#options.onFault?.(new Error(`The search engine ended with code ${end?.code ?? "none"}.`));
      if (performance.now() - startedAt > steadyAfterMs) waitMs = shortest;
      await wait(waitMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, longest);
      if (!this.#closing.signal.aborted) await this.#again();
    }
  }

  async #again(): Promise<void> {
    try {
      const binary = await findEngineBinary(this.#options.dataDir);
      if (!binary.found) throw new Error(binary.why);
      await this.#run(binary.path);
    } catch (cause) {
      this.#options.onFault?.(new Error("The search engine could not be started again.", { cause }));
    }
    if (this.#closing.signal.aborted) await this.#engine?.stop();
  }
}

function argumentsFor(folder: string, port: number): string[] {
  return [
    ["--db-path", join(folder, "data")],
    ["--dump-dir", join(folder, "dumps")],
    ["--snapshot-dir", join(folder, "snapshots")],
    ["--http-addr", `127.0.0.1:${port}`],
    ["--env", "production"],
    // Warnings and worse go to standard error, of which only the end is kept: never what people wrote or looked for.
    ["--log-level", "ERROR"],
    ["--max-indexing-memory", "1GiB"],
    ["--no-analytics"],
  ].flat();
}

/** Waits until the engine says that it is well. */
async function answering(url: string, engine: EngineProcess): Promise<void> {
  let end: { code: number | null; said: string } | undefined;
  void engine.ended.then((value) => {
    end = value;
  });
  const giveUpAt = performance.now() + startWithinMs;
  while (!(await isWell(url))) {
    if (end) throw new Error(`The search engine ended with code ${end.code ?? "none"}: ${end.said.trim()}`);
    if (performance.now() > giveUpAt) throw new Error("The search engine did not answer in time.");
    await wait(25);
  }
}

async function isWell(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) });
    return response.ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("No free port."));
      });
    });
  });
}
