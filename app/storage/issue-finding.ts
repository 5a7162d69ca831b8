import { type BoardFacet, boardKeysFor } from "../domain/board-keys";
import type { FindQuery } from "../domain/find-query";
import { issueStates } from "../domain/issue";
import { audienceKeys } from "../domain/permission";
import type { Actor } from "../domain/person";
import type { IssueStore } from "../domain/ports";
import { latestIndex, type StoredSummary, summaryProjection } from "./issue-document";
import { inOrder, summariesFor, wordFilter } from "./issue-lists";
import type { IssueStoreParts } from "./issue-store";

/**
 * Search without an engine: one index range of what the actor may know of, the last changed first, and of those the ones
 * that hold every word.
 */
export function issueFinding({ model }: Pick<IssueStoreParts, "model">): Pick<IssueStore, "lookedThrough"> {
  /** The range of one index that holds what the actor may know of under the leading facet. */
  const latest = (actor: Actor, query: FindQuery, among: number) => {
    const states = query.state.length > 0 ? query.state : issueStates;
    return model
      .find({ boardKeys: { $in: leadingKeys(actor, query) }, state: { $in: [...states] } }, { _id: 1 })
      .sort({ changedAt: -1, _id: -1 })
      .limit(among + 1)
      .hint(latestIndex)
      .lean<{ _id: string }[]>();
  };
  /** The last raised of these themes: an issue's id begins with its time. Rights come with the issues themselves. */
  const inThemes = (themes: readonly string[], among: number) =>
    model.db
      .collection<{ _id: string }>("theme-members")
      .find({ theme: { $in: [...themes] } }, { projection: { _id: 1 } })
      .sort({ _id: -1 })
      .limit(among + 1)
      .toArray();
  return {
    async lookedThrough(actor, query, among) {
      const states = query.state.length > 0 ? query.state : issueStates;
      const looked = query.theme.length > 0 ? await inThemes(query.theme, among) : await latest(actor, query, among);
      const ids = looked.slice(0, among).map((each) => each._id);
      const rest = [...narrowing(actor, query), ...query.text.split(/\s+/).flatMap(wordFilter)];
      const filter = {
        _id: { $in: ids },
        audience: { $in: audienceKeys(actor) },
        state: { $in: [...states] },
        ...(rest.length > 0 ? { $and: rest } : {}),
      };
      const found = await model.find(filter, summaryProjection).hint({ _id: 1 }).lean<StoredSummary[]>();
      return { items: inOrder(ids, await summariesFor(model, actor, found)), sawAll: looked.length <= among };
    },
  };
}

/** The facet of the index that is walked: one that narrows, where it has one value only. */
function leadingKeys(actor: Actor, query: FindQuery): string[] {
  const [narrowest] = facetSets(query).filter((facets) => facets.length === 1);
  return boardKeysFor(actor, narrowest?.[0] ?? { kind: "all" });
}

function facetSets({ organisation, category, place }: FindQuery): BoardFacet[][] {
  const sets: BoardFacet[][] = [
    organisation.map((each) => ({ kind: "organisation", organisation: each })),
    category.map((each) => ({ kind: "category", category: each })),
    place.map((each) => ({ kind: "place", place: each })),
  ];
  return sets.filter((facets) => facets.length > 0);
}

function narrowing(actor: Actor, query: FindQuery): Record<string, unknown>[] {
  const { service, harm, year } = query;
  const years = year.map((each) => ({ $gte: newYear(Number(each)), $lt: newYear(Number(each) + 1) }));
  return [
    ...facetSets(query).map((facets) => ({
      boardKeys: { $in: facets.flatMap((facet) => boardKeysFor(actor, facet)) },
    })),
    ...(service.length > 0 ? [{ "about.service": { $in: service } }] : []),
    ...(harm.length > 0 ? [{ harm: { $in: harm } }] : []),
    ...(years.length > 0 ? [{ $or: years.map((raisedAt) => ({ raisedAt })) }] : []),
  ];
}

/** London keeps universal time in winter. */
function newYear(year: number): Date {
  return new Date(Date.UTC(year, 0, 1));
}
