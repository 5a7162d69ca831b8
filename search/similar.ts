import type { VectorStore } from "../app/domain/ports";
import { type Closeness, closeness, readText } from "./closeness";
import { encode, encoderVersion } from "./encoder";
import type { Engine } from "./engine";
import { quoted, rightsFilter } from "./filter";
import { documentsSchema, likeSchema } from "./index-answers";
import { embedder } from "./index-settings";

export type LikeWhat = { title?: string; text: string; service?: string } | { issue: string };
export type Like = { id: string } & Closeness;

/**
 * Scores, (1 + cosine) / 2. On the demonstration texts, where different people tell one thing in different words, .62
 * shows about two candidates for three texts, one in seven of the very same theme; of the 25 nearest pairs (.67 to .79)
 * 18 read as one matter. Texts made from one template lie above .85.
 */
export const alikeFrom = 0.62;
export const likelySameFrom = 0.75;

/** Candidates by vector are compared word by word: more of them, and with some slack, than are shown. */
const candidates = 16;
const candidateScore = 0.54;
/** What counts for a little more when texts are about equally alike. */
const sameServiceBonus = 0.02;

/** Nearest issues among those the holder of these keys may know of: the filter stands before the ranking. */
export async function findLike(
  parts: { engine: Engine; name: string; vectors: VectorStore },
  keys: readonly string[],
  to: LikeWhat,
  limit: number,
): Promise<Like[]> {
  const own = await ownText(parts, to);
  if (!own?.vector) return [];
  const filter = [rightsFilter(keys), ...(own.id ? [`id != ${quoted(own.id)}`] : [])];
  const vector = Array.from(own.vector);
  const { hits } = await parts.engine.ask(async (client) => {
    const answer = await client.index(parts.name).search("", {
      vector,
      hybrid: { embedder, semanticRatio: 1 },
      filter,
      limit: candidates,
      rankingScoreThreshold: candidateScore,
      attributesToRetrieve: ["id", "title", "body", "service"],
    });
    return likeSchema.parse(answer);
  });
  const mine = readText(own);
  return hits
    .map((hit) => {
      const like = closeness(mine, readText({ title: hit.title, text: hit.body }));
      const bonus = own.service && own.service === hit.service ? sameServiceBonus : 0;
      return { id: hit.id, ...like, order: like.score + bonus };
    })
    .filter((like) => like.score >= alikeFrom)
    .sort((a, b) => b.order - a.order)
    .slice(0, limit)
    .map(({ id, score, shared }) => ({ id, score, shared }));
}

interface OwnText {
  id?: string;
  title?: string;
  text: string;
  service?: string;
  vector: Float32Array | undefined;
}

/** The text to compare with: the one given, or an indexed issue's with its stored vector. */
async function ownText(
  { engine, name, vectors }: { engine: Engine; name: string; vectors: VectorStore },
  to: LikeWhat,
): Promise<OwnText | undefined> {
  if (!("issue" in to)) return { ...to, vector: encode(to) };
  const [found, stored] = await Promise.all([
    engine.ask(async (client) => {
      const fields = ["id", "title", "body", "service"];
      return documentsSchema.parse(await client.index(name).getDocuments({ ids: [to.issue], fields }));
    }),
    vectors.ofIssues([to.issue]),
  ]);
  const document = found.results[0];
  if (!document) return undefined;
  const { id, title, body: text, service } = document;
  const vector = stored.find((each) => each.encoder === encoderVersion)?.values ?? encode({ title, text });
  return { id, title, text, vector, ...(service ? { service } : {}) };
}
