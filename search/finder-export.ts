import type { Finder } from "../app/domain/find-ports";
import { type FindQuery, mostExported } from "../app/domain/find-query";
import { audienceKeys } from "../app/domain/permission";
import type { Actor } from "../app/domain/person";
import type { IssueSummary } from "../app/domain/ports";
import { ifEngineAnswers } from "./board-parts";
import type { Matching } from "./find-in-index";
import type { FinderParts } from "./finder-parts";
import { listedKind } from "./kinds/all-kinds";

type Parts = Pick<FinderParts, "index" | "issues">;

/** Ids are asked for this many at a time, so that no one question takes long. */
const askedAtOnce = 500;

/** The issues of what a search finds. Things of the directory are not exported: there is nothing then. */
export async function exportFound(parts: Parts, actor: Actor, query: FindQuery): ReturnType<Finder["export"]> {
  if (!listedKind(query)) return { summaries: [], isWhole: true, by: "engine" };
  const ids = await ifEngineAnswers(() => idsFound(parts, actor, query));
  if (ids) {
    const summaries: IssueSummary[] = [];
    for (let at = 0; at < ids.length; at += askedAtOnce)
      summaries.push(...(await parts.issues.summaries(actor, ids.slice(at, at + askedAtOnce))));
    return { summaries: summaries.slice(0, mostExported), isWhole: ids.length <= mostExported, by: "engine" };
  }
  const { items, sawAll } = await parts.issues.lookedThrough(actor, query, mostExported);
  return { summaries: items, isWhole: sawAll, by: "basic" };
}

/** The ids of a search, one more than are exported, matched as the page of it is. */
async function idsFound(parts: Parts, actor: Actor, query: FindQuery): Promise<string[]> {
  const all = await idsMatching(parts, actor, query, "all");
  return all.length > 0 ? all : idsMatching(parts, actor, query, "some");
}

async function idsMatching({ index }: Parts, actor: Actor, query: FindQuery, matching: Matching): Promise<string[]> {
  const kind = listedKind(query);
  const ids = new Set<string>();
  if (!kind) return [];
  for (let offset = 0; offset <= mostExported; offset += askedAtOnce) {
    const limit = Math.min(askedAtOnce, mostExported + 1 - offset);
    const kinds = [{ kind, offset, limit, idsOnly: true }];
    const { kinds: answered } = await index.find(audienceKeys(actor), { query, matching, kinds });
    const hits = answered[0]?.hits ?? [];
    for (const hit of hits) ids.add(hit.id);
    if (hits.length < limit) break;
  }
  return [...ids];
}
