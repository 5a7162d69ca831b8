/** How much of the files it has mapped lies in this process's memory. */
import { openSync, readSync } from "node:fs";

export class MappedMemory {
  private readonly pageBytes = pageBytes();

  /** Bytes of mapped files that are in memory now; zero where the system does not say. */
  bytes(): number {
    return this.pageBytes * (pages()[2] ?? 0);
  }
}

const text = Buffer.alloc(128);
/** Open for as long as the process lives, since it is read at every commit; undefined where there is none. */
let statm: number | undefined | null = null;

/** Linux counts in pages: the whole address space, what is in memory, what of that belongs to files. */
function pages(): number[] {
  if (statm === null) statm = openStatm();
  if (statm === undefined) return [];
  const size = readSync(statm, text, 0, text.length, 0);
  return text.toString("latin1", 0, size).split(" ").map(Number);
}

function openStatm(): number | undefined {
  try {
    return openSync("/proc/self/statm", "r");
  } catch {
    return undefined;
  }
}

/** The size of the system's pages, from the same amount told in pages and in bytes. */
function pageBytes(): number {
  const resident = pages()[1];
  return resident ? 2 ** Math.round(Math.log2(process.memoryUsage.rss() / resident)) : 0;
}
