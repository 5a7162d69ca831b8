/** Copies of a store: made while it is in use, checked, put back. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { checkStore, type Findings } from "./check";
import { Engine } from "./engine";
import { lockDirectory } from "./lock";
import { DATA_FILE, FORMAT_FILE, openStore } from "./store";

/**
 * Copies the store in `dataDir`, as of one moment, into the empty or new directory `to`, and checks the copy.
 * The store may be in use, by this or another process, and goes on writing.
 */
export async function backupStore(dataDir: string, to: string): Promise<Findings> {
  if (!existsSync(join(dataDir, DATA_FILE))) throw new Error(`${dataDir} holds no store`);
  if (existsSync(to) && readdirSync(to).length > 0) throw new Error(`${to} is not empty: name a new directory`);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  copyFileSync(join(dataDir, FORMAT_FILE), join(to, FORMAT_FILE));
  await Engine.copy(join(dataDir, DATA_FILE), join(to, DATA_FILE));
  flush(join(to, DATA_FILE));
  flush(join(to, FORMAT_FILE));
  return checkDirectory(to);
}

/** Opens a store that is not in use and reads all of it. */
export async function checkDirectory(dataDir: string): Promise<Findings> {
  if (!existsSync(join(dataDir, DATA_FILE))) throw new Error(`${dataDir} holds no store`);
  const opened = await openStore(dataDir);
  try {
    return await checkStore(opened.store);
  } finally {
    await opened.close();
  }
}

/**
 * Puts a backup into `dataDir`, which must not be in use. What was there is kept beside it, under a name that is
 * returned. A backup that does not pass its check is refused.
 */
export async function restoreStore(
  from: string,
  dataDir: string,
  now: Date,
): Promise<{ findings: Findings; kept: string | undefined }> {
  const findings = await checkDirectory(from);
  if (findings.problems.length > 0) throw new Error(`the backup in ${from} is damaged: ${findings.problems[0]}`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = await lockDirectory(dataDir);
  try {
    const incoming = join(dataDir, `${DATA_FILE}.incoming`);
    copyFileSync(join(from, DATA_FILE), incoming);
    flush(incoming);
    const kept = keepOld(dataDir, now);
    renameSync(incoming, join(dataDir, DATA_FILE));
    copyFileSync(join(from, FORMAT_FILE), join(dataDir, FORMAT_FILE));
    flush(join(dataDir, FORMAT_FILE));
    return { findings, kept };
  } finally {
    unlock();
  }
}

function keepOld(dataDir: string, now: Date): string | undefined {
  rmSync(join(dataDir, `${DATA_FILE}-lock`), { force: true });
  if (!existsSync(join(dataDir, DATA_FILE))) return undefined;
  const kept = join(dataDir, `${DATA_FILE}.before-${now.toISOString().replaceAll(":", "")}`);
  renameSync(join(dataDir, DATA_FILE), kept);
  return kept;
}

function flush(file: string): void {
  const fd = openSync(file, "r+");
  fsyncSync(fd);
  closeSync(fd);
}
