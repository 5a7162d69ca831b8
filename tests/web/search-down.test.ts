import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { eventually } from "../support/eventually";
import { HttpPerson } from "../support/http-person";

let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer({ issues: 40 });
}, 180_000);
afterAll(() => server?.stop());

test("without the search engine people raise, reply and resolve; the board says so; the index catches up after", async () => {
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
    const help = await gp.post("/issues/similar", { about: "RBL", body: "Zopiclone left off the plan of a patient." });
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
});

/** Kills the engine, and keeps it from being started again until it is given back. */
async function takeEngineAway(): Promise<() => void> {
  const bin = join(server.dataDir, "bin");
  renameSync(bin, `${bin}-away`);
  // A file where the folder should be: nothing can be copied there either.
  writeFileSync(bin, "");
  let away = true;
  const [version] = await readdir(join(server.dataDir, "search"));
  const claim: unknown = JSON.parse(readFileSync(join(server.dataDir, "search", version ?? "", "engine.json"), "utf8"));
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
