/**
 * A long text in pieces the encoder can read whole: it looks at 128 word pieces, about 600 characters, and at nothing
 * after. Cut at the ends of sentences, always from the beginning, so that while somebody types only the last piece is
 * another than before.
 */

/** About 110 word pieces of ordinary English. */
const pieceCharacters = 480;
/** People say what it is about at the beginning; more than this is not read. */
const readCharacters = 9_600;

export function sentencePieces(text: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const sentence of sentencesOf(text.slice(0, readCharacters))) {
    if (piece !== "" && piece.length + sentence.length > pieceCharacters) {
      pieces.push(piece);
      piece = "";
    }
    piece += sentence;
  }
  pieces.push(piece);
  return pieces.map((each) => each.replace(/\s+/g, " ").trim()).filter((each) => each !== "");
}

/** Sentences with what follows them; one longer than a piece in parts, at spaces where there are any. */
function sentencesOf(text: string): string[] {
  const sentences = text.match(/[^.!?\n]*(?:[.!?]+(?=\s|$)|[.!?]|\n|$)\s*/g) ?? [];
  return sentences.flatMap((sentence) =>
    sentence.length <= pieceCharacters ? [sentence] : (sentence.match(longPart) ?? []),
  );
}

const longPart = new RegExp(`[\\s\\S]{1,${pieceCharacters}}(?=\\s|$)\\s*|[\\s\\S]{1,${pieceCharacters}}`, "g");
