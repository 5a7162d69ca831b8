import type { BoardReader, Ports } from "../app/domain/ports";
import { scoreVersion } from "./likeness-score";

/** More than any page shows: what was judged may have slipped down a place since. */
const lookedThrough = 10;

/** The likeness that pages show, for what people say of it: asked anew, since what a form says of it could be anything. */
export function likenessShown(reader: Pick<BoardReader, "similar">): Ports["likenessShown"] {
  return async (actor, to, issues) => {
    const like = (await reader.similar(actor, to, lookedThrough)) ?? [];
    const judged = like.filter((each) => issues.includes(each.summary.id));
    return new Map(judged.map(({ summary, score }) => [summary.id, { score, encoder: scoreVersion }]));
  };
}
