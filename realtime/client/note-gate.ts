import * as Y from "yjs";
import type { IdentifierFind } from "../../app/domain/identifiers";
import { declarations, plainText, undeclaredInNote } from "../note-text";
import { noteLimits } from "../protocol";

/**
 * Between what a person types and what leaves the device stand two documents: `local`, which the editor shows, and
 * `wire`, which is sent. Changes from others pass at once. Local changes pass only while the gate is open; what was taken
 * out again before it opened never reaches `wire`, not even as deleted text.
 */

export type Held =
  /** Something looks like a patient identifier. */
  | { why: "identifier"; finds: readonly IdentifierFind[] }
  /** Digits that may become one are still being typed. */
  | { why: "digits" }
  /** About so many words have to go. */
  | { why: "too-long"; words: number }
  /** The server does not take changes from this person. */
  | { why: "read-only" };

export interface GateOptions {
  /** Whether the page believes that the server takes this person's changes. */
  mayWrite: boolean;
  /** Something was typed, something passed, or the gate opened or closed. */
  onChange(): void;
  documentBytes?: number;
  messageBytes?: number;
  /** Digits that are not yet an identifier go after this long without another keystroke. */
  digitsWaitMs?: number;
}

const bytesPerWord = 6;
/** Left free, so that a document that passes here also passes at the server. */
const spareBytes = 2 * 1024;
/** After a refusal, so much has to go before it is tried again. */
const shorterBytes = 600;

export class NoteGate {
  readonly local = new Y.Doc();
  readonly wire = new Y.Doc();
  /** Local changes so far, and how many of them have passed. */
  changes = 0;
  passed = 0;
  held: Held | null = null;
  #options: GateOptions;
  #mayWrite: boolean;
  /** The size at which the server refused it. */
  #refusedBytes: number | undefined;
  #bytes = 0;
  #digits: Digits;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#mayWrite = options.mayWrite;
    this.#digits = new Digits(options.digitsWaitMs ?? 2_500, () => this.#consider());
    this.wire.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) Y.applyUpdate(this.local, update, this);
    });
    this.local.on("update", (update: Uint8Array, origin: unknown) => {
      this.#bytes += update.length;
      if (origin === this) return this.#consider();
      this.changes++;
      this.#consider(update);
    });
  }

  /** Whether the server takes changes from this person now. */
  setMayWrite(mayWrite: boolean): void {
    if (mayWrite === this.#mayWrite) return;
    this.#mayWrite = mayWrite;
    this.#consider();
  }

  /** The server found it too long. Nothing more goes until it is shorter, whatever our own measure says. */
  refusedAsTooLong(): void {
    this.#refusedBytes = Y.encodeStateAsUpdate(this.local).length;
    this.#consider();
  }

  /** Puts back what an earlier visit left on this device. It counts as typed now. */
  restore(update: Uint8Array): void {
    Y.applyUpdate(this.local, update);
  }

  destroy(): void {
    this.#digits.stop();
    this.local.destroy();
    this.wire.destroy();
  }

  /** Opens or closes. `update` is the change just typed: with nothing held before it, it can pass as it is. */
  #consider(update?: Uint8Array): void {
    const before = this.held;
    this.held = this.#reasonToHold(update);
    if (this.held === null && this.passed < this.changes) this.#pass(update);
    if (before !== null || this.held !== null || update) this.#options.onChange();
  }

  #pass(update?: Uint8Array): void {
    const alone = update !== undefined && this.passed === this.changes - 1;
    this.passed = this.changes;
    // One transaction in a document that collects what is deleted: text typed and taken out again does not pass.
    Y.applyUpdate(this.wire, alone ? update : this.#unsent(), this);
  }

  #reasonToHold(update?: Uint8Array): Held | null {
    if (!this.#mayWrite) return { why: "read-only" };
    const finds = undeclaredInNote(this.local);
    if (finds.length > 0) return { why: "identifier", finds };
    if (this.passed === this.changes && this.#refusedBytes === undefined) return null;
    const words = Math.ceil(this.#bytesTooMany(update) / bytesPerWord);
    if (words > 0) return { why: "too-long", words };
    this.#refusedBytes = undefined;
    return this.#digits.areBeingTyped(this.local, this.wire, update !== undefined) ? { why: "digits" } : null;
  }

  #bytesTooMany(update?: Uint8Array): number {
    const { documentBytes = noteLimits.documentBytes, messageBytes = noteLimits.messageBytes } = this.#options;
    const alone = update !== undefined && this.passed === this.changes - 1;
    const overMessage = (alone ? update.length : this.#unsent().length) + spareBytes - messageBytes;
    // Measured only when it could be over: what was added so far is at least as much as what is there.
    const measure = this.#bytes + spareBytes > documentBytes || this.#refusedBytes !== undefined;
    if (measure) this.#bytes = Y.encodeStateAsUpdate(this.local).length;
    const overDocument = this.#bytes + spareBytes - documentBytes;
    const overRefused = this.#refusedBytes === undefined ? 0 : this.#bytes - this.#refusedBytes + shorterBytes;
    return Math.max(0, overMessage, overDocument, overRefused);
  }

  #unsent(): Uint8Array {
    return Y.encodeStateAsUpdate(this.local, Y.encodeStateVector(this.wire));
  }
}

/** What may stand between the digits of an NHS number, as in `domain/identifiers`. */
const between = "[\\s.\\-\\u2010-\\u2015\\u2212\\u00ad\\u200b-\\u200d\\u2060]{0,3}";
/** Five or more digits that stand together: perhaps the beginning of an NHS number, whatever stands before it. */
const digitsTogether = new RegExp(`(?<!\\p{Nd}${between})\\p{Nd}(?:${between}\\p{Nd}){4,}`, "gu");
/** Keystrokes that leave the digits as they are before they count as finished: more than a space between groups. */
const settledAfter = 3;

/**
 * Nine digits of an NHS number give away the tenth, so digits wait while they grow: until more is typed after them, or
 * nothing is typed for a moment.
 */
class Digits {
  #waitMs: number;
  #done: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = "";
  #unchanged = 0;

  constructor(waitMs: number, done: () => void) {
    this.#waitMs = waitMs;
    this.#done = done;
  }

  areBeingTyped(local: Y.Doc, wire: Y.Doc, isKeystroke: boolean): boolean {
    const fresh = freshDigits(local, wire);
    if (fresh !== this.#last) {
      this.#last = fresh;
      this.#unchanged = 0;
      this.stop();
      if (fresh !== "") this.#timer = setTimeout(() => this.#settle(), this.#waitMs);
    } else if (isKeystroke) this.#unchanged++;
    return fresh !== "" && this.#unchanged < settledAfter;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #settle(): void {
    this.#timer = undefined;
    this.#unchanged = settledAfter;
    this.#done();
  }
}

/** Digits in the note that have not been sent before and that nobody has declared. */
function freshDigits(local: Y.Doc, wire: Y.Doc): string {
  const runs = plainText(local).match(digitsTogether) ?? [];
  if (runs.length === 0) return "";
  const sent = new Set(plainText(wire).match(digitsTogether) ?? []);
  const declared = declarations(local).map((each) => each.span);
  return runs.filter((run) => !sent.has(run) && !declared.some((span) => run.includes(span))).join();
}
