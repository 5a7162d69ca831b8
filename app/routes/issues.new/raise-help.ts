import { countOf } from "../../components/clock-words";
import type { IssueView } from "../../components/issue-view";
import { categoryGroupOf, categoryOf } from "../../domain/category";
import { clockWhenRaised } from "../../domain/clock";
import { type Harm, isOpen } from "../../domain/issue";
import { type Side, sideOfKind } from "../../domain/organisation";
import type { Actor } from "../../domain/person";
import type { IssueSummary, SimilarIssue } from "../../domain/ports";
import { routeIssue } from "../../domain/routing";
import { londonDay } from "../../domain/working-days";
import { issueView } from "../../web/issue-view";
import type { Board } from "../../web/load-context";
import { todayWords } from "../../web/time-words";
import type { About } from "../issues.services/find-about";

/** What is known of an issue that is being written. */
export interface Asked {
  about: About | null;
  body: string;
  category?: string | undefined;
  harm?: Harm | undefined;
}

/** What helps while one writes: is it known, what kind may it be, where will it go. */
export interface RaiseHelp {
  /** Null while too little is written to look for any. */
  similar: SimilarView[] | null;
  kinds: KindChoice[];
  goes: GoesTo | null;
}

export interface SimilarView {
  issue: IssueView;
  why: string | null;
  /** The actor's organisation may say "us too". */
  mayJoin: boolean;
  /** It is over. `reopen`: the actor's side may take it up again; `reply`: they may say so in its thread. */
  back: "reopen" | "reply" | null;
}

export interface KindChoice {
  code: string;
  name: string;
  group: string;
}

export interface GoesTo {
  /** "Nadia Okafor", or the post where nobody is known by name. */
  holder: string;
  post: string;
  organisation: string;
  side: Side;
  why: string;
  /** "by Thursday 26 November", "today". */
  hearBy: string;
}

const similarAtMost = 3;
const kindsAtMost = 3;
/** Fewer characters than this say too little to compare or to suggest from. */
const sayingSomething = 20;

/** Everything that helps with this issue, for this actor. Nothing is stored and nothing is decided. */
export async function raiseHelp(board: Board, actor: Actor, asked: Asked): Promise<RaiseHelp> {
  const text = asked.body.trim();
  const telling = text.length >= sayingSomething;
  const service = asked.about?.service;
  const similar = telling
    ? await board.reader.similar(actor, { text, ...(service ? { service } : {}) }, similarAtMost)
    : null;
  return {
    similar: similar?.map((each) => similarView(each, board, actor)) ?? null,
    kinds: telling ? suggestedKinds(board, text) : [],
    goes: goesTo(board, asked),
  };
}

function suggestedKinds(board: Board, text: string): KindChoice[] {
  return board.reader
    .suggestCategories(text)
    .slice(0, kindsAtMost)
    .flatMap(({ category }) => kindChoice(category) ?? []);
}

export function kindChoice(code: string): KindChoice | undefined {
  const category = categoryOf(code);
  return category && { code, name: category.name, group: categoryGroupOf(code)?.name ?? "" };
}

/** A similar issue, and what this actor can do about it. */
export function similarView({ summary, likelySame, shared }: SimilarIssue, board: Board, actor: Actor): SimilarView {
  const ours = isOurs(summary, actor.organisation);
  const open = isOpen(summary.state);
  return {
    issue: issueView(summary, board),
    why: whySimilar(likelySame, shared),
    mayJoin: open && !ours && actor.organisation !== undefined,
    back: open || summary.state === "merged" ? null : ours ? "reopen" : "reply",
  };
}

function isOurs(summary: IssueSummary, organisation: string | undefined): boolean {
  if (organisation === undefined) return false;
  return [...summary.affected, summary.about.organisation, summary.owner.organisation].includes(organisation);
}

/** "Very like this. Both say: blood, thinner." */
function whySimilar(likelySame: boolean, shared: readonly string[]): string | null {
  const parts = [likelySame ? "Very like this." : "", shared.length > 0 ? `Both say: ${shared.join(", ")}.` : ""];
  return parts.filter((part) => part !== "").join(" ") || null;
}

function goesTo(board: Board, { about, category, harm }: Asked): GoesTo | null {
  const now = board.now();
  const route = about && routeIssue(board.directory, about, { category, harm }, now);
  if (!route) return null;
  const [first, ...others] = route.holders;
  const { dueAt } = clockWhenRaised(harm ?? "not-known", now);
  return {
    holder: first
      ? first.name + (others.length > 0 ? ` and ${countOf(others.length, "other")}` : "")
      : route.post.title,
    post: route.post.title,
    organisation: route.organisation.name,
    side: sideOfKind(route.organisation.kind),
    why: route.why,
    hearBy: londonDay(dueAt) === londonDay(now) ? "today" : `by ${todayWords(dueAt)}`,
  };
}
