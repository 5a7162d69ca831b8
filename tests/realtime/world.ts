import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import session from "express-session";
import { io as connect } from "socket.io-client";
import { vi } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import type { Directory } from "../../app/domain/directory";
import type { Issue } from "../../app/domain/issue";
import { mayRead } from "../../app/domain/permission";
import { actorFor } from "../../app/domain/person";
import type { NoteStore } from "../../app/domain/ports";
import type { DeviceShelf } from "../../realtime/client/device";
import { LiveLink } from "../../realtime/client/live-link";
import { NoteSession } from "../../realtime/client/note-session";
import { plainText } from "../../realtime/note-text";
import { attachRealtime, type Realtime, type RealtimeOptions } from "../../realtime/server/attach";
import type { HubLimits } from "../../realtime/server/hub";
import { buildIssue } from "../support/issues";
import { smallDirectory, testDay } from "../support/small-directory";

declare module "express-session" {
  interface SessionData {
    person: string;
    hat?: string;
  }
}

/** Rows in memory, with doors that a test can close. */
export class MemoryNotes implements NoteStore {
  rows = new Map<string, { seq: number; update: Uint8Array }[]>();
  appends = 0;
  compactions = 0;
  /** While set, appends wait for it. */
  held: Promise<void> | undefined;
  failing = false;
  failingLoads = false;

  async load(document: string) {
    if (this.failingLoads) throw new Error("the store does not answer");
    return [...(this.rows.get(document) ?? [])];
  }
  async append(document: string, update: Uint8Array) {
    this.appends++;
    await this.held;
    if (this.failing) throw new Error("the store does not answer");
    const rows = this.rows.get(document) ?? [];
    const seq = (rows.at(-1)?.seq ?? 0) + 1;
    this.rows.set(document, [...rows, { seq, update: Uint8Array.from(update) }]);
    return seq;
  }
  async compact(document: string, seq: number, merged: Uint8Array) {
    this.compactions++;
    const later = (this.rows.get(document) ?? []).filter((row) => row.seq > seq);
    this.rows.set(document, [{ seq, update: Uint8Array.from(merged) }, ...later]);
  }
  /** What the store holds, as text. */
  text(document: string): string {
    return plainText(this.doc(document));
  }
  doc(document: string): Y.Doc {
    const doc = new Y.Doc();
    for (const { update } of this.rows.get(document) ?? []) Y.applyUpdate(doc, update);
    return doc;
  }
}

export interface WorldOptions {
  notes?: NoteStore;
  limits?: Partial<HubLimits>;
  realtime?: Partial<RealtimeOptions>;
}

const usualLimits: Partial<HubLimits> = { saveAfterMs: 1 };

/** A server with sessions, issues and both live lines, on a free port, and people who connect to it. */
export class World {
  directory: Directory = smallDirectory();
  issues = new Map<string, Issue>();
  issuesFail = false;
  notes: NoteStore;
  faults: string[] = [];
  realtime!: Realtime;
  port = 0;
  sessions = new session.MemoryStore();
  #options: WorldOptions;
  #http!: Server;
  #cleanUp: (() => void)[] = [];

  constructor(options: WorldOptions = {}) {
    this.#options = options;
    this.notes = options.notes ?? new MemoryNotes();
  }

