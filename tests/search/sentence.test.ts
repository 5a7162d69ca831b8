import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEncoderQueue } from "../../search/encoder-queue";
import { product } from "../../search/joined-vector";
import { type SentenceEncoder, startSentenceEncoder } from "../../search/sentence-encoder";
import { sentencePieces } from "../../search/sentence-pieces";

let dataDir: string;
let encoder: SentenceEncoder;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "ct-encoder-"));
  encoder = startSentenceEncoder({ dataDir });
  await encoder.settled();
});
afterAll(async () => {
  await encoder.close();
  await rm(dataDir, { recursive: true, force: true });
});

const meaning = async (text: string, title?: string): Promise<Float32Array> => {
  const vector = await encoder.encode({ text, ...(title ? { title } : {}) }, "issue");
  if (!vector) throw new Error("no vector");
  return vector;
};
const alike = async (one: string, other: string) => product(await meaning(one), await meaning(other));

describe("The sentence encoder", () => {
  test("gives the numbers that the weights' own package gives", async () => {
    expect(encoder.state()).toEqual({ state: "ready", version: "a24c681c-1" });
    const vector = await meaning("The discharge summary never came to our practice.");
    expect(vector.length).toBe(512);
    expect(Array.from(vector.slice(0, 3))).toEqual([
      expect.closeTo(-0.0467138, 5),
      expect.closeTo(0.0367129, 5),
      expect.closeTo(0.0537802, 5),
    ]);
    expect(product(vector, vector)).toBeCloseTo(1, 4);
  });

  test("brings texts together by what they mean", async () => {
    const near = await alike("Nobody picks up when we ring the ward", "The unit never answers its phone");
    const far = await alike("Nobody picks up when we ring the ward", "The vaccine fridge broke down again");
    expect(near).toBeGreaterThan(far + 0.1);
  });

  test("18.3 reads abbreviations as what they stand for", async () => {
    expect(await alike("EDS missing since Monday", "electronic discharge summary missing since Monday")).toBeCloseTo(
      1,
      4,
    );
    expect(await alike("The us too button", "The us too button")).toBeCloseTo(1, 4);
  });

  test("18.3 reads long texts to their end", async () => {
    const long = "We rang the clinic on Monday and were told to ring again on Tuesday. ".repeat(30);
    expect(await alike(`${long}Then the vaccine fridge broke.`, `${long}Then the letter was lost.`)).toBeLessThan(
      0.9999,
    );
  });

  test("gives a title and a text half the say each, however long the text", async () => {
    const [title, text] = [await meaning("Fridge broken"), await meaning("Letters lost. ".repeat(100))];
    const both = await meaning("Letters lost. ".repeat(100), "Fridge broken");
    expect(product(both, title)).toBeCloseTo(product(both, text), 3);
  });

  test("18.1 has no vector for a text without words, and keeps no question waiting longer than it may", async () => {
    expect(await encoder.encode({ text: "" }, "query")).toBeUndefined();
    expect(await encoder.encode({ text: " \n " }, "query")).toBeUndefined();
    const many = Array.from({ length: 40 }, (_, n) => encoder.encode({ text: `Letter number ${n} was lost` }, "query"));
    expect(await encoder.encode({ text: "Behind all those" }, "bulk", 1)).toBeUndefined();
    expect((await Promise.all(many)).every((vector) => vector?.length === 512)).toBe(true);
  });
});

describe("The encoder's model", () => {
  test("18.2 is made once, under a name that says what it was made of", async () => {
    const [file, ...others] = await readdir(join(dataDir, "models"));
    expect(others).toEqual([]);
    expect(file).toMatch(/^a24c681c[0-9a-f]{56}\.onnx$/);
    const before = await stat(join(dataDir, "models", file ?? ""));
    const again = startSentenceEncoder({ dataDir });
    await again.settled();
    expect(again.state().state).toBe("ready");
    await again.close();
    expect((await stat(join(dataDir, "models", file ?? ""))).mtimeMs).toBe(before.mtimeMs);
  });

  test("18.2 is made again where its file is broken", async () => {
    const folder = await mkdtemp(join(tmpdir(), "ct-encoder-"));
    const [file = ""] = await readdir(join(dataDir, "models"));
    const models = join(folder, "models");
    await mkdir(models);
    await writeFile(join(models, file), "no model");
    const healed = startSentenceEncoder({ dataDir: folder });
    await healed.settled();
    expect(healed.state().state).toBe("ready");
    await healed.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("18.1 that cannot be made leaves words alone to serve, and says why", async () => {
    const file = join(dataDir, "a-file");
    await writeFile(file, "");
    const faults: Error[] = [];
    const none = startSentenceEncoder({ dataDir: file, onFault: (fault) => faults.push(fault) });
    await none.settled();
    expect(none.state()).toEqual({ state: "unavailable", why: "the sentence encoder cannot run on this machine" });
    expect(await none.encode({ text: "Anything" }, "query")).toBeUndefined();
    expect(faults).toHaveLength(1);
    await none.close();
  });

  test("18.1 that is still being made can be closed, and keeps nobody waiting", async () => {
    const closing = startSentenceEncoder({ dataDir });
    const asked = closing.encode({ text: "Anything" }, "query");
    expect(await asked).toBeUndefined();
    await closing.close();
    await closing.settled();
  });
});

describe("A text in pieces", () => {
  test("is cut at the ends of sentences, from the beginning, and loses nothing", () => {
    const sentence = "We rang the clinic on Monday and were told to ring again on Tuesday.";
    const pieces = sentencePieces(Array.from({ length: 20 }, () => sentence).join(" "));
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(480);
      expect(piece.endsWith("Tuesday.")).toBe(true);
    }
    const longer = sentencePieces(`${Array.from({ length: 20 }, () => sentence).join(" ")} And more.`);
    expect(longer.slice(0, pieces.length - 1)).toEqual(pieces.slice(0, -1));
    expect(longer.join(" ")).toContain("And more.");
  });

  test("is cut at spaces where a sentence never ends, and anywhere where there are none", () => {
    expect(sentencePieces("word ".repeat(300)).every((piece) => piece.length <= 480)).toBe(true);
    expect(sentencePieces("x".repeat(1_000)).map((piece) => piece.length)).toEqual([480, 480, 40]);
    expect(sentencePieces("  \n ")).toEqual([]);
  });
});

describe("Who waits for the encoder", () => {
  test("a question goes before an issue, and an issue before the many behind the scenes", () => {
    const sent: string[] = [];
    const queue = createEncoderQueue((id, text) => sent.push(`${id} ${text}`));
    void queue.ask("bulk", "bulk");
    void queue.ask("issue", "issue");
    void queue.ask("query", "query");
    expect(sent).toEqual([]);
    queue.start();
    for (const id of [1, 2, 3]) queue.answered(id, undefined);
    expect(sent).toEqual(["1 query", "2 issue", "3 bulk"]);
  });

  test("nobody waits for an encoder that gave up", async () => {
    const queue = createEncoderQueue(() => undefined);
    queue.start();
    const asked = [queue.ask("one", "query"), queue.ask("two", "bulk")];
    queue.giveUp();
    expect(await Promise.all([...asked, queue.ask("three", "query")])).toEqual([undefined, undefined, undefined]);
  });
});
