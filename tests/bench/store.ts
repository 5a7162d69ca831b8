/**
 * `npm run bench -- store [--documents N]`: the embedded store, served by a process of its own, through mongoose, each
 * figure beside its floor: the driver's ping, or a raw LMDB commit of the same bytes in a scratch file on the same disk.
 * With MONGODB_URI the same questions go to that server too, side by side (in a database of the bench's own, dropped
 * afterwards).
 */
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { figuresOf, report } from "./figures";
import { rawCommit } from "./store/floor";
import { connectTo, issueLike, type Subject } from "./store/issues";
import { type privateMemory, serveStore } from "./store/serve";

const ROUNDS = 300;
const WRITERS = 50;
const BATCH = 1000;

/** What issue and documentation promise: the factor over the floor that may not be passed. */
const BINDING: Record<string, number> = { "find by id": 3, "durable update": 4, "page of 50": 10 };

type Row = Record<string, string | number>;

export async function benchStore(documents: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "ct-bench-"));
  const facts = { documents, loadAtStart: loadavg()[0] };
  const rows: Row[] = [];
  try {
    rows.push(...(await measureEmbedded(folder, documents)));
    const uri = process.env.MONGODB_URI;
    if (uri) rows.push(...(await measure("MONGODB_URI", uri, folder, documents)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  report("store", rows, { ...facts, loadAtEnd: loadavg()[0] });
}

async function measureEmbedded(folder: string, documents: number): Promise<Row[]> {
  const dataDir = join(folder, "data");
  let server = await serveStore(dataDir);
  const rows = [atMost("idle, empty", server.memory().privateMB, "MB private", 150)];
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, server.memory().privateMB);
  }, 50);
  rows.push(...(await measure("embedded", server.uri, folder, documents, server.memory)));
  clearInterval(watch);
  rows.push({ what: "at the worst moment of all this", value: most, unit: "MB private" });
  await server.kill();
  const began = performance.now();
  server = await serveStore(dataDir);
  rows.push(guide("restart to listening after kill -9", performance.now() - began, "ms", 500, false));
  await server.kill();
  return rows.map((r) => ({ store: "embedded", ...r }));
}

async function measure(
  store: string,
  uri: string,
  folder: string,
  documents: number,
  memory?: () => ReturnType<typeof privateMemory>,
): Promise<Row[]> {
  const subject = await connectTo(uri);
  try {
    const rows = [await bulkInsert(subject, documents)];
    rows.push(...(await besideFloors(subject, folder, documents)));
    rows.push(await manyWriters(subject, documents));
    if (memory) rows.push(...memoryRows("after the reads and writes above", memory()));
    rows.push(await wholeReads("unindexed count", 5, () => subject.count()));
    rows.push(await wholeReads("group all", 5, () => subject.groupAll()));
    if (memory) rows.push(...memoryRows("after reading all of it", memory()));
    return rows.map((r) => ({ store, ...r }));
  } finally {
    await subject.close();
  }
}

async function bulkInsert(subject: Subject, documents: number): Promise<Row> {
  const began = performance.now();
  for (let i = 0; i < documents; i += BATCH) {
    const size = Math.min(BATCH, documents - i);
    await subject.insert(Array.from({ length: size }, (_, j) => issueLike(i + j)));
  }
  return guide("bulk insert", documents / ((performance.now() - began) / 1000), "per s", 6000, true);
}

/** One of each in turn, so that whatever else the machine does falls on figures and floors alike. */
async function besideFloors(subject: Subject, folder: string, documents: number): Promise<Row[]> {
  const floor = await rawCommit(folder, documents);
  const emptyFloor = await rawCommit(folder, 0);
  const asked: Record<string, (i: number) => unknown> = {
    ping: () => subject.ping(),
    "find by id": (i) => subject.findById(spread(i, documents)),
    "page of 50": (i) => subject.pageOfOwner(i),
    "page of 50 of the board": (i) => subject.pageOfBoard(i),
    "raw commit": (i) => floor.plain(spread(i, documents)),
    "raw commit to an empty file": (i) => emptyFloor.plain(spread(i, documents)),
    "durable update": (i) => subject.update(spread(i, documents)),
    "raw commit of a move": (i) => floor.move(spread(i + ROUNDS, documents)),
    "durable update that moves the issue": (i) => subject.move(spread(i + ROUNDS, documents)),
  };
  const times = new Map<string, number[]>(Object.keys(asked).map((k) => [k, []]));
  for (let i = -20; i < ROUNDS; i++) {
    for (const [name, ask] of Object.entries(asked)) {
      const began = performance.now();
      await ask(i + 20);
      if (i >= 0) times.get(name)!.push(performance.now() - began);
    }
  }
  await Promise.all([floor.close(), emptyFloor.close()]);
  const floorOf = (name: string): string =>
    name.includes("moves") ? "raw commit of a move" : name.includes("update") ? "raw commit" : "ping";
  return [...times].map(([name, ms]) => beside(name, ms, floorOf(name), times.get(floorOf(name))!));
}

function spread(i: number, documents: number): number {
  return (i * 7919) % documents;
}

function beside(what: string, ms: number[], floorName: string, floorMs: number[]): Row {
  const { p95 } = figuresOf(ms);
  const row = { what, value: round(median(ms)), unit: "ms", p95 };
  if (what === floorName || what.startsWith("raw")) return row;
  const ratio = round(median(ms) / median(floorMs));
  const most = BINDING[what];
  if (most === undefined) return { ...row, ratio, floor: floorName };
  return { ...row, ratio, floor: floorName, target: `<= ${most} x, binding`, met: ratio <= most ? "met" : "missed" };
}

async function manyWriters(subject: Subject, documents: number): Promise<Row> {
  const each = 40;
  const began = performance.now();
  const writer = async (w: number): Promise<void> => {
    for (let i = 0; i < each; i++) await subject.update(spread(w * each + i, documents));
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, w) => writer(w)));
  const perSecond = (WRITERS * each) / ((performance.now() - began) / 1000);
  return guide("50 writers", perSecond, "per s", 1500, true);
}

async function wholeReads(what: string, runs: number, ask: () => Promise<unknown>): Promise<Row> {
  const ms: number[] = [];
  for (let i = 0; i < runs; i++) {
    const began = performance.now();
    await ask();
    ms.push(performance.now() - began);
  }
  return guide(what, median(ms), "ms", 400, false);
}

/** Pages of the data file count as private while no other process maps them, though the system can drop them any time. */
function memoryRows(when: string, m: ReturnType<typeof privateMemory>): Row[] {
  return [
    atMost(when, m.privateMB, "MB private", 150),
    { what: when, value: m.ownMB, unit: "MB private without clean pages of files" },
  ];
}

function atMost(what: string, value: number, unit: string, most: number): Row {
  return { what, value: round(value), unit, target: `< ${most}, binding`, met: value < most ? "met" : "missed" };
}

function guide(what: string, value: number, unit: string, limit: number, more: boolean): Row {
  const met = more ? value >= limit : value <= limit;
  return {
    what,
    value: round(value),
    unit,
    target: `${more ? ">=" : "<="} ${limit}, guide`,
    met: met ? "met" : "missed",
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function round(value: number): number {
  return value < 100 ? Math.round(value * 100) / 100 : Math.round(value);
}
