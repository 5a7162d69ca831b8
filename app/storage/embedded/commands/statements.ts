/** The statements of a write command: one after the other, errors told by position. */
import { decode } from "../bson";
import { StoreError } from "../errors";
import { arrayOption } from "../options";
import { type Doc, doc, isDoc, type Value } from "../values";
import type { CommandContext } from "./context";

export const MAX_BATCH = 100_000;
/** Statements that may wait for the same commit. */
const MAX_WAITING = 1000;

export function writeError(error: unknown, index: number): Doc {
  if (!(error instanceof StoreError)) throw error;
  return doc({ index, code: error.code, errmsg: error.message, ...(error.details as Record<string, Value>) });
}

/** An error that says the whole command cannot go on: the disk, a shutdown, damage. */
export function isFatal(error: unknown): boolean {
  return !(error instanceof StoreError) || [1, 50, 91, 96, 14031].includes(error.code);
}

export function statements(context: CommandContext, key: string): Doc[] {
  const sequence = context.sequences.get(key);
  const list = sequence ? sequence.map(decode) : arrayOption(context.command, key);
  checkBatch(list.length);
  return list.map((s) => {
    if (!isDoc(s)) throw new StoreError(14, `BSON field '${key}' must hold objects`);
    return s;
  });
}

export function checkBatch(size: number): void {
  if (size >= 1 && size <= MAX_BATCH) return;
  throw new StoreError(16, `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${size} operations.`);
}

/** A statement ready to run: quick ones inside a shared commit, long ones by themselves. */
export type Prepared<T> = { quick: true; frees: boolean; work: () => T } | { quick: false; run: () => Promise<T> };

export interface Outcomes<T> {
  results: { index: number; result: T }[];
  errors: Doc[];
}

const SKIPPED = Symbol("skipped");

/**
 * Runs statements in their order. Quick ones do not wait for each other's commit: they share one. When `ordered`,
 * nothing runs after the first that fails.
 */
export async function inOrder<T>(
  context: CommandContext,
  list: Doc[],
  ordered: boolean,
  prepare: (s: Doc) => Prepared<T>,
): Promise<Outcomes<T>> {
  const { engine } = context.store;
  const out: Outcomes<T> = { results: [], errors: [] };
  let waiting: Promise<void>[] = [];
  let stoppedAt = Number.POSITIVE_INFINITY;
  let fatal: unknown;
  const stop = (index: number): void => {
    if (ordered) stoppedAt = Math.min(stoppedAt, index);
  };
  const fail = (index: number, error: unknown): void => {
    if (isFatal(error)) fatal ??= error;
    else out.errors.push(writeError(error, index));
    stop(isFatal(error) ? -1 : index);
  };
  const drain = async (): Promise<void> => {
    await Promise.all(waiting);
    waiting = [];
    if (fatal) throw fatal;
  };
  const queue = (index: number, p: Extract<Prepared<T>, { quick: true }>): Promise<void> =>
    engine
      .write<T | typeof SKIPPED>(() => {
        if (index > stoppedAt) return SKIPPED;
        try {
          return p.work();
        } catch (error) {
          stop(index);
          throw error;
        }
      }, p.frees)
      .then(
        (result) => {
          if (result !== SKIPPED) out.results.push({ index, result });
        },
        (error: unknown) => fail(index, error),
      );
  for (const [index, s] of list.entries()) {
    if (index > stoppedAt) break;
    try {
      const p = prepare(s);
      if (p.quick) waiting.push(queue(index, p));
      else {
        await drain();
        if (index <= stoppedAt) out.results.push({ index, result: await p.run() });
      }
    } catch (error) {
      if (fatal) throw fatal;
      await drain();
      if (index <= stoppedAt) fail(index, error);
    }
    if (waiting.length >= MAX_WAITING) await drain();
  }
  await drain();
  out.errors.sort((a, b) => Number(position(a)) - Number(position(b)));
  return out;
}

function position(error: Doc): number {
  return (error.get("index") as { value: number }).value;
}
