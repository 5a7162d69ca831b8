import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Server } from "socket.io";
import type { Directory } from "../../app/domain/directory";
import { type Side, sideOfKind } from "../../app/domain/organisation";
import type { Actor } from "../../app/domain/person";
import type { IssueStore, NoteStore, Notifier } from "../../app/domain/ports";
import { notePath, socketPath } from "../protocol";
import { Hub, type HubLimits } from "./hub";
import { Door, type DoorOptions } from "./join";
import { createNotifier } from "./notifier";
import { type HereAs, Presence } from "./presence";
import { hereRoom } from "./rooms";
import { type LiveServer, Sockets } from "./sockets";

export interface RealtimeOptions extends DoorOptions {
  issues: Pick<IssueStore, "byId">;
  notes: NoteStore;
  directory: Pick<Directory, "organisation">;
  now(): Date;
  /** One line of the log. `what` names the fault; the error carries no text that people wrote. */
  onFault(what: string, error: unknown): void;
  /** Upgrades that are somebody else's, such as Vite's in development. Everything else unknown is hung up on. */
  letThrough?(request: IncomingMessage): boolean;
  /** How often it is asked again who may stay. */
  recheckMs?: number;
  /** How long "is writing" lasts without another keystroke. */
  typingLastsMs?: number;
  notesLimits?: Partial<HubLimits>;
}

export interface Realtime {
  notifier: Notifier;
  /** Ends what one session has open, at once. Call it after signing out. */
  signedOut(sessionId: string): void;
  /** Somebody's rights or hat changed: asks again, at once, what they may see and write. */
  rightsChanged(person: string): Promise<void>;
  /** Asks again for everybody: what happens every 30 s. */
  recheck(): Promise<void>;
  /** Saves what is not yet saved, for at most `withinMs`, and hangs up. Does not close the HTTP server. */
  close(withinMs?: number): Promise<void>;
  state(): { connections: number } & { notes: ReturnType<Hub["state"]> };
}

const usualRecheckMs = 30_000;

/** Puts the two live lines, notices and working notes, on an HTTP server: one upgrade listener tells them apart. */
export function attachRealtime(server: HttpServer, options: RealtimeOptions): Realtime {
  const door = new Door(options);
  const now = () => options.now().getTime();
  const io = openSocketServer(server, door);
  const presence = new Presence(
    (issue, people) => io.to(hereRoom(issue)).emit("here", { issue, people }),
    options.typingLastsMs,
  );
  const { issues, notes, onFault } = options;
  const hereAs = (actor: Actor) => describe(options.directory, actor);
  const sockets = new Sockets({ io, door, issues, presence, hereAs, now, onFault });
  const hub = new Hub({
    door,
    issues,
    notes,
    now,
    onFault,
    preferredColour: (actor) => colourOfSide(hereAs(actor).side),
    ...(options.notesLimits ? { limits: options.notesLimits } : {}),
  });
  server.on("upgrade", dispatch(hub, door, options));

  const recheck = async () => void (await Promise.all([sockets.recheck(), hub.recheck()]));
  const timer = setInterval(() => void recheck(), options.recheckMs ?? usualRecheckMs);
  timer.unref();
  const sent = createNotifier(io);
  return {
    notifier: {
      ...sent,
      issueChanged(issue) {
        sent.issueChanged(issue);
        sockets.audienceChanged(issue.id, issue.audience);
        void hub.recheck({ document: issue.id });
      },
    },
    signedOut(sessionId) {
      sockets.signedOut(sessionId);
      hub.signedOut(sessionId);
    },
    rightsChanged: async (person) => void (await Promise.all([sockets.recheck(person), hub.recheck({ person })])),
    recheck,
    async close(withinMs) {
      // The listener stays: a closed hub hangs up, where nobody listening would leave the browser waiting.
      clearInterval(timer);
      await hub.close(withinMs);
      presence.close();
      io.engine.close();
    },
    state: () => ({ connections: io.of("/").sockets.size, notes: hub.state() }),
  };
}

/** Largest message a browser may send over socket.io, in bytes: ours are under 100. */
const noticeBytes = 4 * 1024;

function openSocketServer(server: HttpServer, door: Door): LiveServer {
  return new Server(server, {
    path: socketPath,
    transports: ["websocket"],
    serveClient: false,
    // Left on, it would end every upgrade that is not its own after a second, however slow our sign-in check is.
    destroyUpgrade: false,
    maxHttpBufferSize: noticeBytes,
    connectTimeout: 10_000,
    allowRequest: (request, callback) => callback(null, door.isOurs(request)),
  });
}

function dispatch(hub: Hub, door: Door, options: RealtimeOptions) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = pathOf(request);
    if (path === socketPath || path.startsWith(`${socketPath}/`)) return;
    const document = noteOf(path);
    if (document && door.isOurs(request)) return void hub.upgrade(request, socket, head, document);
    if (!document && options.letThrough?.(request)) return;
    socket.on("error", () => socket.destroy());
    socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  };
}

const notePattern = new RegExp(`^${notePath}/([0-9A-HJKMNP-TV-Z]{26})$`);

function noteOf(path: string): string | undefined {
  return notePattern.exec(path)?.[1];
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "").split("?", 1)[0] ?? "";
}

function describe(directory: Pick<Directory, "organisation">, actor: Actor): HereAs {
  const organisation = actor.organisation ? directory.organisation(actor.organisation) : undefined;
  return {
    person: actor.person,
    name: actor.name,
    title: actor.title,
    ...(organisation ? { organisation: organisation.shortName, side: sideOfKind(organisation.kind) } : {}),
  };
}

function colourOfSide(side: Side | undefined): number {
  switch (side) {
    case "practice":
      return 1;
    case "trust":
      return 2;
    default:
      return 3;
  }
}
