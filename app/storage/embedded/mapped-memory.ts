/** How much of the files it has mapped lies in this process's memory. */
import { closeSync, openSync, readSync } from "node:fs";

const text = Buffer.alloc(128);

export class MappedMemory {
  private readonly pageBytes = pageBytes();

  /** Bytes of mapped files that are in memory now; zero where the system does not say. */
  bytes(): number {
    return this.pageBytes * (pages()[2] ?? 0);
  }
}

/** Linux counts in pages: the whole address space, what is in memory, what of that belongs to files. */
function pages(): number[] {
  try {
    const fd = openSync("/proc/self/statm", "r");
    try {
      return text
        .toString("latin1", 0, readSync(fd, text, 0, text.length, 0))
        .split(" ")
        .map(Number);
    } finally {
      closeSync(fd);
    }
  } catch {
    return [];
  }
}

/** The size of the system's pages, from the same amount told in pages and in bytes. */
function pageBytes(): number {
  const resident = pages()[1];
  return resident ? 2 ** Math.round(Math.log2(process.memoryUsage.rss() / resident)) : 0;
}
