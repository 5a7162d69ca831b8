/**
 * LMDB under the store: three ordered tables, durable group commit, statements that undo themselves.
 * Nothing outside this file knows LMDB.
 */
import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { type Database, open, type RootDatabase } from "lmdb";
import { StoreError } from "./errors";
import { MappedMemory } from "./mapped-memory";

export type Table = "meta" | "docs" | "index";

type Binary = Database<Buffer, Buffer>;

interface Job {
  run: () => void;
  /** Makes room rather than taking it. */
  frees: boolean;
  settle: (error: unknown) => void;
}

/** A commit that takes longer than this leaves the jobs behind it to the next one. */
const COMMIT_SLICE_MS = 25;

/** Short reads between two looks at how much is mapped; each maps some 64 KiB around every page it needs. */
const READS_BETWEEN_LOOKS = 16;

export interface EngineOptions {
  /** Address space, not disk: the most the file can grow to. */
  mapBytes: number;
  /** With less room than this left on the disk, writes are refused. */
  reserveBytes: number;
  /** What the file's pages may take of this process's memory, beside what other files take. */
  mostMappedBytes: number;
}

export interface Entry<T> {
  key: Buffer;
  value: T;
}

interface Lmdb {
  env: RootDatabase<Buffer, Buffer>;
  tables: Record<Table, Binary>;
}

export class Engine {
  private lmdb: Lmdb | undefined;
  private readonly mapped = new MappedMemory();
  private mostMapped = 0;
  private reads = 0;
  /** What is done with each record of the range that is being read. */
  private taking: { take: (record: Buffer) => unknown; fault: { error: unknown } | undefined } = {
    take: Buffer.from,
    fault: undefined,
  };
  private waiting: Job[] = [];
  private scheduled = false;
  /** Takes no more writes. */
  private closed = false;
  /** Is not opened again. */
  private ended = false;
  /** Undoes the current statement: LMDB's records and what is held in memory. */
  private undoAll: (() => void)[] = [];
  /** Undoes in memory what an aborted commit had changed there. */
  private undoMemory: (() => void)[] = [];
  private inTransaction = false;
  /** Runs inside each commit, last: writes down what is kept in memory between statements. */
  beforeCommit: () => void = () => {};

  private constructor(
    private readonly file: string,
    private readonly options: EngineOptions,
  ) {
    this.opened();
  }

  static open(file: string, options: EngineOptions): Engine {
    return new Engine(file, options);
  }

  private openFile(): Lmdb {
    const env = open<Buffer, Buffer>({
      path: this.file,
      noSubdir: true,
      encoding: "binary",
      keyEncoding: "binary",
      cache: false,
      maxDbs: 4,
      mapSize: this.options.mapBytes,
      remapChunks: false,
      overlappingSync: false,
    });
    // With an encoder of our own, a range is read without a copy of every record.
    const encoder = {
      encode: (record: Buffer) => record,
      decode: (bytes: Buffer, size: number) => this.taken(bytes, size),
    };
    const options = { encoding: "binary", encoder, keyEncoding: "binary", cache: false } as const;
    const table = (name: Table): Binary => env.openDB({ name, ...options });
    return { env, tables: { meta: table("meta"), docs: table("docs"), index: table("index") } };
  }

  private opened(): Lmdb {
    if (this.ended) throw new StoreError(91, "the store has shut down");
    if (!this.lmdb) {
      this.lmdb = this.openFile();
      this.mostMapped = this.mapped.bytes() + this.options.mostMappedBytes;
    }
    return this.lmdb;
  }

  /** Before a short read: now and then, outside transactions, looks whether too much of the file is mapped. */
  private readFrom(name: Table): Binary {
    if (!this.inTransaction && ++this.reads % READS_BETWEEN_LOOKS === 0) this.letGo();
    return this.opened().tables[name];
  }

  /** True when so much of the file is mapped that a long transaction should end, to let go of it. */
  isCrowded(): boolean {
    return this.mapped.bytes() > this.mostMapped;
  }

