/**
 * Cuts a text into the word pieces a sentence encoder was taught with: of all ways to cut it the likeliest by the
 * pieces' scores (a unigram model as in SentencePiece; Kudo 2018). Written anew because the package's own cutter takes
 * time with the square of the length and loads a second runtime.
 */
export interface SentenceTokens {
  /** Numbers of the pieces in order, without what no piece stands for. */
  encode(text: string): number[];
}

/** The first pieces stand for no text. */
const reserved = 6;
const wordBegin = "\u2581";

export function sentenceTokens(vocabulary: readonly (readonly [piece: string, score: number])[]): SentenceTokens {
  const pieces = new Map<string, { id: number; score: number }>();
  let longest = 1;
  vocabulary.forEach(([piece, score], id) => {
    if (id < reserved) return;
    pieces.set(piece, { id, score });
    longest = Math.max(longest, [...piece].length);
  });
  return { encode: (text) => likeliest(text, pieces, longest) };
}

interface Cut {
  score: number;
  id: number;
  from: number;
}

function likeliest(
  text: string,
  pieces: ReadonlyMap<string, { id: number; score: number }>,
  longest: number,
): number[] {
  const normal = text.normalize("NFKC");
  if (normal === "") return [];
  const symbols = [...(wordBegin + normal.replaceAll(" ", wordBegin))];
  const best: Cut[] = [{ score: 0, id: 0, from: 0 }];
  for (let from = 0; from < symbols.length; from++) {
    const before = best[from]?.score ?? 0;
    let piece = "";
    let known = false;
    for (let to = from + 1; to <= Math.min(symbols.length, from + longest); to++) {
      piece += symbols[to - 1];
      const found = pieces.get(piece);
      if (!found) continue;
      known = true;
      offer(best, to, { score: before + found.score, id: found.id, from });
    }
    // A sign no piece begins with stands for itself, and says nothing.
    if (!known) offer(best, from + 1, { score: before, id: 0, from });
  }
  const ids: number[] = [];
  for (let at = symbols.length; at > 0; ) {
    const cut = best[at];
    if (!cut) break;
    if (cut.id > 0) ids.push(cut.id);
    at = cut.from;
  }
  return ids.reverse();
}

function offer(best: Cut[], at: number, cut: Cut): void {
  const standing = best[at];
  if (!standing || cut.score >= standing.score) best[at] = cut;
}
