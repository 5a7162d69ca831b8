import type { IssueView } from "../../components/issue-view";
import { type BoardQuery, pageSize, readBoardQuery } from "../../domain/board-query";
import { categories, categoryGroupOf, categoryGroups, categoryOf } from "../../domain/category";
import { type IssueState, issueStates, stateNames } from "../../domain/issue";
import type { Actor } from "../../domain/person";
import type { BoardColumn, SearchAnswer, TextRun } from "../../domain/ports";
import { issueView } from "../../web/issue-view";
import type { Board } from "../../web/load-context";

export interface ColumnView {
  state: IssueState;
  items: IssueView[];
  count: number;
  overdue: number;
  next?: string | undefined;
}

export interface ResultView {
  issue: IssueView;
  title: readonly TextRun[];
  excerpt: readonly TextRun[];
}

export type BoardList =
  | { kind: "columns"; columns: ColumnView[]; current: IssueState; further: boolean }
  | { kind: "results"; hits: ResultView[]; total: number; next?: string | undefined; further: boolean };

/** A choice of a filter. Counts are there when the search engine counted. */
export interface Choice {
  value: string;
  name: string;
  count?: number | undefined;
  /** A kind within the chosen group. */
  part?: boolean;
}

export interface BoardData {
  text: string;
  view: "columns" | "table";
  by: "store" | "engine" | "basic";
  narrowedTo?: number | undefined;
  list: BoardList;
  /** Issues on the page: none means that nothing matched. */
  shown: number;
  /** Words of the filters that are on. */
  chosen: {
    place?: string;
    trust?: string;
    category?: string;
    state?: string;
    mine: boolean;
    org: boolean;
    overdue: boolean;
  };
  choices: { places: Choice[]; trusts: Choice[]; categories: Choice[]; states: Choice[] };
  hasOrganisation: boolean;
}

/** What the board's address asks for, for this actor. A text, or the table, is one list; otherwise columns by state. */
export async function readBoard(board: Board, actor: Actor, params: URLSearchParams): Promise<BoardData> {
  const query = knownQuery(params, board);
  const cursor = params.get("cursor")?.slice(0, 500) || undefined;
  const asList = query.text !== "" || query.view === "table";
  const read = asList
    ? await readResults(board, actor, query, cursor)
    : await readColumns(board, actor, query, cursor, params);
  return {
    text: query.text,
    view: query.view,
    by: read.by,
    narrowedTo: read.narrowedTo,
    list: read.list,
    shown:
      read.list.kind === "columns"
        ? read.list.columns.reduce((n, each) => n + each.items.length, 0)
        : read.list.hits.length,
    chosen: chosenWords(board, query),
    choices: choicesFor(board, query, read.facets),
    hasOrganisation: actor.organisation !== undefined,
  };
}

/** What the address asks for, without places, trusts and kinds that are not there: they are left out, never an error. */
export function knownQuery(params: URLSearchParams, { directory }: Pick<Board, "directory">): BoardQuery {
  const query = readBoardQuery(params);
  const { place, trust, category } = query;
  return {
    ...query,
    place: place && directory.place(place)?.id,
    trust: trust && directory.organisation(trust)?.code,
    category: category && (categoryOf(category) ?? categoryGroups.find(({ code }) => code === category))?.code,
  };
}

interface Read {
  list: BoardList;
  by: BoardData["by"];
  narrowedTo?: number | undefined;
  facets?: SearchAnswer["facets"];
}

async function readResults(board: Board, actor: Actor, query: BoardQuery, cursor: string | undefined): Promise<Read> {
  const answer = await board.reader.table(actor, query, cursor);
  return {
    by: answer.by,
    narrowedTo: answer.narrowedTo,
    facets: answer.facets,
    list: {
      kind: "results",
      hits: answer.hits.map((hit) => ({
        issue: issueView(hit.summary, board),
        title: hit.title,
        excerpt: hit.excerpt,
      })),
      total: answer.total,
      next: answer.next,
      further: cursor !== undefined,
    },
  };
}

async function readColumns(
  board: Board,
  actor: Actor,
  query: BoardQuery,
  cursor: string | undefined,
  params: URLSearchParams,
): Promise<Read> {
  if (query.state && cursor) {
    const column = await board.reader.column(actor, query, query.state, cursor);
    return { ...column, list: columnList([column], board, query.state, true) };
  }
  const { columns, by, narrowedTo } = await board.reader.columns(actor, query);
  const listed = query.state ? columns.filter((column) => column.state === query.state) : columns;
  const looked = issueStates.find((state) => state === params.get("show"));
  const current = looked ?? listed.find((column) => column.items.length > 0)?.state ?? listed[0]?.state ?? "new";
  return { by, narrowedTo, list: columnList(listed, board, current, false) };
}

function columnList(columns: readonly BoardColumn[], board: Board, current: IssueState, further: boolean): BoardList {
  return { kind: "columns", columns: columns.map((column) => columnView(column, board)), current, further };
}

export function columnView(column: BoardColumn, board: Board): ColumnView {
  return {
    state: column.state,
    items: column.items.slice(0, pageSize).map((each) => issueView(each, board)),
    count: column.count,
    overdue: column.overdue,
    next: column.next,
  };
}

function chosenWords(board: Board, query: BoardQuery): BoardData["chosen"] {
  const category = query.category && (categoryOf(query.category)?.name ?? categoryGroupOf(query.category)?.name);
  return {
    ...(query.place ? { place: board.directory.place(query.place)?.name ?? query.place } : {}),
    ...(query.trust ? { trust: board.directory.organisation(query.trust)?.shortName ?? query.trust } : {}),
    ...(query.category ? { category: category || query.category } : {}),
    ...(query.state ? { state: stateNames[query.state] } : {}),
    mine: query.mine,
    org: query.myOrganisation,
    overdue: query.overdue,
  };
}

function choicesFor(
  { directory }: Board,
  query: BoardQuery,
  facets: SearchAnswer["facets"] | undefined,
): BoardData["choices"] {
  const trusts = directory.organisations.filter((each) => each.kind === "trust" && !each.succeededBy && !each.closedAt);
  return {
    places: directory.places.map(({ id, name }) => ({ value: id, name, count: facets?.place[id] })),
    trusts: trusts
      .map(({ code, name }) => ({ value: code, name, count: facets?.trust[code] }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    categories: categoryChoices(query, facets),
    states: issueStates.map((state) => ({ value: state, name: stateNames[state], count: facets?.state[state] })),
  };
}

/** All groups; under the chosen one its kinds. */
function categoryChoices(query: BoardQuery, facets: SearchAnswer["facets"] | undefined): Choice[] {
  const chosenGroup = query.category ? categoryGroupOf(query.category)?.code : undefined;
  return categoryGroups.flatMap((group): Choice[] => {
    const kinds = categories.filter((kind) => kind.group === group.code);
    const own: Choice = { value: group.code, name: group.name, count: facets && groupCount(group.code, kinds, facets) };
    if (group.code !== chosenGroup) return [own];
    const parts = kinds.map(({ code, name }) => ({ value: code, name, count: facets?.category[code], part: true }));
    return [own, ...parts];
  });
}

function groupCount(group: string, kinds: readonly { code: string }[], facets: SearchAnswer["facets"]): number {
  return facets.category[group] ?? kinds.reduce((total, kind) => total + (facets.category[kind.code] ?? 0), 0);
}
