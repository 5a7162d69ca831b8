import type { Socket } from "socket.io-client";
import {
  answerSchema,
  type BrowserToServer,
  type Here,
  hereSchema,
  type IssueChanged,
  issueChangedSchema,
  type ServerToBrowser,
  socketPath,
} from "../protocol";

/**
 * `idle`: nobody asked yet. `live`: what is shown is kept up to date. `reconnecting`: it was live and will be again, or
 * is being tried for the first time in vain. `signed-out`: the server ended this session; signing in starts it again.
 */
export type ConnectionState = "idle" | "connecting" | "live" | "reconnecting" | "signed-out";

export type LiveClientSocket = Socket<ServerToBrowser, BrowserToServer>;
export type Connect = () => Promise<LiveClientSocket>;

interface Listeners {
  issueChanged: Set<(message: IssueChanged) => void>;
  noticesChanged: Set<() => void>;
  themesChanged: Set<() => void>;
  here: Set<(message: Here) => void>;
  state: Set<() => void>;
  /** After a gap: what happened meanwhile was not heard. */
  resumed: Set<() => void>;
}

/**
 * One connection for the whole tab, opened when first needed. Counts who watches what, asks again after every
 * reconnection, and passes on only messages that keep to the protocol.
 */
export class LiveLink {
  state: ConnectionState = "idle";
  #connect: Connect;
  #socket: LiveClientSocket | undefined;
  #opening = 0;
  #identity: string | null | undefined;
  #wasLive = false;
  #board = 0;
  #watched = new Map<string, number>();
  #on: Listeners = {
    issueChanged: new Set(),
    noticesChanged: new Set(),
    themesChanged: new Set(),
    here: new Set(),
    state: new Set(),
    resumed: new Set(),
  };

  #askAgainMs: number;

  constructor(connect: Connect, askAgainMs = 3_000) {
    this.#connect = connect;
    this.#askAgainMs = askAgainMs;
  }

  /** Who is signed in, hat and all. Another one means another connection; nobody means none. */
  identify(identity: string | null): void {
    const before = this.#identity;
    this.#identity = identity;
    if (before === identity) return;
    if (before !== undefined || identity === null) this.close();
    if (identity !== null) this.open();
  }

  open(): void {
    if (this.#socket || this.#opening > 0 || this.#identity === null) return;
    const attempt = Date.now();
    this.#opening = attempt;
    this.#become("connecting");
    this.#connect().then(
      (socket) => {
        if (this.#opening !== attempt) return void socket.disconnect();
        this.#opening = 0;
        this.#socket = socket;
        this.#listen(socket);
      },
      () => {
        if (this.#opening !== attempt) return;
        this.#opening = 0;
        this.#become("reconnecting");
      },
    );
  }

  close(): void {
    this.#opening = 0;
    const socket = this.#socket;
    this.#socket = undefined;
    this.#wasLive = false;
    socket?.removeAllListeners();
    socket?.disconnect();
    this.#become("idle");
  }

  /** After signing out: somebody may have signed in again, in another tab. */
  lookAgain(): void {
    if (this.state === "signed-out") this.#socket?.connect();
  }

  /** Watches an issue until the returned function is called. */
  watchIssue(issue: string): () => void {
    this.#watched.set(issue, (this.#watched.get(issue) ?? 0) + 1);
    if (this.#watched.get(issue) === 1 && this.#socket?.connected) this.#askToWatch(this.#socket, issue);
    this.open();
    return once(() => {
      const left = (this.#watched.get(issue) ?? 1) - 1;
      if (left > 0) return void this.#watched.set(issue, left);
      this.#watched.delete(issue);
      if (this.#socket?.connected) this.#socket.emit("unwatch", { issue });
    });
  }

  watchBoard(): () => void {
    this.#board++;
    if (this.#board === 1 && this.#socket?.connected) this.#socket.emit("watch-board");
    this.open();
    return once(() => {
      this.#board--;
      if (this.#board === 0 && this.#socket?.connected) this.#socket.emit("unwatch-board");
    });
  }

  typing(issue: string, on: boolean): void {
    if (this.#socket?.connected) this.#socket.emit("typing", { issue, on });
  }

  onIssueChanged = (listener: (message: IssueChanged) => void) => subscribe(this.#on.issueChanged, listener);
  onNoticesChanged = (listener: () => void) => subscribe(this.#on.noticesChanged, listener);
  /** Heard while the board is watched. */
  onThemesChanged = (listener: () => void) => subscribe(this.#on.themesChanged, listener);
  onHere = (listener: (message: Here) => void) => subscribe(this.#on.here, listener);
  onState = (listener: () => void) => subscribe(this.#on.state, listener);
  onResumed = (listener: () => void) => subscribe(this.#on.resumed, listener);

  #listen(socket: LiveClientSocket): void {
    socket.on("connect", () => this.#connected(socket));
    socket.on("disconnect", (reason) => {
      if (this.state === "signed-out") return;
      this.#become("reconnecting");
      // Where the server ended it the library does not try again: trying tells whether one is signed out.
      if (reason === "io server disconnect") socket.connect();
    });
    socket.on("connect_error", () => this.#become(socket.active ? "reconnecting" : "signed-out"));
    socket.on("signed-out", () => {
      this.#become("signed-out");
      socket.disconnect();
    });
    socket.on("issue-changed", (message) => {
      const read = issueChangedSchema.safeParse(message);
      if (read.success) for (const each of this.#on.issueChanged) each(read.data);
    });
    socket.on("notices-changed", () => {
      for (const each of this.#on.noticesChanged) each();
    });
    socket.on("themes-changed", () => {
      for (const each of this.#on.themesChanged) each();
    });
    socket.on("here", (message) => {
      const read = hereSchema.safeParse(message);
      if (read.success) for (const each of this.#on.here) each(read.data);
    });
    if (socket.connected) this.#connected(socket);
  }

  #connected(socket: LiveClientSocket): void {
    for (const issue of this.#watched.keys()) this.#askToWatch(socket, issue);
    if (this.#board > 0) socket.emit("watch-board");
    this.#become("live");
    if (this.#wasLive) for (const each of this.#on.resumed) each();
    this.#wasLive = true;
  }

  #askToWatch(socket: LiveClientSocket, issue: string): void {
    socket.emit("watch", { issue }, (answer) => {
      const read = answerSchema.safeParse(answer);
      if (!read.success || !read.data.again) return;
      setTimeout(() => {
        if (this.#socket === socket && socket.connected && this.#watched.has(issue)) this.#askToWatch(socket, issue);
      }, this.#askAgainMs);
    });
  }

  #become(state: ConnectionState): void {
    if (this.state === state) return;
    this.state = state;
    for (const each of this.#on.state) each();
  }
}

/** Connects a browser tab to the server it came from. The library is fetched only when something is live. */
export const connectTab: Connect = async () => {
  const { io } = await import("socket.io-client");
  return io({ path: socketPath, transports: ["websocket"], reconnectionDelay: 300, reconnectionDelayMax: 5_000 });
};

function subscribe<T>(set: Set<T>, listener: T): () => void {
  set.add(listener);
  return () => void set.delete(listener);
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
