import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { figuresOf, report } from "./figures";

/**
 * `npm run bench -- pages [--sizes 2500,100000]`: how long the server takes for each page at each number of issues,
 * over loopback, one request at a time; and what each page makes a browser load.
 */
export async function benchPages(sizes: readonly number[]): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  let bytes: Record<string, string | number>[] = [];
  for (const size of sizes) {
    const server = await startDemoServer({ dataDir: seeded(size) });
    try {
      rows.push(...(await timePages(server, size)));
      if (bytes.length === 0) bytes = await weighPages(server);
    } finally {
      await server.stop();
    }
  }
  report("pages", rows, { bytes });
  console.table(bytes);
}

const runs = 80;
/** A server that has just started still compiles what it runs: these are not counted. */
const warmUps = 30;

/** Who looks: a member of WUTH, a member of a Liverpool practice, and a guest of one issue. */
const viewers = { member: "p-okafor", guest: "p-hallam" };

const boards: readonly [string, string][] = [
  ["board", "/issues"],
  ["board, mine", "/issues?mine=1"],
  ["board, my organisation", "/issues?org=1"],
  ["board, Place + state", "/issues?place=wirral&state=in-progress"],
  ["board, trust + category", "/issues?trust=RBL&category=MED"],
  ["board, overdue", "/issues?overdue=1"],
  ["board, table", "/issues?view=table"],
  ["search, two words", "/issues?q=discharge+medicines"],
];

async function timePages(server: DemoServer, size: number) {
  const rows: Record<string, string | number>[] = [];
  for (const [viewer, person] of Object.entries(viewers)) {
    const cookie = await signIn(server.url, person);
    const thread = await anIssue(server.url, cookie);
    const pages: [string, string][] = [...boards, ["home", "/"], ["raise", "/issues/new"]];
    if (thread) pages.push(["thread", thread]);
    for (const [page, path] of pages) {
      for (let i = 0; i < warmUps; i++) await get(server.url + path, cookie);
      const times: number[] = [];
      for (let i = 0; i < runs; i++) {
        const began = performance.now();
        await get(server.url + path, cookie);
        times.push(performance.now() - began);
      }
      rows.push({ issues: size, viewer, page, ...figuresOf(times) });
    }
  }
  return rows;
}

/** JavaScript and CSS a page names at once, as it crosses the wire with gzip. */
async function weighPages(server: DemoServer) {
  const cookie = await signIn(server.url, viewers.member);
  const thread = (await anIssue(server.url, cookie)) ?? "/issues";
  const rows: Record<string, string | number>[] = [];
  for (const path of ["/", "/issues", "/issues?view=table", thread, "/issues/new", "/inbox", "/sign-in"]) {
    const html = await get(server.url + path, cookie);
    const files = new Set(
      [...html.matchAll(/(?:href|src|from\s*|import\s*)\(?=?\s*"(\/assets\/[^"]+\.(?:js|css))"/g)].map(
        (match) => match[1],
      ),
    );
    let script = 0;
    let style = 0;
    for (const file of files) {
      const size = await gzippedSize(server.url + file);
      if (file?.endsWith(".css")) style += size;
      else script += size;
    }
    rows.push({
      page: path === thread ? "/issues/CT-…" : path,
      "JS kB gzip": kilo(script),
      "CSS kB gzip": kilo(style),
      "HTML kB": kilo(html.length),
    });
  }
  return rows;
}

export function seeded(size: number): string {
  const dataDir = `.data/seed-${size}`;
  if (!existsSync(`${dataDir}/demo-filled`)) {
    const made = spawnSync("npx", ["tsx", "scripts/seed.ts", "--issues", String(size), "--seed", "1"], {
      stdio: "inherit",
    });
    if (made.status !== 0) throw new Error(`seeding ${size} issues failed`);
  }
  return dataDir;
}

export async function signIn(url: string, person: string): Promise<string> {
  const response = await fetch(`${url}/sign-in`, {
    method: "POST",
    headers: { origin: url, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ person }),
    redirect: "manual",
  });
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0];
  if (!cookie) throw new Error(`nobody could be signed in: ${response.status}`);
  return cookie;
}

async function anIssue(url: string, cookie: string): Promise<string | undefined> {
  const html = await get(`${url}/issues`, cookie);
  return /href="(\/issues\/CT-[0-9A-Z]{5})"/.exec(html)?.[1];
}

async function get(url: string, cookie: string): Promise<string> {
  const response = await fetch(url, { headers: { cookie } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

async function gzippedSize(url: string): Promise<number> {
  const { gzipSync } = await import("node:zlib");
  const response = await fetch(url);
  return gzipSync(Buffer.from(await response.arrayBuffer())).length;
}

function kilo(bytes: number): number {
  return Math.round(bytes / 100) / 10;
}
