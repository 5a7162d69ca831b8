import { scryptSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import session from "express-session";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AccountStore } from "../../app/domain/ports";
import { createSignIn } from "../../app/server/sign-in";
import { smallDirectory, testDay } from "../support/small-directory";

const password = "correct horse battery";
/** At a sixty-fourth of the cost: a hash says its own cost, so ten tries need not take seconds. */
const salt = Buffer.alloc(16, 7);
const key = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 });
const passwordHash = `scrypt$1024$8$1$${salt.toString("base64url")}$${key.toString("base64url")}`;
let server: Server;
let url: string;
let now: Date;
/** How often an account was looked up. */
let looked: number;

/** Sign-in behind three addresses: in with a password, in as a person of the demonstration, out; and who one is. */
beforeEach(async () => {
  now = testDay;
  looked = 0;
  const accounts: AccountStore = {
    find: async (username) => {
      looked++;
      return username === "p1.gp" ? { person: "P1-gp", passwordHash } : null;
    },
    add: async () => "added",
  };
  const signIn = createSignIn({
    secret: "s".repeat(32),
    secure: false,
    store: new session.MemoryStore(),
    accounts,
    directory: smallDirectory(),
    refreshDirectory: async () => {},
    now: () => now,
  });
  const app = express();
  app.use(...signIn.handlers);
  app.get("/", (req, res) => void res.json(signIn.actorOf(req)?.person ?? null));
  app.get("/key", (req, res) => void res.json(signIn.draftKey(signIn.actorOf(req)?.person ?? "")));
  app.post("/in", async (req, res) => {
    res.json(await signIn.withPassword(req, res, String(req.query.name), String(req.query.password)));
  });
  app.post("/demo", async (req, res) => void res.json(await signIn.asDemoPerson(req, String(req.query.person))));
  app.post("/out", async (req, res) => {
    await signIn.out(req);
    res.json(true);
  });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

/** A browser that keeps its cookie. */
function browser() {
  let cookie = "";
  const ask = async (path: string, method = "GET"): Promise<{ said: unknown; setCookie: string | null }> => {
    const response = await fetch(url + path, { method, headers: cookie ? { cookie } : {} });
    const setCookie = response.headers.get("set-cookie");
    if (setCookie) cookie = setCookie.split(";")[0] ?? "";
    return { said: await response.json(), setCookie };
  };
  return {
    ask,
    cookie: () => cookie,
    useCookie: (value: string) => {
      cookie = value;
    },
    signIn: (name: string, given: string) =>
      ask(`/in?name=${encodeURIComponent(name)}&password=${encodeURIComponent(given)}`, "POST"),
  };
}

describe("signing in with a password", () => {
  test("12.7 makes one that person until they sign out, and not a request longer", async () => {
    const { ask, signIn, cookie, useCookie } = browser();
    expect((await ask("/")).said).toBeNull();
    const { said, setCookie } = await signIn(" P1.GP ", password);
    expect(said).toBe(true);
    expect(setCookie).toMatch(/^common-thread=.*Path=\/.*HttpOnly.*SameSite=Lax/);
    expect((await ask("/")).said).toBe("P1-gp");
    const kept = cookie();
    await ask("/out", "POST");
    useCookie(kept);
    expect((await ask("/")).said).toBeNull();
  });

  test("12.7 changes the session's id, so that one planted before is worth nothing", async () => {
    const { ask, signIn, cookie } = browser();
    await signIn("p1.gp", password);
    const first = cookie();
    await signIn("p1.gp", password);
    expect(cookie()).not.toBe(first);
    expect((await ask("/")).said).toBe("P1-gp");
  });

  test("12.7 a wrong password and a name nobody has are answered alike", async () => {
    for (const name of ["p1.gp", "nobody"]) {
      const { ask, signIn } = browser();
      expect(await signIn(name, "wrong horse battery")).toEqual({ said: false, setCookie: null });
      expect((await ask("/")).said).toBeNull();
    }
  });

  test("12.8 after ten wrong ones none is looked at for a quarter of an hour, the right one either", async () => {
    const { signIn } = browser();
    for (let i = 0; i < 10; i++) expect((await signIn("p1.gp", "wrong")).said).toBe(false);
    expect((await signIn("p1.gp", password)).said).toBe(false);
    now = new Date(testDay.getTime() + 15 * 60_000);
    expect((await signIn("p1.gp", password)).said).toBe(true);
  });
});

test("12.8 tries sent all at once are counted too", async () => {
  const { signIn } = browser();
  await Promise.all(Array.from({ length: 25 }, () => signIn("p1.gp", "wrong")));
  expect(looked).toBe(10);
});

describe("the people of a demonstration", () => {
  test("12.9 are signed in without a password only when they are made up", async () => {
    const { ask } = browser();
    expect((await ask("/demo?person=stranger", "POST")).said).toBe(false);
    expect((await ask("/demo?person=T1-clinician", "POST")).said).toBe(true);
    expect((await ask("/")).said).toBe("T1-clinician");
  });

  test("12.10 each has a key of their own for drafts, the same on every day", async () => {
    const keyOf = async (person: string) => {
      const { ask } = browser();
      await ask(`/demo?person=${person}`, "POST");
      return (await ask("/key")).said;
    };
    const first = await keyOf("P1-gp");
    expect(Buffer.from(String(first), "base64")).toHaveLength(32);
    expect(await keyOf("P1-gp")).toBe(first);
    expect(await keyOf("P2-gp")).not.toBe(first);
  });
});
