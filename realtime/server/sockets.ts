import type { DefaultEventsMap, Server, Socket } from "socket.io";
import { audienceKeys, may, mayRead } from "../../app/domain/permission";
import type { Actor } from "../../app/domain/person";
import type { IssueStore } from "../../app/domain/ports";
import {
  type Answer,
  type BrowserToServer,
  type ServerToBrowser,
  typingSchema,
  watchedAtMost,
  watchSchema,
} from "../protocol";
import { fewAtATime } from "./few-at-a-time";
import type { Door, Visitor } from "./join";
import type { HereAs, Presence } from "./presence";
import { boardRoom, hereRoom, issueRoom, personRoom } from "./rooms";

export interface SocketData {
  visitor: Visitor;
  board: boolean;
  /** Issues watched, each with a token of the asking: a late answer to an earlier asking changes nothing. */
  watched: Map<string, symbol>;
  /** Messages since `countedFrom`. */
  messages: number;
  countedFrom: number;
}
export type LiveServer = Server<BrowserToServer, ServerToBrowser, DefaultEventsMap, SocketData>;
export type LiveSocket = Socket<BrowserToServer, ServerToBrowser, DefaultEventsMap, SocketData>;

export interface SocketOptions {
  io: LiveServer;
  door: Door;
  issues: Pick<IssueStore, "byId">;
  presence: Presence;
  hereAs(actor: Actor): HereAs;
  now(): number;
  onFault(what: string, error: unknown): void;
}

/** A connection that sends more than this in so long is not a browser of ours. */
const messagesAtMost = 200;
const withinMs = 10_000;

/** The socket.io connections of this node: who watches what, and whether they still may. */
export class Sockets {
  #options: SocketOptions;

  constructor(options: SocketOptions) {
    this.#options = options;
    options.io.use((socket, next) => {
      options.door.admit(socket.request).then(
        (visitor) => {
          if (!visitor) return next(new Error("signed-out"));
          socket.data = { visitor, board: false, watched: new Map(), messages: 0, countedFrom: options.now() };
          next();
        },
        (error) => {
          options.onFault("connection-not-checked", error);
          next(new Error("try-again"));
        },
      );
    });
    options.io.on("connection", (socket) => this.#connected(socket));
  }

  /** Ends the connections of one session. */
  signedOut(sessionId: string): void {
    for (const socket of this.#all()) {
      if (socket.data.visitor.sessionId === sessionId) this.#dismiss(socket);
    }
  }

  /** Asks again who everybody, or one person, is now, and lets them hear no more and no less than that. */
  async recheck(person?: string): Promise<void> {
    const sockets = this.#all().filter((socket) => person === undefined || socket.data.visitor.actor.person === person);
    await fewAtATime(sockets, (socket) => this.#recheckSocket(socket));
  }

  /** An issue's audience may have changed: whoever may no longer know of it stops being here. */
  audienceChanged(issue: string, audience: readonly string[]): void {
    for (const socket of this.#all()) {
      if (!socket.data.watched.has(issue)) continue;
      if (!mayRead(socket.data.visitor.actor, { audience: [...audience] })) this.#unwatch(socket, issue);
    }
  }

  #connected(socket: LiveSocket): void {
    void socket.join(personRoom(socket.data.visitor.actor.person));
    socket.use((_event, next) => {
      if (this.#tooMany(socket)) return void socket.disconnect(true);
      next();
    });
    socket.on("watch", async (message, answer) => {
      const read = watchSchema.safeParse(message);
      say(answer, read.success ? await this.#watch(socket, read.data.issue) : { ok: false });
    });
    socket.on("unwatch", (message) => {
      const read = watchSchema.safeParse(message);
      if (read.success) this.#unwatch(socket, read.data.issue);
    });
    socket.on("typing", (message) => {
      const read = typingSchema.safeParse(message);
      if (read.success) this.#options.presence.typing(read.data.issue, socket.id, read.data.on);
    });
    socket.on("watch-board", (answer) => {
      socket.data.board = true;
      void socket.join(audienceKeys(socket.data.visitor.actor).map(boardRoom));
      say(answer, { ok: true });
    });
    socket.on("unwatch-board", () => {
      socket.data.board = false;
      for (const key of audienceKeys(socket.data.visitor.actor)) void socket.leave(boardRoom(key));
    });
    socket.on("disconnect", () => {
      for (const issue of socket.data.watched.keys()) this.#options.presence.leave(issue, socket.id);
      socket.data.watched.clear();
    });
  }

  async #watch(socket: LiveSocket, id: string): Promise<Answer> {
    const { watched, visitor } = socket.data;
    if (!watched.has(id) && watched.size >= watchedAtMost) return { ok: false };
    const asking = Symbol(id);
    watched.set(id, asking);
    const readable = await this.#mayWatch(visitor.actor, id).catch((error: unknown) => {
      this.#options.onFault("issue-not-checked", error);
      return undefined;
    });
    if (!socket.connected || watched.get(id) !== asking) return { ok: false };
    if (!readable) {
      this.#unwatch(socket, id);
      return readable === undefined ? { ok: false, again: true } : { ok: false };
    }
    void socket.join([hereRoom(id), ...audienceKeys(visitor.actor).map((key) => issueRoom(id, key))]);
    this.#options.presence.arrive(id, socket.id, this.#options.hereAs(visitor.actor));
    return { ok: true };
  }

