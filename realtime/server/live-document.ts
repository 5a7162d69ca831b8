import * as decoding from "lib0/decoding";
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from "y-protocols/sync";
import * as Y from "yjs";
import type { NoteStore } from "../../app/domain/ports";
import { undeclaredInNote } from "../note-text";
import { noteCloses, noteMessages, noteParts } from "../protocol";
import { type CursorOwner, Cursors } from "./cursors";
import { Keeper } from "./keep";
import { declaredNow, isNoteUpdate, repairNote } from "./note-shape";
import {
  accessMessage,
  cursorsMessage,
  flagMessage,
  keptMessage,
  stateAnswer,
  stateQuestion,
  updateMessage,
} from "./note-wire";

export type NoteAccess = "none" | "read" | "write";

/** The socket of one connection to a note. */
export interface NoteSocket {
  send(message: Uint8Array): void;
  close(code: number, reason: string): void;
}

/** One connection to a note. */
export interface Member extends CursorOwner {
  readonly socket: NoteSocket;
  access: NoteAccess;
  /** It has answered our state vector, so it has nothing that we lack the ground for. */
  synced: boolean;
  heardOfCursors: boolean;
  /** It could write before: what it sent in good faith meanwhile is dropped, and not held against it. */
  couldWrite: boolean;
  /** A mark that came before the member had answered our state vector. */
  earlyMark: number | undefined;
  /** Marks to be answered once so many updates are durable. */
  marks: { number: number; at: number }[];
}

export interface LiveDocumentOptions {
  store: NoteStore;
  document: string;
  documentBytes: number;
  saveAfterMs: number;
  compactAfterRows: number;
  now(): number;
  onFault(what: string, error: unknown): void;
}

const loading = Symbol("loading");

/**
 * A working note while somebody has it open: the document, its members and their cursors. The room owns the text: it
 * passes updates on at once, appends them durably, and says "kept" only after that.
 */
export class LiveDocument {
  readonly members = new Set<Member>();
  readonly ready: Promise<void>;
  readonly keeper: Keeper;
  /** Spans that look like patient identifiers. While there are any, the note's text goes nowhere but to its members. */
  identifiers: string[] = [];
  #doc = new Y.Doc();
  #cursors: Cursors;
  #options: LiveDocumentOptions;
  #bytes = 0;
  #repaired = false;

  constructor(options: LiveDocumentOptions) {
    this.#options = options;
    this.#cursors = new Cursors(options.now);
    this.#doc.getXmlFragment(noteParts.body);
    this.#doc.getMap(noteParts.declared);
    this.keeper = new Keeper({
      ...options,
      onKept: () => this.#kept(),
      onFault: (error) => options.onFault("note-not-saved", error),
    });
    this.#doc.on("update", (update: Uint8Array, origin: unknown) => this.#updated(update, origin));
    this.ready = this.#load();
  }

  join(member: Member): void {
    this.members.add(member);
    this.#sayAccess(member);
    this.#sayFlag(member);
    if (member.access === "write") this.#askState(member);
  }

  leave(member: Member): void {
    this.members.delete(member);
    this.#tellCursors(this.#cursors.leave(member), member);
  }

  /** What the member may do changed while they were here. */
  setAccess(member: Member, access: NoteAccess): void {
    if (member.access === access) return;
    if (access === "none") {
      member.socket.close(noteCloses.notAllowed, "not allowed");
      return;
    }
    member.access = access;
    member.mayWrite = access === "write";
    member.synced = false;
    member.earlyMark = undefined;
    member.marks = [];
    this.#sayAccess(member);
    if (access === "read") member.couldWrite = true;
    else this.#askState(member);
  }

  /** Throws on malformed bytes. */
  receive(member: Member, data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    switch (decoding.readVarUint(decoder)) {
      case noteMessages.sync:
        this.#sync(member, decoder);
        break;
      case noteMessages.awareness:
        this.#cursor(member, decoding.readVarUint8Array(decoder));
        break;
      case noteMessages.queryAwareness:
        this.#greetWithCursors(member);
        break;
      case noteMessages.mark:
        this.#mark(member, decoding.readVarUint(decoder));
        break;
      default:
        member.socket.close(noteCloses.badMessage, "unknown message");
        break;
    }
  }

  /** Now and then: lets go of cursors nobody renews, and says something, for y-websocket hangs up after 30 s of silence. */
  beat(): void {
    this.#tellCursors(this.#cursors.expire());
    for (const member of this.members) this.#sayAccess(member);
  }

  destroy(): void {
    this.keeper.stop();
    this.#doc.destroy();
  }

  async #load(): Promise<void> {
    const stored = await this.keeper.load();
    if (!stored) return;
    Y.applyUpdate(this.#doc, stored, loading);
    this.#bytes = stored.length;
    this.#findIdentifiers();
  }

