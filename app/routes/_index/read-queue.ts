import { clockWords } from "../../components/clock-words";
import type { IssueView } from "../../components/issue-view";
import type { BoardFacet } from "../../domain/board-keys";
import { boardQuerySchema, countLimit } from "../../domain/board-query";
import { isDueToday, isOverdue } from "../../domain/clock";
import type { IssueState } from "../../domain/issue";
import { mayWrite } from "../../domain/permission";
import type { Actor } from "../../domain/person";
import type { IssueSummary } from "../../domain/ports";
import { endOfLondonDay, londonDay } from "../../domain/working-days";
import { issueView } from "../../web/issue-view";
import type { Board } from "../../web/load-context";
import { nextStepOf } from "./next-step";

const openStates: readonly IssueState[] = ["new", "accepted", "in-progress", "outcome-offered"];
/** Rows shown in all; the board has the rest. */
const rowsShown = 12;

export interface QueueRow {
  issue: IssueView;
  why: string;
  act: string;
}

export interface Queue {
  /** The board's filter that lists the same issues. */
  scope: "mine" | "org";
  counts: {
    overdue: number;
    oldest: string | null;
    today: number;
    /** New, and this side's to triage. */
    fresh: number;
    offered: number;
  };
  groups: { name: "overdue" | "today" | "new" | "later"; total: number; rows: QueueRow[] }[];
  /** Issues in which it is this side's turn, as far as they were looked through. */
  turns: number;
  /** More than one page of a state: the board has the rest. */
  more: boolean;
  /** Nothing here at all, yet: the first time. */
  untouched: boolean;
}

type QueueBoard = Pick<Board, "issues" | "reader" | "directory" | "now">;

/** What is due, whose turn it is, and what can be done now: of this person's posts and issues, or of their organisation. */
export async function readQueue(board: QueueBoard, actor: Actor, wholeOrganisation: boolean): Promise<Queue> {
  const now = board.now();
  const facet: BoardFacet =
    wholeOrganisation && actor.organisation
      ? { kind: "organisation", organisation: actor.organisation }
      : { kind: "mine" };
  const query = boardQuerySchema.parse({ mine: !wholeOrganisation, myOrganisation: wholeOrganisation });
  const endOfToday = endOfLondonDay(londonDay(now));
  const [{ columns }, dueByTonight] = await Promise.all([
    board.reader.columns(actor, query),
    board.issues.count(actor, facet, openStates, countLimit, endOfToday),
  ]);
  const open = columns.filter((column) => openStates.includes(column.state));
  const fresh = open.find((column) => column.state === "new");
  const overdue = sum(open.map((column) => column.overdue));
  const ours = open.flatMap((column) => column.items).flatMap((issue) => turnOf(issue, actor, board));
  ours.sort((a, b) => dueTime(a.summary) - dueTime(b.summary));
  const late = open.flatMap((column) => column.items).filter((issue) => isOverdue(issue.clock, now));
  const oldest = late.sort((a, b) => dueTime(a) - dueTime(b))[0]?.clock;
  return {
    scope: wholeOrganisation ? "org" : "mine",
    counts: {
      overdue,
      oldest: oldest ? clockWords(oldest, now).words.replace(" over", "") : null,
      today: Math.max(0, dueByTonight - overdue),
      fresh: fresh?.next
        ? await countFresh(board, actor, wholeOrganisation)
        : ours.filter(({ summary }) => summary.state === "new").length,
      offered: open.find((column) => column.state === "outcome-offered")?.count ?? 0,
    },
    groups: groupsOf(ours, now),
    turns: ours.length,
    more: open.some((column) => column.next !== undefined),
    untouched: columns.every((column) => column.items.length === 0),
  };
}

/** New to this side is what its posts own, where it is more than a page holds; what it raised is for the other side. */
async function countFresh(board: QueueBoard, actor: Actor, wholeOrganisation: boolean): Promise<number> {
  const all = wholeOrganisation && actor.organisation ? board.directory.postsOf(actor.organisation) : undefined;
  const posts = all?.map(({ id }) => id) ?? actor.posts;
  if (posts.length === 0 || !mayWrite(actor)) return 0;
  return board.issues.count(actor, { kind: "posts", posts }, ["new"], countLimit);
}

interface Turn {
  summary: IssueSummary;
  row: QueueRow;
}

/** The issue as a row, when the next step is this actor's side's. */
function turnOf(summary: IssueSummary, actor: Actor, board: QueueBoard): Turn[] {
  const step = nextStepOf(summary, actor);
  return step ? [{ summary, row: { issue: issueView(summary, board), ...step } }] : [];
}

function groupsOf(turns: readonly Turn[], now: Date): Queue["groups"] {
  const named: { name: Queue["groups"][number]["name"]; has: (turn: Turn) => boolean }[] = [
    { name: "overdue", has: ({ summary }) => isOverdue(summary.clock, now) },
    { name: "today", has: ({ summary }) => isDueToday(summary.clock, now) },
    { name: "new", has: ({ summary }) => summary.state === "new" },
    { name: "later", has: () => true },
  ];
  let left: readonly Turn[] = turns;
  let room = rowsShown;
  return named.flatMap(({ name, has }) => {
    const here = left.filter(has);
    left = left.filter((turn) => !has(turn));
    const rows = here.slice(0, Math.max(0, room)).map((turn) => turn.row);
    room -= rows.length;
    return rows.length > 0 ? [{ name, total: here.length, rows }] : [];
  });
}

function dueTime(issue: IssueSummary): number {
  return issue.clock?.dueAt.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
