import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { findIdentifiers } from "../../app/domain/identifiers";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { HttpPerson, unescaped } from "../support/http-person";

let server: DemoServer;
let gp: HttpPerson;

beforeAll(async () => {
  server = await startDemoServer({ issues: 40 });
  gp = await HttpPerson.signIn(server.url, "p-whitlow");
}, 180_000);
afterAll(() => server?.stop());

const file = new URL("../fixtures/naughty/blns.json.gz", import.meta.url);
const strings = z
  .array(z.string())
  .parse(JSON.parse(gunzipSync(readFileSync(file)).toString()))
  .filter((text) => text.trim() !== "" && findIdentifiers(text).length === 0);
const every = process.env.LONG === "1" ? 1 : 8;

test("strings that break software come back from raising and replying as they were written", async () => {
  const reference = await gp.raise({ about: "RBL/RBL-acute-medicine", body: "A thread for words of all kinds." });
  for (const [at, text] of strings.entries()) {
    if (at % every !== 0) continue;
    const raised = await gp.raise({ about: "RBL", body: `About: ${text} :so` });
    expect(posts((await gp.get(`/issues/${raised}`)).text).at(0)).toBe(shownAs(`About: ${text} :so`));
    await gp.do(reference, "reply", { text: `Say: ${text} :so`, audience: "shared" });
    expect(posts((await gp.get(`/issues/${reference}`)).text)).toContain(shownAs(`Say: ${text} :so`));
  }
}, 600_000);

test("strings that break software are looked for without a fault, and asked about while one writes", async () => {
  for (const [at, text] of strings.entries()) {
    if (at % every !== 0) continue;
    const search = await gp.get(`/issues?${new URLSearchParams({ q: text.slice(0, 200) })}`);
    expect([search.status, text]).toEqual([200, text]);
    const help = await gp.post("/issues/similar", { about: text.slice(0, 80), body: text });
    expect([help.status, text]).toEqual([200, text]);
    const find = await gp.get(`/issues/services?${new URLSearchParams({ q: text.slice(0, 80) })}`);
    expect([find.status, text]).toEqual([200, text]);
  }
}, 600_000);

test("the log of requests holds nothing that people wrote, looked for or are called", async () => {
  const marker = "marmalade-orchestra";
  const reference = await gp.raise({ about: "RBL/RBL-acute-medicine", body: `Raised with ${marker} in it.` });
  const owner = await HttpPerson.signIn(server.url, "p-adeyemi");
  await owner.do(reference, "reply", { text: `Answered with ${marker}.`, audience: "internal" });
  await owner.do(reference, "offer", { changed: `Changed by ${marker}.`, forWhom: marker });
  await gp.act(reference, "answer", { answer: "disagree", reason: `No ${marker} here.` });
  await gp.post("/issues/similar", { about: "RBL", body: `Written with ${marker} and more words.` });
  await gp.get(`/issues?q=${marker}`);
  await gp.get(`/issues/${reference}?person=${marker}`);
  await gp.get(`/${marker}?to=${marker}`);
  await gp.post(`/issues/${reference}`, { verb: marker });
  const log = server.output();
  const paths = log.split("\n").filter((line) => line.includes(marker));
  expect(paths.filter((line) => !line.includes(`"path":"/${marker}"`))).toEqual([]);
  for (const name of ["Whitlow", "Adeyemi", "p-whitlow", "p-adeyemi", "Audlem"]) expect(log).not.toContain(name);
  expect(log).not.toContain('"event":"page-fault"');
});

/** The texts of the posts of a thread, as they were written. */
function posts(html: string): string[] {
  return html
    .split('<div class="ct-post__text">')
    .slice(1)
    .map((post) => {
      const paragraphs = [...(post.split("</div>")[0]?.matchAll(/<p class="ct-keptwords">(.*?)<\/p>/gs) ?? [])];
      return unescaped(paragraphs.map((match) => match[1]).join("\n\n"));
    });
}

/** How HTML carries a text: a form sends every line end as CR LF, and a page is read with LF. */
function shownAs(text: string): string {
  return text.replace(/\r\n?/g, "\n").trim();
}
