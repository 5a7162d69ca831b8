import type { TextRun } from "../domain/ports";

/** A text with what matched marked. */
export function TextRuns({ runs }: { runs: readonly TextRun[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity but their place
  return runs.map((run, at) => (run.marked ? <mark key={at}>{run.text}</mark> : <span key={at}>{run.text}</span>));
}
