import { execFile } from "node:child_process";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { eventually } from "../support/eventually";
import { HttpPerson } from "../support/http-person";

/** An engine is started again, and follow-ups try again, after waits of their own. */
const withinMs = 120_000;
let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer({ issues: 40 });
}, 180_000);
afterAll(() => server?.stop());

test(
  "without the search engine people raise, reply and resolve; the board says so; the index catches up after",
  async () => {
    const gp = await HttpPerson.signIn(server.url, "p-whitlow");
    const owner = await HttpPerson.signIn(server.url, "p-adeyemi");
    const giveBack = await takeEngineAway();
    try {
      await process_("search", "down");
      const reference = await gp.raise({
        about: "RBL/RBL-acute-medicine",
        body: "Zopiclone was left off the tapering plan.",
      });
      await owner.do(reference, "accept");
      await owner.do(reference, "reply", { text: "The plan is being written again.", audience: "shared" });
      await owner.do(reference, "offer", { changed: "The plan names every medicine.", forWhom: "All discharges" });
      await gp.do(reference, "answer", { answer: "agree" });
      const thread = await gp.get(`/issues/${reference}`);
      expect(thread.text).toContain("The plan is being written again.");
      expect(thread.text).toContain("Both sides agreed");
      await eventually(async () => (await gp.get("/inbox")).text.includes(reference));

      const board = await gp.get("/issues?q=zopiclone");
      expect(board.status).toBe(200);
      expect(board.text).toContain("Basic search.");
      expect(board.text).toContain(reference);
      const page = await gp.get("/search?q=zopiclone");
      expect(page.status).toBe(200);
      expect(page.text).toContain("Basic search.");
      expect(page.text).toContain(reference);
      expect(JSON.parse((await gp.get("/search/quick?q=zopiclone")).text)).toMatchObject({ basic: true });
      const help = await gp.post("/issues/similar", {
        about: "RBL",
        body: "Zopiclone left off the plan of a patient.",
      });
      expect(help.status).toBe(200);

      giveBack();
      await process_("search", "ready");
      // A word with a slip of the finger finds only through the engine.
      await eventually(async () => {
        const found = await gp.get("/issues?q=zopiclome");
        return found.text.includes(`/issues/${reference}`) && !found.text.includes("Basic search.");
      }, 40_000);
    } finally {
      giveBack();
    }
  },
  withinMs,
);

test(
  "17.11 wiped while people search, the index is built anew by itself, and nobody meets an error",
  async () => {
    const gp = await HttpPerson.signIn(server.url, "p-whitlow");
    const reference = await gp.raise({
      about: "RBL/RBL-acute-medicine",
      body: "Methotrexate was sent without a plan.",
    });
    // A word with a slip of the finger finds only through the engine.
    const slip = () => gp.get("/search?q=methotrexaet");
    await eventually(async () => (await slip()).text.includes(reference), 40_000);
    const before = issuesFound((await gp.get("/search?kind=issues")).text);
    const giveBack = await takeEngineAway();
    try {
      rmSync(join(await engineFolder(), "data"), { recursive: true, force: true });
      for (const path of [
        "/search?q=methotrexate",
        "/search/quick?q=methotrexate",
        "/search?kind=people",
        "/issues?q=plan",
      ])
        expect((await gp.get(path)).status, path).toBe(200);
      giveBack();
      await eventually(async () => {
        const answer = await slip();
        expect(answer.status).toBe(200);
        return answer.text.includes(reference);
      }, 60_000);
      await eventually(async () => issuesFound((await gp.get("/search?kind=issues")).text) === before, 40_000);
    } finally {
      giveBack();
    }
  },
  withinMs,
);

test(
  "17.10 npm run reindex has a product that runs build its index anew while it answers",
  async () => {
    const gp = await HttpPerson.signIn(server.url, "p-whitlow");
    const before = issuesFound((await gp.get("/search?kind=issues")).text);
    const script = promisify(execFile)("npx", ["tsx", "scripts/reindex.ts", "--demo", server.dataDir]);
    let done = false;
    void script.finally(() => {
      done = true;
    });
    do expect(issuesFound((await gp.get("/search?kind=issues")).text)).toBe(before);
    while (!done);
    const { stdout } = await script;
    expect(stdout).toMatch(/^100 % {2}Issues that can be found: (\d+) of \1$/m);
    expect(stdout).toMatch(/^Done: \d+ issues \(\d+ s\)$/m);
    expect(issuesFound((await gp.get("/search?kind=issues")).text)).toBe(before);
  },
  withinMs,
);

/** "42 issues" on the page of a search. */
function issuesFound(html: string): number {
  return Number(/<b>([\d,]+) issues?<\/b>/.exec(html)?.[1]?.replaceAll(",", "") ?? 0);
}

async function engineFolder(): Promise<string> {
  const [version] = await readdir(join(server.dataDir, "search"));
  return join(server.dataDir, "search", version ?? "");
}

/** Kills the engine, and keeps it from being started again until it is given back. */
async function takeEngineAway(): Promise<() => void> {
  const bin = join(server.dataDir, "bin");
  renameSync(bin, `${bin}-away`);
  // A file where the folder should be: nothing can be copied there either.
  writeFileSync(bin, "");
  let away = true;
  const claim: unknown = JSON.parse(readFileSync(join(await engineFolder(), "engine.json"), "utf8"));
  process.kill(z.object({ engine: z.object({ pid: z.number() }) }).parse(claim).engine.pid, "SIGKILL");
  return () => {
    if (!away) return;
    away = false;
    rmSync(bin);
    renameSync(`${bin}-away`, bin);
  };
}

/** Waits until `/readyz` says this of a part. */
async function process_(part: "search", state: "ready" | "down"): Promise<void> {
  await eventually(async () => {
    const readiness: unknown = await (await fetch(`${server.url}/readyz`)).json();
    const said = z.object({ [part]: z.object({ state: z.string() }) }).parse(readiness)[part]?.state;
    return state === "ready" ? said === "ready" : said !== "ready";
  }, 40_000);
}
