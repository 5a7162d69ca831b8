import type { Issue } from "../app/domain/issue";
import type { Corpus } from "./corpus";
import { dimensions, joinedVector, type Meaning } from "./joined-vector";
import type { Near } from "./similar";

/** An issue with what decides who may know of it, and its vector. */
export interface NearRow extends Near {
  audience: readonly string[];
  vector: Float32Array | undefined;
}

/**
 * Every issue's vector in memory, for while the engine is away: looked through one by one, those first left out that
 * the viewer may not know of. A kilobyte an issue: with 20,000 of them 20 MB and some 60 ms a question.
 */
export interface NearInMemory {
  /** Nearest issues; undefined while they are being read from the store, and when there are too many. */
  nearest(keys: readonly string[], vector: Float32Array, limit: number, except?: string): Near[] | undefined;
  /** An issue as it is now, if any are held. */
  put(row: NearRow): void;
}

/** More than these are not compared one by one. */
export const mostInMemory = 20_000;
/** Other nodes change issues too: after this long everything is read again. */
const keptForMs = 600_000;

interface Held extends Near, InBytes {
  audience: readonly string[];
}

/** A vector in steps of a byte: what matters is which are near, not how near exactly. */
interface InBytes {
  bytes: Int8Array;
  step: number;
}

export function nearInMemory(options: {
  every: () => AsyncIterable<NearRow[]>;
  most?: number;
  onFault?: (fault: unknown) => void;
}): NearInMemory {
  const most = options.most ?? mostInMemory;
  let held: Map<string, Held> | "too many" | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  /** What changed while everything was read. */
  let meanwhile: NearRow[] = [];

  const readAll = async () => {
    const rows = new Map<string, Held>();
    for await (const batch of options.every()) {
      for (const row of batch) hold(rows, row);
      if (rows.size > most) break;
    }
    for (const row of meanwhile) hold(rows, row);
    held = rows.size > most ? "too many" : rows;
    readAt = performance.now();
  };
  const read = () => {
    meanwhile = [];
    reading ??= readAll()
      .catch((fault) => options.onFault?.(fault))
      .finally(() => {
        reading = undefined;
      });
  };
  return {
    nearest(keys, vector, limit, except) {
      if (performance.now() - readAt > keptForMs && !reading) read();
      if (held === undefined || held === "too many") return undefined;
      const may = new Set(keys);
      const asked = inBytes(vector);
      const near: { row: Held; product: number }[] = [];
      for (const row of held.values())
        if (row.id !== except && row.audience.some((key) => may.has(key)))
          near.push({ row, product: productOf(asked, row) });
      return near
        .sort((a, b) => b.product - a.product)
        .slice(0, limit)
        .map(({ row: { id, service } }) => ({ id, service }));
    },
    put(row) {
      if (reading) meanwhile.push(row);
      if (held instanceof Map) hold(held, row);
    },
  };
}

export function nearRow(issue: Pick<Issue, "id" | "audience" | "about">, of: Meaning, corpus: Corpus): NearRow {
  const { id, audience, about } = issue;
  return { id, audience, service: about.service ?? null, vector: joinedVector(of, corpus) };
}

function hold(rows: Map<string, Held>, { id, service, audience, vector }: NearRow): void {
  rows.delete(id);
  if (!vector) return;
  rows.set(id, { id, service, audience, ...inBytes(vector) });
}

function inBytes(vector: Float32Array): InBytes {
  const step = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
  return { step, bytes: Int8Array.from(vector, (value) => (step === 0 ? 0 : Math.round(value / step))) };
}

function productOf(one: InBytes, other: InBytes): number {
  const [a, b] = [one.bytes, other.bytes];
  let sum = 0;
  for (let at = 0; at < dimensions; at++) sum = (sum + (a[at] ?? 0) * (b[at] ?? 0)) | 0;
  return sum * one.step * other.step;
}
