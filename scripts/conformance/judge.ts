/** Replays one recorded case and says how the answers compare. */
import { type Document, type MongoClient, MongoServerError } from "mongodb";
import { canonical, type Expectation, isPlain, type RecordedCase, revive } from "./recorded";

export interface Verdict {
  id: string;
  kind: "strict" | "loose" | "refused" | "wrong" | "outside" | "outside-wrong";
  why: string;
  /** Outside: the very command that is compared ended in an error. */
  lastRefused?: boolean;
}

interface Answer {
  reply?: Document;
  code?: number;
  message?: string;
}

/** Unsupported; an unknown command, stage, expression or option. */
const REFUSALS = new Set([238, 59, 40324, 168, 40415]);
const TYPES_KEPT = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true };

/**
 * A case is outside the subset when the store refused one of its commands as unsupported. From then on the recorded
 * answers no longer apply; an answer that differs before the first refusal is wrong all the same.
 */
export async function replay(client: MongoClient, c: RecordedCase): Promise<Verdict> {
  await client.db("ft").dropDatabase();
  const answers: Answer[] = [];
  for (const s of c.steps) answers.push(await send(client, s.db, s.cmd));
  const refused = answers.findIndex((a, i) => isRefusal(a) && !c.expect.some((x) => x.of === i && x.code === a.code));
  const differing = c.expect.flatMap((x) => {
    const why = difference(x, answers[x.of], exact);
    return why ? [{ x, why }] : [];
  });
  const first = differing[0];
  if (!first) return { id: c.id, kind: "strict", why: "" };
  const { why } = first;
  if (refused >= 0) {
    const early = differing.some(({ x }) => x.of < refused && answers[x.of]?.code === undefined);
    return {
      id: c.id,
      kind: early ? "outside-wrong" : "outside",
      why,
      lastRefused: answers[first.x.of]?.code !== undefined,
    };
  }
  if (differing.every(({ x }) => !difference(x, answers[x.of], byValue))) return { id: c.id, kind: "loose", why };
  return { id: c.id, kind: answers[first.x.of]?.code === undefined ? "wrong" : "refused", why };
}

async function send(client: MongoClient, db: string, command: Document): Promise<Answer> {
  try {
    const sent = Object.fromEntries(Object.entries(command).map(([k, v]) => [k, revive(v)]));
    const reply = await client.db(db).command(sent, TYPES_KEPT);
    const failed = reply.writeErrors?.[0];
    if (failed) return { reply, code: Number(failed.code), message: String(failed.errmsg) };
    return { reply };
  } catch (error) {
    if (error instanceof MongoServerError) return { code: Number(error.code), message: error.message };
    throw error;
  }
}

function isRefusal(a: Answer): boolean {
  return isRefusalCode(a.code);
}

/** True of the codes the store refuses with what lies outside its subset. */
export function isRefusalCode(code: number | undefined): boolean {
  return code !== undefined && REFUSALS.has(code);
}

type Writing = (v: unknown) => string;

/** What differs between a recorded answer and this one, or undefined. */
function difference(x: Expectation, a: Answer | undefined, write: Writing): string | undefined {
  if (!a) return "the case names a command that it has not";
  if (x.kind === "error") {
    if (a.code === undefined) return `error ${x.code} is due, none came`;
    return write === byValue || a.code === x.code ? undefined : `error ${x.code} is due, ${a.code} came: ${a.message}`;
  }
  if (!a.reply) return `an answer is due, error ${a.code} came: ${a.message}`;
  if (x.kind === "ok") return undefined;
  let got = canonical(x.kind === "batch" ? a.reply.cursor?.firstBatch : a.reply);
  let due = x.value;
  if (x.kind === "partial") got = named(due, got);
  if (x.anyOrder) [got, due] = [got, due].map((v) => (Array.isArray(v) ? [...v].sort(by(write)) : v));
  if (write(got) === write(due)) return undefined;
  return `due ${JSON.stringify(due).slice(0, 200)}, came ${JSON.stringify(got)?.slice(0, 200)}`;
}

const by =
  (write: Writing) =>
  (a: unknown, b: unknown): number =>
    write(a) < write(b) ? -1 : 1;

/** Of a reply, only the fields that the recorded answer names. */
function named(due: unknown, got: unknown): unknown {
  if (Array.isArray(due) && Array.isArray(got)) return due.map((d, i) => named(d, got[i]));
  if (!isPlain(due) || !isPlain(got) || isValue(due) || isValue(got)) return got;
  return Object.fromEntries(
    Object.keys(due)
      .filter((k) => k in got)
      .map((k) => [k, named(due[k], got[k])]),
  );
}

function isValue(v: Record<string, unknown>): boolean {
  return Object.keys(v).some((k) => k.startsWith("$"));
}

/** Text that is the same for equal values; the order of fields is not looked at. */
function exact(v: unknown): string {
  return JSON.stringify(withSortedFields(v, (x) => ("$numberDouble" in x ? { $numberDouble: doubleText(x) } : x)));
}

/** As `exact`, where 1, 1.0 and NumberLong(1) are the same. */
function byValue(v: unknown): string {
  return JSON.stringify(withSortedFields(v, numberOf));
}

/** One way to write each double. */
function doubleText(v: Record<string, unknown>): string {
  const n = Number(v.$numberDouble);
  return Object.is(n, -0) ? "-0" : String(n);
}

function withSortedFields(v: unknown, change: (v: Record<string, unknown>) => unknown): unknown {
  if (Array.isArray(v)) return v.map((x) => withSortedFields(x, change));
  if (!isPlain(v)) return v;
  const changed = change(v);
  if (!isPlain(changed)) return changed;
  return Object.fromEntries(
    Object.keys(changed)
      .sort()
      .map((k) => [k, withSortedFields(changed[k], change)]),
  );
}

function numberOf(v: Record<string, unknown>): unknown {
  const [key, ...others] = Object.keys(v);
  if (others.length > 0 || !/^\$number(Int|Long|Double|Decimal)$/.test(key ?? "")) return v;
  const n = Number(v[key!]);
  if (Number.isNaN(n)) return "NaN";
  return n === 0 ? 0 : n;
}