  async #mayWatch(actor: Actor, id: string): Promise<boolean> {
    const issue = await this.#options.issues.byId(actor, id);
    return issue !== null && may(actor, "read", issue);
  }

  #unwatch(socket: LiveSocket, id: string): void {
    if (!socket.data.watched.delete(id)) return;
    void socket.leave(hereRoom(id));
    for (const key of audienceKeys(socket.data.visitor.actor)) void socket.leave(issueRoom(id, key));
    this.#options.presence.leave(id, socket.id);
  }

  async #recheckSocket(socket: LiveSocket): Promise<void> {
    const { visitor, watched } = socket.data;
    try {
      const actor = await this.#options.door.again(visitor);
      if (!socket.connected) return;
      if (!actor) return this.#dismiss(socket);
      const keysBefore = audienceKeys(visitor.actor);
      visitor.actor = actor;
      const keys = audienceKeys(actor);
      const same = keys.length === keysBefore.length && keys.every((key) => keysBefore.includes(key));
      if (!same) this.#changeRooms(socket, keysBefore, keys);
      for (const id of [...watched.keys()]) {
        if (!(await this.#mayWatch(actor, id))) this.#unwatch(socket, id);
        else if (watched.has(id)) this.#options.presence.arrive(id, socket.id, this.#options.hereAs(actor));
      }
    } catch (error) {
      this.#options.onFault("connection-not-rechecked", error);
    }
  }

  #changeRooms(socket: LiveSocket, before: readonly string[], now: readonly string[]): void {
    const { board, watched } = socket.data;
    const rooms = (keys: readonly string[]) => [
      ...(board ? keys.map(boardRoom) : []),
      ...[...watched.keys()].flatMap((id) => keys.map((key) => issueRoom(id, key))),
    ];
    for (const room of rooms(before)) void socket.leave(room);
    void socket.join(rooms(now));
  }

  #dismiss(socket: LiveSocket): void {
    socket.emit("signed-out", {});
    socket.disconnect(true);
  }

  #tooMany(socket: LiveSocket): boolean {
    const { data } = socket;
    const now = this.#options.now();
    if (now - data.countedFrom > withinMs) {
      data.countedFrom = now;
      data.messages = 0;
    }
    data.messages++;
    return data.messages > messagesAtMost;
  }

  #all(): LiveSocket[] {
    return [...this.#options.io.of("/").sockets.values()];
  }
}

/** A browser may send anything in place of the function it is answered through. */
function say(answer: unknown, what: Answer): void {
  if (typeof answer === "function") answer(what);
}
