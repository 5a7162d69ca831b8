import { createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Request, RequestHandler, Response } from "express";
import session from "express-session";
import passport from "passport";
import { Strategy as LocalStrategy } from "passport-local";
import type { Directory } from "../domain/directory";
import { type Actor, actorFor } from "../domain/person";
import type { AccountStore } from "../domain/ports";
import { hashPassword, verifyPassword } from "./passwords";

declare global {
  namespace Express {
    interface User {
      person: string;
    }
  }
}
declare module "express-session" {
  interface SessionData {
    /** The post whose hat the person wears. */
    hat?: string;
  }
}

/** A request or an upgrade that has been through the handlers. */
export type SignedRequest = IncomingMessage & { user?: Express.User; session?: { hat?: string } };

export interface SignInOptions {
  secret: string;
  secure: boolean;
  store: session.Store;
  accounts: AccountStore;
  directory: Directory;
  /** Brings people added since the start into the directory. */
  refreshDirectory(): Promise<void>;
  now(): Date;
}

export interface SignIn {
  /** Express session and passport, for requests and for upgrades. */
  handlers: RequestHandler[];
  /** Who asks, once the handlers have run. */
  actorOf(req: SignedRequest): Actor | null;
  /** Key with which this person's drafts are encrypted on their device, in base64. */
  draftKey(person: string): string;
  withPassword(req: Request, res: Response, username: string, password: string): Promise<boolean>;
  /** Without a password: for the people of a demonstration only. */
  asDemoPerson(req: Request, person: string): Promise<boolean>;
  out(req: Request): Promise<void>;
}

/** A working day. A session that is used stays alive. */
const sessionLengthMs = 10 * 3_600_000;

/** Sessions in the store, and local accounts checked with scrypt. */
export function createSignIn(options: SignInOptions): SignIn {
  const authenticator = new passport.Passport();
  authenticator.serializeUser((user, done) => done(null, user.person));
  authenticator.deserializeUser((person: string, done) => done(null, { person }));
  authenticator.use(new LocalStrategy(checkPassword(options)));
  const handlers: RequestHandler[] = [
    session({
      name: options.secure ? "__Host-common-thread" : "common-thread",
      secret: options.secret,
      store: options.store,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      proxy: options.secure,
      cookie: { httpOnly: true, sameSite: "lax", secure: options.secure, path: "/", maxAge: sessionLengthMs },
    }),
    authenticator.initialize(),
    authenticator.session(),
  ];
  return {
    handlers,
    actorOf: (req) =>
      req.user ? (actorFor(options.directory, req.user.person, req.session?.hat, options.now()) ?? null) : null,
    draftKey: (person) => createHmac("sha256", options.secret).update(`drafts of ${person}`).digest("base64"),
    withPassword: (req, res, username, password) =>
      new Promise((resolve, reject) => {
        req.body = { username, password };
        const answered = (error: unknown, user: Express.User | false | null | undefined) => {
          if (error) return reject(error);
          if (!user) return resolve(false);
          logIn(req, user).then(() => resolve(true), reject);
        };
        authenticator.authenticate("local", answered)(req, res, reject);
      }),
    asDemoPerson: async (req, person) => {
      if (!options.directory.person(person)?.demo) return false;
      await logIn(req, { person });
      return true;
    },
    out: (req) =>
      new Promise((resolve, reject) => {
        req.logout((error) => {
          if (error) return reject(error);
          req.session.destroy((fault) => (fault ? reject(fault) : resolve()));
        });
      }),
  };
}

function logIn(req: Request, user: Express.User): Promise<void> {
  return new Promise((resolve, reject) => req.logIn(user, (error) => (error ? reject(error) : resolve())));
}

/** Ten wrong passwords for one username in a quarter of an hour, then none is looked at until it has passed. */
const tries = { most: 10, withinMs: 15 * 60_000 };

function checkPassword({ accounts, directory, refreshDirectory, now }: SignInOptions) {
  const wrong = new Map<string, number[]>();
  // Compared when there is no such account, so that the time taken tells nothing.
  const nobody = hashPassword("a password that belongs to nobody");
  return async (username: string, password: string, done: (error: unknown, user?: Express.User | false) => void) => {
    try {
      const name = username.trim().toLowerCase().slice(0, 200);
      const since = now().getTime() - tries.withinMs;
      const recent = (wrong.get(name) ?? []).filter((at) => at > since);
      if (recent.length >= tries.most) return done(null, false);
      if (wrong.size > 10_000) wrong.clear();
      // Counted before it is looked at, so that tries sent all at once are counted too.
      wrong.set(name, [...recent, now().getTime()]);
      const account = await accounts.find(name);
      const right = await verifyPassword(password.slice(0, 1000), account?.passwordHash ?? (await nobody));
      if (!account || !right) return done(null, false);
      wrong.delete(name);
      if (!directory.person(account.person)) await refreshDirectory();
      done(null, { person: account.person });
    } catch (error) {
      done(error);
    }
  };
}
