import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { may } from "../../app/domain/permission";
import type { Actor } from "../../app/domain/person";
import type { IssueStore, NoteStore } from "../../app/domain/ports";
import { noteCloses, noteLimits } from "../protocol";
import { fewAtATime } from "./few-at-a-time";
import { FloodGuard, WaitingLine } from "./flood";
import type { Door, Visitor } from "./join";
import { LiveDocument, type Member, type NoteAccess } from "./live-document";

export interface HubOptions {
  door: Door;
  issues: Pick<IssueStore, "byId">;
  notes: NoteStore;
  /** 1 to 4: the cursor colour tried first for somebody of this organisation. */
  preferredColour(actor: Actor): number;
  now(): number;
  onFault(what: string, error: unknown): void;
  limits?: Partial<HubLimits>;
}

export interface HubLimits {
  messageBytes: number;
  documentBytes: number;
  saveAfterMs: number;
  compactAfterRows: number;
  /** A room nobody is in is put away after this long. */
  idleMs: number;
  beatMs: number;
  /** Messages kept for a connection whose note is still being loaded. */
  queuedMessages: number;
  queuedBytes: number;
  /** A connection may send so many messages at once, and so many a second in the long run. */
  burst: number;
  messagesPerSecond: number;
}

const usual: HubLimits = {
  messageBytes: noteLimits.messageBytes,
  documentBytes: noteLimits.documentBytes,
  saveAfterMs: 60,
  compactAfterRows: 200,
  idleMs: 30_000,
  beatMs: 15_000,
  queuedMessages: 256,
  queuedBytes: 1024 * 1024,
  burst: 2_000,
  messagesPerSecond: 400,
};

/** A socket that has not taken this much of what we sent is beyond help. */
const unsentBytesAtMost = 8 * 1024 * 1024;

interface Room {
  document: string;
  note: LiveDocument;
  /** Everyone connected, also while the note is still being loaded. */
  guests: Set<Guest>;
  idle: NodeJS.Timeout | undefined;
}

interface Guest {
  visitor: Visitor;
  member: Member;
  ws: WebSocket;
  room: Room;
  answered: boolean;
  flood: FloodGuard;
}

/**
 * Every working note somebody has open on this node, one room an issue. A second node would need the rooms joined by a
 * relay between `LiveDocument`s; until then each note lives on one.
 */
