import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

/**
 * Who runs the engine on a data folder: two engines on one folder would spoil it. A process is named by its id and the
 * moment it started (in clock ticks since boot), so that a number used again is not taken for it.
 */
const processSchema = z.object({ pid: z.number().int().positive(), startedAt: z.string() });
const ownerSchema = z.object({ engine: processSchema, owner: processSchema });
type ProcessName = z.infer<typeof processSchema>;

/**
 * Makes sure that no engine runs on `folder`: one that was left behind is stopped. False when it belongs to another
 * process that is still alive.
 */
export async function clearEngineFolder(folder: string): Promise<boolean> {
  const known = await readOwner(folder);
  if (!known) return true;
  const ours = known.owner.pid === process.pid;
  if (!ours && (await isAlive(known.owner))) return false;
  await end(known.engine);
  await rm(ownerFile(folder), { force: true });
  return true;
}

/** Writes down that this process runs the engine `pid` on `folder`. */
export async function claimEngineFolder(folder: string, pid: number): Promise<void> {
  const [engine, owner] = await Promise.all([nameOf(pid), nameOf(process.pid)]);
  if (engine && owner) await writeFile(ownerFile(folder), JSON.stringify({ engine, owner }), { mode: 0o600 });
}

export async function releaseEngineFolder(folder: string): Promise<void> {
  await rm(ownerFile(folder), { force: true });
}

const ownerFile = (folder: string): string => join(folder, "engine.json");

async function readOwner(folder: string): Promise<z.infer<typeof ownerSchema> | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(ownerFile(folder), "utf8")));
  } catch {
    return undefined;
  }
}

async function end(engine: ProcessName): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    if (!(await isAlive(engine))) return;
    process.kill(engine.pid, signal);
    for (let tries = 0; tries < 40 && (await isAlive(engine)); tries++) await wait(50);
  }
}

async function isAlive(name: ProcessName): Promise<boolean> {
  return (await nameOf(name.pid))?.startedAt === name.startedAt;
}

/** Field 22 of /proc/PID/stat is the start time; field 3 the state. The second field, a name, may hold anything. */
async function nameOf(pid: number): Promise<ProcessName | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const startedAt = fields[19];
    if (fields[0] === "Z" || startedAt === undefined) return undefined;
    return { pid, startedAt };
  } catch {
    return undefined;
  }
}
