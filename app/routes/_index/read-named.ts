import type { IssueView } from "../../components/issue-view";
import { issueStates } from "../../domain/issue";
import type { Actor } from "../../domain/person";
import { issueView } from "../../web/issue-view";
import type { Board } from "../../web/load-context";

const rowsShown = 12;

export interface Named {
  issues: IssueView[];
  /** The board has the rest. */
  more: boolean;
}

/** The issues a guest was added to, in any state: everything they may know of. What changed last comes first. */
export async function readNamed(board: Pick<Board, "issues" | "directory" | "now">, guest: Actor): Promise<Named> {
  const facet = { kind: "all" } as const;
  const page = await board.issues.page(guest, { facet, states: issueStates, limit: rowsShown, order: "latest" });
  return { issues: page.items.map((each) => issueView(each, board)), more: page.next !== undefined };
}
