import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { readSettings } from "../app/server/env";
import { log } from "../app/server/log";
import type { Storage } from "../app/storage/connect";
import { calibrate, NotAnAdministrator } from "./calibrate/calibrate";
import { labelledPairs } from "./eval/similar";
import { withStorage } from "./with-storage";

const usage = `npm run calibrate -- [LABELLED.jsonl] [--by USERNAME [--accept]] [--demo DIR]
Shows what "us too" and "not the same" say of how alike issues must be to be shown, and proposes other thresholds.
Nothing changes unless an administrator, named with --by, accepts: by --accept, or by typing yes.
Uses the settings of npm start (see README.md). On the built-in store, stop the server first.`;

/** What an administrator can put right: said without a stack. */
class Refusal extends Error {}

try {
  const { file, by, accept, demo } = readArguments(process.argv.slice(2));
  const settings = demo === undefined ? liveSettings() : demoSettings(demo);
  const labelled = file === undefined ? [] : await labelledPairs(file, (line) => console.log(line));
  await withStorage(settings, demo === undefined ? "live" : "demo", async (storage) => {
    const now = new Date();
    const outcome = await calibrate(storage, {
      labelled,
      by,
      accepts: async () => accept || (await typedYes()),
      personOf: (username) => personOf(storage, username, demo !== undefined),
      now,
      say: (line) => console.log(line),
    });
    if (outcome === "accepted") log("likeness-thresholds-accepted", await acceptedFacts(storage));
  });
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof NotAnAdministrator || error instanceof Refusal ? 2 : 1;
}

function readArguments(args: string[]) {
  const text = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { by: text, demo: text, accept: { type: "boolean" } },
    });
    if (positionals.length > 1) throw new Error("one labelled file at most");
    return { file: positionals[0], by: values.by, accept: values.accept ?? false, demo: values.demo };
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function liveSettings() {
  const read = readSettings(process.env);
  if (read.ok) return read.settings;
  throw new Refusal(`The settings of npm start are not complete:\n  ${read.missing.join("\n  ")}`);
}

function demoSettings(dataDir: string) {
  return { store: { kind: "embedded" }, database: "common-thread", dataDir } as const;
}

/** In a demonstration people have no accounts: there their own ids are given. */
async function personOf(storage: Storage, username: string, demo: boolean): Promise<string | undefined> {
  return demo ? username : (await storage.accounts.find(username))?.person;
}

async function typedYes(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await asking.question("Accept this for everybody? Type yes: ")).trim().toLowerCase() === "yes";
  } finally {
    asking.close();
  }
}

async function acceptedFacts(storage: Storage): Promise<Record<string, string | number>> {
  const held = await storage.settings.likeness();
  return held ? { alikeFrom: held.alikeFrom, likelySameFrom: held.likelySameFrom, by: held.accepted?.by ?? "" } : {};
}
