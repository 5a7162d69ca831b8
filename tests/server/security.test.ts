import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, describe, expect, test } from "vitest";
import { hashPassword, verifyPassword } from "../../app/server/passwords";
import {
  asAddressed,
  refuseForeignWrites,
  refuseLongBodies,
  refuseOddForms,
  sameOrigin,
  securityHeaders,
} from "../../app/server/security";

let server: Server | undefined;
afterEach(() => server?.close());

/** A page that answers with its nonce, behind the headers and the check on writes. */
async function serve(options: { https: boolean; dev: boolean }, baseUrl = "https://board.example.nhs.uk") {
  const app = express();
  app.use(securityHeaders(options), refuseForeignWrites(sameOrigin(new URL(baseUrl))));
  app.all("*", (_req, res) => void res.send(res.locals.nonce));
  server = createServer(app);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe("headers of every response", () => {
  const production = { https: true, dev: false };

  test("12.4 scripts and styles run only by this response's nonce: nothing inline, nothing evaluated", async () => {
    const url = await serve(production);
    const [first, second] = [await fetch(url), await fetch(url)];
    const policy = first.headers.get("content-security-policy") ?? "";
    const nonce = await first.text();
    expect(policy).toContain(`script-src 'nonce-${nonce}' 'strict-dynamic'`);
    expect(policy).not.toMatch(/unsafe-|\*|https?:/);
    expect(await second.text()).not.toBe(nonce);
    expect(Buffer.from(nonce, "base64")).toHaveLength(16);
  });

  test("12.4 what is not named is not loaded, and nobody may frame a page", async () => {
    const policy = (await fetch(await serve(production))).headers.get("content-security-policy") ?? "";
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"])
      expect(policy.split("; ")).toContain(rule);
  });

  test("12.4 addresses are not told to other sites, and over https it stays https", async () => {
    const { headers } = await fetch(await serve(production));
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}/);
  });

  test("12.4 over plain http nothing promises https", async () => {
    const { headers } = await fetch(await serve({ https: false, dev: false }));
    expect(headers.has("strict-transport-security")).toBe(false);
  });
});

describe("writes", () => {
  const post = (url: string, origin?: string) =>
    fetch(url, { method: "POST", headers: origin === undefined ? {} : { origin } });

  test("12.5 are refused when they come from elsewhere or do not say where from", async () => {
    const url = await serve({ https: true, dev: false });
    for (const origin of [undefined, "null", "https://elsewhere.example", "http://board.example.nhs.uk"])
      expect((await post(url, origin)).status).toBe(403);
    expect((await post(url, "https://board.example.nhs.uk")).status).toBe(200);
    expect((await fetch(url)).status).toBe(200);
  });

  test("12.5 every method that changes something is one", async () => {
    const url = await serve({ https: true, dev: false });
    for (const method of ["PUT", "PATCH", "DELETE"]) expect((await fetch(url, { method })).status).toBe(403);
  });

  test("12.12 what is longer than any form, or does not say how long it is, is refused unread", async () => {
    const app = express().use(refuseLongBodies);
    app.post("/", (req, res) => void req.resume().on("end", () => res.send("read")));
    server = createServer(app);
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const status = async (body: BodyInit) =>
      (await fetch(url, { method: "POST", body, duplex: "half" } as RequestInit)).status;
    expect(await status("x".repeat(1_000_000))).toBe(200);
    expect(await status("x".repeat(1_000_001))).toBe(413);
    expect(await status(new Blob(["x"]).stream())).toBe(411);
    expect((await fetch(url, { method: "POST" })).status).toBe(200);
  });

  test("12.13 a form that is not sent as plain fields is refused, not half read", async () => {
    const app = express().use(refuseOddForms);
    app.all("/", (_req, res) => void res.send("read"));
    server = createServer(app);
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const status = async (type: string) =>
      (await fetch(url, { method: "POST", headers: { "content-type": type }, body: "a=b" })).status;
    expect(await status("application/x-www-form-urlencoded;charset=UTF-8")).toBe(200);
    for (const type of ["application/json", "multipart/form-data; boundary=x", "text/plain"])
      expect(await status(type)).toBe(415);
    expect((await fetch(url, { method: "DELETE" })).status).toBe(405);
    expect((await fetch(url)).status).toBe(200);
  });

  const says = (baseUrl: string, headers: IncomingMessage["headers"]) =>
    sameOrigin(new URL(baseUrl))({ headers } as IncomingMessage);

  test("12.5 on loopback another name or port of this host will do", () => {
    expect(says("http://localhost:3000", { origin: "http://127.0.0.1:4000", host: "127.0.0.1:4000" })).toBe(true);
    expect(says("http://localhost:3000", { origin: "http://elsewhere:4000", host: "127.0.0.1:4000" })).toBe(false);
  });

  test("12.5 anywhere else the Host header proves nothing", () => {
    expect(says("https://board.example.nhs.uk", { origin: "http://evil.example", host: "evil.example" })).toBe(false);
  });
});

describe("behind a proxy", () => {
  /** What the pages are told of a request that a proxy passed on with these headers. */
  const told = async (baseUrl: string, headers: Record<string, string>) => {
    const app = express().set("trust proxy", 1);
    app.use(asAddressed(new URL(baseUrl)));
    app.get("*", (req, res) => void res.json({ host: req.get("host"), name: req.hostname, secure: req.secure }));
    server = createServer(app);
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers });
    return (await response.json()) as { host: string; name: string; secure: boolean };
  };

  test("12.11 requests are for the address people use, whatever host the proxy wrote", async () => {
    const ours = { host: "board.example.nhs.uk", name: "board.example.nhs.uk", secure: true };
    expect(await told("https://board.example.nhs.uk", {})).toEqual(ours);
    const odd = { "x-forwarded-host": "10.0.0.7:3000", "x-forwarded-proto": "http" };
    expect(await told("https://board.example.nhs.uk", odd)).toEqual(ours);
  });

  test("12.11 on loopback every name of this host is ours", async () => {
    expect((await told("http://localhost:3000", {})).host).toMatch(/^127\.0\.0\.1:/);
  });
});

describe("passwords", () => {
  test("12.6 are kept as scrypt with a salt of their own, and checked against it", async () => {
    const [one, two] = await Promise.all([
      hashPassword("correct horse battery"),
      hashPassword("correct horse battery"),
    ]);
    expect(one).toMatch(/^scrypt\$65536\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword("correct horse battery", one)).toBe(true);
    expect(await verifyPassword("correct horse batterz", one)).toBe(false);
  });

  test("12.6 are the same however the keyboard composes a letter", async () => {
    const hash = await hashPassword("caf\u00e9 au lait, please");
    expect(await verifyPassword("cafe\u0301 au lait, please", hash)).toBe(true);
  });

  test.each(["", "plain text", "bcrypt$10$salt$key", "scrypt$65536$8$1$$"])(
    "12.6 a hash of another kind (%j) fits no password",
    async (hash) => {
      expect(await verifyPassword("", hash)).toBe(false);
    },
  );
});
