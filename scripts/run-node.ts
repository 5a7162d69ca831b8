import { spawn } from "node:child_process";

/** Runs a bundle of `build/` in this terminal, passes signals on, and ends as it ends. */
export function runNode(file: string, environment: Readonly<Record<string, string>> = {}): void {
  const child = spawn(process.execPath, ["--enable-source-maps", file], {
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
