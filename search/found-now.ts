import { keysUnderAnyHat } from "../app/domain/any-hat";
import type { Directory } from "../app/domain/directory";
import type { Ports } from "../app/domain/ports";
import { ifEngineAnswers } from "./board-parts";
import type { FindIndex } from "./issue-index";
import { listedKind } from "./kinds/all-kinds";

/** Issues that a saved search remembers as nothing new. */
const mostKnown = 1_000;

/** What a search finds now for a person under any hat, for telling them later of what it did not find before. */
export function foundNow(parts: {
  index: Pick<FindIndex, "find">;
  directory: Directory;
  now: () => Date;
}): Ports["foundNow"] {
  return async (person, query) => {
    const kind = listedKind(query);
    if (!kind) return [];
    const keys = keysUnderAnyHat(parts.directory, person, parts.now());
    const kinds = [{ kind, offset: 0, limit: mostKnown + 1, idsOnly: true }];
    const found = await ifEngineAnswers(() => parts.index.find(keys, { query, matching: "all", kinds }));
    const ids = found?.kinds[0]?.hits.map((hit) => hit.id);
    return ids && ids.length <= mostKnown ? ids : "too-many";
  };
}