export class Hub {
  #options: HubOptions;
  #limits: HubLimits;
  #rooms = new Map<string, Room>();
  #server: WebSocketServer;
  #beat: NodeJS.Timeout;
  #closed = false;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#limits = { ...usual, ...options.limits };
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: this.#limits.messageBytes,
      perMessageDeflate: false,
    });
    this.#beat = setInterval(() => this.#beatOnce(), this.#limits.beatMs);
    this.#beat.unref();
  }

  /**
   * Lets a connection into a note, or refuses it with a close code: an HTTP status would look like a network fault to
   * the browser, which would try for ever.
   */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, document: string): Promise<void> {
    const ended = () => void socket.destroy();
    socket.on("error", ended);
    if (this.#closed) return ended();
    const entry = await this.#mayEnter(request, document);
    if (socket.destroyed || this.#closed) return ended();
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      socket.off("error", ended);
      ws.on("error", () => ws.terminate());
      if ("close" in entry) return ws.close(entry.close, entry.why);
      this.#accept(ws, entry.visitor, entry.access, document);
    });
  }

  /** Ends every connection of one session: the person signed out there. Their other devices stay. */
  signedOut(sessionId: string): void {
    for (const guest of this.#guests()) {
      if (guest.visitor.sessionId === sessionId) guest.ws.close(noteCloses.signedOut, "signed out");
    }
  }

  /** Asks again who may be where: for one person, one note, or everybody. */
  async recheck(only: { person?: string; document?: string } = {}): Promise<void> {
    const sessions = new Map<string, Promise<Actor | null>>();
    const guests = [...this.#guests()].filter(
      (guest) =>
        (only.person === undefined || guest.visitor.actor.person === only.person) &&
        (only.document === undefined || guest.room.document === only.document),
    );
    await fewAtATime(guests, (guest) => this.#recheckGuest(guest, sessions));
  }

  state(): { notes: number; connections: number; unsaved: number; failedWrites: number; withIdentifiers: number } {
    const rooms = [...this.#rooms.values()];
    return {
      notes: rooms.length,
      connections: [...this.#guests()].length,
      unsaved: rooms.filter((room) => !room.note.keeper.isSettled).length,
      failedWrites: rooms.reduce((sum, room) => sum + room.note.keeper.failedWrites, 0),
      withIdentifiers: rooms.filter((room) => room.note.identifiers.length > 0).length,
    };
  }

  /** Says goodbye, saves what is not yet saved, for at most `withinMs`. */
  async close(withinMs = 5_000): Promise<void> {
    this.#closed = true;
    clearInterval(this.#beat);
    for (const guest of this.#guests()) guest.ws.close(1001, "closing");
    const flushed = Promise.all([...this.#rooms.values()].map((room) => room.note.keeper.flush()));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([flushed, new Promise((resolve) => (timer = setTimeout(resolve, withinMs)))]);
    clearTimeout(timer);
    for (const room of [...this.#rooms.values()]) this.#putAway(room);
    for (const ws of this.#server.clients) ws.terminate();
    this.#server.close();
  }

  async #mayEnter(
    request: IncomingMessage,
    document: string,
  ): Promise<{ visitor: Visitor; access: NoteAccess } | { close: number; why: string }> {
    try {
      const visitor = await this.#options.door.admit(request);
      if (!visitor) return { close: noteCloses.signedOut, why: "sign in" };
      const access = await this.#access(visitor.actor, document);
      if (access === "none") return { close: noteCloses.notAllowed, why: "not allowed" };
      return { visitor, access };
    } catch (error) {
      this.#options.onFault("note-not-entered", error);
      return { close: noteCloses.tryAgain, why: "try again" };
    }
  }

  async #access(actor: Actor, document: string): Promise<NoteAccess> {
    const issue = await this.#options.issues.byId(actor, document);
    if (!issue || !may(actor, "read", issue)) return "none";
    return may(actor, "write-note", issue) ? "write" : "read";
  }

  #accept(ws: WebSocket, visitor: Visitor, access: NoteAccess, document: string): void {
    const room = this.#roomFor(document);
    const member = this.#memberFor(ws, visitor, access);
    const guest: Guest = {
      visitor,
      member,
      ws,
      room,
      answered: true,
      flood: new FloodGuard(this.#limits.burst, this.#limits.messagesPerSecond, this.#options.now()),
    };
    room.guests.add(guest);
    clearTimeout(room.idle);
    room.idle = undefined;
    const take = this.#queueUntilReady(guest);
    ws.on("message", (data, isBinary) => {
      if (!isBinary || !(data instanceof Buffer)) return ws.close(noteCloses.badMessage, "binary only");
      if (!guest.flood.allows(this.#options.now())) return ws.close(noteCloses.badMessage, "too many messages");
      take(new Uint8Array(data));
    });
    ws.on("pong", () => {
      guest.answered = true;
    });
    ws.on("close", () => {
      room.guests.delete(guest);
      room.note.leave(member);
      this.#idleLater(room);
    });
  }

  /** Messages wait, up to a limit, until the note is loaded. A note that cannot be loaded leaves nothing behind. */
  #queueUntilReady(guest: Guest): (message: Uint8Array) => void {
    const { ws, room, member } = guest;
    const line = new WaitingLine(this.#limits.queuedMessages, this.#limits.queuedBytes);
    let ready = false;
    const handle = (message: Uint8Array) => {
      if (ws.readyState !== WebSocket.OPEN) return;
      try {
        room.note.receive(member, message);
      } catch {
        ws.close(noteCloses.badMessage, "bad message");
      }
    };
    room.note.ready.then(
      () => {
        if (ws.readyState !== WebSocket.OPEN) return;
        room.note.join(member);
        ready = true;
        for (const message of line.take()) handle(message);
      },
      () => ws.close(noteCloses.tryAgain, "try again"),
    );
    return (message) => {
      if (ready) handle(message);
      else if (!line.add(message)) ws.close(noteCloses.tryAgain, "try again");
    };
  }

  #roomFor(document: string): Room {
    const known = this.#rooms.get(document);
    if (known) return known;
    const { notes, now, onFault } = this.#options;
    const { documentBytes, saveAfterMs, compactAfterRows } = this.#limits;
    const note = new LiveDocument({
      store: notes,
      document,
      documentBytes,
      saveAfterMs,
      compactAfterRows,
      now,
      onFault,
    });
    const room: Room = { document, note, guests: new Set(), idle: undefined };
    this.#rooms.set(document, room);
    note.ready.catch((error) => {
      this.#options.onFault("note-not-loaded", error);
      this.#putAway(room);
    });
    return room;
  }

  #memberFor(ws: WebSocket, visitor: Visitor, access: NoteAccess): Member {
    return {
      person: visitor.actor.person,
      name: visitor.actor.name,
      preferredColour: this.#options.preferredColour(visitor.actor),
      mayWrite: access === "write",
      access,
      synced: false,
      heardOfCursors: false,
      couldWrite: false,
      earlyMark: undefined,
      marks: [],
      socket: {
        send: (message) => {
          if (ws.readyState !== WebSocket.OPEN) return;
          if (ws.bufferedAmount > unsentBytesAtMost) return ws.terminate();
          ws.send(message);
        },
        close: (code, reason) => ws.close(code, reason),
      },
    };
  }

  async #recheckGuest(guest: Guest, sessions: Map<string, Promise<Actor | null>>): Promise<void> {
    const { visitor } = guest;
    try {
      const asked = sessions.get(visitor.sessionId) ?? this.#options.door.again(visitor);
      sessions.set(visitor.sessionId, asked);
      const actor = await asked;
      if (!actor) return guest.ws.close(noteCloses.signedOut, "signed out");
      visitor.actor = actor;
      const access = await this.#access(actor, guest.room.document);
      await guest.room.note.ready;
      guest.room.note.setAccess(guest.member, access);
    } catch (error) {
      this.#options.onFault("note-not-rechecked", error);
    }
  }

  /** The room stays open while it is tidied, so whoever comes meanwhile finds it as it is. */
  #idleLater(room: Room): void {
    if (room.guests.size > 0 || this.#closed || this.#rooms.get(room.document) !== room) return;
    clearTimeout(room.idle);
    room.idle = setTimeout(async () => {
      await room.note.ready.catch(() => undefined);
      await room.note.keeper.tidy();
      if (room.guests.size === 0 && room.note.keeper.isSettled) this.#putAway(room);
    }, this.#limits.idleMs);
    room.idle.unref();
  }

  #putAway(room: Room): void {
    clearTimeout(room.idle);
    if (this.#rooms.get(room.document) === room) this.#rooms.delete(room.document);
    room.note.destroy();
  }

  #beatOnce(): void {
    for (const guest of this.#guests()) {
      if (!guest.answered) {
        guest.ws.terminate();
        continue;
      }
      guest.answered = false;
      guest.ws.ping();
    }
    for (const room of this.#rooms.values()) room.note.beat();
  }

  *#guests(): Iterable<Guest> {
    for (const room of this.#rooms.values()) yield* room.guests;
  }
}
