import { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "../../app/domain/person";

/**
 * Express handlers, as far as an upgrade request can carry them: session and passport. Written as a method so that
 * handlers typed for Express requests are taken as they are.
 */
export type SessionHandler = {
  handle(request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void;
}["handle"];

export interface DoorOptions {
  /** Session and passport, in order. They run on every upgrade and again at every re-check. */
  sessionHandlers: readonly SessionHandler[];
  /** Who the request is from, once the handlers have run. */
  actorOf(request: IncomingMessage): Promise<Actor | null>;
  /** Whether the request comes from our own pages. Browsers do not apply CORS to websockets. */
  origin(request: IncomingMessage): boolean;
}

/** A signed-in connection: whose, and by which session. */
export interface Visitor {
  sessionId: string;
  actor: Actor;
  request: IncomingMessage;
}

/** Who may come in, and who may stay. */
export class Door {
  #options: DoorOptions;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  isOurs(request: IncomingMessage): boolean {
    return this.#options.origin(request);
  }

  /** Who knocks, or null when nobody is signed in. Throws when that cannot be found out. */
  async admit(request: IncomingMessage): Promise<Visitor | null> {
    const { sessionId, actor } = await this.#read(request);
    return actor ? { sessionId, actor, request } : null;
  }

  /**
   * The visitor as they are now: their session read afresh, with the hat they wear. Null when it has ended. Throws when
   * the session store does not answer: nobody is thrown out for that.
   */
  async again(visitor: Visitor): Promise<Actor | null> {
    const { sessionId, actor } = await this.#read(visitor.request);
    return actor && sessionId === visitor.sessionId && actor.person === visitor.actor.person ? actor : null;
  }

  /** The handlers fill in the request they are given, once; so each reading gets a request of its own. */
  async #read(original: IncomingMessage): Promise<{ sessionId: string; actor: Actor | null }> {
    const request = new IncomingMessage(original.socket);
    request.headers = original.headers;
    request.url = original.url ?? "/";
    request.method = "GET";
    const response = new ServerResponse(request);
    for (const handler of this.#options.sessionHandlers) {
      await new Promise<void>((resolve, reject) => {
        handler(request, response, (error) => (error ? reject(error) : resolve()));
      });
    }
    const sessionId = "sessionID" in request ? request.sessionID : undefined;
    if (typeof sessionId !== "string") throw new Error("the session store is not ready");
    return { sessionId, actor: await this.#options.actorOf(request) };
  }
}
