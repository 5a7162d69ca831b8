import { z } from "zod";
import type { IndexHit, SearchAnswer, TextRun } from "../app/domain/ports";
import { facetAttributes } from "./filter";
import { textRuns } from "./text-runs";

/** What the engine answers, checked at the door. */

const hitSchema = z.object({
  id: z.string(),
  _formatted: z
    .object({
      title: z.string().default(""),
      body: z.string().default(""),
      replies: z.array(z.string()).default([]),
      names: z.array(z.string()).default([]),
    })
    .default({}),
});

export const answerSchema = z.object({
  hits: z.array(hitSchema),
  estimatedTotalHits: z.number().default(0),
  facetDistribution: z.record(z.record(z.number())).default({}),
});
export type EngineAnswer = z.infer<typeof answerSchema>;

export const answersSchema = z.object({ results: z.array(answerSchema) });

export const likeSchema = z.object({
  hits: z.array(z.object({ id: z.string(), service: z.string().nullable() })),
});

export function toHits(answer: EngineAnswer): IndexHit[] {
  return answer.hits.map(({ id, _formatted }) => ({
    id,
    title: textRuns(_formatted.title),
    excerpt: excerptOf(_formatted),
  }));
}

/** The first text in which something was marked; without any, the beginning of what was raised. */
function excerptOf(formatted: { body: string; replies: string[]; names: string[] }): TextRun[] {
  const runs = [formatted.body, ...formatted.replies, ...formatted.names].map(textRuns);
  return runs.find((each) => each.some((run) => run.marked)) ?? runs[0] ?? [];
}

/** Facet counts by their names on the board, from answers that each hold some of them: the later ones win. */
export function toFacets(answers: readonly EngineAnswer[]): SearchAnswer["facets"] {
  const counts = (name: keyof typeof facetAttributes): Record<string, number> => {
    const attribute = facetAttributes[name];
    const holding = answers.filter((answer) => attribute in answer.facetDistribution);
    return holding.at(-1)?.facetDistribution[attribute] ?? {};
  };
  return { state: counts("state"), category: counts("category"), place: counts("place"), trust: counts("trust") };
}
