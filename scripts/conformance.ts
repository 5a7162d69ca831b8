/**
 * `npm run conformance -- DIR_OR_FILE [...]`: replays recorded MongoDB commands (.jsonl, .jsonl.gz) and the drivers'
 * specification tests in the unified format (.json) against an embedded store of its own, or with `--uri URI` against
 * another server, and counts how the answers compare with those that are due. `--show N` lists N cases of each kind
 * that differ, `--filter TEXT` takes only the cases whose name contains it. Ends with 1 when a recorded case outside
 * the subset was answered wrongly instead of being refused, or a specification test failed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MongoClient } from "mongodb";
import { startEmbeddedStore } from "../app/storage/embedded/start";
import { replay, type Verdict } from "./conformance/judge";
import { type RecordedCase, readCases } from "./conformance/recorded";
import { readUnified, replayUnified, type UnifiedFile, type UnifiedVerdict } from "./conformance/unified";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    show: { type: "string", default: "0" },
    filter: { type: "string", default: "" },
    uri: { type: "string" },
  },
});

const HEADINGS: Record<Verdict["kind"], string> = {
  strict: "inside the subset, equal in types and error codes",
  loose: "inside, equal by value, or refused with another code",
  refused: "inside, an error where an answer was due",
  wrong: "inside, another answer",
  outside: "outside the subset, ends in an error",
  "outside-wrong": "outside, answered wrongly",
};

async function main(): Promise<number> {
  const cases = positionals.flatMap(readCases).filter((c) => c.id.includes(values.filter));
  const files = positionals.flatMap(readUnified);
  if (cases.length === 0 && files.length === 0) {
    console.error("Name a folder or file of cases (.jsonl, .jsonl.gz, .json): npm run conformance -- DIR_OR_FILE");
    return 2;
  }
  if (values.uri !== undefined) return (await judge(values.uri, cases, files)) ? 0 : 1;
  const dataDir = mkdtempSync(join(tmpdir(), "ct-cases-"));
  const store = await startEmbeddedStore({ dataDir });
  const faults: Error[] = [];
  store.onFault((e) => faults.push(e));
  try {
    const sound = await judge(store.uri, cases, files);
    for (const e of faults) console.error(`fault inside the store: ${e.message}`);
    return sound && faults.length === 0 ? 0 : 1;
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Replays and prints; true when nothing was answered wrongly that should have been refused. */
async function judge(uri: string, cases: RecordedCase[], files: UnifiedFile[]): Promise<boolean> {
  const verdicts = await replayAll(uri, cases);
  const tests: UnifiedVerdict[] = [];
  for (const f of files) tests.push(...(await replayUnified(uri, f)));
  if (verdicts.length > 0) print(verdicts);
  if (files.length > 0) printTests(tests.filter((t) => t.id.includes(values.filter)));
  return !verdicts.some((v) => v.kind === "outside-wrong") && !tests.some((t) => t.kind === "failed");
}

async function replayAll(uri: string, cases: RecordedCase[]): Promise<Verdict[]> {
  const client = await new MongoClient(uri, { retryWrites: false, retryReads: false }).connect();
  const verdicts: Verdict[] = [];
  try {
    for (const c of cases) verdicts.push(await replay(client, c));
  } finally {
    await client.close();
  }
  return verdicts;
}

const TEST_HEADINGS: Record<UnifiedVerdict["kind"], string> = {
  passed: "specification tests passed",
  refused: "outside the subset, refused",
  failed: "failed",
  over: "passed over: another server version or topology, or not a test of answers",
};

function printTests(tests: readonly UnifiedVerdict[]): void {
  for (const kind of Object.keys(TEST_HEADINGS) as UnifiedVerdict["kind"][]) {
    const list = tests.filter((t) => t.kind === kind);
    console.log(`${TEST_HEADINGS[kind]}: ${list.length}`);
    for (const t of list.slice(0, kind === "passed" ? 0 : Number(values.show)))
      console.log(`    ${t.id}\n      ${t.why}`);
  }
}

function print(verdicts: readonly Verdict[]): void {
  const of = (...kinds: Verdict["kind"][]): Verdict[] => verdicts.filter((v) => kinds.includes(v.kind));
  const inside = of("strict", "loose", "refused", "wrong").length;
  const share = (n: number): string => `${n} (${((100 * n) / Math.max(1, inside)).toFixed(2)} %)`;
  for (const kind of Object.keys(HEADINGS) as Verdict["kind"][]) {
    const list = of(kind);
    console.log(`${HEADINGS[kind]}: ${list.length}`);
    for (const v of list.slice(0, kind === "strict" ? 0 : Number(values.show)))
      console.log(`    ${v.id}\n      ${v.why}`);
  }
  const answered = of("outside").filter((v) => !v.lastRefused).length;
  console.log(`outside, where not the compared command but one before it was refused: ${answered}`);
  console.log(`${verdicts.length} cases, ${inside} inside the subset, ${verdicts.length - inside} outside`);
  console.log(`strict ${share(of("strict").length)}, loose ${share(of("strict", "loose").length)}`);
  console.log(`wrong answers: ${of("wrong").length} inside, ${of("outside-wrong").length} outside`);
}

process.exitCode = await main();
