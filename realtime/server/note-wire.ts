import * as encoding from "lib0/encoding";
import { messageYjsSyncStep2, writeSyncStep1, writeUpdate } from "y-protocols/sync";
import type * as Y from "yjs";
import { noteMessages } from "../protocol";

/** What the server says on the line of a working note, as bytes. */

/** "What have you that I lack?" The answer holds everything, or there is nothing. */
export const stateQuestion = (doc: Y.Doc) => message(noteMessages.sync, (encoder) => writeSyncStep1(encoder, doc));

export const stateAnswer = (diff: Uint8Array) =>
  message(noteMessages.sync, (encoder) => {
    encoding.writeVarUint(encoder, messageYjsSyncStep2);
    encoding.writeVarUint8Array(encoder, diff);
  });

export const updateMessage = (update: Uint8Array) =>
  message(noteMessages.sync, (encoder) => writeUpdate(encoder, update));

export const cursorsMessage = (update: Uint8Array) =>
  message(noteMessages.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update));

export const accessMessage = (mayWrite: boolean) =>
  message(noteMessages.access, (encoder) => encoding.writeVarUint(encoder, mayWrite ? 1 : 0));

/** Everything sent before mark `number` was durable at `at` (milliseconds since 1970). */
export const keptMessage = (number: number, at: number) =>
  message(noteMessages.kept, (encoder) => {
    encoding.writeVarUint(encoder, number);
    encoding.writeVarUint(encoder, at);
  });

export const flagMessage = (spans: readonly string[]) =>
  message(noteMessages.flag, (encoder) => encoding.writeVarString(encoder, JSON.stringify(spans)));

function message(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
