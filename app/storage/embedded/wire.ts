/** MongoDB's wire protocol: cuts a byte stream into messages and reads OP_MSG and the OP_QUERY greeting. */
import { decode } from "./bson";
import { encode } from "./bson-write";
import type { StoreError } from "./errors";
import type { Reply } from "./reply";
import type { Doc } from "./values";

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const REQUIRED_FLAGS = 0xffff;

export interface Message {
  requestId: number;
  command: Doc;
  db: string;
  sequences: Map<string, Buffer[]>;
  /** The client wants no reply. */
  silent: boolean;
  /** Came as the old greeting and is answered in kind. */
  legacy: boolean;
}

/** What cannot be read: the connection is closed. */
export class WireError extends Error {}

/** Collects bytes and gives whole messages. */
export class Framer {
  private parts: Buffer[] = [];
  private have = 0;

  push(bytes: Buffer): Buffer[] {
    this.parts.push(bytes);
    this.have += bytes.length;
    const out: Buffer[] = [];
    while (this.have >= HEADER) {
      const size = this.sizeOfNext();
      if (this.have < size) break;
      const all = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
      out.push(all.subarray(0, size));
      this.parts = all.length > size ? [all.subarray(size)] : [];
      this.have -= size;
    }
    return out;
  }

  private sizeOfNext(): number {
    if (this.parts[0]!.length < 4) this.parts = [Buffer.concat(this.parts)];
    const size = this.parts[0]!.readInt32LE(0);
    if (size < HEADER || size > MAX_MESSAGE_BYTES) throw new WireError("a message of impossible length");
    return size;
  }
}

export function readMessage(m: Buffer): Message {
  const op = m.readInt32LE(12);
  if (op === OP_MSG) return readMsg(m);
  if (op === OP_QUERY) return readQuery(m);
  throw new WireError("an unknown kind of message");
}

function readMsg(m: Buffer): Message {
  if (m.length < HEADER + 4 + 5) throw new WireError("a message that is too short");
  const flags = m.readUInt32LE(HEADER);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) throw new WireError("unknown flags");
  const end = m.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const sequences = new Map<string, Buffer[]>();
  let command: Doc | undefined;
  let p = HEADER + 4;
  while (p < end) {
    const kind = m[p++]!;
    const size = sectionSize(m, p, end);
    const section = m.subarray(p, p + size);
    if (kind === 0) {
      if (command) throw new WireError("two bodies");
      command = decode(section);
    } else if (kind === 1) readSequence(section, sequences);
    else throw new WireError("an unknown section");
    p += size;
  }
  if (!command) throw new WireError("no body");
  const db = command.get("$db");
  if (typeof db !== "string") throw new WireError("no database named");
  for (const key of sequences.keys()) if (command.has(key)) throw new WireError("a field twice");
  return { requestId: m.readInt32LE(4), command, db, sequences, silent: (flags & MORE_TO_COME) !== 0, legacy: false };
}

function sectionSize(m: Buffer, p: number, end: number): number {
  if (p + 4 > end) throw new WireError("a section without length");
  const size = m.readInt32LE(p);
  if (size < 5 || p + size > end) throw new WireError("a section of impossible length");
  return size;
}

function readSequence(section: Buffer, into: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new WireError("a sequence without name");
  const name = section.toString("utf8", 4, nameEnd);
  if (into.has(name)) throw new WireError("a sequence twice");
  const documents: Buffer[] = [];
  let p = nameEnd + 1;
  while (p < section.length) {
    const size = sectionSize(section, p, section.length);
    documents.push(section.subarray(p, p + size));
    p += size;
  }
  into.set(name, documents);
}

/** Drivers greet with OP_QUERY before they know better; it is used for nothing else. */
function readQuery(m: Buffer): Message {
  const nameEnd = m.indexOf(0, HEADER + 4);
  if (nameEnd < 0 || nameEnd + 9 > m.length) throw new WireError("a query that is too short");
  const name = m.toString("utf8", HEADER + 4, nameEnd);
  if (!name.endsWith(".$cmd")) throw new WireError("an old query");
  const body = m.subarray(nameEnd + 9);
  const size = sectionSize(body, 0, body.length);
  const command = decode(body.subarray(0, size));
  return {
    requestId: m.readInt32LE(4),
    command,
    db: name.slice(0, -5),
    sequences: new Map(),
    silent: false,
    legacy: true,
  };
}

let nextId = 1;

export function writeReply(to: Message, reply: Reply): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : encode(reply);
  const headSize = to.legacy ? 36 : 21;
  const head = Buffer.alloc(headSize);
  head.writeInt32LE(headSize + body.length, 0);
  nextId = (nextId + 1) & 0x7fffffff;
  head.writeInt32LE(nextId, 4);
  head.writeInt32LE(to.requestId, 8);
  head.writeInt32LE(to.legacy ? OP_REPLY : OP_MSG, 12);
  if (to.legacy) {
    head.writeInt32LE(8, 16);
    head.writeInt32LE(1, 32);
  }
  return Buffer.concat([head, body]);
}

/** The reply to a command that was refused or failed. */
export function errorReply(error: StoreError): Record<string, unknown> {
  return { errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details };
}
