import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { IdentifierFind } from "../../app/domain/identifiers";
import { type NoteDeclaration, noteCloses, noteMessages, noteParts } from "../protocol";
import type { DeviceShelf } from "./device";
import { DeviceCopy } from "./device-copy";
import { NoteGate } from "./note-gate";

/** What the state line says. Every kind is true of this person's own words. */
export type NoteState =
  | { kind: "opening" }
  | { kind: "saving" }
  /** `at`: when the store confirmed the last of them, or null when nothing was written in this visit. */
  | { kind: "saved"; at: Date | null }
  /** `kept`: they lie encrypted on this device. Otherwise they are only on this page. */
  | { kind: "offline"; changes: number; kept: boolean }
  | { kind: "identifier"; finds: readonly IdentifierFind[] }
  | { kind: "too-long"; words: number }
  | { kind: "reading" }
  /** May not write here any more. `unsaved`: with words of theirs that were not saved. */
  | { kind: "no-longer"; unsaved: boolean }
  | { kind: "signed-out"; unsaved: boolean }
  /** The two sides do not understand each other: only loading the page again helps. */
  | { kind: "faulty"; unsaved: boolean };

export interface NoteSessionOptions {
  /** `wss://host/live` */
  url: string;
  /** The id. */
  document: string;
  person: string;
  canWrite: boolean;
  shelf: Promise<DeviceShelf | null>;
  WebSocketPolyfill?: typeof WebSocket;
  now?(): number;
  digitsWaitMs?: number;
  keepAfterMs?: number;
}

export interface NoteView {
  state: NoteState;
  /** Whether the editor takes keystrokes. */
  canWrite: boolean;
}

type Ended = "signed-out" | "not-allowed" | "faulty";

/** Changes within this long of each other count as one where they are counted for people. */
const sameChangeMs = 2_000;
const connectWithinMs = 8_000;

/**
 * One visit to a working note: the document the editor shows, its line to the server, and what is known about where its
 * words are. Nothing is "saved" before the store has confirmed it, and until then it is kept on this device.
 */
