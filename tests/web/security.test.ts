import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { HttpPerson, send } from "../support/http-person";

let server: DemoServer;
let gp: HttpPerson;
let reference: string;

beforeAll(async () => {
  server = await startDemoServer({ issues: 40 });
  gp = await HttpPerson.signIn(server.url, "p-whitlow");
  reference = await gp.raise({
    about: "RBL/RBL-acute-medicine",
    body: "The ward phone rings out.",
    visibility: "organisations",
  });
}, 180_000);
afterAll(() => server?.stop());

test.each([
  ["without an Origin", {}],
  ["from another site", { origin: "https://example.org" }],
  ["from an opaque place", { origin: "null" }],
  ["from another port of this machine", { origin: "http://localhost:1" }],
])("a write %s is refused and changes nothing", async (_from, headers: Record<string, string>) => {
  const version = await gp.versionOf(reference);
  const form = { verb: "reply", version, "reply-text": "From elsewhere", "reply-audience": "shared" };
  for (const path of [
    `/issues/${reference}`,
    `/issues/${reference}.data`,
    "/sign-in",
    "/sign-out",
    "/issues/similar",
  ]) {
    const answer = await send(server.url, path, form, { cookie: gp.cookie, ...headers });
    expect(answer.status).toBe(403);
  }
  expect((await gp.get(`/issues/${reference}`)).text).not.toContain("From elsewhere");
});

test("the same write from a page of ours is done", async () => {
  await gp.do(reference, "reply", { text: "From here", audience: "shared" });
  expect((await gp.get(`/issues/${reference}`)).text).toContain("From here");
});

test("an issue one may not see and one that does not exist cannot be told apart, to read or to write", async () => {
  const other = await HttpPerson.signIn(server.url, "p-asante");
  const version = await gp.versionOf(reference);
  for (const path of ["", ".data"]) {
    const forbidden = await other.get(`/issues/${reference}${path}`);
    const unknown = await other.get(`/issues/CT-00000${path}`);
    expect(forbidden.status).toBe(404);
    expect(unknown.status).toBe(404);
    expect(withoutChance(forbidden.text, reference)).toBe(withoutChance(unknown.text, "CT-00000"));
  }
  for (const verb of ["reply", "join", "accept", "offer", "reopen", "action"]) {
    const fields = {
      text: "Hello",
      audience: "shared",
      context: "Hello",
      changed: "a change",
      forWhom: "all",
      reason: "a reason",
    };
    const forbidden = await other.act(reference, verb, fields, version);
    const unknown = await other.act("CT-00000", verb, fields, version);
    expect(forbidden.status).toBe(unknown.status);
    expect(forbidden.status).toBeGreaterThanOrEqual(404);
    expect(withoutChance(forbidden.text, reference)).toBe(withoutChance(unknown.text, "CT-00000"));
  }
  expect((await other.get(`/issues?q=${reference}`)).text).not.toContain(`/issues/${reference}`);
});

test("nobody signed in is led to the sign-in page, and back to where they were going", async () => {
  for (const path of [
    "/",
    "/issues",
    `/issues/${reference}`,
    "/issues/new",
    "/inbox",
    "/more",
    "/issues/column?state=new",
  ]) {
    const answer = await fetch(server.url + path, { redirect: "manual" });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toMatch(/^\/sign-in/);
  }
  const signedIn = await send(
    server.url,
    "/sign-in",
    { person: "p-whitlow", to: "/issues/new" },
    { origin: server.url },
  );
  expect(signedIn.headers.get("location")).toBe("/issues/new");
  for (const to of ["//example.org", "https://example.org", "/\\example.org", "javascript:alert(1)"]) {
    const away = await send(server.url, "/sign-in", { person: "p-whitlow", to }, { origin: server.url });
    expect(away.headers.get("location")).toBe("/");
  }
});

test("12.14 a form sent without a session is answered with what was typed, and with nothing of the issue", async () => {
  const form = [
    ["verb", "reply"],
    ["version", "1"],
    ["reply-text", "Typed for <nothing>\r\nand more"],
    ["reply-audience", "shared"],
    ["declared-span", "943 476 5919"],
    ["declared-reason", "a part number"],
  ] as const;
  const headers = { origin: server.url };
  const known = await send(server.url, `/issues/${reference}`, form, headers);
  const unknown = await send(server.url, "/issues/CT-00000", form, headers);
  expect([known.status, unknown.status]).toEqual([401, 401]);
  expect(withoutChance(known.text, reference)).toBe(withoutChance(unknown.text, "CT-00000"));
  expect(known.headers.get("cache-control")).toContain("no-store");
  expect(known.text).toContain("Typed for &lt;nothing&gt;\nand more</textarea>");
  expect(known.text).not.toContain("ward phone");
  const data = await send(server.url, `/issues/${reference}.data`, form, headers);
  expect(data.status).toBe(401);
  expect(data.text).not.toContain("ward phone");
});

