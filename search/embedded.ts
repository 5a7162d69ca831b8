import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { engineVersion, findEngineBinary } from "./engine-binary";
import { claimEngineFolder, clearEngineFolder, releaseEngineFolder } from "./engine-owner";
import { type EngineProcess, runEngine } from "./engine-process";

/** The engine of one machine: a child of this process, on loopback only, with a key nobody else knows. */
export interface EmbeddedSearch {
  /** Where it answers and the key it wants; undefined until it first ran. */
  address(): { url: string; key: string } | undefined;
  /** Why there will be none while this process runs. The product runs without: basic search from the store. */
  unavailable(): string | undefined;
  /** Process id of the engine that runs now. */
  pid(): number | undefined;
  close(): Promise<void>;
}

export interface EmbeddedSearchOptions {
  dataDir: string;
  /** Told when the engine ended by itself or could not be started, before the next try. */
  onFault?: (fault: Error) => void;
  /** Shortest and longest wait before a start after it ended. */
  backoffMs?: { shortest: number; longest: number };
}

/** Longest wait for the first answer of an engine that is starting. */
const startWithinMs = 30_000;
/** An engine that ran this long is trusted to start at once when it ends. */
const steadyAfterMs = 60_000;

/**
 * Starts Meilisearch with its data in `<dataDir>/search` and keeps it running: when it ends it is started again with the
 * same key and at the same address, sooner or later by how often it ended. It ends with this process, however that ends.
 * Never throws. What cannot be helped is what `unavailable` says; everything else is tried again.
 */
export async function startEmbeddedSearch(options: EmbeddedSearchOptions): Promise<EmbeddedSearch> {
  // One folder a version: an engine refuses the files of another, and the index can always be built again.
  const folder = join(options.dataDir, "search", engineVersion);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const binary = await findEngineBinary(options.dataDir);
    if (!binary.found) {
      await forgetIndex(folder);
      return unavailable(binary.why);
    }
  } catch (fault) {
    return unavailable(fault instanceof Error ? fault.message : "The search engine cannot be started.");
  }
  const supervisor = new Supervisor(options, folder);
  await supervisor.begin();
  return supervisor;
}

/** What happens while there is no engine is not told to the index: it must be built anew once there is one. */
async function forgetIndex(folder: string): Promise<void> {
  if (await clearEngineFolder(folder)) await rm(dataIn(folder), { recursive: true, force: true });
}

function unavailable(why: string): EmbeddedSearch {
  return { address: () => undefined, unavailable: () => why, pid: () => undefined, close: async () => undefined };
}

class Supervisor implements EmbeddedSearch {
  readonly #options: EmbeddedSearchOptions;
  readonly #folder: string;
  readonly #key = randomBytes(32).toString("base64url");
  readonly #closing = new AbortController();
  #port: number | undefined;
  #hasRun = false;
  #engine: EngineProcess | undefined;
  #watching: Promise<void> = Promise.resolve();

  constructor(options: EmbeddedSearchOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
  }

  readonly address = () => (this.#hasRun && this.#port ? { url: urlOf(this.#port), key: this.#key } : undefined);
  readonly unavailable = () => undefined;
  readonly pid = () => this.#engine?.pid;

  async begin(): Promise<void> {
    await this.#start();
    this.#watching = this.#keepRunning();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#engine?.stop();
    await this.#watching;
    if (this.#hasRun) await releaseEngineFolder(this.#folder);
  }

  /** Waits for the engine to end and starts it again, until closed. */
  async #keepRunning(): Promise<void> {
    const { shortest, longest } = this.#options.backoffMs ?? { shortest: 500, longest: 30_000 };
    let waitMs = shortest;
    while (!this.#closing.signal.aborted) {
      const startedAt = performance.now();
      const end = await this.#engine?.ended;
      if (this.#closing.signal.aborted) return;
      if (end) this.#options.onFault?.(new Error(`The search engine ended with code ${end.code ?? "none"}.`));
      if (performance.now() - startedAt > steadyAfterMs) waitMs = shortest;
      await wait(waitMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, longest);
      if (!this.#closing.signal.aborted) await this.#start();
    }
  }

  async #start(): Promise<void> {
    try {
      if (!(await clearEngineFolder(this.#folder)))
        throw new Error("Another process runs the search engine on this data folder.");
      const binary = await findEngineBinary(this.#options.dataDir);
      if (!binary.found) throw new Error(binary.why);
      this.#port ??= await freePort();
      this.#engine = await this.#run(binary.path, this.#port);
      this.#hasRun = true;
    } catch (fault) {
      this.#engine = undefined;
      // Somebody else may have taken the port meanwhile.
      this.#port = undefined;
      this.#options.onFault?.(fault instanceof Error ? fault : new Error("The search engine did not start."));
    }
    // Closed while it was starting.
    if (this.#closing.signal.aborted) await this.#engine?.stop();
  }

  async #run(path: string, port: number): Promise<EngineProcess> {
    const engine = await runEngine(path, argumentsFor(this.#folder, port), {
      cwd: this.#folder,
      env: { MEILI_MASTER_KEY: this.#key, PATH: process.env.PATH ?? "" },
    });
    await claimEngineFolder(this.#folder, engine.pid);
    try {
      await answering(urlOf(port), engine);
    } catch (fault) {
      await engine.stop();
      throw fault;
    }
    return engine;
  }
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;
const dataIn = (folder: string): string => join(folder, "data");

function argumentsFor(folder: string, port: number): string[] {
  return [
    ["--db-path", dataIn(folder)],
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
