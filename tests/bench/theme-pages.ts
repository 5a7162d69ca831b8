import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monotonicFactory } from "ulid";
import type { ThemeRunRecord } from "../../app/domain/theme-ports";
import { withStorage } from "../../scripts/with-storage";
import { themeVectorVersion } from "../../search/themes/theme-vector";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { plantedThemes } from "../support/theme-world";
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
    await saveThemes(dataDir);
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

/** Puts every issue with the theme it was planted in, unless an analysis has found themes there. */
async function saveThemes(dataDir: string): Promise<void> {
  const settings = { store: { kind: "embedded" as const }, database: "common-thread", dataDir };
  await withStorage(settings, "demo", async ({ themes, issues }) => {
    if (await themes.latestRun()) return;
    const newId = monotonicFactory();
    const ids = new Map<string, string>();
    const themeOf = plantedThemes();
    const members: ThemeRunRecord["members"][number][] = [];
    for await (const batch of issues.everyIssue(1_000))
      for (const issue of batch) {
        const name = themeOf(issue);
        const theme = ids.get(name) ?? newId();
        ids.set(name, theme);
        const at = members.length;
        members.push({ issue: issue.id, theme, closeness: 0.5, x: at % 300, y: Math.floor(at / 300) });
      }
    const now = new Date();
    const found = [...ids].map(([label, id], at) => ({
      ...{ id, label, isKept: false, group: "all", words: [], edge: 0, centroid: new Float32Array(4) },
      region: { x: (at % 10) * 40, y: Math.floor(at / 10) * 40, radius: 15 },
    }));
    await themes.saveRun({
      ...{ id: newId(), startedAt: now, finishedAt: now, encoder: themeVectorVersion, mean: new Float32Array(4) },
      ...{ themes: found, groups: [{ id: "all", isKept: false, label: "All" }], members },
    });
  });
}
