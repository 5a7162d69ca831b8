import { closeness, type ReadText, readText, sharedWords } from "./closeness";
import type { Corpus } from "./corpus";
import type { Engine } from "./engine";
import { quoted, rightsFilter } from "./filter";
import { likeSchema } from "./index-answers";
import { embedder } from "./index-settings";
import type { IssueVectors } from "./issue-vectors";
import { joinedVector, type Meaning } from "./joined-vector";
import { scoreOf } from "./likeness-score";
import type { NearInMemory } from "./near-in-memory";
import { textWords } from "./text-words";

/** A text; `id`: of the issue it is, which is not like itself. */
export interface LikeText {
  title?: string;
  text: string;
  service?: string;
  id?: string;
}

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

/** An issue that lies near, not yet compared. */
export interface Near {
  id: string;
  service: string | null;
}

type Candidate = Near & Meaning;

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
  to: LikeText,
  options: LikeOptions,
): Promise<Like[]> {
  const own = await readOwn(parts.vectors, to);
  const near = (vector: Float32Array) => nearInEngine(parts, keys, vector, own.id);
  return (await compareNear(parts.vectors, own, near, options)) ?? [];
}

/** The same without an engine, among the issues held in memory; undefined when it cannot be said. */
export async function findLikeInMemory(
  { memory, vectors }: { memory: NearInMemory; vectors: IssueVectors },
  keys: readonly string[],
  to: LikeText,
  options: LikeOptions,
): Promise<Like[] | undefined> {
  const own = await readOwn(vectors, to);
  return compareNear(vectors, own, async (vector) => memory.nearest(keys, vector, candidates, own.id), options);
}

/** A second, exact look at what lies near by one vector. */
async function compareNear(
  vectors: IssueVectors,
  own: OwnText,
  nearest: (vector: Float32Array) => Promise<Near[] | undefined>,
  { limit, from }: LikeOptions,
): Promise<Like[] | undefined> {
  const corpus = await vectors.corpus();
  const vector = joinedVector(own, corpus);
  if (!vector) return [];
  const near = await nearest(vector);
  if (!near) return undefined;
  const stored = await vectors.ofIssues(near.map((each) => each.id));
  const known = new Map(stored.map((each) => [each.issue, each]));
  const compared = near.flatMap(({ id, service }): Candidate[] => {
    const found = known.get(id);
    return found ? [{ id, service, sentence: found.sentence, words: found.words }] : [];
  });
  return ranked(own, compared, corpus, limit).filter((like) => like.score >= from);
}

/** Candidates compared with the text one by one, the best first, each with what both say. */
function ranked(own: OwnText, compared: Iterable<Candidate>, corpus: Corpus, limit: number): Like[] {
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
async function nearInEngine(
  { engine, name }: { engine: Engine; name: string },
  keys: readonly string[],
  vector: Float32Array,
  except: string | undefined,
): Promise<Near[]> {
  const filter = [rightsFilter(keys), ...(except ? [`id != ${quoted(except)}`] : [])];
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

/** A text as it is compared: of an issue with what is stored of it, any other read now. */
async function readOwn(vectors: IssueVectors, { id, service, ...of }: LikeText): Promise<OwnText> {
  const [stored] = id ? await vectors.ofIssues([id]) : [];
  const read = stored ? { ...stored, written: textWords(of).written } : await vectors.ofText(of);
  const { sentence, words, written } = read;
  return { sentence, words, written, ...(id ? { id } : {}), ...(service ? { service } : {}) };
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
