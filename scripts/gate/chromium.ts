import { existsSync } from "node:fs";
import { runStep } from "./run-step";

/** What to type on Debian when there is no browser. */
export const aptLine = "sudo apt-get install -y --no-install-recommends chromium";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

export interface Machine {
  environment: Readonly<Record<string, string | undefined>>;
  isRoot: boolean;
  exists(path: string): boolean;
  /** Runs apt-get with these arguments. False: it failed, and has said why. */
  aptGet(...args: string[]): Promise<boolean>;
}

/**
 * The browser for the journeys: the one `CHROMIUM_PATH` names, or one that is installed. When there is none it is
 * installed, but only by root or with CI=true: nobody's own machine is changed unasked.
 */
export async function findChromium(machine: Machine): Promise<string | undefined> {
  const found = installed(machine);
  if (found) return found;
  if (!machine.isRoot && machine.environment.CI !== "true") return undefined;
  await machine.aptGet("update");
  await machine.aptGet("install", "-y", "--no-install-recommends", "chromium");
  return installed(machine);
}

export function installed({ environment, exists }: Machine): string | undefined {
  const named = environment.CHROMIUM_PATH;
  if (named) return exists(named) ? named : undefined;
  return usualPlaces.find(exists);
}

/** This machine. Without root, apt-get is asked through sudo, which must not ask back. */
export function thisMachine(say: (line: string) => void): Machine {
  const isRoot = process.getuid?.() === 0;
  return {
    environment: process.env,
    isRoot,
    exists: existsSync,
    async aptGet(...args) {
      const name = `apt-get ${args[0]}`;
      say(`${name} ...`);
      const command = isRoot ? (["apt-get", ...args] as const) : (["sudo", "-n", "apt-get", ...args] as const);
      const result = await runStep({ name, command: [...command], environment: { DEBIAN_FRONTEND: "noninteractive" } });
      if (!result.ok) say(result.output.trimEnd());
      return result.ok;
    },
  };
}
