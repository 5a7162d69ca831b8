import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { LabelledMeaning } from "../../search/label-model";
import { startSentenceEncoder } from "../../search/sentence-encoder";
import { textWords } from "../../search/text-words";

const labelSchema = z.union([z.string(), z.number()]).transform(String);
export const labelledRowSchema = z.object({ text: z.string().nullish(), labels: z.array(labelSchema).min(1) });

/** Labelled texts as the product reads them: their words, and what the sentence encoder makes of them. */
export async function meaningsOf(
  rows: readonly z.output<typeof labelledRowSchema>[],
  say: (line: string) => void,
): Promise<LabelledMeaning[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "ct-eval-"));
  const encoder = startSentenceEncoder({ dataDir, threads: 2 });
  try {
    await encoder.settled();
    if (encoder.state().state !== "ready")
      say("There is no sentence encoder here: these are the numbers of words alone.");
    const read = rows.map(async (row) => {
      const text = row.text ?? "";
      const sentence = await encoder.encode({ text }, "bulk");
      return { labels: row.labels, words: textWords({ text }).counts, sentence: sentence ?? new Float32Array() };
    });
    return await Promise.all(read);
  } finally {
    await encoder.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