  #sync(member: Member, decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    switch (step) {
      case messageYjsSyncStep1:
        this.#answerState(member, bytes);
        break;
      case messageYjsSyncStep2:
      case messageYjsUpdate:
        this.#write(member, bytes, step === messageYjsSyncStep2);
        break;
      default:
        member.socket.close(noteCloses.badMessage, "unknown step");
        break;
    }
  }

  #answerState(member: Member, stateVector: Uint8Array): void {
    member.socket.send(stateAnswer(Y.encodeStateAsUpdate(this.#doc, stateVector)));
  }

  #write(member: Member, update: Uint8Array, isAnswer: boolean): void {
    if (member.access !== "write") {
      if (!member.couldWrite) member.socket.close(noteCloses.notAllowed, "read only");
      return;
    }
    // Before it has answered our state vector it may build on what we never got; the answer will hold this too.
    if (!isAnswer && !member.synced) return;
    if (!isNoteUpdate(update)) {
      member.socket.close(noteCloses.badMessage, "not a note");
      return;
    }
    if (!this.#fits(update)) {
      member.socket.close(noteCloses.tooLong, "too long");
      return;
    }
    member.synced = true;
    this.#apply(member, update);
    if (this.#isOutOfStep()) {
      member.socket.close(noteCloses.tryAgain, "out of step");
      return;
    }
    const mark = member.earlyMark;
    member.earlyMark = undefined;
    if (mark !== undefined) this.#mark(member, mark);
  }

  /** An update that builds on something never sent waits for ever: nothing that depends on it could be kept. */
  #isOutOfStep(): boolean {
    const { store } = this.#doc;
    const out = store.pendingStructs !== null || store.pendingDs !== null;
    store.pendingStructs = null;
    store.pendingDs = null;
    return out;
  }

  #apply(member: Member, update: Uint8Array): void {
    const declared = declaredNow(this.#doc);
    this.#repaired = false;
    this.#doc.transact((transaction) => {
      Y.applyUpdate(this.#doc, update, member);
      this.#repaired = repairNote(transaction, member.person, declared);
    }, member);
  }

  /** The update event: what really changed, without what was taken out again. */
  #updated(update: Uint8Array, origin: unknown): void {
    if (origin === loading) return;
    this.#bytes += update.length;
    const out = updateMessage(update);
    for (const member of this.members) {
      if (member !== origin || this.#repaired) member.socket.send(out);
    }
    this.keeper.add(update);
  }

  /** Whether the document stays within its limit, or at least does not grow past it. */
  #fits(update: Uint8Array): boolean {
    const limit = this.#options.documentBytes;
    if (this.#bytes + update.length <= limit) return true;
    const before = Y.encodeStateAsUpdate(this.#doc);
    this.#bytes = before.length;
    if (this.#bytes + update.length <= limit) return true;
    const trial = new Y.Doc();
    Y.applyUpdate(trial, before);
    Y.applyUpdate(trial, update);
    const after = Y.encodeStateAsUpdate(trial).length;
    trial.destroy();
    return after <= Math.max(limit, before.length);
  }

  #cursor(member: Member, update: Uint8Array): void {
    const news = this.#cursors.receive(member, update);
    this.#greetWithCursors(member);
    this.#tellCursors(news, member);
  }

  #greetWithCursors(member: Member): void {
    if (member.heardOfCursors) return;
    member.heardOfCursors = true;
    const all = this.#cursors.all(member);
    if (all) member.socket.send(cursorsMessage(all));
  }

  #tellCursors(update: Uint8Array | null, except?: Member): void {
    if (!update) return;
    const out = cursorsMessage(update);
    for (const member of this.members) {
      if (member !== except) member.socket.send(out);
    }
  }

  #mark(member: Member, number: number): void {
    if (member.access !== "write") return;
    if (!member.synced) {
      member.earlyMark = number;
      return;
    }
    const last = member.marks.at(-1);
    if (this.keeper.isSettled) this.#sayKept(member, number);
    else if (last?.at === this.keeper.added) last.number = number;
    else member.marks.push({ number, at: this.keeper.added });
  }

  #kept(): void {
    for (const member of this.members) {
      const answered = member.marks.filter((mark) => mark.at <= this.keeper.kept);
      member.marks = member.marks.slice(answered.length);
      const last = answered.at(-1);
      if (last) this.#sayKept(member, last.number);
    }
    if (this.#findIdentifiers()) for (const member of this.members) this.#sayFlag(member);
  }

  /** Says whether what was found has changed. */
  #findIdentifiers(): boolean {
    const found = [...new Set(undeclaredInNote(this.#doc).map((find) => find.span))];
    const changed = found.join() !== this.identifiers.join();
    this.identifiers = found;
    return changed;
  }

  #askState(member: Member): void {
    member.socket.send(stateQuestion(this.#doc));
  }

  #sayAccess(member: Member): void {
    member.socket.send(accessMessage(member.access === "write"));
  }

  #sayKept(member: Member, number: number): void {
    member.socket.send(keptMessage(number, this.#options.now()));
  }

  #sayFlag(member: Member): void {
    member.socket.send(flagMessage(this.identifiers));
  }
}
