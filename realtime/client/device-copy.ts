import type { DeviceShelf } from "./device";

export interface DeviceCopyOptions {
  shelf: Promise<DeviceShelf | null>;
  /** The id. */
  document: string;
  keepAfterMs?: number;
}

/**
 * The words of one note that the store has not confirmed, kept on this device until it has. Each tab keeps its own; a
 * tab takes over what closed ones have left.
 */
export class DeviceCopy {
  /** What earlier visits left. */
  readonly found: Promise<Uint8Array[]>;
  /** Whether everything typed so far lies on the device. */
  isUpToDate = false;
  #options: DeviceCopyOptions;
  #onChange: () => void;
  #prefix: string;
  #key: string;
  #takenOver: { key: string; at: number }[] = [];
  #encode: (() => Uint8Array) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #work: Promise<void>;
  /** Something of ours lies on the device, or is on its way there. */
  #stored = false;

  constructor(options: DeviceCopyOptions, onChange: () => void) {
    this.#options = options;
    this.#onChange = onChange;
    this.#prefix = `note:${options.document}:`;
    this.#key = this.#prefix + Math.random().toString(36).slice(2);
    this.found = this.#find().catch(() => []);
    this.#work = this.found.then(() => undefined);
  }

  /** Keeps what `encode` gives, a moment from now. */
  keep(encode: () => Uint8Array): void {
    this.isUpToDate = false;
    this.#encode = encode;
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.keepAfterMs ?? 300);
  }

  /** Keeps now what waits. What is to be kept is read before this returns. */
  flush(): Promise<void> {
    const bytes = this.#encode?.();
    this.#forgetWaiting();
    if (bytes) {
      this.#stored = true;
      this.#then((shelf) => this.#put(shelf, new Uint8Array(bytes)));
    }
    return this.#work;
  }

  /** The store has everything: the device need not. */
  settled(): void {
    this.#forgetWaiting();
    if (!this.#stored && this.#takenOver.length === 0) return;
    this.#then((shelf) => this.#remove(shelf));
  }

  /** Removes every copy of this note, also of other tabs. */
  async removeAll(): Promise<void> {
    this.#forgetWaiting();
    this.#then(async (shelf) => {
      for (const { key } of await shelf.keys(this.#prefix)) await shelf.remove(key);
    });
    await this.#work;
  }

  async #find(): Promise<Uint8Array[]> {
    const shelf = await this.#options.shelf;
    const updates: Uint8Array[] = [];
    for (const { key } of (await shelf?.keys(this.#prefix)) ?? []) {
      const kept = await shelf?.get(key);
      if (!kept) continue;
      updates.push(kept.bytes);
      this.#takenOver.push({ key, at: kept.at });
    }
    return updates;
  }

  async #put(shelf: DeviceShelf, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await shelf.put(this.#key, bytes);
    if (this.#encode) return;
    this.isUpToDate = true;
    this.#onChange();
  }

  async #remove(shelf: DeviceShelf): Promise<void> {
    // Typed again meanwhile: the next settling removes it.
    if (this.#encode) return;
    this.#stored = false;
    await shelf.remove(this.#key);
    const now = await shelf.keys(this.#prefix);
    for (const { key, at } of this.#takenOver) {
      // A tab still open may have kept more since.
      if (now.some((each) => each.key === key && each.at === at)) await shelf.remove(key);
    }
    this.#takenOver = [];
  }

  #then(act: (shelf: DeviceShelf) => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      const shelf = await this.#options.shelf;
      // A device that refuses is told of by `isUpToDate` staying false.
      if (shelf) await act(shelf).catch(() => undefined);
    });
  }

  #forgetWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#encode = undefined;
  }
}
