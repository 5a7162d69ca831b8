/**
 * The thread the sentence encoder lives in: makes the model's file when it is missing, loads it, and answers one text
 * at a time. Which text is next is decided by who asks (`sentence-encoder.ts`).
 */
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { z } from "zod";
import { mostPieces, openSentenceModel, sentenceDimensions } from "./sentence-model";
import { sentenceTokens } from "./sentence-tokens";

const port = parentPort;
if (!port) throw new Error("this file runs as a worker thread");

const { cacheDir, threads } = z.object({ cacheDir: z.string(), threads: z.number() }).parse(workerData);
const questionSchema = z.object({ id: z.number(), text: z.string() });
/** Seven pieces come without a score, which the package reads as nought. */
const scoreSchema = z
  .number()
  .nullable()
  .transform((score) => score ?? 0);
const vocabularySchema = z.array(z.tuple([z.string(), scoreSchema]));

const model = await openSentenceModel(cacheDir);
const tokens = sentenceTokens(vocabularySchema.parse(JSON.parse(readFileSync(model.vocabulary, "utf8"))));
const session = await load().catch(async () => {
  // A file that cannot be read is made again, once.
  await rm(model.path, { force: true });
  await openSentenceModel(cacheDir);
  return load();
});

port.on("message", async (question: unknown) => {
  if (question === "close") {
    await session.release();
    port.close();
    return;
  }
  const { id, text } = questionSchema.parse(question);
  const sentence = await encode(text);
  port.postMessage({ id, sentence });
});
port.postMessage({ ready: model.version });

function load(): Promise<InferenceSession> {
  return InferenceSession.create(model.path, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // What a long text needed is given back, not kept for the next one.
    enableCpuMemArena: false,
  });
}

/** The vector of a text, 512 numbers of length one; null where nothing in it can be read. */
async function encode(text: string): Promise<Float32Array | null> {
  const ids = tokens.encode(text);
  if (ids.length === 0) return null;
  const sum = new Float32Array(sentenceDimensions);
  for (let from = 0; from < ids.length; from += mostPieces) {
    const some = ids.slice(from, from + mostPieces);
    const read = new Tensor("int64", BigInt64Array.from(some.map(BigInt)), [some.length]);
    const { sentence } = await session.run({ ids: read });
    const values = z.instanceof(Float32Array).parse(sentence?.data);
    for (const [at, value] of values.entries()) sum[at] = (sum[at] ?? 0) + value * some.length;
  }
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}