  async open(port = 0): Promise<this> {
    const handler = session({ secret: "test", resave: false, saveUninitialized: false, store: this.sessions });
    this.#http = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://localhost");
      handler(request as never, response as never, () => {
        const { session: mine } = request as unknown as { session: session.Session & Partial<session.SessionData> };
        mine.person = url.searchParams.get("person") ?? "";
        mine.save(() => response.end("ok"));
      });
    });
    this.realtime = attachRealtime(this.#http, {
      sessionHandlers: [handler as never],
      actorOf: async (request) => this.#actorOf(request),
      origin: (request) => request.headers.origin === `http://localhost:${this.port}`,
      issues: {
        byId: async (actor, id) => {
          if (this.issuesFail) throw new Error("the store does not answer");
          const issue = this.issues.get(id);
          return issue && mayRead(actor, issue) ? issue : null;
        },
      },
      notes: this.notes,
      directory: this.directory,
      now: () => new Date(),
      onFault: (what) => void this.faults.push(what),
      recheckMs: 3_600_000,
      notesLimits: { ...usualLimits, ...this.#options.limits },
      ...this.#options.realtime,
    });
    await new Promise<void>((resolve) => this.#http.listen(port, "localhost", resolve));
    this.port = (this.#http.address() as AddressInfo).port;
    return this;
  }

  /** Stops the server as if it were killed, or politely. The people stay. */
  async stop({ killed = false } = {}): Promise<void> {
    const closed = new Promise((resolve) => this.#http.close(resolve));
    await this.realtime.close(killed ? 0 : undefined);
    this.#http.closeAllConnections();
    await closed;
  }

  async close(): Promise<void> {
    for (const each of this.#cleanUp.splice(0)) each();
    await this.stop({ killed: true });
  }

  onClose(act: () => void): void {
    this.#cleanUp.push(act);
  }

  issue(over: Partial<Issue> = {}): Issue {
    const issue = buildIssue(over);
    this.issues.set(issue.id, issue);
    return issue;
  }

  change(issue: Issue, over: Partial<Issue>): Issue {
    const changed = { ...issue, ...over };
    this.issues.set(issue.id, changed);
    return changed;
  }

  /** Signs somebody in and gives their cookie. */
  async signIn(person: string): Promise<string> {
    const response = await fetch(`http://localhost:${this.port}/?person=${person}`);
    return response.headers.get("set-cookie")?.split(";")[0] ?? "";
  }

  sessionOf(cookie: string): string {
    return (
      decodeURIComponent(cookie)
        .replace(/^connect\.sid=s:/, "")
        .split(".")[0] ?? ""
    );
  }

  /** The tab's live link of somebody signed in with this cookie. */
  link(cookie: string): LiveLink {
    const link = new LiveLink(
      async () =>
        connect(`http://localhost:${this.port}`, {
          transports: ["websocket"],
          forceNew: true,
          reconnectionDelay: 20,
          reconnectionDelayMax: 50,
          extraHeaders: this.headers(cookie),
        }),
      20,
    );
    this.onClose(() => link.close());
    return link;
  }

  /** A note as a browser opens it. */
  note(cookie: string, issue: string, options: NoteOptions): NoteSession {
    const headers = this.headers(cookie);
    const Polyfill = class extends WebSocket {
      constructor(url: string | URL) {
        super(url, { headers });
      }
    };
    const note = new NoteSession({
      url: `ws://localhost:${this.port}/live`,
      document: issue,
      canWrite: true,
      shelf: options.shelf ?? Promise.resolve(null),
      WebSocketPolyfill: Polyfill as unknown as typeof globalThis.WebSocket,
      digitsWaitMs: 50,
      keepAfterMs: 5,
      ...options,
    });
    note.provider.maxBackoffTime = 50;
    this.onClose(() => note.destroy());
    return note;
  }

  /** A bare connection to a note, for what no browser of ours would send. */
  async raw(cookie: string, path: string, headers = this.headers(cookie)): Promise<RawConnection> {
    const ws = new WebSocket(`ws://localhost:${this.port}${path}`, { headers });
    const raw: RawConnection = { ws, messages: [], closed: undefined };
    ws.on("message", (data: Buffer) => raw.messages.push(new Uint8Array(data)));
    ws.on("close", (code) => {
      raw.closed = code;
    });
    ws.on("error", () => undefined);
    this.onClose(() => ws.terminate());
    await new Promise((resolve) => ["open", "close", "error"].forEach((event) => void ws.once(event, resolve)));
    return raw;
  }

  headers(cookie: string): Record<string, string> {
    return { cookie, origin: `http://localhost:${this.port}` };
  }

  #actorOf(request: IncomingMessage) {
    const { session: mine } = request as unknown as { session?: Partial<session.SessionData> };
    if (!mine?.person) return null;
    return actorFor(this.directory, mine.person, mine.hat, testDay) ?? null;
  }
}

export interface NoteOptions {
  person: string;
  canWrite?: boolean;
  shelf?: Promise<DeviceShelf | null>;
  digitsWaitMs?: number;
}

export interface RawConnection {
  ws: WebSocket;
  messages: Uint8Array[];
  closed: number | undefined;
}

/** Waits until it holds. */
export function until(check: () => boolean, what = check.toString()): Promise<void> {
  return vi.waitFor(
    () => {
      if (!check()) throw new Error(`still waiting for: ${what}`);
    },
    { timeout: 8_000, interval: 5 },
  );
}

/** Types a new paragraph. Gives the text to go on with. */
export function type(doc: Y.Doc, text: string): Y.XmlText {
  const paragraph = new Y.XmlElement("paragraph");
  const content = new Y.XmlText();
  doc.transact(() => {
    content.insert(0, text);
    paragraph.insert(0, [content]);
    doc.getXmlFragment("body").push([paragraph]);
  });
  return content;
}

export const textOf = (note: NoteSession): string => plainText(note.doc);
export const kindOf = (note: NoteSession): string => note.view.state.kind;
