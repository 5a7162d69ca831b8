/** Spreads many readers of one change over this long, so that they do not all ask at once. */
const spreadMs = 120;
const settleMs = 30;
/**
 * How long a load may go unheard of. React may fold a load's beginning and its end into one render, and then nobody
 * says that it was ever under way, nor that it is over.
 */
const unheardMs = 1_000;

/** What a refresher needs to know of the tab it is in. */
export interface Tab {
  hidden(): boolean;
  /** Runs after a delay; the number is passed through, so that a test can hand time by hand. */
  after(ms: number, run: () => void): void;
}

/**
 * Runs the page's loaders again soon after something changed: once for a burst of calls, whoever calls, only while
 * somebody is looking, and never while they are already running: a second load would cut off the first, and what both
 * were for would come later than either.
 */
export class Refresher {
  #tab: Tab;
  #load: (() => void) | undefined;
  #waiting = false;
  #loading = false;
  /** Counts what was said of loading, to know whether a load begun here was ever heard of. */
  #told = 0;
  /** Something changed that no load has been begun for yet. */
  #owed = false;

  constructor(tab: Tab) {
    this.#tab = tab;
  }

  /** How to load now, and whether that is going on. Called whenever either changes. */
  tell(load: () => void, loading: boolean): void {
    this.#load = load;
    this.#loading = loading;
    this.#told++;
    this.#pay();
  }

  /** Something changed. */
  ask(): void {
    this.#owed = true;
    if (this.#waiting) return;
    this.#waiting = true;
    this.#tab.after(settleMs + Math.random() * spreadMs, () => {
      this.#waiting = false;
      this.#pay();
    });
  }

  /** The tab came to the front again. */
  looked(): void {
    this.#pay();
  }

  #pay(): void {
    if (!this.#owed || this.#waiting || this.#loading || this.#tab.hidden() || !this.#load) return;
    this.#owed = false;
    this.#loading = true;
    const told = this.#told;
    this.#tab.after(unheardMs, () => {
      if (this.#told !== told) return;
      this.#loading = false;
      this.#pay();
    });
    this.#load();
  }
}
