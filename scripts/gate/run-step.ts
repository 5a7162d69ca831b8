import { spawn } from "node:child_process";

export interface StepResult {
  name: string;
  ok: boolean;
  seconds: number;
  /** What it printed, when it was captured. */
  output: string;
}

export interface Step {
  name: string;
  /** A program and its arguments. */
  command: readonly [string, ...string[]];
  environment?: Readonly<Record<string, string>>;
  /** Print as it goes, instead of keeping the output for a failure. */
  live?: boolean;
}

/** Runs one program to its end. Never throws: a program that cannot be started is a failed step that says why. */
export function runStep({ name, command, environment, live = false }: Step): Promise<StepResult> {
  const [program, ...args] = command;
  const began = performance.now();
  return new Promise((resolve) => {
    let output = "";
    const end = (ok: boolean) => resolve({ name, ok, seconds: (performance.now() - began) / 1000, output });
    const child = spawn(program, args, {
      stdio: live ? "inherit" : ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment },
    });
    child.stdout?.on("data", (chunk: Buffer) => (output += chunk));
    child.stderr?.on("data", (chunk: Buffer) => (output += chunk));
    child.on("error", (error) => {
      output += error.message;
      end(false);
    });
    child.on("close", (code) => end(code === 0));
  });
}

/** One line a step: name, how it went, how long it took. */
export function stepLine({ name, ok, seconds }: Pick<StepResult, "name" | "ok" | "seconds">, note = ""): string {
  return `${ok ? "ok  " : "FAIL"}  ${name.padEnd(14)} ${`${seconds.toFixed(1)} s`.padStart(8)}${note && `  ${note}`}`;
}
