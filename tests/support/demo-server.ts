import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface DemoServerOptions {
  /** Issues to make in a fresh data directory. */
  issues?: number;
  /** London calendar day the demonstration ends on. */
  day?: string;
  /** An existing demonstration data directory, kept afterwards. */
  dataDir?: string;
  /** Other settings of the process. */
  environment?: Readonly<Record<string, string>>;
}

export interface DemoServer {
  /** The same after a restart. */
  url: string;
  dataDir: string;
  process: ChildProcess;
  /** What it printed since it was first started: one JSON line a request. */
  output(): string;
  /** Ends it at once, as a crash or a power cut does. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port; stops it in order first, where it still runs. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs the production build of the demonstration in a process of its own, on a free port. Ends with this process. */
export async function startDemoServer(options: DemoServerOptions = {}): Promise<DemoServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "ct-demo-"));
  const port = await freePort();
  const printed: string[] = [];
  const run = () => spawnServer({ ...options, dataDir, port, temporary: options.dataDir === undefined, printed });
  let child = await run();
  return {
    url: `http://localhost:${port}`,
    dataDir,
    get process() {
      return child;
    },
    output: () => printed.join(""),
    kill: () => end(child, "SIGKILL"),
    restart: async () => {
      await end(child, "SIGTERM");
      child = await run();
    },
    stop: async () => {
      await end(child, "SIGTERM");
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface ServerStart extends DemoServerOptions {
  dataDir: string;
  port: number;
  /** The data directory goes when this process goes. */
  temporary: boolean;
  printed: string[];
}

function spawnServer({ dataDir, port, temporary, printed, ...options }: ServerStart): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", "--import", "./tests/support/end-with-parent.mjs", "build/demo.js"],
    {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        ...process.env,
        NODE_ENV: "production",
        PORT: String(port),
        DATA_DIR: dataDir,
        DEMO_ISSUES: String(options.issues ?? 300),
        DEMO_DAY: options.day ?? "2026-11-20",
        ...(temporary ? { REMOVE_WITH_PARENT: dataDir } : {}),
        ...options.environment,
      },
    },
  );
  const from = printed.length;
  return new Promise((resolve, reject) => {
    const seen = (chunk: Buffer) => {
      printed.push(chunk.toString());
      if (printed.slice(from).join("").includes("is ready: ")) resolve(child);
    };
    child.stdout?.on("data", seen);
    child.stderr?.on("data", seen);
    child.once("exit", (code) =>
      reject(new Error(`the demonstration ended with ${code}:\n${printed.join("").slice(-2000)}`)),
    );
  });
}

function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
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
