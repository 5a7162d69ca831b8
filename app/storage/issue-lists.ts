import { type BoardFacet, boardKeysFor } from "../domain/board-keys";
import { facetsAsked } from "../domain/board-query";
import { type IssueState, isOpen } from "../domain/issue";
import { audienceKeys } from "../domain/permission";
import type { Actor } from "../domain/person";
import type { IssueStore, IssueSummary } from "../domain/ports";
import { newestFirst, type Range, readPage } from "./cursor";
import { dueIndex, latestIndex, type StoredSummary, summaryFrom, summaryProjection } from "./issue-document";
import type { IssueStoreParts } from "./issue-store";

type Lists = Pick<
  IssueStore,
  "summaries" | "page" | "count" | "narrowed" | "duplicates" | "duplicateIds" | "silentOffers"
>;

/**
 * The lists. Every filter begins with the board keys the actor holds, so rights come before everything else and each
 * list is a few exact ranges of one index. The index is named: no planner may think better of it.
 */
export function issueLists({ model, now }: Pick<IssueStoreParts, "model" | "now">): Lists {
  const find = (filter: Record<string, unknown>) => model.find(filter, summaryProjection);
  const summariesOf = (actor: Actor, found: readonly StoredSummary[]) => summariesFor(model, actor, found);
  return {
    async summaries(actor, ids) {
      const found = await find({ _id: { $in: [...ids] }, audience: { $in: audienceKeys(actor) } }).lean<
        StoredSummary[]
      >();
      return inOrder(ids, await summariesOf(actor, found));
    },

    async page(actor, request) {
      const states = statesListed(request.states, request.overdueAt);
      if (states.length === 0) return { items: [] };
      const filter = { boardKeys: { $in: boardKeysFor(actor, request.facet) }, state: { $in: states } };
      const list = request.order === "due" || request.overdueAt ? byDue(request.overdueAt) : byLatest();
      const page = await readPage(
        request.cursor,
        request.limit,
        (range, limit) =>
          find({ ...filter, ...list.range(range) })
            .sort(list.sort)
            .limit(limit)
            .hint(list.index)
            .lean<StoredSummary[]>(),
        (item) => ({ order: list.orderOf(item), id: item._id }),
      );
      return { ...page, items: await summariesOf(actor, page.items) };
    },

    async count(actor, facet, states, limit, overdueAt) {
      const listed = statesListed(states, overdueAt);
      if (listed.length === 0) return 0;
      // The count command stops at its limit; countDocuments is an aggregation that groups.
      const answer = await database(model).command({
        count: model.collection.name,
        query: {
          boardKeys: { $in: boardKeysFor(actor, facet) },
          state: { $in: listed },
          ...(overdueAt ? { boardOrder: { $lt: overdueAt.getTime() } } : {}),
        },
        limit: limit + 1,
        hint: dueIndex,
      });
      return Number(answer.n);
    },

    async narrowed(actor, query, states, among) {
      const overdueAt = query.overdue ? now() : undefined;
      const listed = statesListed(states, overdueAt);
      if (listed.length === 0) return { items: [], sawAll: true };
      const [leading, ...others] = facetsAsked(actor, query);
      const leadingKeys = boardKeysFor(actor, leading ?? { kind: "all" });
      const list = listed.length === 1 || overdueAt ? byDue(overdueAt) : byLatest();
      const looked = await model
        .find({ boardKeys: { $in: leadingKeys }, state: { $in: listed }, ...list.range(undefined) }, { _id: 1 })
        .sort(list.sort)
        .limit(among + 1)
        .hint(list.index)
        .lean<{ _id: string }[]>();
      const rest = [
        ...others.map((facet) => facetFilter(actor, facet)),
        ...query.text.split(/\s+/).flatMap(wordFilter),
      ];
      const ids = looked.slice(0, among).map((each) => each._id);
      const found = await find({
        _id: { $in: ids },
        audience: { $in: audienceKeys(actor) },
        state: { $in: listed },
        ...(rest.length > 0 ? { $and: rest } : {}),
      })
        .hint({ _id: 1 })
        .lean<StoredSummary[]>();
      return { items: inOrder(ids, await summariesOf(actor, found)), sawAll: looked.length <= among };
    },

    async duplicates(actor, of, limit) {
      const found = await find({ "duplicateOf.issue": of, audience: { $in: audienceKeys(actor) } })
        .sort({ _id: -1 })
        .limit(limit)
        .lean<StoredSummary[]>();
      return summariesOf(actor, found);
    },
    async duplicateIds(of, limit) {
      const found = await model.find({ "duplicateOf.issue": of }, { _id: 1 }).limit(limit).lean<{ _id: string }[]>();
      return found.map((each) => each._id);
    },

    async silentOffers(at, limit) {
      const found = await model
        .find({ state: "outcome-offered", "clock.dueAt": { $lt: at } }, { _id: 1 })
        .sort({ "clock.dueAt": 1, _id: 1 })
        .limit(limit)
        .lean<{ _id: string }[]>();
      return found.map((each) => each._id);
    },
  };
}

