import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * Runs the engine so that it never outlives this process. A shell starts it and reads from our end of a pipe: when we
 * end the pipe, or die in any way, the read returns and the engine is told to stop, then killed.
 */
const script = `
exec 3<&0 0</dev/null
"$@" 3<&- >/dev/null & engine=$!
echo "$engine"
( read -r _ <&3; kill -TERM "$engine"; sleep 3; kill -KILL "$engine" ) >/dev/null 2>&1 & watcher=$!
exec 3<&- >/dev/null
wait "$engine"; code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

export interface EngineProcess {
  /** Process id of the engine itself, not of the shell around it. */
  pid: number;
  /** Settles when the engine has ended, with its exit code and the last it wrote to standard error. */
  ended: Promise<{ code: number | null; said: string }>;
  /** Asks it to stop; kills it after 3 seconds. */
  stop(): Promise<void>;
}

/** Longest end of standard error that is kept, to say why a start failed. */
const keptCharacters = 2_000;

/** Starts `path` with `args` and only the environment given. Rejects when the shell cannot start it. */
export async function runEngine(
  path: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string> },
): Promise<EngineProcess> {
  const shell = spawn("/bin/sh", ["-c", script, "search-engine", path, ...args], {
    cwd: options.cwd,
    env: { ...options.env, NODE_ENV: process.env.NODE_ENV },
    // A group of its own, so that Ctrl-C reaches us first and we stop it in order.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  // Writing to a shell that has just ended is no fault of ours.
  shell.stdin.on("error", () => undefined);
  let said = "";
  shell.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-keptCharacters);
  });
  const ended = endOf(shell).then((code) => ({ code, said }));
  const pid = await firstNumber(shell, ended);
  return {
    pid,
    ended,
    async stop() {
      shell.stdin.end();
      const last = setTimeout(() => killGroup(shell), 5_000);
      await ended;
      clearTimeout(last);
    },
  };
}

function endOf(shell: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    shell.once("exit", (code) => resolve(code));
    shell.once("error", reject);
  });
}

/** The engine's process id: the first line the shell writes. */
function firstNumber(
  shell: ChildProcess & { stdout: NonNullable<ChildProcess["stdout"]> },
  ended: Promise<{ said: string }>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    createInterface({ input: shell.stdout }).once("line", (line) => resolve(Number(line)));
    ended.then(({ said }) => reject(new Error(`The search engine did not start: ${said.trim()}`)), reject);
  });
}

function killGroup(shell: ChildProcess): void {
  if (shell.pid === undefined) return;
  try {
    process.kill(-shell.pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}