export class NoteSession {
  readonly gate: NoteGate;
  readonly provider: WebsocketProvider;
  /** Replaced whenever it changes. */
  view: NoteView;
  #canWrite: boolean;
  #options: NoteSessionOptions;
  #listeners = new Set<() => void>();
  #confirmed = 0;
  #confirmedAt: Date | null = null;
  #everSynced = false;
  #wasTooLong = false;
  #ended: Ended | undefined;
  #copy: DeviceCopy;
  #changeGroups = 0;
  #lastChangeAt = 0;
  #countedChanges = 0;
  #connectTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: NoteSessionOptions) {
    this.#options = options;
    this.#canWrite = options.canWrite;
    this.view = { state: { kind: "opening" }, canWrite: options.canWrite };
    this.gate = new NoteGate({
      mayWrite: options.canWrite,
      onChange: () => this.#gateChanged(),
      ...(options.digitsWaitMs === undefined ? {} : { digitsWaitMs: options.digitsWaitMs }),
    });
    this.#copy = new DeviceCopy(options, () => this.#update());
    this.provider = this.#line();
    this.provider.connect();
    void this.#copy.found.then((updates) => {
      for (const update of updates) this.gate.restore(update);
    });
  }

  get doc(): Y.Doc {
    return this.gate.local;
  }

  get isEmpty(): boolean {
    return this.doc.getXmlFragment(noteParts.body).length === 0;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** A writer's word that a span is not a patient identifier, kept in the note with the reason. */
  declare(span: string, reason: string): void {
    const declaration: NoteDeclaration = { reason: reason.trim(), by: this.#options.person };
    this.doc.getMap(noteParts.declared).set(span, declaration);
  }

  /** Throws away what is kept on this device for this note. What others see stays. */
  async forget(): Promise<void> {
    await this.#copy.removeAll();
  }

  /** The device lost or found a network: tries the line afresh instead of waiting for it to be missed. */
  networkChanged(): void {
    if (!this.provider.shouldConnect) return;
    this.provider.disconnect();
    this.provider.connect();
  }

  /** Puts on the device now what waits to be kept there. */
  flush(): void {
    void this.#copy.flush();
  }

  destroy(): void {
    this.flush();
    clearTimeout(this.#connectTimer);
    this.#listeners.clear();
    this.provider.destroy();
    this.gate.destroy();
  }

  get #unconfirmed(): boolean {
    return this.#confirmed < this.gate.changes;
  }

  #line(): WebsocketProvider {
    const { url, document, WebSocketPolyfill } = this.#options;
    const provider = new WebsocketProvider(url, document, this.gate.wire, {
      connect: false,
      // Tabs of one browser would pass each other what the server forbids: shared computers have several people's.
      disableBc: true,
      shouldReconnect: ({ code }) => code !== noteCloses.messageTooLong && !(code >= 4400 && code < 4500),
      ...(WebSocketPolyfill ? { WebSocketPolyfill } : {}),
    });
    provider.messageHandlers[noteMessages.kept] = (_reply, decoder) => this.#kept(decoder);
    provider.messageHandlers[noteMessages.access] = (_reply, decoder) => this.#access(decoding.readVarUint(decoder));
    // The server's finds are those of the same check on the same text: ours has them already.
    provider.messageHandlers[noteMessages.flag] = (_reply, decoder) => void decoding.readVarString(decoder);
    provider.on("sync", (synced) => this.#synced(synced));
    provider.on("status", ({ status }) => {
      if (status === "connecting") this.#limitConnecting();
      this.#update();
    });
    provider.on("connection-close", () => this.#update());
    provider.on("closed", ({ code }) => this.#closed(code));
    // Only our own cursor is ours to tell; what others say of theirs need not go back to the server.
    provider.awareness.off("update", provider._awarenessUpdateHandler);
    provider.awareness.on("update", (change: unknown, origin: unknown) => {
      if (origin !== provider) provider._awarenessUpdateHandler(change, origin);
    });
    return provider;
  }

  /** Neither browsers nor y-websocket give up soon on a server that takes the connection and never answers. */
  #limitConnecting(): void {
    const { ws } = this.provider;
    clearTimeout(this.#connectTimer);
    this.#connectTimer = setTimeout(() => {
      if (ws === this.provider.ws && this.provider.wsconnecting) ws?.close();
    }, connectWithinMs);
  }

  #synced(synced: boolean): void {
    if (synced) {
      this.#everSynced = true;
      this.#askWhetherKept();
    }
    this.#update();
  }

  #access(writes: number): void {
    this.#canWrite = writes === 1;
    this.gate.setMayWrite(this.#canWrite);
    if (this.#canWrite) this.#askWhetherKept();
    this.#update();
  }

  #kept(decoder: decoding.Decoder): void {
    this.#confirmed = Math.max(this.#confirmed, decoding.readVarUint(decoder));
    this.#confirmedAt = new Date(decoding.readVarUint(decoder));
    if (!this.#unconfirmed) this.#copy.settled();
    this.#update();
  }

  #closed(code: number): void {
    if (code === noteCloses.tooLong || code === noteCloses.messageTooLong) {
      this.#wasTooLong = true;
      this.gate.refusedAsTooLong();
    } else if (code === noteCloses.signedOut) this.#end("signed-out");
    else if (code === noteCloses.notAllowed) this.#end("not-allowed");
    else this.#end("faulty");
    this.#update();
  }

  #end(why: Ended): void {
    this.#ended = why;
    this.#canWrite = false;
    this.gate.setMayWrite(false);
  }

  #gateChanged(): void {
    // The gate speaks up while it is being made.
    if (!this.provider) return;
    this.#countChanges();
    if (this.#unconfirmed) this.#copy.keep(() => Y.encodeStateAsUpdate(this.doc));
    if (this.#wasTooLong && this.gate.held === null) {
      this.#wasTooLong = false;
      this.provider.connect();
    }
    this.#askWhetherKept();
    this.#update();
  }

  /** Asks the server to say when all that has passed is in the store. */
  #askWhetherKept(): void {
    const { ws, synced } = this.provider;
    if (!ws || !synced || this.gate.passed <= this.#confirmed) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, noteMessages.mark);
    encoding.writeVarUint(encoder, this.gate.passed);
    ws.send(encoding.toUint8Array(encoder));
  }

  #countChanges(): void {
    if (!this.#unconfirmed) {
      this.#changeGroups = 0;
      this.#lastChangeAt = 0;
    }
    if (this.gate.changes === this.#countedChanges) return;
    this.#countedChanges = this.gate.changes;
    const now = this.#options.now?.() ?? Date.now();
    if (now - this.#lastChangeAt > sameChangeMs) this.#changeGroups++;
    this.#lastChangeAt = now;
  }

  #update(): void {
    const next: NoteView = { state: this.#derive(), canWrite: this.#canWrite };
    if (JSON.stringify(next) === JSON.stringify(this.view)) return;
    this.view = next;
    for (const each of this.#listeners) each();
  }

  #derive(): NoteState {
    const unsaved = this.#unconfirmed;
    if (this.#ended === "signed-out") return { kind: "signed-out", unsaved };
    if (this.#ended === "not-allowed") return { kind: "no-longer", unsaved };
    if (this.#ended === "faulty") return { kind: "faulty", unsaved };
    if (!this.#canWrite)
      return unsaved || this.#options.canWrite ? { kind: "no-longer", unsaved } : { kind: "reading" };
    const { held } = this.gate;
    if (held?.why === "identifier") return { kind: "identifier", finds: held.finds };
    if (held?.why === "too-long") return { kind: "too-long", words: held.words };
    return this.#deriveSaving(unsaved);
  }

  #deriveSaving(unsaved: boolean): NoteState {
    const tried = this.#everSynced || this.provider.wsUnsuccessfulReconnects > 0;
    if (!this.provider.synced) {
      if (!tried && !unsaved) return { kind: "opening" };
      return { kind: "offline", changes: unsaved ? this.#changeGroups : 0, kept: this.#copy.isUpToDate };
    }
    return unsaved ? { kind: "saving" } : { kind: "saved", at: this.#confirmedAt };
  }
}
