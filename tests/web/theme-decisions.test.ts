import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { eventually } from "../support/eventually";
import { HttpPerson, inputOf, readable } from "../support/http-person";

let server: DemoServer;
let director: HttpPerson;
let path: string;

beforeAll(async () => {
  server = await startDemoServer({ issues: 120 });
  director = await HttpPerson.signIn(server.url, "p-osei");
  // A demonstration finds its themes once everything in it has been read.
  await eventually(async () => (await director.get("/themes")).text.includes("ct-trows"), 170_000);
  path = /\/themes\/[0-9A-Z]{26}/.exec((await director.get("/themes")).text)?.[0] ?? "";
}, 240_000);
afterAll(() => server?.stop());

const decide = async (person: HttpPerson, verb: string, fields: Readonly<Record<string, string>> = {}) => {
  const version = inputOf((await director.get(path)).text, "version");
  const named = Object.entries(fields).map(([name, value]) => [`${verb}-${name}`, value] as const);
  return person.post(path, [["verb", verb], ["version", version], ...named]);
};

test("21.1 a theme is named and that is undone by plain forms, and its page says who did it", async () => {
  const answer = await decide(director, "name", { name: "Summaries <late>" });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, `${path}#decisions`]);
  const page = await director.get(path);
  expect(page.text).toContain("named it “Summaries &lt;late&gt;”");
  expect(readable((await director.get("/themes")).text)).toContain("Summaries <late>");
  expect((await decide(director, "undo", { of: inputOf(page.text, "undo-of") })).status).toBe(302);
  expect(readable((await director.get(path)).text)).toContain("undid: named it “Summaries <late>”");
  expect(readable((await director.get("/themes")).text)).not.toContain("Summaries <late>");
});

test("21.2 forms are offered to those who decide, and refused to others", async () => {
  const gp = await HttpPerson.signIn(server.url, "p-okafor");
  expect((await director.get(path)).text).toContain("Confirm this theme");
  const page = await gp.get(path);
  expect(page.text).not.toContain("Confirm this theme");
  expect((await decide(gp, "pin")).status).toBe(403);
  expect((await director.post("/themes/01ARZ3NDEKTSV4RRFFQ69G5FAV", { verb: "pin", version: "1" })).status).toBe(404);
  expect((await director.post(path, { verb: "constructor", version: "1" })).status).toBe(404);
});

test("21.3 a decision on an old version is refused, and says whose came first", async () => {
  expect((await decide(director, "confirm")).status).toBe(302);
  const late = await director.post(path, { verb: "pin", version: "1" });
  expect(late.status).toBe(409);
  expect(readable(late.text)).toContain("Look at what changed, then decide again.");
});

test("21.7 what is refused comes back at its field, with what was typed", async () => {
  const answer = await decide(director, "describe", { description: "About 943 476 5919" });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain("Take out what looks like an NHS number");
  expect(answer.text).toContain("About 943 476 5919</textarea>");
});
