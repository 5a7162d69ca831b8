/**
 * One process per data directory. The lock names its owner by process id and start time, so that one left behind by a
 * killed process is recognised at once; from another machine or container it counts until its heartbeat is old.
 */

import { randomUUID } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

const LOCK_FILE = "store.lock";
const HEARTBEAT_MS = 4000;
/** A lock of another host without a heartbeat for this long is dead. */
const FOREIGN_DEAD_MS = 15_000;

interface Owner {
  pid: number;
  started: string;
  host: string;
  token: string;
}

/** Takes the lock or throws; returns how to give it back. */
export async function lockDirectory(dataDir: string): Promise<() => void> {
  const file = join(dataDir, LOCK_FILE);
  const me: Owner = { pid: process.pid, started: startTime(process.pid) ?? "", host: hostId(), token: randomUUID() };
  if (!create(file, me)) await takeOver(file, me, dataDir);
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  heartbeat.unref();
  return () => {
    clearInterval(heartbeat);
    if (read(file)?.token === me.token) rmSync(file, { force: true });
  };
}

function create(file: string, me: Owner): boolean {
  try {
    const fd = openSync(file, "wx", 0o600);
    writeSync(fd, JSON.stringify(me));
    closeSync(fd);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Replaces a dead owner's lock. Only one process at a time may try: a directory is made as the turnstile. */
async function takeOver(file: string, me: Owner, dataDir: string): Promise<void> {
  const turnstile = `${file}.taking`;
  for (let tries = 0; tries < 200; tries++) {
    const owner = read(file);
    if (owner && isAlive(owner, file)) {
      throw new Error(`the data in ${dataDir} is in use by process ${owner.pid}: stop that one first`);
    }
    if (enter(turnstile)) {
      try {
        const again = read(file);
        if (!again || !isAlive(again, file)) {
          const mine = `${file}.${me.token}`;
          if (!create(mine, me)) throw new Error("the lock could not be written");
          renameSync(mine, file);
          return;
        }
      } finally {
        rmdirSync(turnstile);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the lock of ${dataDir} could not be taken: try again`);
}

function enter(turnstile: string): boolean {
  try {
    mkdirSync(turnstile);
    return true;
  } catch {
    try {
      if (Date.now() - statSync(turnstile).mtimeMs > 5000) rmdirSync(turnstile);
    } catch {
      // Gone in the meantime: the next try will see.
    }
    return false;
  }
}

function read(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // The directory may be gone with a test's temporary folder.
  }
}

function isAlive(owner: Owner, file: string): boolean {
  if (owner.host !== hostId()) {
    try {
      return Date.now() - statSync(file).mtimeMs < FOREIGN_DEAD_MS;
    } catch {
      return false;
    }
  }
  const started = startTime(owner.pid);
  return started !== undefined && started === owner.started;
}

/** Host name and boot: the same machine, in the same run of its system. */
function hostId(): string {
  try {
    return `${hostname()} ${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}`;
  } catch {
    return hostname();
  }
}

/** When a process was started, in clock ticks since boot; "" where the system does not say; undefined if it is gone. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie holds nothing any more.
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    try {
      process.kill(pid, 0);
      return "";
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "EPERM" ? "" : undefined;
    }
  }
}
