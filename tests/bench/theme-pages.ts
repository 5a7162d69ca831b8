import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { savePlantedThemes } from "../support/planted-run";
import { figuresOf, report } from "./figures";
import { seeded, signIn } from "./pages";

/**
 * How long the server takes for theme pages at each number of issues, over loopback, one request at a time: asked anew
 * by each request (other dates), as kept from the one before, and with a theme analysis running beside it.
 */
export async function benchThemePages(sizes: readonly number[]): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  for (const size of sizes) {
    // A copy: the themes that are put there are for this bench alone.
    const dataDir = mkdtempSync(join(tmpdir(), "ct-bench-themes-"));
    cpSync(seeded(size), dataDir, { recursive: true });
    await savePlantedThemes(dataDir);
    const server = await startDemoServer({ dataDir });
    try {
      rows.push(...(await timePages(server, size, "at rest")));
      const analysis = analysisBeside(dataDir);
      rows.push(...(await timePages(server, size, "analysis beside")));
      analysis.kill();
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  report("theme-pages", rows);
}

const runs = 40;
const warmUps = 10;
/** The ICB's medical director, who sees every count; and somebody of WUTH, who sees most of them rounded. */
const viewers = { director: "p-osei", member: "p-okafor" };

async function timePages(server: DemoServer, size: number, beside: string) {
  const rows: Record<string, string | number>[] = [];
  for (const [viewer, person] of Object.entries(viewers)) {
    const cookie = await signIn(server.url, person);
    const theme = await aTheme(server.url, cookie);
    const day = (at: number) => new Date(Date.UTC(2025, 10, 1) + at * 86_400_000).toISOString().slice(0, 10);
    const pages: [string, (at: number) => string][] = [
      ["explorer, kept", () => "/themes"],
      ["explorer, anew", (at) => `/themes?from=${day(at)}`],
      ["theme, kept", () => theme],
      ["theme, anew", (at) => `${theme}?from=${day(at)}`],
      ["Places", () => "/themes/places"],
      ["flow", () => "/themes/flow"],
      ["board report", () => "/themes/report"],
    ];
    for (const [page, path] of pages) {
      const times: number[] = [];
      for (let at = 0; at < warmUps + runs; at++) {
        const began = performance.now();
        const response = await fetch(server.url + path(at), { headers: { cookie } });
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`${path(at)} answered ${response.status}`);
        if (at >= warmUps) times.push(performance.now() - began);
      }
      rows.push({ issues: size, beside, viewer, page, ...figuresOf(times) });
    }
  }
  return rows;
}

async function aTheme(url: string, cookie: string): Promise<string> {
  const page = await (await fetch(`${url}/themes`, { headers: { cookie } })).text();
  const [link] = /\/themes\/[0-9A-HJKMNP-TV-Z]{26}/.exec(page) ?? [];
  if (!link) throw new Error("no theme is listed");
  return link;
}

/** The analysis of 10,000 issues, over and over, at the priority at which the product runs it. */
function analysisBeside(cacheDir: string): ChildProcess {
  const script = new URL("./themes/analysis.ts", import.meta.url).pathname;
  return spawn("nice", ["-n", "19", process.execPath, "--import", "tsx", script, "10000", cacheDir], {
    stdio: "ignore",
  });
}
