import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type Express, type Request, type Response } from "express";
import { ulid } from "ulid";
import { attachRealtime, type Realtime } from "../../realtime/server/attach";
import type { DirectoryFacts } from "../domain/directory";
import type { DemoPerson } from "../web/load-context";
import { type Composed, compose, type FollowUps } from "./compose";
import type { Settings } from "./env";
import { faultFacts, log, logRequests } from "./log";
import { serveReindex } from "./reindex-socket";
import {
  asAddressed,
  refuseForeignWrites,
  refuseLongBodies,
  refuseOddForms,
  sameOrigin,
  securityHeaders,
} from "./security";
import { createSignIn, type SignIn } from "./sign-in";

export interface ServerOptions {
  settings: Settings;
  dataDir: string;
  directory: DirectoryFacts;
  /** The folder that `npm run build` made. Without it, pages come from Vite and reload as they are edited. */
  buildDir?: string;
  /** People one can sign in as without a password. Only a demonstration has them. */
  demoPeople?: readonly DemoPerson[];
  /** Runs once everything is open and before the first request: the demonstration fills an empty store here. */
  beforeListening?(composed: Composed): Promise<void>;
  now?: () => Date;
}

export interface RunningServer {
  url: string;
  composed: Composed;
  followUps: FollowUps;
  close(): Promise<void>;
}

/** Opens store, search, pages, sockets and live documents on one port. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { settings } = options;
  const composed = await compose({ ...options, demo: options.demoPeople !== undefined });
  await options.beforeListening?.(composed);
  const app = express();
  const http = createServer(app);
  const https = settings.baseUrl.protocol === "https:";
  const signIn = createSignIn({
    secret: settings.sessionSecret,
    secure: https,
    store: composed.storage.sessions,
    accounts: composed.storage.accounts,
    directory: composed.directory,
    refreshDirectory: composed.refreshDirectory,
    now: composed.board.now,
  });
  const fromHere = sameOrigin(settings.baseUrl);
  const realtime = attachRealtime(http, {
    sessionHandlers: signIn.handlers,
    actorOf: async (req) => signIn.actorOf(req),
    origin: fromHere,
    issues: composed.storage.issues,
    notes: composed.storage.notes,
    directory: composed.directory,
    now: composed.board.now,
    onFault: (what, error) => log("realtime-fault", { what, ...faultFacts(error) }),
    letThrough: (req) => !options.buildDir && (req.headers["sec-websocket-protocol"] ?? "").startsWith("vite-"),
  });
  const followUps = composed.startFollowUps(realtime.notifier);

  app.disable("x-powered-by");
  if (https) app.set("trust proxy", 1);
  app.get("/healthz", (_req, res) => void res.type("text").send("ok"));
  app.get("/readyz", async (_req, res) => {
    const readiness = await composed.ready();
    res.status(readiness.ready ? 200 : 503).json({ ...readiness, live: realtime.state() });
  });
  app.use((_req, res, next) => {
    res.locals.requestId = ulid();
    next();
  });
  app.use(logRequests, securityHeaders({ https, dev: !options.buildDir }), compression());
  const pages = options.buildDir ? builtPages(app, options.buildDir) : await developedPages(app, http);
  app.use(refuseForeignWrites(fromHere), refuseLongBodies, refuseOddForms, asAddressed(settings.baseUrl));
  app.use(...signIn.handlers);
  app.all(
    "*",
    createRequestHandler({
      build: await pages(),
      mode: options.buildDir ? "production" : "development",
      getLoadContext: (req, res) =>
        loadContext({ req, res, composed, signIn, realtime, demoPeople: options.demoPeople }),
    }),
  );
  const port = await listen(http, settings);
  void composed.restoreIndex();
  composed.keepThemesNightly();
  const reindexing = await serveReindex(options.dataDir, composed.fillIndex);
  const url = settings.port === 0 ? `http://localhost:${port}` : settings.baseUrl.origin;
  if (settings.port === 0) settings.baseUrl.port = String(port);
  return {
    url,
    composed,
    followUps,
    close: async () => {
      await realtime.close();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
      reindexing?.close();
      await composed.close();
    },
  };
}

type Pages = () => Promise<ServerBuild | (() => Promise<ServerBuild>)>;

/** The production build: hashed assets are served for a year, the rest for an hour. */
function builtPages(app: Express, buildDir: string): Pages {
  if (!existsSync(join(buildDir, "server/index.js")))
    throw new Error(`${buildDir} holds no build: run npm run build first`);
  app.use("/assets", express.static(join(buildDir, "client/assets"), { immutable: true, maxAge: "1y" }));
  app.use(express.static(join(buildDir, "client"), { maxAge: "1h" }));
  return () => import(/* @vite-ignore */ join(buildDir, "server/index.js")) as Promise<ServerBuild>;
}

/** Vite in middleware mode, with its hot reload on the same port. */
async function developedPages(app: Express, http: Server): Promise<Pages> {
  const vite = await import("vite");
  const server = await vite.createServer({
    server: { middlewareMode: true, hmr: { server: http } },
    appType: "custom",
  });
  app.use(server.middlewares);
  return async () => () => server.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>;
}

function loadContext(parts: {
  req: Request;
  res: Response;
  composed: Composed;
  signIn: SignIn;
  realtime: Pick<Realtime, "signedOut" | "rightsChanged">;
  demoPeople: readonly DemoPerson[] | undefined;
}) {
  const { req, res, composed, signIn, realtime } = parts;
  const actor = signIn.actorOf(req);
  return {
    nonce: String(res.locals.nonce),
    requestId: String(res.locals.requestId),
    actor,
    board: composed.board,
    draftKey: actor ? signIn.draftKey(actor.person) : null,
    demoPeople: parts.demoPeople ?? null,
    signInAs: async (person: string) => {
      if (!parts.demoPeople?.some((each) => each.person === person)) return false;
      return signIn.asDemoPerson(req, person);
    },
    signIn: (username: string, password: string) => signIn.withPassword(req, res, username, password),
    signOut: async () => {
      const session = req.sessionID;
      await signIn.out(req);
      realtime.signedOut(session);
    },
    wearHat: async (post: string) => {
      if (!actor) return false;
      const held = composed.directory.postsHeldBy(actor.person, composed.board.now()).some((each) => each.id === post);
      if (!held) return false;
      req.session.hat = post;
      // Sockets read the session again at once: it must be stored before they are told.
      await new Promise<void>((resolve, reject) => req.session.save((fault) => (fault ? reject(fault) : resolve())));
      await realtime.rightsChanged(actor.person);
      return true;
    },
  };
}

function listen(http: Server, { port, host }: Settings): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new Error(`Port ${port} is in use: set PORT to another one`) : error);
    });
    http.listen(port, host, () => resolve((http.address() as AddressInfo).port));
  });
}
