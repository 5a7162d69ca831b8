import table from "./categories.json";
import { read } from "./glossary";

/**
 * The likely kind of an issue from its text: naive Bayes over the words of labelled texts, where a kind with few texts
 * leans on its group and a group on all. Left out one at a time, the right kind is first for about one text in three and
 * among three for about one in two, so it is only ever a suggestion.
 */
interface Kind {
  code: string;
  group: string;
  texts: number;
  counts: ReadonlyMap<string, number>;
}

/** How many texts' worth of trust goes to the group, and from the group to all texts. Picked on the labelled texts. */
const leanOnGroup = 3;
const leanOnAll = 2;
/** Words of one text are not independent: the longer the text, the less each adds. */
const sharpness = 1.3;
/** Shown at most, and how sure the best and the others must be. Under this nothing is suggested. */
const atMost = 3;
const surenessOfBest = 0.2;
const surenessOfOthers = 0.12;
const fewestWords = 4;

const kinds: readonly Kind[] = Object.entries(table).map(([code, { texts, counts }]) => ({
  code,
  group: groupOf(code),
  texts,
  counts: new Map(Object.entries(counts)),
}));
const all = sumOf(kinds);
const groups = new Map([...new Set(kinds.map((each) => each.group))].map((group) => [group, sumOf(membersOf(group))]));

/** Likely kinds, best first, with a confidence of 0 to 1; none when unsure. */
export function suggestCategories(text: string): { category: string; confidence: number }[] {
  const { stems, marks } = read(text);
  const words = new Set([...stems, ...marks].filter((word) => all.counts.has(word)));
  if (words.size < fewestWords) return [];
  const scores = kinds.map((kind) => ({ category: kind.code, score: scoreOf(kind, words) }));
  const best = Math.max(...scores.map((each) => each.score));
  const scale = sharpness / Math.sqrt(words.size);
  const shares = scores.map((each) => ({ ...each, share: Math.exp((each.score - best) * scale) }));
  const whole = shares.reduce((sum, each) => sum + each.share, 0);
  const sure = shares
    .map(({ category, share }) => ({ category, confidence: share / whole }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, atMost);
  if ((sure[0]?.confidence ?? 0) < surenessOfBest) return [];
  return sure.filter((each) => each.confidence >= surenessOfOthers);
}

/** How much more likely these words are in texts of this kind than in all, as a sum of logarithms. */
function scoreOf(kind: Kind, words: ReadonlySet<string>): number {
  const group = groups.get(kind.group) ?? all;
  let score = 0;
  for (const word of words) {
    const inAll = ((all.counts.get(word) ?? 0) + 0.5) / (all.texts + 1);
    const inGroup = ((group.counts.get(word) ?? 0) + leanOnAll * inAll) / (group.texts + leanOnAll);
    const inKind = ((kind.counts.get(word) ?? 0) + leanOnGroup * inGroup) / (kind.texts + leanOnGroup);
    score += Math.log(inKind / inAll);
  }
  return score;
}

function membersOf(group: string): Kind[] {
  return kinds.filter((kind) => kind.group === group);
}

function sumOf(members: readonly Kind[]): { texts: number; counts: ReadonlyMap<string, number> } {
  const counts = new Map<string, number>();
  for (const member of members) for (const [word, n] of member.counts) counts.set(word, (counts.get(word) ?? 0) + n);
  return { texts: members.reduce((sum, each) => sum + each.texts, 0), counts };
}

function groupOf(code: string): string {
  return code.split(".")[0] ?? code;
}
