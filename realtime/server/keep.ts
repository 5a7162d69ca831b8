import * as Y from "yjs";
import type { NoteStore } from "../../app/domain/ports";

export interface KeeperOptions {
  store: NoteStore;
  document: string;
  /** Updates that arrive within this long of the first go into one row. */
  saveAfterMs: number;
  /** Rows are merged into one once there are this many. */
  compactAfterRows: number;
  /** More has become durable. */
  onKept(): void;
  /** A write failed. It is tried again until it succeeds or the keeper is stopped. */
  onFault(error: unknown): void;
}

/** Largest row, in bytes, unless a single update is larger. */
const rowBytes = 512 * 1024;
const firstRetryMs = 200;
const longestRetryMs = 5_000;

/**
 * Puts the updates of one live document into the store, in order, one write at a time. Counts what it was given and what
 * is durable: nothing counts as saved before the store has said so.
 */
export class Keeper {
  /** Updates given so far, and how many of them are durable. */
  added = 0;
  kept = 0;
  failedWrites = 0;
  #options: KeeperOptions;
  #pending: Uint8Array[] = [];
  #rows = 0;
  #running: Promise<void> | undefined;
  #stopped = false;
  #wake: (() => void) | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Everything stored so far as one update, or null for a document nobody has written yet. */
  async load(): Promise<Uint8Array | null> {
    const rows = await this.#options.store.load(this.#options.document);
    this.#rows = rows.length;
    return rows.length === 0 ? null : Y.mergeUpdates(rows.map((row) => row.update));
  }

  add(update: Uint8Array): void {
    this.#pending.push(update);
    this.added++;
    this.#start(this.#options.saveAfterMs);
  }

  get isSettled(): boolean {
    return this.kept === this.added;
  }

  /** Writes what waits without further delay. Resolves when everything is durable, or the keeper was stopped. */
  async flush(): Promise<void> {
    while (this.#running) {
      this.#wake?.();
      await this.#running;
    }
  }

  /** Flushes, then leaves one row where there were several. */
  async tidy(): Promise<void> {
    await this.flush();
    if (this.#stopped || this.#rows < 2) return;
    this.#running = this.#compact().finally(() => this.#finished());
    await this.#running;
  }

  /** Gives up on what is not yet durable. */
  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  #start(waitMs: number): void {
    if (this.#running || this.#stopped) return;
    this.#running = this.#run(waitMs).finally(() => this.#finished());
  }

  #finished(): void {
    this.#running = undefined;
    if (this.#pending.length > 0) this.#start(0);
  }

  async #run(waitMs: number): Promise<void> {
    await this.#pause(waitMs);
    while (this.#pending.length > 0 && !this.#stopped) {
      const batch = this.#take();
      if (!(await this.#append(Y.mergeUpdates(batch)))) return;
      this.#rows++;
      this.kept += batch.length;
      this.#options.onKept();
    }
    if (this.#rows >= this.#options.compactAfterRows && !this.#stopped) await this.#compact();
  }

  #take(): Uint8Array[] {
    let bytes = 0;
    let count = 0;
    for (const update of this.#pending) {
      if (count > 0 && bytes + update.length > rowBytes) break;
      bytes += update.length;
      count++;
    }
    return this.#pending.splice(0, count);
  }

  /** Tries until it is durable. False: stopped before. */
  async #append(row: Uint8Array): Promise<boolean> {
    for (let retryMs = firstRetryMs; !this.#stopped; retryMs = Math.min(retryMs * 2, longestRetryMs)) {
      try {
        await this.#options.store.append(this.#options.document, row);
        return true;
      } catch (error) {
        this.failedWrites++;
        this.#options.onFault(error);
        await this.#pause(retryMs);
      }
    }
    return false;
  }

  /**
   * Merges exactly the rows it reads, so that a row it has not seen is never lost. Deleted text goes with it. Failing is
   * harmless: the rows stay and the next attempt comes.
   */
  async #compact(): Promise<void> {
    const { store, document, onFault } = this.#options;
    const doc = new Y.Doc();
    try {
      const rows = await store.load(document);
      const last = rows.at(-1);
      this.#rows = rows.length;
      if (!last || rows.length < 2) return;
      Y.applyUpdate(doc, Y.mergeUpdates(rows.map((row) => row.update)));
      if (doc.store.pendingStructs || doc.store.pendingDs) return;
      await store.compact(document, last.seq, Y.encodeStateAsUpdate(doc));
      this.#rows = 1;
    } catch (error) {
      // Counted afresh, so that a store in trouble is not asked again with every row.
      this.#rows = 1;
      onFault(error);
    } finally {
      doc.destroy();
    }
  }

  #pause(ms: number): Promise<void> {
    if (ms <= 0 || this.#stopped) return Promise.resolve();
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => {
      this.#wake = undefined;
    });
  }
}