  /**
   * Pages that were read stay mapped and count as this process's memory until the file is closed; whoever needs it next
   * opens it again. Everything read so far is a copy, and the system keeps the pages themselves in its cache.
   */
  private letGo(): void {
    if (this.lmdb && this.isCrowded()) this.closeFile();
  }

  private closeFile(): void {
    const env = this.lmdb?.env;
    this.lmdb = undefined;
    // With no write under way it closes before it returns.
    void env?.close();
  }

  /** Copies the store in a file, as of one moment, to another; it may be in use by another process. */
  static async copy(file: string, to: string): Promise<void> {
    const env = open<Buffer, Buffer>({ path: file, noSubdir: true, encoding: "binary", readOnly: true, maxDbs: 4 });
    try {
      await env.backup(to, true);
    } finally {
      await env.close();
    }
  }

  get(table: Table, key: Buffer): Buffer | undefined {
    return this.readFrom(table).getBinary(key);
  }

  /** Up to `limit` keys in order from `lo` (inclusive) to `hi` (exclusive); reversed: down from `hi` to `lo`. */
  keys(table: Table, lo: Buffer, hi: Buffer, limit: number, reverse = false): Buffer[] {
    return Array.from(this.readFrom(table).getKeys(bounds(lo, hi, limit, reverse)));
  }

  /** As `keys`, with the records. */
  entries(table: Table, lo: Buffer, hi: Buffer, limit: number, reverse = false): Entry<Buffer>[] {
    return this.look(table, lo, hi, limit, reverse, Buffer.from);
  }

  /** As `entries`, with what `take` makes of each record: it is shown bytes that are good only until it returns. */
  look<T>(
    table: Table,
    lo: Buffer,
    hi: Buffer,
    limit: number,
    reverse: boolean,
    take: (record: Buffer) => T,
  ): Entry<T>[] {
    this.reads = 0;
    if (!this.inTransaction) this.letGo();
    this.taking = { take, fault: undefined };
    const found = Array.from(this.opened().tables[table].getRange(bounds(lo, hi, limit, reverse)));
    const { fault } = this.taking;
    if (fault) throw fault.error;
    return found as Entry<T>[];
  }

  /** A fault is kept until the range has been read: an iterator of LMDB that throws would stay open. */
  private taken(bytes: Buffer, size: number): unknown {
    if (this.taking.fault) return undefined;
    try {
      return this.taking.take(Buffer.from(bytes.buffer, bytes.byteOffset, size));
    } catch (error) {
      this.taking.fault = { error };
      return undefined;
    }
  }

  /** Stores a record; `previous` is what was there before, so that the statement can be undone. */
  put(table: Table, key: Buffer, value: Buffer, previous: Buffer | undefined): void {
    this.mustBeWriting();
    this.opened().tables[table].put(key, value);
    this.undoAll.push(() => this.restore(table, key, previous));
  }

  remove(table: Table, key: Buffer, previous: Buffer): void {
    this.mustBeWriting();
    this.opened().tables[table].remove(key);
    this.undoAll.push(() => this.restore(table, key, previous));
  }

  /** Registers how to undo a change of something held in memory. */
  onUndo(undo: () => void): void {
    this.undoAll.push(undo);
    this.undoMemory.push(undo);
  }

  private restore(table: Table, key: Buffer, previous: Buffer | undefined): void {
    if (previous === undefined) this.opened().tables[table].remove(key);
    else this.opened().tables[table].put(key, previous);
  }

  private mustBeWriting(): void {
    if (!this.inTransaction) throw new Error("a write outside a transaction");
  }

  /** Runs `work`; if it throws, everything it changed is as before. Only inside `write`. */
  statement<T>(work: () => T): T {
    const mark = this.undoAll.length;
    try {
      return work();
    } catch (error) {
      while (this.undoAll.length > mark) this.undoAll.pop()!();
      throw error;
    }
  }

