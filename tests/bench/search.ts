import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { wholeFindQuery } from "../../app/domain/find-query";
import { actorFor } from "../../app/domain/person";
import { type Composed, compose } from "../../app/server/compose";
import { openDataDirectory } from "../../app/server/data-directory";
import { openDemo } from "../../scripts/demo/open-demo";
import { demoThemes } from "../../scripts/demo/texts";
import { figuresOf, report } from "./figures";

const runs = 120;
const warmUps = 15;
const clients = [1, 8];

/**
 * `npm run bench -- search [--sizes 2500,10000,100000]`: each question end to end (encoding and the store's re-reading
 * included), what of that was spent on the engine, and the very same requests to the engine alone, as a ratio.
 */
export async function benchSearch(sizes: readonly number[]): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  for (const size of sizes) {
    const dataDir = seeded(size);
    const composed = await open(dataDir);
    try {
      rows.push(...(await timeQuestions(composed, size, dataDir)));
    } finally {
      await composed.close();
    }
  }
  report("search", rows);
}

/** A demonstration of so many issues, seeded when it is not there. */
function seeded(size: number): string {
  const dataDir = `.data/seed-${size}`;
  if (!existsSync(join(dataDir, "data-directory.json"))) {
    const made = spawnSync(process.execPath, ["--import", "tsx", "scripts/seed.ts", "--issues", String(size)], {
      stdio: "inherit",
    });
    if (made.status !== 0) throw new Error(`${dataDir} could not be seeded`);
  }
  return dataDir;
}

async function open(dataDir: string): Promise<Composed> {
  const composed = await compose({
    settings: {
      store: { kind: "embedded" },
      database: "common-thread",
      search: { kind: "embedded" },
      systemName: "Cheshire and Merseyside",
      referencePrefix: "CT",
    },
    dataDir: openDataDirectory(dataDir, "demo").path,
    demo: true,
    directory: openDemo().facts,
  });
  await composed.restoreIndex();
  return composed;
}

async function timeQuestions(composed: Composed, issues: number, dataDir: string) {
  const { board, directory } = composed;
  const actor = actorFor(directory, "p-okafor", undefined, board.now());
  if (!actor) throw new Error("the demonstration lacks p-okafor");
  const texts = demoThemes().flatMap((theme) => theme.texts.map((text) => text.body));
  const words = texts.map((text) => text.split(/\W+/).filter((word) => word.length > 4));
  const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;
  const { items } = await board.issues.page(actor, {
    facet: { kind: "all" },
    states: ["new"],
    limit: 50,
    order: "latest",
  });
  const questions: Record<string, (at: number) => Promise<unknown>> = {
    keyword: (at) => board.finder.find(actor, { ...wholeFindQuery, text: pick(words, at).slice(0, 2).join(" ") }),
    "prefix while typing": (at) => board.finder.quick(actor, pick(pick(words, at), at).slice(0, 4)),
    facets: (at) =>
      board.finder.find(actor, {
        ...wholeFindQuery,
        kind: "issues",
        text: pick(pick(words, at), 1),
        place: ["wirral"],
      }),
    "similar by text": (at) => board.reader.similar(actor, { text: `${pick(texts, at)} ${at}` }, 5),
    "similar by id": (at) => board.reader.similar(actor, { issue: pick(items, at).id }, 5),
  };
  const rows: Record<string, string | number>[] = [];
  for (const [question, ask] of Object.entries(questions)) {
    for (let at = 0; at < warmUps; at++) await ask(at);
    for (const atOnce of clients) {
      const { whole, engine, requests } = await timed(ask, atOnce);
      const alone = await replayed(requests, atOnce);
      const [of, floor] = [figuresOf(engine), figuresOf(alone)];
      rows.push({
        issues,
        question,
        clients: atOnce,
        p50: figuresOf(whole).p50,
        p95: figuresOf(whole).p95,
        "engine p50": of.p50,
        "alone p50": floor.p50,
        "ratio (at most 1.3)": Math.round((of.p50 / floor.p50) * 100) / 100,
      });
    }
  }
  console.log(`${issues} issues: the index takes ${Math.round(sizeOf(join(dataDir, "search")) / 1e6)} MB on disk`);
  return rows;
}

interface Recorded {
  url: string;
  init: RequestInit;
}

/** Asks so many at once; notes how long each took, how much of it the engine, and what it was asked. */
async function timed(ask: (at: number) => Promise<unknown>, atOnce: number) {
  const whole: number[] = [];
  const engine: number[] = [];
  const requests: Recorded[] = [];
  const fetched = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const began = performance.now();
    const answer = await fetched(input, init);
    const body = await answer.arrayBuffer();
    engine.push(performance.now() - began);
    const { signal: _signal, ...again } = init ?? {};
    requests.push({ url: String(input), init: again });
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
  try {
    await inTurn(atOnce, async (at) => {
      const began = performance.now();
      await ask(at + warmUps);
      whole.push(performance.now() - began);
    });
  } finally {
    globalThis.fetch = fetched;
  }
  return { whole, engine, requests };
}

/** The recorded requests again, so many at once, with nothing of ours round them. */
async function replayed(requests: readonly Recorded[], atOnce: number): Promise<number[]> {
  const times: number[] = [];
  await inTurn(
    atOnce,
    async (at) => {
      const request = requests[at];
      if (!request) return;
      const began = performance.now();
      await (await fetch(request.url, request.init)).arrayBuffer();
      times.push(performance.now() - began);
    },
    requests.length,
  );
  return times;
}

/** Runs `count` tasks, `atOnce` of them under way at any time. */
async function inTurn(atOnce: number, task: (at: number) => Promise<void>, count = runs): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function sizeOf(path: string): number {
  if (!existsSync(path)) return 0;
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
