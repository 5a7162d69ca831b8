import { type BoardQuery, columnStates, planBoardQuery } from "../app/domain/board-query";
import type { IssueState } from "../app/domain/issue";
import { audienceKeys } from "../app/domain/permission";
import type { Actor } from "../app/domain/person";
import type { BoardColumns, BoardReader, SearchAnswer, SimilarIssue, Suggestions } from "../app/domain/ports";
import { basicColumn, basicTable, narrowedTo } from "./board-basic";
import { engineColumn, engineColumns, engineTable } from "./board-from-engine";
import { storeColumn, storeTable } from "./board-from-store";
import { type BoardReaderParts, type ColumnAnswer, ifEngineAnswers, namedIssue } from "./board-parts";
import { neighboursAsked } from "./likely-labels";
import { findLikeInMemory, type LikeText } from "./similar";
import { suggestCategories } from "./suggest-category";
import { suggestServices } from "./suggest-service";

/**
 * The lists of the board. What one index of the store holds comes from the store; texts and other combinations from
 * the search engine, whose ids the store re-reads for the actor; without the engine the store looks through a part and
 * says so.
 */
export function createBoardReader(parts: BoardReaderParts): BoardReader {
  return {
    columns: (actor, query) => columns(parts, actor, query),
    column: (actor, query, state, cursor) => column(parts, actor, query, state, cursor),
    table: (actor, query, cursor) => table(parts, actor, query, cursor),
    similar: (actor, to, limit) => similar(parts, actor, to, limit),
    suggest: (actor, of) => suggest(parts, actor, of),
  };
}

async function columns(parts: BoardReaderParts, actor: Actor, query: BoardQuery): Promise<BoardColumns> {
  const states = query.state ? [query.state] : columnStates;
  const plan = planBoardQuery(actor, query);
  if (plan.by === "index") {
    const filled = states.map((state) => storeColumn(parts, actor, query, plan.facet, state, undefined));
    return { columns: await Promise.all(filled), by: "store" };
  }
  const found = await ifEngineAnswers(() => engineColumns(parts, actor, query, states));
  if (found) return { columns: found, by: "engine" };
  const looked = await Promise.all(states.map((state) => basicColumn(parts, actor, query, state, undefined)));
  return { columns: looked.map((each) => each.column), by: "basic", ...narrowedTo(looked) };
}

async function column(
  parts: BoardReaderParts,
  actor: Actor,
  query: BoardQuery,
  state: IssueState,
  cursor: string | undefined,
): Promise<ColumnAnswer> {
  const plan = planBoardQuery(actor, query);
  if (plan.by === "index")
    return { ...(await storeColumn(parts, actor, query, plan.facet, state, cursor)), by: "store" };
  const found = await ifEngineAnswers(() => engineColumn(parts, actor, query, state, cursor));
  if (found) return { ...found, by: "engine" };
  const looked = await basicColumn(parts, actor, query, state, cursor);
  return { ...looked.column, by: "basic", ...narrowedTo([looked]) };
}

async function table(
  parts: BoardReaderParts,
  actor: Actor,
  query: BoardQuery,
  cursor: string | undefined,
): Promise<SearchAnswer> {
  const plan = planBoardQuery(actor, query);
  if (plan.by === "index") return storeTable(parts, actor, query, plan.facet, cursor);
  const found = await ifEngineAnswers(() => engineTable(parts, actor, query, cursor));
  if (found) return found;
  const named = cursor ? undefined : await namedIssue(parts, actor, query);
  return basicTable(parts, actor, query, cursor, named);
}

async function similar(
  parts: BoardReaderParts,
  actor: Actor,
  to: Parameters<BoardReader["similar"]>[1],
  limit: number,
): Promise<SimilarIssue[] | null> {
  const { index, issues, thresholds } = parts;
  const text = "issue" in to ? await textOf(issues, actor, to.issue) : to;
  if (!text) return [];
  const { alikeFrom, likelySameFrom } = thresholds();
  const keys = audienceKeys(actor);
  const asked = { limit, from: alikeFrom };
  const like =
    (await ifEngineAnswers(() => index.similar(keys, text, asked))) ??
    (await findLikeInMemory(parts, keys, text, asked));
  if (!like) return null;
  const summaries = await issues.summaries(
    actor,
    like.map((each) => each.id),
  );
  return summaries.flatMap((summary) => {
    const found = like.find((each) => each.id === summary.id);
    if (!found) return [];
    const { score, shared } = found;
    return [{ summary, score, shared, likelySame: score >= likelySameFrom }];
  });
}

/** Neighbours say something of the issue itself: it must be one that the actor may know of. */
async function textOf(issues: BoardReaderParts["issues"], actor: Actor, named: string): Promise<LikeText | undefined> {
  const issue = (await issues.byId(actor, named)) ?? (await issues.byReference(actor, named));
  if (!issue) return undefined;
  const { id, title, body: text, about } = issue;
  return { id, title, text, ...(about.service ? { service: about.service } : {}) };
}

async function suggest(
  { index, issues, vectors, directory }: BoardReaderParts,
  actor: Actor,
  { organisation, ...text }: Parameters<BoardReader["suggest"]>[1],
): Promise<Suggestions> {
  const asked = { limit: neighboursAsked, from: 0 };
  const [of, like] = await Promise.all([
    vectors.ofText(text),
    ifEngineAnswers(() => index.similar(audienceKeys(actor), text, asked)),
  ]);
  const scores = new Map(like?.map((each) => [each.id, each.score]));
  // In the order asked: the nearest first.
  const near = (await issues.summaries(actor, [...scores.keys()])).map(({ id, category, about: { service } }) => ({
    labels: [category],
    service,
    score: scores.get(id) ?? 0,
  }));
  const services = organisation ? directory.servicesOf(organisation) : [];
  const known = services.map(({ id: code, name }) => ({ code, name }));
  return { categories: suggestCategories(of, near), services: suggestServices(of.words, known, near) };
}
