import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
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
  url: string;
  dataDir: string;
  process: ChildProcess;
  /** What it printed so far: one JSON line a request. */
  output(): string;
  /** Starts it again on the same data, as after a crash. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs the production build of the demonstration in a process of its own, on a free port. */
export async function startDemoServer(options: DemoServerOptions = {}): Promise<DemoServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "ct-demo-"));
  let running = await spawnServer(dataDir, options);
  return {
    get url() {
      return running.url;
    },
    dataDir,
    get process() {
      return running.child;
    },
    output: () => running.output(),
    restart: async () => {
      await end(running.child);
      running = await spawnServer(dataDir, options);
    },
    stop: async () => {
      await end(running.child);
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface Running {
  child: ChildProcess;
  url: string;
  output(): string;
}

function spawnServer(dataDir: string, options: DemoServerOptions): Promise<Running> {
  const child = spawn(process.execPath, ["--enable-source-maps", "build/demo.js"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: "0",
      DATA_DIR: dataDir,
      DEMO_ISSUES: String(options.issues ?? 300),
      DEMO_DAY: options.day ?? "2026-11-20",
      ...options.environment,
    },
  });
  let output = "";
  return new Promise((resolve, reject) => {
    const seen = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /is ready: (\S+)/.exec(output)?.[1];
      if (url) resolve({ child, url, output: () => output });
    };
    child.stdout.on("data", seen);
    child.stderr.on("data", seen);
    child.once("exit", (code) => reject(new Error(`the demonstration ended with ${code}:\n${output.slice(-2000)}`)));
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