/** Only what somebody still has to do can be overdue. */
function statesListed(states: readonly IssueState[], overdueAt: Date | undefined): IssueState[] {
  return states.filter((state) => !overdueAt || isOpen(state));
}

/** By what is due first; with `overdueAt`, only what was due before it. */
function byDue(overdueAt: Date | undefined) {
  const before = overdueAt ? { $lt: overdueAt.getTime() } : undefined;
  return {
    index: dueIndex,
    sort: { boardOrder: 1, _id: 1 } as const,
    orderOf: (item: StoredSummary) => item.boardOrder,
    range(range: Range): Record<string, unknown> {
      if (!range) return before ? { boardOrder: before } : {};
      if ("past" in range) return { boardOrder: { $gt: range.past.order, ...before } };
      return { boardOrder: range.level.order, _id: { $gt: range.level.id } };
    },
  };
}

/** By last change, newest first. */
function byLatest() {
  return {
    index: latestIndex,
    sort: { changedAt: -1, _id: -1 } as const,
    orderOf: (item: StoredSummary) => item.changedAt.getTime(),
    range: (range: Range) => newestFirst("changedAt", range),
  };
}

function facetFilter(actor: Actor, facet: BoardFacet) {
  return { boardKeys: { $in: boardKeysFor(actor, facet) } };
}

/** One word of a text to look for, wherever it stands in title, body or reference. */
export function wordFilter(word: string): Record<string, unknown>[] {
  // The character 0 ends a pattern on the wire: it parts words, as a space does.
  if (word.includes("\0")) return word.split("\0").flatMap(wordFilter);
  if (word === "") return [];
  // A backslash in a class of its own: before a letter it would be taken for that letter's escape.
  const literal = word.replace(/[\\^$.*+?()[\]{}|]/g, (sign) => (sign === "\\" ? "[\\\\]" : `\\${sign}`));
  const found = { $regex: literal, $options: "i" };
  return [{ $or: [{ title: found }, { body: found }, { reference: found }] }];
}

/** With the references of originals, which are read with the actor's own rights. */
export async function summariesFor(
  model: IssueStoreParts["model"],
  actor: Actor,
  found: readonly StoredSummary[],
): Promise<IssueSummary[]> {
  const ids = [...new Set(found.flatMap((each) => each.duplicateOf?.issue ?? []))];
  const readable = { _id: { $in: ids }, audience: { $in: audienceKeys(actor) } };
  const known =
    ids.length > 0 ? await model.find(readable, { reference: 1 }).lean<{ _id: string; reference: string }[]>() : [];
  const originals = new Map(known.map((each) => [each._id, each.reference]));
  return found.map((each) => summaryFrom(each, originals));
}

export function inOrder(ids: readonly string[], found: readonly IssueSummary[]): IssueSummary[] {
  const byId = new Map(found.map((each) => [each.id, each]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function database(model: IssueStoreParts["model"]) {
  const db = model.db.db;
  if (!db) throw new Error("the store is not connected");
  return db;
}
