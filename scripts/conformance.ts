/**
 * `npm run conformance -- DIR_OR_FILE [...]`: replays recorded MongoDB commands against an embedded store of its own and
 * counts how its answers compare with those that were recorded. `--show N` lists N cases of each kind that differ,
 * `--filter TEXT` takes only the cases whose name contains it. Ends with 1 when a case outside the subset was answered
 * wrongly instead of being refused.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MongoClient } from "mongodb";
import { startEmbeddedStore } from "../app/storage/embedded/start";
import { replay, type Verdict } from "./conformance/judge";
import { readCases } from "./conformance/recorded";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: "string", default: "0" }, filter: { type: "string", default: "" } },
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
  if (cases.length === 0) {
    console.error("Name a folder or file of recorded cases (.jsonl or .jsonl.gz): npm run conformance -- DIR_OR_FILE");
    return 2;
  }
  const dataDir = mkdtempSync(join(tmpdir(), "ct-cases-"));
  const store = await startEmbeddedStore({ dataDir });
  const faults: Error[] = [];
  store.onFault((e) => faults.push(e));
  const client = await new MongoClient(store.uri, { retryWrites: false, retryReads: false }).connect();
  const verdicts: Verdict[] = [];
  try {
    for (const c of cases) verdicts.push(await replay(client, c));
  } finally {
    await client.close();
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  print(verdicts);
  for (const e of faults) console.error(`fault inside the store: ${e.message}`);
  return faults.length > 0 || verdicts.some((v) => v.kind === "outside-wrong") ? 1 : 0;
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