  /**
   * Runs `work` inside a transaction and resolves once that is on disk. Jobs waiting at the same time share one commit.
   * If `work` throws, it leaves no trace and the others are not touched. On a disk that is nearly full it is refused,
   * later when it `frees` room.
   */
  write<T>(work: () => T, frees = false): Promise<T> {
    if (this.closed) return Promise.reject(new StoreError(91, "the store is shutting down"));
    return new Promise<T>((resolve, reject) => {
      let result: T;
      this.waiting.push({
        run: () => {
          result = this.statement(work);
        },
        frees,
        settle: (error) => (error === undefined ? resolve(result) : reject(error)),
      });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.commitWaiting();
      if (this.waiting.length > 0) this.schedule();
    });
  }

  private commitWaiting(): void {
    const jobs = this.thoseWithRoom(this.waiting);
    this.waiting = [];
    if (jobs.length === 0) return;
    this.letGo();
    const outcome = this.commit(jobs);
    if (!outcome.failed) return;
    // LMDB's own state may be what failed, or one job may be too much for the disk: each gets a commit of its own in a
    // file opened anew.
    this.closeFile();
    for (const job of outcome.jobs) {
      const single = this.commit([job]);
      if (single.failed) job.settle(asStoreError(single.failed));
    }
  }

  /** LMDB does not survive every failed write, so the disk is not let run full: what would take room is refused before. */
  private thoseWithRoom(jobs: Job[]): Job[] {
    const free = freeBytes(this.file);
    if (free >= this.options.reserveBytes) return jobs;
    return jobs.filter((job) => {
      if (job.frees && free >= this.options.reserveBytes / 8) return true;
      job.settle(diskFull());
      return false;
    });
  }

  /** Commits as many of the jobs as fit the slice; on failure nothing has happened and no job was settled. */
  private commit(jobs: Job[]): { failed?: unknown; jobs: Job[] } {
    const done: [Job, unknown][] = [];
    const started = performance.now();
    this.undoMemory = [];
    this.inTransaction = true;
    let ran = 0;
    try {
      this.opened().env.transactionSync(() => {
        for (const job of jobs) {
          this.undoAll = [];
          done.push([job, attempt(job.run)]);
          ran++;
          if (performance.now() - started > COMMIT_SLICE_MS || (ran % 8 === 0 && this.isCrowded())) break;
        }
        this.undoAll = [];
        this.beforeCommit();
      });
    } catch (error) {
      for (const undo of this.undoMemory.reverse()) undo();
      this.waiting = [...jobs.slice(ran), ...this.waiting];
      return { failed: error ?? new Error("the commit failed"), jobs: jobs.slice(0, Math.max(ran, 1)) };
    } finally {
      this.inTransaction = false;
      this.undoAll = [];
      this.undoMemory = [];
    }
    this.waiting = [...jobs.slice(ran), ...this.waiting];
    for (const [job, error] of done) job.settle(error);
    return { jobs: [] };
  }

  async close(): Promise<void> {
    this.closed = true;
    while (this.waiting.length > 0) this.commitWaiting();
    this.ended = true;
    await this.lmdb?.env.close();
  }
}

function attempt(run: () => void): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error ?? new Error("unknown");
  }
}

function bounds(lo: Buffer, hi: Buffer, limit: number, reverse: boolean) {
  return reverse
    ? { start: hi, end: lo, reverse: true, limit, exclusiveStart: true, inclusiveEnd: true }
    : { start: lo, end: hi, limit };
}

function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/No space left|ENOSPC|MDB_MAP_FULL|File too large|quota/i.test(text)) return diskFull();
  return new StoreError(1, "the write could not be committed: nothing of it was stored");
}

function diskFull(): StoreError {
  return new StoreError(14031, "the disk is nearly full: nothing of this write was stored");
}

/** Room on the disk that holds the file; unlimited where the system does not say. */
function freeBytes(file: string): number {
  try {
    const disk = statfsSync(dirname(file));
    return disk.bavail * disk.bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
