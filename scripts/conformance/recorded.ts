/** Recorded cases: JSON lines, values in MongoDB's canonical extended JSON. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { BSON } from "mongodb";
import { z } from "zod";

const expectation = z.object({
  /** Which step's reply is meant. */
  of: z.number(),
  /** batch: the documents of the cursor; raw: the whole reply; partial: its named fields; ok: no error; error. */
  kind: z.enum(["batch", "raw", "partial", "ok", "error"]),
  value: z.unknown(),
  code: z.number().nullish(),
  anyOrder: z.boolean().nullish(),
});

const recordedCase = z.object({
  id: z.string(),
  steps: z.array(z.object({ db: z.string(), cmd: z.record(z.unknown()) })),
  expect: z.array(expectation),
});

export type Expectation = z.infer<typeof expectation>;
export type RecordedCase = z.infer<typeof recordedCase>;

const CASES = /\.jsonl(\.gz)?$/;

/** The cases of a file, or of every file of cases in a folder. */
export function readCases(path: string): RecordedCase[] {
  if (statSync(path).isDirectory()) {
    return readdirSync(path)
      .filter((f) => CASES.test(f))
      .sort()
      .flatMap((f) => readCases(join(path, f)));
  }
  if (!CASES.test(path)) return [];
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes)
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => recordedCase.parse(JSON.parse(line)));
}

export function isPlain(v: unknown): v is Record<string, unknown> {
  return typeof v === "object" && v !== null && !Array.isArray(v);
}

const VALUES = new Set(
  `$numberInt $numberLong $numberDouble $numberDecimal $oid $date $timestamp $regularExpression $minKey
  $maxKey $code $symbol $undefined $dbPointer`.split(/\s+/),
);

/** BSON values from canonical extended JSON. `$regex` and the like stay the operators they are in a command. */
export function revive(v: unknown): unknown {
  if (Array.isArray(v)) return v.map(revive);
  if (typeof v !== "object" || v === null) return v;
  const keys = Object.keys(v);
  if (keys[0] === "$binary") return reviveBinary(v);
  if (VALUES.has(keys[0] ?? "") && keys.slice(1).every((k) => k === "$scope")) {
    return BSON.EJSON.deserialize({ v }, { relaxed: false }).v;
  }
  return new Map(Object.entries(v).map(([k, x]) => [k, revive(x)]));
}

const binary = z.object({ $binary: z.object({ base64: z.string(), subType: z.string() }) });

/** By hand, because the driver refuses a UUID of another length than 16 bytes, which a case may send. */
function reviveBinary(v: unknown): BSON.Binary {
  const { base64, subType } = binary.parse(v).$binary;
  return new BSON.Binary(Buffer.from(base64, "base64"), Number.parseInt(subType, 16));
}

/** Canonical extended JSON of a reply that was read with its types kept. */
export function canonical(v: unknown): unknown {
  return BSON.EJSON.serialize({ v }, { relaxed: false }).v;
}
