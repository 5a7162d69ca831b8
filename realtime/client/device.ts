/**
 * What is kept on a person's device: drafts, and notes not yet saved. Encrypted with a key that only that person's
 * session is given, so that the next person at a shared computer cannot read it. Removed at sign-out and after 7 days.
 */

/** One kept thing as it lies on the device. */
export interface DeviceEntry {
  person: string;
  key: string;
  /** When it was kept, in milliseconds since 1970. */
  at: number;
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

/** Where entries lie: IndexedDB in browsers. */
export interface DeviceStore {
  put(entry: DeviceEntry): Promise<void>;
  get(person: string, key: string): Promise<DeviceEntry | undefined>;
  remove(person: string, key: string): Promise<void>;
  /** Everything on the device, whoever's it is. */
  list(): Promise<{ person: string; key: string; at: number }[]>;
}

export const keptForMs = 7 * 24 * 60 * 60 * 1000;

/** People who signed out in another tab of this browser: nothing more of theirs is kept until they sign in again. */
const gone = new Set<string>();
const partings = typeof document === "undefined" ? null : new BroadcastChannel("common-thread-parting");
partings?.addEventListener("message", ({ data }) => void gone.add(String(data)));

/** One person's part of a device. */
export class DeviceShelf {
  readonly person: string;
  #store: DeviceStore;
  #key: CryptoKey;
  #now: () => number;

  constructor(store: DeviceStore, person: string, key: CryptoKey, now: () => number = Date.now) {
    this.#store = store;
    this.person = person;
    this.#key = key;
    this.#now = now;
  }

  /**
   * Keeps `bytes` under `key`, in place of what was there. Resolves with the time it is kept under; rejects once the person
   * signed out in another tab.
   */
  async put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    if (gone.has(this.person)) throw new Error("signed out in another tab");
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(this.#cipher(key, iv), this.#key, bytes);
    const at = this.#now();
    await this.#store.put({ person: this.person, key, at, iv, sealed });
    return at;
  }

  /** What is kept under `key`. What cannot be read any more (another key, damaged, too old) is removed. */
  async get(key: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; at: number } | undefined> {
    const entry = await this.#store.get(this.person, key);
    if (!entry) return undefined;
    if (entry.at > this.#now() - keptForMs) {
      const open = await crypto.subtle
        .decrypt(this.#cipher(key, entry.iv), this.#key, entry.sealed)
        .catch(() => undefined);
      if (open) return { bytes: new Uint8Array(open), at: entry.at };
    }
    await this.#store.remove(this.person, key);
    return undefined;
  }

  async remove(key: string): Promise<void> {
    await this.#store.remove(this.person, key);
  }

  /** Keys of this person's that begin with `prefix`. */
  async keys(prefix: string): Promise<{ key: string; at: number }[]> {
    const all = await this.#store.list();
    return all.filter((each) => each.person === this.person && each.key.startsWith(prefix));
  }

  /** An entry cannot be passed off as another's: whose it is and what for is sealed with it. */
  #cipher(key: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(JSON.stringify([this.person, key])) };
  }
}

/**
 * This person's shelf, with `draftKey` (256 bits, base64) as the server gave it to their session. Null where nothing can
 * be kept safely: no key, no encryption (a page not served over https), or a browser that refuses storage.
 */
export async function openShelf(
  person: string,
  draftKey: string | null,
  store: DeviceStore | undefined = browserStore(),
  now: () => number = Date.now,
): Promise<DeviceShelf | null> {
  if (!draftKey || !store || !globalThis.crypto?.subtle) return null;
  gone.delete(person);
  try {
    const raw = Uint8Array.from(atob(draftKey), (char) => char.charCodeAt(0));
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    await removeOld(store, now());
    return new DeviceShelf(store, person, key, now);
  } catch {
    return null;
  }
}

/** Removes what anybody kept longer than 7 days ago. */
export async function removeOld(store: DeviceStore, now: number): Promise<void> {
  for (const each of await store.list()) {
    if (each.at <= now - keptForMs) await store.remove(each.person, each.key);
  }
}

/** How many unsent things this person has on this device: asked about before they sign out. */
export async function unsentOnDevice(person: string, store: DeviceStore | undefined = browserStore()): Promise<number> {
  if (!store) return 0;
  const all = await store.list().catch(() => []);
  return all.filter((each) => each.person === person).length;
}

/** Removes everything this person has on this device: at sign-out. */
export async function forgetOnDevice(person: string, store: DeviceStore | undefined = browserStore()): Promise<void> {
  partings?.postMessage(person);
  if (!store) return;
  for (const each of await store.list()) {
    if (each.person === person) await store.remove(each.person, each.key);
  }
}

const database = "common-thread";
const shelf = "kept";

/** IndexedDB, or nothing where there is none (the server, some private windows). */
export function browserStore(): DeviceStore | undefined {
  if (typeof indexedDB === "undefined") return undefined;
  return {
    put: async (entry) => void (await inStore("readwrite", (store) => store.put(entry))),
    get: (person, key) => inStore<DeviceEntry | undefined>("readonly", (store) => store.get([person, key])),
    remove: async (person, key) => void (await inStore("readwrite", (store) => store.delete([person, key]))),
    list: async () => {
      const entries = await inStore<DeviceEntry[]>("readonly", (store) => store.getAll());
      return entries.map(({ person, key, at }) => ({ person, key, at }));
    },
  };
}

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(shelf, { keyPath: ["person", "key"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  return new Promise<T>((resolve, reject) => {
    const transaction = db.transaction(shelf, mode);
    const request = act(transaction.objectStore(shelf));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
