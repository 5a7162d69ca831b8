import { closeness, type ReadText, readText, sharedWords } from "./closeness";
import type { Corpus } from "./corpus";
import type { Engine } from "./engine";
import { quoted, rightsFilter } from "./filter";
import { documentsSchema, likeSchema } from "./index-answers";
import { embedder } from "./index-settings";
import type { IssueVectors } from "./issue-vectors";
import { joinedVector, type Meaning } from "./joined-vector";
import { scoreOf } from "./likeness-score";
import { textWords } from "./text-words";

export type LikeWhat = { title?: string; text: string; service?: string } | { issue: string };

export interface Like {
  id: string;
  /** From 0 to 1: see `likeness-score.ts`. */
  score: number;
  /** Words both texts share, at most 4, the most telling first, as the first one writes them. */
  shared: readonly string[];
}

export interface LikeOptions {
  limit: number;
  /** Lower scores are left out. */
  from: number;
}

/** What the engine finds by one vector is compared exactly: so many, of which a few are shown. */
const candidates = 100;
/** What counts for a little more when texts are about equally alike. */
const sameServiceBonus = 0.01;
const sharedAtMost = 4;

/** An issue that may be alike, with what is needed to compare it. */
export interface Candidate extends Meaning {
  id: string;
  service: string | null;
}

/** A text that others are compared with. */
export interface OwnText extends Meaning {
  id?: string;
  service?: string;
  /** How each word was written. */
  written: ReadonlyMap<number, string>;
}

/**
 * Nearest issues among those the holder of these keys may know of, best first: the filter stands before the ranking.
 * What the composer, the thread and `npm run eval` ask.
 */
export async function findLike(
  parts: { engine: Engine; name: string; vectors: IssueVectors },
  keys: readonly string[],
  to: LikeWhat,
  { limit, from }: LikeOptions,
): Promise<Like[]> {
  const [own, corpus] = await Promise.all([ownText(parts, to), parts.vectors.corpus()]);
  const vector = own && joinedVector(own, corpus);
  if (!own || !vector) return [];
  const near = await nearest(parts, keys, own, vector);
  const stored = await parts.vectors.ofIssues(near.map((each) => each.id));
  const known = new Map(stored.map((each) => [each.issue, each]));
  const compared = near.flatMap(({ id, service }): Candidate[] => {
    const found = known.get(id);
    return found ? [{ id, service, sentence: found.sentence, words: found.words }] : [];
  });
  return ranked(own, compared, corpus, limit).filter((like) => like.score >= from);
}

/** Candidates compared with the text one by one, the best first, each with what both say. */
export function ranked(own: OwnText, compared: Iterable<Candidate>, corpus: Corpus, limit: number): Like[] {
  const mine = readText(own, corpus);
  const likes: { id: string; closeness: number; order: number; theirs: ReadText }[] = [];
  for (const candidate of compared) {
    const theirs = readText(candidate, corpus);
    const close = closeness(mine, theirs, corpus);
    const bonus = own.service && own.service === candidate.service ? sameServiceBonus : 0;
    likes.push({ id: candidate.id, closeness: close, order: close + bonus, theirs });
  }
  return likes
    .sort((a, b) => b.order - a.order)
    .slice(0, limit)
    .map(({ id, closeness: close, theirs }) => {
      const words = sharedWords(mine, theirs, corpus);
      return { id, score: scoreOf(close), shared: written(words, own) };
    });
}

/** What the engine finds under the viewer's rights, by one vector. */
async function nearest(
  { engine, name }: { engine: Engine; name: string },
  keys: readonly string[],
  own: OwnText,
  vector: Float32Array,
): Promise<{ id: string; service: string | null }[]> {
  const filter = [rightsFilter(keys), ...(own.id ? [`id != ${quoted(own.id)}`] : [])];
  const { hits } = await engine.ask(async (client) => {
    const answer = await client.index(name).search("", {
      vector: Array.from(vector),
      hybrid: { embedder, semanticRatio: 1 },
      filter,
      limit: candidates,
      attributesToRetrieve: ["id", "service"],
    });
    return likeSchema.parse(answer);
  });
  return hits;
}

/** The text to compare with: the one given, or an indexed issue's with what is stored of it. */
async function ownText(
  { engine, name, vectors }: { engine: Engine; name: string; vectors: IssueVectors },
  to: LikeWhat,
): Promise<OwnText | undefined> {
  if (!("issue" in to)) return { ...(to.service ? { service: to.service } : {}), ...(await vectors.ofText(to)) };
  const [found, [stored]] = await Promise.all([
    engine.ask(async (client) => {
      const fields = ["id", "title", "body", "service"];
      return documentsSchema.parse(await client.index(name).getDocuments({ ids: [to.issue], fields }));
    }),
    vectors.ofIssues([to.issue]),
  ]);
  const document = found.results[0];
  if (!document) return undefined;
  const { id, title, body: text, service } = document;
  const { counts, written } = textWords({ title, text });
  const meaning = stored ?? { sentence: new Float32Array(), words: counts };
  return { id, sentence: meaning.sentence, words: meaning.words, written, ...(service ? { service } : {}) };
}

function written(words: readonly number[], { written }: OwnText): string[] {
  const shown = words.flatMap((word) => {
    const as = written.get(word);
    return as && /\p{L}/u.test(as) ? [sentenceCased(as)] : [];
  });
  return [...new Set(shown)].slice(0, sharedAtMost);
}

/** A word that begins a sentence is shown as it stands inside one; an abbreviation stays as it is. */
function sentenceCased(word: string): string {
  return /^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word;
}
