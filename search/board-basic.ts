import { type BoardQuery, pageSize } from "../app/domain/board-query";
import { isOverdue } from "../app/domain/clock";
import { type IssueState, issueStates } from "../app/domain/issue";
import type { Actor } from "../app/domain/person";
import type { BoardColumn, IssueSummary, SearchAnswer } from "../app/domain/ports";
import { type BoardReaderParts, nextOffset, noFacets, plainHit, readOffset } from "./board-parts";

/** Without the engine the store looks through the first issues of a list and says how many those were. */
const among = 400;

export interface BasicColumn {
  column: BoardColumn;
  sawAll: boolean;
}

export async function basicColumn(
  { issues, now }: BoardReaderParts,
  actor: Actor,
  query: BoardQuery,
  state: IssueState,
  cursor: string | undefined,
): Promise<BasicColumn> {
  const { items, sawAll } = await issues.narrowed(actor, query, [state], among);
  const offset = readOffset(cursor);
  const shown = items.slice(offset, offset + pageSize);
  const at = now();
  const overdue = items.filter((each) => isOverdue(each.clock, at)).length;
  return {
    column: { state, items: shown, count: items.length, overdue, ...nextOffset(offset, shown.length, items.length) },
    sawAll,
  };
}

export async function basicTable(
  { issues }: BoardReaderParts,
  actor: Actor,
  query: BoardQuery,
  cursor: string | undefined,
  named: IssueSummary | undefined,
): Promise<SearchAnswer> {
  const states = query.state ? [query.state] : issueStates;
  const found = await issues.narrowed(actor, query, states, among);
  const items = named ? [named, ...found.items.filter((each) => each.id !== named.id)] : found.items;
  const offset = readOffset(cursor);
  const shown = items.slice(offset, offset + pageSize);
  return {
    hits: shown.map(plainHit),
    total: items.length,
    facets: noFacets(),
    by: "basic",
    ...narrowedTo([found]),
    ...nextOffset(offset, shown.length, items.length),
  };
}

/** How many were looked through in each list, when that was not all of some. */
export function narrowedTo(looked: readonly { sawAll: boolean }[]): { narrowedTo?: number } {
  return looked.every((each) => each.sawAll) ? {} : { narrowedTo: among };
}
