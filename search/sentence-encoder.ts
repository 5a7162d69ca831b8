import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { createEncoderQueue, type Urgency } from "./encoder-queue";
import { spelledOut } from "./glossary";
import { sentencePieces } from "./sentence-pieces";

/** A text, its title by itself where it has one. */
export interface EncodedText {
  title?: string;
  text: string;
}

/**
 * Turns texts into vectors by what they mean, in a thread of its own. Nothing waits for it: until it is ready, or where
 * it cannot be, words alone serve.
 */
export interface SentenceEncoder {
  state(): EncoderState;
  /** Once it is known whether there is an encoder. Never rejects. */
  settled(): Promise<void>;
  /**
   * The vector of a text: title and body by halves, 512 numbers of length one; of what could be read within `withinMs`.
   * Undefined when there is no encoder, no word, or nothing was read in time. Abbreviations are read as what they stand
   * for.
   */
  encode(of: EncodedText, urgency: Urgency, withinMs?: number): Promise<Float32Array | undefined>;
  close(): Promise<void>;
}

export type EncoderState =
  | { state: "starting" }
  /** `version` changes when vectors made before cannot be compared with vectors made now. */
  | { state: "ready"; version: string }
  | { state: "unavailable"; why: string };

/** Raised when the same text comes to another vector by the same model: other pieces, other abbreviations. */
const readingVersion = 1;
/** Vectors of pieces kept, 2 KB each: while somebody types, only the last piece is new. */
const keptPieces = 1_000;

const answerSchema = z.union([
  z.object({ ready: z.string() }),
  z.object({ id: z.number(), sentence: z.instanceof(Float32Array).nullable() }),
]);

/**
 * Starts the encoder with its model in `<dataDir>/models`, made there at the first start. `threads`: one leaves the
 * rest of the machine to others. Never throws: `state` says why there is none.
 */
export function startSentenceEncoder(options: {
  dataDir: string;
  threads?: number;
  onFault?: (fault: Error) => void;
}): SentenceEncoder {
  let state: EncoderState = { state: "starting" };
  let closing = false;
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const worker = startWorker({ cacheDir: join(options.dataDir, "models"), threads: options.threads ?? 1 });
  const queue = createEncoderQueue((id, text) => worker.postMessage({ id, text }));
  const end = (why: string, fault: Error) => {
    if (closing || state.state === "unavailable") return;
    state = { state: "unavailable", why };
    queue.giveUp();
    settle();
    options.onFault?.(fault);
  };
  worker.on("message", (message: unknown) => {
    const answer = answerSchema.parse(message);
    if ("id" in answer) return queue.answered(answer.id, answer.sentence ?? undefined);
    state = { state: "ready", version: `${answer.ready}-${readingVersion}` };
    queue.start();
    settle();
  });
  worker.on("error", (fault) => end("the sentence encoder cannot run on this machine", fault));
  worker.on("exit", () => end("the sentence encoder ended", new Error("The sentence encoder's thread ended.")));
  const kept = new Map<string, Promise<Float32Array | undefined>>();

  const pieceVector = (piece: string, urgency: Urgency): Promise<Float32Array | undefined> => {
    const key = createHash("sha256").update(piece).digest("base64url");
    const known = kept.get(key);
    if (known && urgency !== "query") return known;
    kept.delete(key);
    const vector = known ?? queue.ask(piece, urgency);
    kept.set(key, vector);
    if (kept.size > keptPieces) kept.delete(kept.keys().next().value ?? "");
    return vector;
  };
  /** Pieces of a text as they are read, until time is up. */
  const reading = (text: string, urgency: Urgency) => {
    const pieces = sentencePieces(spelledOut(text));
    const read: Float32Array[] = [];
    const all = pieces.map(async (piece) => {
      const vector = await pieceVector(piece, urgency);
      if (vector) read.push(vector);
    });
    return { read, all: Promise.all(all) };
  };
  return {
    state: () => state,
    settled: () => settled,
    async encode({ title, text }, urgency, withinMs) {
      if (state.state !== "ready") return undefined;
      const halves = [...(title ? [reading(title, urgency)] : []), reading(text, urgency)];
      const all = Promise.all(halves.map((half) => half.all));
      await (withinMs === undefined ? all : Promise.race([all, timePassing(withinMs)]));
      return mean(halves.map((half) => mean(half.read)));
    },
    async close() {
      if (closing) return;
      closing = true;
      queue.giveUp();
      settle();
      if (state.state === "unavailable") return;
      const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
      // Still loading, it would hear of it only at the end.
      if (state.state === "ready") worker.postMessage("close");
      else void worker.terminate();
      await ended;
    },
  };
}

/** For who has no use for one, and for tests: words alone serve. */
export function noSentenceEncoder(why: string): SentenceEncoder {
  return {
    state: () => ({ state: "unavailable", why }),
    settled: async () => undefined,
    encode: async () => undefined,
    close: async () => undefined,
  };
}

/** Bundled, the worker lies beside this file; from source, it is TypeScript and tsx has to read it. */
function startWorker(workerData: { cacheDir: string; threads: number }): Worker {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = join(here, "sentence-worker.js");
  if (existsSync(bundled)) return new Worker(bundled, { workerData });
  return new Worker(join(here, "sentence-worker-from-source.mjs"), { workerData, execArgv: [] });
}

function mean(vectors: readonly (Float32Array | undefined)[]): Float32Array | undefined {
  const known = vectors.filter((vector) => vector !== undefined);
  const [first] = known;
  if (!first) return undefined;
  if (known.length === 1) return first;
  const sum = new Float32Array(first.length);
  for (const vector of known) for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (vector[at] ?? 0);
  const length = Math.hypot(...sum);
  return length === 0 ? undefined : sum.map((value) => value / length);
}

function timePassing(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