test("the session cookie is kept from scripts and other sites, ends with signing out, and is new with every sign-in", async () => {
  const answer = await send(server.url, "/sign-in", { person: "p-asante" }, { origin: server.url });
  const cookie = answer.headers.getSetCookie().join("\n");
  expect(cookie).toContain("HttpOnly");
  expect(cookie).toContain("SameSite=Lax");
  expect(cookie).toContain("Path=/");
  const planted = await send(
    server.url,
    "/sign-in",
    { person: "p-asante" },
    { origin: server.url, cookie: "common-thread=s%3Aplanted.AAAA" },
  );
  expect(planted.headers.getSetCookie().join()).not.toContain("planted");
  const person = await HttpPerson.signIn(server.url, "p-asante");
  expect((await person.get("/inbox")).status).toBe(200);
  await person.post("/sign-out", {});
  expect((await person.get("/inbox")).status).toBe(302);
});

test("pages run only our own scripts, are framed by nobody, are not cached, and send no address to others", async () => {
  const first = await gp.get(`/issues/${reference}`);
  const policy = first.headers.get("content-security-policy") ?? "";
  const nonce = /script-src 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)?.[1];
  expect(nonce).toBeTruthy();
  expect(policy).not.toContain("unsafe");
  for (const part of [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "connect-src 'self'",
  ])
    expect(policy).toContain(part);
  const scripts = [...first.text.matchAll(/<script\b([^>]*)>/g)].map((match) => match[1] ?? "");
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((attributes) => !attributes.includes(`nonce="${nonce}"`))).toEqual([]);
  expect(first.text).not.toMatch(/ on[a-z]+="/);
  const again = await gp.get(`/issues/${reference}`);
  expect(again.headers.get("content-security-policy")).not.toBe(policy);
  expect(first.headers.get("cache-control")).toContain("no-store");
  expect(first.headers.get("referrer-policy")).toBe("same-origin");
  expect(first.headers.get("x-content-type-options")).toBe("nosniff");
  expect(first.headers.get("x-powered-by")).toBeNull();
});

test("healthz answers when the process serves; readyz says how store, search and follow-ups are", async () => {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const answer = await fetch(`${server.url}/readyz`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    ready: true,
    store: { state: "ready" },
    search: { state: "ready", note: expect.stringContaining("unofficial") },
    likeness: { by: expect.stringMatching(/^words/) },
    followUps: { parked: 0 },
  });
});

test("a form sent to a page that takes none is told so, not that the page is missing", async () => {
  for (const path of ["/issues", "/help"]) {
    const { status, text } = await gp.post(path, { verb: "reply" });
    expect(status).toBe(405);
    expect(text).toContain("Nothing can be sent to this page, so nothing was changed.");
    expect(text).not.toContain("Not found");
  }
});

test("what a form cannot mean is answered in words, never with a fault", async () => {
  const version = await gp.versionOf(reference);
  const answers = await Promise.all([
    gp.post(`/issues/${reference}`, {}),
    gp.post(`/issues/${reference}`, { verb: "constructor", version }),
    gp.post(`/issues/${reference}`, { verb: "reply", version: "NaN", "reply-text": "x", "reply-audience": "everyone" }),
    gp.post(`/issues/${reference}`, {
      verb: "redirect",
      version,
      "redirect-post": "QYG:nobody",
      "redirect-reason": "because",
    }),
    gp.post("/issues/new", {
      intent: "send",
      about: "__proto__",
      kind: "toString",
      harm: "constructor",
      id: "../../x",
    }),
    gp.post("/issues/new", { intent: "join", join: "CT-00000", "context-CT-00000": "x" }),
    gp.post("/inbox", { mark: "done", id: "'; drop" }),
    gp.post("/hat", { post: "RBL:medical-director" }),
    gp.post("/appearance", { theme: "plaid", back: "//example.org" }),
    gp.get("/issues?cursor=nonsense&state=new"),
    gp.get("/issues/column?state=new&cursor=%00"),
    gp.get("/issues?state=__proto__&place=constructor&trust=toString&category=..."),
    gp.get(`/issues/${reference}?before=nonsense&until=nonsense`),
    gp.get("/issues/ct-0000o"),
    gp.get("/%ff"),
    gp.get("/inbox?cursor=%F0%9F%92%A5"),
  ]);
  expect(answers.filter((each) => each.status >= 500).map((each) => each.text.slice(0, 200))).toEqual([]);
  expect(answers.map((each) => each.headers.get("location")).filter((to) => to?.includes("example.org"))).toEqual([]);
});

/** A page without what differs from one request to the next. */
function withoutChance(text: string, reference: string): string {
  return text
    .replaceAll(reference, "")
    .replaceAll(/nonce="[^"]*"/g, "")
    .replaceAll(/[0-9A-HJKMNP-TV-Z]{26}/g, "");
}
