import { useCallback, useEffect, useRef, useState } from "react";
import * as z from "zod/v4-mini";
import { type DeviceShelf, forgetOnDevice, openShelf, unsentOnDevice } from "./device";

/** The fields of a form, by name. */
export type DraftFields = Readonly<Record<string, string>>;

/** `not-kept`: this device cannot keep it safely; say so instead of promising. */
export type DraftState = "opening" | "empty" | "keeping" | "kept" | "not-kept";

export interface Draft {
  state: DraftState;
  /** What was found on the device when the page opened. Null until `state` leaves `opening`, and when there was none. */
  found: DraftFields | null;
  /** Keeps these fields, a moment after the last call. All empty: removes the draft. */
  keep(fields: DraftFields): void;
  /** Removes the draft: when it was sent, or thrown away. */
  discard(): void;
}

const keepAfterMs = 300;
const fieldsSchema = z.record(z.string(), z.string());

/**
 * A draft kept on this device, for this person only, such as `useDraft("reply:CT-7K3QX", draftKey, person)`.
 * Encrypted with the session's key, removed at sign-out and after 7 days.
 */
export function useDraft(key: string, draftKey: string | null, person: string): Draft {
  const [state, setState] = useState<DraftState>("opening");
  const [found, setFound] = useState<DraftFields | null>(null);
  const keeper = useRef<DraftKeeper | null>(null);

  useEffect(() => {
    const mine = new DraftKeeper(key, openShelf(person, draftKey), setState);
    keeper.current = mine;
    setState("opening");
    setFound(null);
    void mine.opened.then((fields) => keeper.current === mine && setFound(fields));
    const hide = () => document.visibilityState === "hidden" && mine.flush();
    document.addEventListener("visibilitychange", hide);
    return () => {
      document.removeEventListener("visibilitychange", hide);
      mine.flush();
      mine.close();
      keeper.current = null;
    };
  }, [key, draftKey, person]);

  const keep = useCallback((fields: DraftFields) => keeper.current?.keep(fields), []);
  const discard = useCallback(() => keeper.current?.discard(), []);
  return { state, found, keep, discard };
}

/** Whether to ask before signing out: how many drafts and unsaved notes this person has on this device. */
export const unsentDrafts = (person: string): Promise<number> => unsentOnDevice(person);

/** Removes everything kept for this person on this device. Await it before the sign-out form is sent. */
export const forgetDrafts = (person: string): Promise<void> => forgetOnDevice(person);

/** Writes a draft to the shelf, one write at a time, the last one winning. */
export class DraftKeeper {
  /** What was on the device. */
  readonly opened: Promise<DraftFields | null>;
  #key: string;
  #shelf: Promise<DeviceShelf | null>;
  #tell: (state: DraftState) => void;
  #waiting: DraftFields | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void>;
  #closed = false;

  constructor(key: string, shelf: Promise<DeviceShelf | null>, tell: (state: DraftState) => void) {
    this.#key = key;
    this.#shelf = shelf;
    this.#tell = (state) => this.#closed || tell(state);
    this.opened = this.#open();
    this.#writing = this.opened.then(() => undefined);
  }

  keep(fields: DraftFields): void {
    this.#waiting = fields;
    this.#tell("keeping");
    this.#timer ??= setTimeout(() => this.flush(), keepAfterMs);
  }

  discard(): void {
    this.keep({});
    this.flush();
  }

  /** Writes now what waits. Resolves when it lies on the device. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const fields = this.#waiting;
    this.#waiting = undefined;
    if (fields) this.#writing = this.#writing.then(() => this.#write(fields));
    return this.#writing;
  }

  /** Says nothing more to the page. What was begun is still written. */
  close(): void {
    this.#closed = true;
  }

  async #open(): Promise<DraftFields | null> {
    const shelf = await this.#shelf;
    const kept = await shelf?.get(this.#key).catch(() => undefined);
    const fields = kept && readFields(kept.bytes);
    if (!this.#waiting) this.#tell(shelf ? (fields ? "kept" : "empty") : "not-kept");
    return fields ?? null;
  }

  async #write(fields: DraftFields): Promise<void> {
    const shelf = await this.#shelf;
    if (!shelf) return void this.#tell("not-kept");
    const empty = Object.values(fields).every((each) => each.trim() === "");
    try {
      if (empty) await shelf.remove(this.#key);
      else await shelf.put(this.#key, new TextEncoder().encode(JSON.stringify(fields)));
      if (!this.#waiting) this.#tell(empty ? "empty" : "kept");
    } catch {
      this.#tell("not-kept");
    }
  }
}

function readFields(bytes: Uint8Array): DraftFields | undefined {
  try {
    const read = fieldsSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
