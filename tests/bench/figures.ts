import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

/** Milliseconds of repeated runs, summed up. */
export interface Figures {
  p50: number;
  p95: number;
  max: number;
  runs: number;
}

export function figuresOf(milliseconds: readonly number[]): Figures {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return { p50: at(0.5), p95: at(0.95), max: at(1), runs: sorted.length };
}

/** Prints rows as a table and writes them, with the machine they were measured on, to `bench-results/`. */
export function report(name: string, rows: readonly Record<string, string | number>[], facts: object = {}): void {
  console.table(rows);
  mkdirSync("bench-results", { recursive: true });
  const file = `bench-results/${name}.json`;
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
  writeFileSync(file, `${JSON.stringify({ name, at: new Date().toISOString(), machine, ...facts, rows }, null, 2)}\n`);
  console.log(`Written to ${file}`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
